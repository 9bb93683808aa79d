"""What shown products bear out of a wish in free words, by the shops' own texts and facts.

For finding and owning up. A wish is borne out where one sentence of a product's text has its words,
in either language, or where the measure is stated that it speaks of. Nothing is concluded from
likeness: an encoder's nearness tells poorly what is there from what is not (3.5 spreads above the
market's mean stood 0.40 of the wishes that something answers to, and 0.24 of those nothing does).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Q

from assistant.doing.qualities import quality_of
from assistant.of_titles import with_named
from assistant.understanding.wishing import Phrase, called_also, denies, spoken_words
from catalog.models import SearchDocument, SearchPassage
from catalog.search.offering import Hit
from catalog.text import fold

_ENDINGS = r"(?:e?s|e?d|ings?|e?rs?|i?ly|i?e|y|ies|able|proof)?"
_SENTENCES = re.compile(r"(?<=[。！!?？;；\n])|(?<=\.)\s")
_DENIED = re.compile(
    r"\b(?:no|not|without|never|none|free (?:of|from))\b|n't\b"
    r"|(?:不含|不带|不加|不用|不添加|没有|没|无|免|零|未)[\u3400-\u9fff]{0,3}$|不$"
)
# A denial that is itself denied: "yet not free of caffeine", 并非不含.
_DENIED_TWICE = re.compile(
    r"(?:\b(?:not|never)\b|n't\b)[a-z -]{0,16}\b(?:free (?:of|from)|without)\b"
    r"|(?:不是|并非|并不是|不等于)(?:不含|没有|没|无|零)[\u3400-\u9fff]{0,3}$"
)
AGAINST = re.compile(
    r"\b(?:not|never|cannot|unsuitable)\b|n't\b|不能|不适合|不可|不要|(?<![特分区])别|勿|不宜"
)
_HAN = re.compile("[\u3400-\u9fff]")
_CLAUSES = re.compile(r"[,;:，；：、]")
NEARBY = 24  # characters before a word in which it is denied
LONGEST = 90  # characters of a sentence that is quoted
FEWEST, FEWEST_ZH = 3, 6  # words, or characters, of a sentence
MOST_FOUND = 60
MOST_NEEDED = 2  # words of a wish that must stand in one sentence; of more, two thirds


@dataclass(frozen=True)
class Told:
    """What is told of a product: its titles (folded), the sentences of its texts, its facts."""

    title: str = ""
    sentences: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


def told_of(products: Iterable[int]) -> dict[int, Told]:
    """Return what the shops tell of some products; what titles name is stated. Two queries."""
    ids = list(products)
    rows = SearchDocument.objects.filter(pk__in=ids).values_list("pk", "titles", "facets")
    texts: dict[int, list[str]] = {}
    for product, text in SearchPassage.objects.filter(document__in=ids).values_list(
        "document_id", "text"
    ):
        texts.setdefault(product, []).extend(filter(None, _SENTENCES.split(text)))
    return {
        pk: Told(titles, tuple(texts.get(pk, ())), with_named(facts or {}, titles))
        for pk, titles, facts in rows
    }


def borne_out(phrase: Phrase, told: Told) -> bool:
    """Tell whether a product's texts or facts speak for a wish."""
    if phrase.sort == "people":
        return room_in(told) >= int(min(phrase.content))
    if phrase.sort == "things":
        return speaks(fold(told.title), phrase.content)
    if phrase.sort == "likes":
        words = spoken_words(phrase.words)
        return any(speaks(one, words) for one in (fold(told.title), *texts_for(phrase, told)))
    simple = phrase.sort == "qualities" or len(phrase.content) == 1
    measured = quality_of(phrase.words) if simple else None
    if measured is not None and set(measured.codes) & set(told.facts):
        return True
    texts = (fold(told.title), *texts_for(phrase, told))
    spoken = [one for one in texts if speaks(one, phrase.content)]
    if denies(phrase.sort, phrase.words):
        return any(denied_in(one, phrase.content) for one in spoken)
    return any(speaks_for(one, phrase.content) for one in spoken)


def texts_for(phrase: Phrase, told: Told) -> list[str]:
    """Return the sentences that could speak of a wish, folded: those in its language, if any."""
    chinese = bool(_HAN.search(phrase.words))
    own = [one for one in told.sentences if bool(_HAN.search(one)) is chinese]
    return [fold(one) for one in own or told.sentences]


def contradicted(phrase: Phrase, told: Told) -> bool:
    """Tell whether a product's texts say that it is as it is not to be."""
    if phrase.sort == "people":
        return 0 < room_in(told) < int(min(phrase.content))
    if not denies(phrase.sort, phrase.words):
        return False
    return any(
        speaks(one, phrase.content) and not denied_in(one, phrase.content)
        for one in texts_for(phrase, told)
    )


