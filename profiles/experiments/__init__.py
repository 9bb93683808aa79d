"""Compare ways to do something on shoppers who agreed, without fooling oneself.

Who meets what is decided by a hash and kept; results may be looked at every day; what hurts stops.
"""
