"""What a shopper is like: consent, events, taste, recommendation, evaluation, export and erase.

A profile is about shoppers × products: it leans on the catalogue, never the reverse.
"""
