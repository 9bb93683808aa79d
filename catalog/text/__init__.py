"""The language pipeline of the shop, Chinese and English, the same for index and query.

Folds forms, guesses the language, splits into words with parts of speech, makes index and query
terms, and offers the base tasks (entities, classification, sentiment, translation), each of which
says which model answered. Django-free; English text never loads the Chinese dictionary.
"""

from catalog.lexicon.folding import align, fold
from catalog.text.classifying import Classification, classify
from catalog.text.entities import Entity, Names, Reading, entities
from catalog.text.languages import LanguageGuess, language_of
from catalog.text.opinion import Sentiment, sentiment
from catalog.text.segmenting import warm_up
from catalog.text.tagging import Token, tokens
from catalog.text.terms import index_terms, query_terms
from catalog.text.translating import (
    Gloss,
    Translation,
    Translator,
    TranslatorMissing,
    gloss,
    translate,
)

__all__ = [
    "Classification",
    "Entity",
    "Gloss",
    "LanguageGuess",
    "Names",
    "Reading",
    "Sentiment",
    "Token",
    "Translation",
    "Translator",
    "TranslatorMissing",
    "align",
    "classify",
    "entities",
    "fold",
    "gloss",
    "index_terms",
    "language_of",
    "query_terms",
    "sentiment",
    "tokens",
    "translate",
    "warm_up",
]
