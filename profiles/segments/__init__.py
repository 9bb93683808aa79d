"""Groups of a shop's customers: a rule in a small grammar, one statement, a size, and words.

A shop is told how many, never who. In no segment is anybody who does not agree to offers.
"""
