"""Reaching people: campaigns to segments, with consent, caps and quiet hours; what they pass on.

Nothing is sent without a row of consent, looked at in the moment of sending.
"""
