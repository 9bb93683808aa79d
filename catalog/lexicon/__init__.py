"""The bilingual vocabulary of a shop: closed, written by people, the same for index and query.

Colours, sizes, materials, occasions, audiences, seasons, features, patterns, fits, necklines,
sleeves, heels, styles and product types, each with Chinese and English names, in ``words/*.toml``.
Django-free. It never guesses: what is not written down is not matched.
"""

from catalog.lexicon.lexicon import Lexicon, Span, lexicon
from catalog.lexicon.values import DIMENSIONS, Dimension, Value

__all__ = ["DIMENSIONS", "Dimension", "Lexicon", "Span", "Value", "lexicon"]
