"""Shoppers with known tastes: for the demo's history, for tests, and to judge what is recommended.

They are drawn by a seed, so that the same market place always meets the same people.
"""
