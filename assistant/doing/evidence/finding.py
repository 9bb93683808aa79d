"""Find the sentence of a product's page that answers a question, or bears on it.

For the tools and for owning up. Two queries for any number of products; the question's vector is
brought along, those of sentences were made beforehand. Without vectors words decide, more timidly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from assistant.doing.evidence.encoding import reader_id, unpacked
from assistant.doing.evidence.judging import best_of, scale_for
from assistant.doing.evidence.sentences import sentences_of
from assistant.doing.evidence.signs import signs_of
from assistant.doing.topics import speaks, topics_of
from assistant.models import Sayings
from catalog.models import ProductText
from catalog.models.product import text_hash
from catalog.text import fold

LONGEST = 200  # characters of a sentence that is quoted

# "Big enough for a 15 inch laptop", 能装下A4的本子吗; any measure in a sentence.
_MEASURE = re.compile(
    r"\d[- ]?(?:inch(?:es)?\b|[\"”″]|cm\b|mm\b|l\b|lit(?:re|er)s?\b|ml\b|kg\b|英?寸|厘米|公分|公斤"
    r"|斤|升|毫升)|(?<![a-z0-9])a[3-6](?![a-z0-9])"
)
_GOES_IN = re.compile(
    r"[装放塞容]|够[大长宽深]|\b(?:fits?|hold|holds|big|large|long|wide|deep|roomy|take|room)\b"
)
_ANY = re.compile(r"[0-9]|[一二三四五六七八九十两]|\b[aA][3-6]\b")


@dataclass(frozen=True)
class Page:
    """What a product's page says, and the vectors of its sentences, where they were made."""

    sentences: tuple[str, ...]
    vectors: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence and how likely it answers. ``answers``: it may be quoted as the answer.

    ``bears``: it may be told beside "not stated", as the nearest thing that is said.
    """

    text: str
    chance: float
    answers: bool
    bears: bool


SURE = 0.98  # from which chance on other words than those known may tell of a narrow matter
NOTHING = Evidence("", 0.0, answers=False, bears=False)


def pages_of(products: Iterable[int], locale: str) -> dict[int, Page]:
    """Return the pages of some products in a language. Two queries."""
    rows = ProductText.objects.filter(product__in=list(products), locale=locale, arm="")
    texts = {one.pk: one for one in rows}
    encoded = Sayings.objects.filter(text__in=texts, reader_id=reader_id(settings.ENCODER_ID))
    read = {one.text_id: one for one in encoded}
    return {
        text.product_id: _page(text.description, locale, read.get(pk)) for pk, text in texts.items()
    }


def _page(description: str, locale: str, read: Sayings | None) -> Page:
    """Return a page with its vectors, where they were made of this very text."""
    lines = sentences_of(description, locale)
    fresh = read is not None and read.text_hash == text_hash(description)
    return Page(tuple(lines), unpacked(read, len(lines)) if read and fresh else None)


def page_of(product: int, locale: str) -> Page:
    """Return one product's page in a language, empty for none. Two queries."""
    return pages_of([product], locale).get(product, Page(()))


def evidence_for(question: str, page: Page, vector: Sequence[float] | None) -> Evidence:
    """Return the likeliest sentence of a page for a question.

    ``vector``: the question's, (dimensions,), None where it has none.
    """
    lines = page.sentences
    if not lines or not question.strip():
        return NOTHING
    cosines = None
    if vector is not None and page.vectors is not None:
        cosines = [float(one) for one in page.vectors @ np.asarray(vector, np.float32)]
    scale = scale_for(settings.ENCODER_ID, with_sense=cosines is not None)
    place, chance = best_of(signs_of(question, lines, cosines), scale)
    short = len(lines[place]) <= LONGEST
    beside = chance < SURE and beside_narrow(question, lines[place])
    if beside or lacks_measure(question, lines[place]):
        chance = min(chance, scale.answers - 1e-4)
    return Evidence(
        lines[place] if short else "", round(chance, 4),
        answers=short and chance >= scale.answers, bears=short and chance >= scale.bears,
    )  # fmt: skip


def lacks_measure(question: str, sentence: str) -> bool:
    """Tell whether a thing of a certain size is to go in, and a sentence has no measure at all."""
    asked = fold(question)
    return bool(_MEASURE.search(asked) and _GOES_IN.search(asked) and not _ANY.search(sentence))


def beside_narrow(question: str, sentence: str) -> bool:
    """Tell whether a question is of a narrow matter of which a sentence has no word."""
    narrow = [one for one in topics_of(question) if one.alone and one.says]
    return bool(narrow) and not any(speaks(one, fold(sentence)) for one in narrow)
