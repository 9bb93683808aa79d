"""Attributes, functions and use scenes read from a product's own words, with evidence.

`propose` gives typed proposals with the exact words that state them and a confidence. Django-free.
Nothing here is a fact until a merchant confirms it.
"""

from catalog.extraction.proposing import propose
from catalog.extraction.schema import ATTRIBUTES, MEASURED, MODEL_VERSION, NAMED, Proposal

__all__ = ["ATTRIBUTES", "MEASURED", "MODEL_VERSION", "NAMED", "Proposal", "propose"]
