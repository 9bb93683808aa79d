"""Buying: carts, what they cost, orders and their life. Amounts are code's, never a page's."""
