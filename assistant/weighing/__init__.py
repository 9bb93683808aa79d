"""Weighing: what is asked where one thing is talked of, of that thing or of something else.

A head hears how a message sounds; here its chances are weighed against what there would be to
answer with: whether the page of the thing says something to it, which signs the words carry. The
few weights were learned from written lines (`exercises`). It never brings about an act: what it
decides is only told or shown.
"""

from assistant.weighing.judging import Family, family_of, weighed

__all__ = ["Family", "family_of", "weighed"]
