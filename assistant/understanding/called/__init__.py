"""Which things a message calls by name: phrases of a message, titles that are like them, a choice.

A named thing beats a pointed one; what is named and stands on no list is looked for in the
catalogue, by an argument of whoever reads.
"""
