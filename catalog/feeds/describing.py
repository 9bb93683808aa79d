"""Read what a file says about a product in words: texts by language, attributes, reviews.

For the normaliser. A bad title costs the product; other texts are reported and left out.
"""

import hashlib
from functools import partial
from typing import Any

from catalog.feeds import values
from catalog.feeds.naming import DIMENSIONS, name_code, value_code
from catalog.feeds.problems import Bad, Fault
from catalog.feeds.records import Path, ReviewRecord, TextRecord
from catalog.feeds.taking import Reading

LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_ATTRIBUTE = 500, 50_000, 20_000
MOST_ATTRIBUTES, MOST_ATTRIBUTE_VALUES, MOST_REVIEWS, MOST_KINDS = 300, 1_000, 5_000, 20_000
REVIEW_TEXTS = (("title", 300, False), ("body", 20_000, True), ("author", 120, False))
LONGEST_SOURCE = 64
Fact = str | int | float | bool


def texts_of(reading: Reading) -> dict[str, TextRecord]:
    """Return title and description by language; None where the file says nothing."""
    said = reading.raw.values
    titles = _by_language(reading, "title", said.get("title"))
    bodies = _by_language(reading, "description", said.get("description"))
    found: dict[str, TextRecord] = {}
    for locale, (path, value) in titles.items():
        title = reading.must(path, value, _title)
        found[locale] = TextRecord(title, None)
    for locale, (path, value) in bodies.items():
        # A description without a language of its own belongs to the title that is there.
        home = locale
        if len(path) == 1 and locale not in found and len(found) == 1:
            home = next(iter(found))
        body = reading.may(path, value, _description)
        found.setdefault(home, TextRecord(None, None)).description = body
    return found


def _title(value: Any) -> str:
    return values.text(value, LONGEST_TITLE)


def _description(value: Any) -> str:
    return values.text(value, LONGEST_DESCRIPTION, rich=True)


def _by_language(reading: Reading, name: str, said: Any) -> dict[str, tuple[Path, Any]]:
    """Return the texts of a field by language, each with its place."""
    if values.is_blank(said):
        return {}
    if not isinstance(said, dict):
        language = reading.rules.language or values.locale_of(str(said))
        return {language: ((name,), said)}
    found: dict[str, tuple[Path, Any]] = {}
    for written, value in said.items():
        # Without a name it is the file's own language.
        known = values.LOCALES | {"": reading.rules.language or values.locale_of(str(value))}
        locale = known.get(str(written).lower().replace("_", "-"))
        if locale is None:
            reading.report((name, written), written, Fault.LOCALE)
        elif not values.is_blank(value):
            found[locale] = ((name, written), value)
    return found


def attributes_of(reading: Reading) -> dict[str, Fact | list[Fact]] | None:
    """Return the facts by code: the vocabulary's codes where one exists, else typed values."""
    said = reading.raw.values.get("attributes")
    if values.is_blank(said):
        return None
    if not isinstance(said, dict):
        reading.report(("attributes",), said, Fault.NOT_AN_OBJECT)
        return None
    found: dict[str, Fact | list[Fact]] = {}
    for name, value in said.items():
        if len(found) >= MOST_ATTRIBUTES:
            reading.report(("attributes",), len(said), Fault.TOO_MANY)
            break
        code = name_code(str(name))
        if not code or values.says_nothing(value):
            continue
        try:
            fact = fact_of(code, value)
        except Bad as bad:
            reading.report(("attributes", name), bad.value, bad.fault)
            continue
        if fact not in ("", []):
            found[code] = fact
            _note_kind(reading.rules.kinds, code, str(name), fact)
    return found


def _note_kind(kinds: dict[str, tuple[str, str]], code: str, name: str, fact: Any) -> None:
    """Remember what kind of values an attribute has; mixed kinds are text."""
    one = fact[0] if isinstance(fact, list) else fact
    kind = "text"
    if code in DIMENSIONS:
        kind = "code"
    elif isinstance(one, bool):
        kind = "flag"
    elif isinstance(one, int | float):
        kind = "number"
    known = kinds.get(code)
    if known is None:
        if len(kinds) < MOST_KINDS:
            kinds[code] = (name, kind)
    elif known[1] != kind:
        kinds[code] = (known[0], "text")


def fact_of(code: str, value: Any) -> Fact | list[Fact]:
    """Return one attribute's value, or several as a list, each once."""
    if not isinstance(value, list):
        return _single(code, value)
    if len(value) > MOST_ATTRIBUTE_VALUES:
        raise Bad(Fault.TOO_MANY, len(value))
    several = [_single(code, one) for one in value if not values.says_nothing(one)]
    unique = list(dict.fromkeys(several))
    return unique[0] if len(unique) == 1 and len(value) == 1 else unique


def _single(code: str, value: Any) -> Fact:
    if code in DIMENSIONS and isinstance(value, str):
        words = values.text(value, LONGEST_ATTRIBUTE)
        return value_code(code, words) or words
    return values.typed(value, LONGEST_ATTRIBUTE)


def reviews_of(reading: Reading) -> list[ReviewRecord]:
    """Return the reviews that can be taken, each once."""
    said = reading.raw.values.get("reviews")
    if values.is_blank(said):
        return []
    if not isinstance(said, list):
        reading.report(("reviews",), said, Fault.NOT_A_LIST)
        return []
    if len(said) > MOST_REVIEWS:
        reading.report(("reviews",), len(said), Fault.TOO_MANY)
    found: dict[str, ReviewRecord] = {}
    for place, value in enumerate(said[:MOST_REVIEWS]):
        review = _review(reading, ("reviews", place), value)
        if review:
            found.setdefault(review.source_id, review)
    return list(found.values())


def _source(said: Any) -> str:
    """Return the fingerprint that an export of ours gave a review, empty without one."""
    good = isinstance(said, str) and len(said) <= LONGEST_SOURCE and said.isprintable()
    return str(said) if good else ""


def _review(reading: Reading, path: Path, said: Any) -> ReviewRecord | None:
    if not isinstance(said, dict):
        reading.report(path, said, Fault.NOT_AN_OBJECT)
        return None
    before = reading.problems.count
    stars = reading.may((*path, "stars"), said.get("stars", 0), values.stars)
    texts = {
        name: reading.may(
            (*path, name), said.get(name), partial(values.text, longest=longest, rich=rich)
        )
        or ""
        for name, longest, rich in REVIEW_TEXTS
    }
    written_at = reading.may((*path, "date"), said.get("date"), values.moment)
    if stars is None or reading.problems.count != before:
        return None
    words = f"{texts['title']} {texts['body']}"
    language = values.LOCALES.get(str(said.get("language") or "").lower())
    key = [said.get("id"), stars, texts["title"], texts["body"], texts["author"], str(written_at)]
    source_id = _source(said.get("source_id")) or hashlib.sha256(repr(key).encode()).hexdigest()
    return ReviewRecord(
        source_id=source_id, stars=stars, language=language or values.locale_of(words),
        written_at=written_at, **texts,
    )  # fmt: skip
