"""Check a text sentence by sentence, and keep what may be said.

For whoever sends words to a shopper: the assistant before it streams a sentence, marketing before
a draft is shown. It asks nothing but the ledger; a sentence with a wrong or unknown claim is mended
where exactly one truth fits its place, else left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.claims.checkers import CHECKERS
from catalog.claims.claim import Checked, Claim, Fact, Found, Verdict, judged
from catalog.claims.facts import Ledger, ProductFacts
from catalog.claims.readings import supported
from catalog.claims.sentences import Sentence, split

LONGEST = 8_000
# What a cited page is believed in, word for word: anything but money, stock, rules and opinions,
# which rows know better.
BELIEVED = frozenset((
    "extra", "terms", "absolute", "statement", "praise", "quantity", "number", "code", "date",
    "feature", "material", "occasion", "audience", "season", "style", "colour", "pattern", "fit",
    "size",
))  # fmt: skip
_WHOLE = 6  # characters; fewer are no sentence
_CLOSING = frozenset(",.;:!?)，。；：！？、）”")
STRICT = frozenset(("praises", "statements"))


def check(
    text: str, *, language: str, ledger: Ledger, unread: bool = False, mends: bool = True
) -> Checked:
    """Return every claim of a text and what of the text may be said.

    ``language`` is that of the text; both languages are read either way. ``unread``: let through
    what states something that no checker reads; for words that code or the shop's people answer
    for. ``mends``: put the one truth in place of what is wrong; else the sentence is left out, for
    in words that code wrote it is more likely misread. Nothing behind the 8,000th character is let
    through. Cost: about 1 ms a sentence.
    """
    claims: list[Claim] = []
    kept: list[str] = []
    about: tuple[ProductFacts, ...] = ()
    names = [title for one in ledger.products for title in one.titles.values()]
    for start, end in split(text[:LONGEST], names):
        sentence, found = _best(text[start:end], ledger, about, unread=unread)
        claims += [_claim(one, sentence, start) for one in found]
        if sentence.mentions:
            about = sentence.subjects
        kept.append(_kept(sentence, found, ledger, mends=mends))
    return Checked(tuple(claims), _joined(kept, language))


def claims_of(sentence: Sentence, *, unread: bool = False) -> list[Found]:
    """Return the claims of one sentence, in order."""
    if _reckoned(sentence):
        whole = (0, len(sentence.full))
        return [judged(whole, "computed", True, Fact(sentence.full.strip(), "computed"))]
    found: list[Found] = []
    for name, finder in CHECKERS.items():
        if unread and name in STRICT:
            continue
        for one in finder(sentence):
            sentence.take(one.start, one.end)
            found.append(supported(sentence, one))
    if page := _cited(sentence):
        found = [
            replace(one, verdict=Verdict.SUPPORTED, fact=page, mend=None)
            if one.kind in BELIEVED else one
            for one in found
        ]  # fmt: skip
    return sorted(found, key=lambda one: (one.start, one.end))


def _reckoned(sentence: Sentence) -> bool:
    """Tell whether a whole sentence is one that code made from the rows."""
    words = sentence.full.strip(" \n-。.!！")
    known = sentence.ledger.reckoned_folded
    return len(words) >= _WHOLE and any(words in one for one in known)


def _cited(sentence: Sentence) -> Fact | None:
    """Return the cited page of a shop that a whole sentence stands on, word for word."""
    words = sentence.full.strip(' \n-。.!！“”"')
    if len(words) < _WHOLE:
        return None
    pages = sentence.ledger.passages_folded
    return next((page for text, page in pages if words in text), None)


def _best(
    written: str, ledger: Ledger, about: Sequence[ProductFacts], *, unread: bool
) -> tuple[Sentence, list[Found]]:
    """Return a sentence with its claims; a title that several products bear is whose facts hold."""
    first = sentence = Sentence(written, ledger, about)
    found = claims = claims_of(sentence, unread=unread)
    twins = (twin for one in first.mentions for twin in ledger.twins.get(one.product.pk, ()))
    while not _holds(found) and (twin := next(twins, None)):
        sentence = Sentence(written, ledger, about, rather=twin)
        found = claims_of(sentence, unread=unread)
    return (sentence, found) if _holds(found) else (first, claims)


def _holds(found: Sequence[Found]) -> bool:
    return all(one.verdict is Verdict.SUPPORTED for one in found)


def _claim(one: Found, sentence: Sentence, offset: int) -> Claim:
    start, end = sentence.span(one.start, one.end)
    return Claim(
        sentence.written[start:end], one.kind, one.verdict, one.fact.text, one.fact.source,
        offset + start, offset + end,
    )  # fmt: skip


def _kept(sentence: Sentence, found: Sequence[Found], ledger: Ledger, *, mends: bool) -> str:
    """Return the sentence, the sentence mended, or nothing."""
    wrong = [one for one in found if one.verdict is not Verdict.SUPPORTED]
    if not wrong:
        return sentence.written
    if not mends or not all(one.mend for one in wrong):
        return ""
    mended = sentence.written
    for one in sorted(wrong, key=lambda each: -each.start):
        if one.mend:
            start, end = sentence.span(one.mend[0], one.mend[1])
            mended = mended[:start] + one.mend[2] + mended[end:]
    again = claims_of(Sentence(mended, ledger, sentence.carried))
    return mended if _holds(again) else ""


def _joined(kept: Sequence[str], language: str) -> str:
    """Return the sentences that stayed; none runs into the next."""
    text = ""
    for one in kept:
        apart = text and one and not (text[-1].isspace() or one[0].isspace() or one[0] in _CLOSING)
        text += (" " if apart and not language.casefold().startswith("zh") else "") + one
    return text.rstrip() if not kept or not kept[-1] else text
