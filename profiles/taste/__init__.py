"""Stored taste: what a shopper's deeds amount to, as vectors that pages only multiply with.

A deed refreshes it through a worker; a page that finds it behind refreshes it itself, which is some
arithmetic over stored vectors and never a model.
"""
