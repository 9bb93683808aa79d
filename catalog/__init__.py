"""What is sold, finding it, buying it.

Code owns facts: ids, prices, stock and attributes come from these tables at the moment of showing.
"""