def denied_in(sentence: str, content: frozenset[str]) -> bool:
    """Tell whether a folded sentence denies what it speaks of: "no rubber smell", 不含塑料."""
    for word in content:
        for other in called_also(word):
            for match in _pattern(other).finditer(sentence):
                before = _CLAUSES.split(sentence[: match.start()])[-1][-NEARBY:]
                denied = bool(_DENIED.search(before)) and not _DENIED_TWICE.search(before)
                if denied != sentence.startswith(("-free", " free"), match.end()):
                    return True  # "not caffeine-free" denies twice
    return False


def room_in(told: Told) -> int:
    """Return for how many people a product is stated to be, 0 where it is not."""
    stated = told.facts.get("persons")
    return max((int(one) for one in stated), default=0) if isinstance(stated, list) else 0


def quoted_for(phrase: Phrase, told: Told, *, chinese: bool) -> str:
    """Return the sentence in the reader's language that bears a wish out; "" for none."""
    for one in told.sentences:
        in_language = bool(_HAN.search(one)) is chinese
        words = one.strip(" 。.；;")
        against = AGAINST.search(fold(one)) or denied_in(fold(one), phrase.content)
        if against and not denies(phrase.sort, phrase.words):
            continue
        if is_short(words) or not in_language or fold(words) in told.title:
            continue  # "Garden tools" is the name of a category
        if speaks(fold(one), phrase.content):
            return words if len(words) <= LONGEST else ""
    return ""


def is_short(words: str) -> bool:
    """Tell whether words are too few to be a sentence."""
    return len(words) < FEWEST_ZH if _HAN.search(words) else len(words.split()) < FEWEST


def speaks(sentence: str, content: frozenset[str]) -> bool:
    """Tell whether a folded sentence has the words of a wish."""
    needed = len(content) if len(content) <= MOST_NEEDED else -(-2 * len(content) // 3)
    spoken = (any(_pattern(one).search(sentence) for one in called_also(word)) for word in content)
    return sum(spoken) >= needed


def speaks_for(sentence: str, content: frozenset[str]) -> bool:
    """Tell whether a folded sentence has some words, and neither denies nor warns of them."""
    return (
        speaks(sentence, content)
        and not AGAINST.search(sentence)
        and not denied_in(sentence, content)
    )


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    plain = re.escape(word)
    return re.compile(rf"(?<![a-z]){plain}{_ENDINGS}(?![a-z])" if word.isascii() else plain)


def speaking_of(phrases: Sequence[Phrase]) -> list[int]:
    """Return the products whose texts have the words of a wish. A query for each."""
    found: dict[int, None] = {}
    for phrase in phrases:
        if phrase.sort == "people":
            continue
        rows = SearchPassage.objects.order_by("document")
        for word in phrase.content:
            named = Q()
            for one in called_also(word):
                named |= Q(text__icontains=one)
            rows = rows.filter(named)
        found.update(dict.fromkeys(rows.values_list("document_id", flat=True)[:MOST_FOUND]))
    return list(found)


def titled(phrase: Phrase) -> list[int]:
    """Return the products whose title has the words of a phrase. One query."""
    rows = SearchDocument.objects.all()
    for word in phrase.content:
        named = Q()
        for one in called_also(word):
            named |= Q(titles__icontains=one)
        rows = rows.filter(named)
    found = rows.values_list("pk", "titles").order_by("pk")[:MOST_FOUND]
    return [pk for pk, titles in found if speaks(fold(titles), phrase.content)]


def bearers(products: Sequence[int], phrases: Sequence[Phrase]) -> set[int]:
    """Return those of some products that bear out a wish. Two queries, or none."""
    if not phrases:
        return set()
    told = told_of(products)
    return {pk for pk, each in told.items() if any(borne_out(one, each) for one in phrases)}


def bearing_first(hits: Sequence[Hit], phrases: Sequence[Phrase]) -> list[Hit]:
    """Return hits with those first that bear out most wishes, those that deny one last.

    Two queries, or none. What is too small for so many people is left out, unless all is.
    """
    if not phrases or not hits:
        return list(hits)
    told = told_of(hit.product for hit in hits)
    crowd = [one for one in phrases if one.sort == "people"]
    kept = [
        hit for hit in hits
        if not any(contradicted(one, told.get(hit.product, Told())) for one in crowd)
    ] or list(hits)  # fmt: skip

    def worth(hit: Hit) -> int:
        each = told.get(hit.product, Told())
        against = sum(contradicted(one, each) for one in phrases)
        return against * len(phrases) - sum(borne_out(one, each) for one in phrases)

    return sorted(kept, key=worth)
