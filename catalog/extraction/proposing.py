"""Propose attribute values from a product's title and description, each with its evidence.

For imports and the merchant's review page. It reads only what is written, takes nothing that the
text denies or merely compares with, and decides nothing: a merchant confirms.
"""

import re
from collections.abc import Iterator

from catalog.extraction.composing import composition
from catalog.extraction.denying import denied, masked
from catalog.extraction.fitting import fitted, sizes
from catalog.extraction.measures import measures
from catalog.extraction.patterns import patterned
from catalog.extraction.schema import NAMED, Found, Proposal
from catalog.lexicon import Span, lexicon
from catalog.lexicon.folding import align

_SEASONS = {
    "spring-autumn": ("spring", "autumn"),
    "spring-summer": ("spring", "summer"),
    "autumn-winter": ("autumn", "winter"),
}
_NOT_MATERIAL = re.compile(
    r"^(?:[- ]?(?:print|printed|tone|finish|grain|pattern|style|texture)\b|色|纹|风|状)"
)
_PC_BEFORE = re.compile(r"(?:[+/&]|材质[::]?|material:?)\s?$")
_PC_AFTER = re.compile(
    r"^\s?(?:[+/&]|shell|back|case|body|material|plastic|frame|lens|材|外壳|壳|箱)"
)
_PART = re.compile(r"^[- ](?:collar|cuffs?|hem|waist|trim|neckband|neckline|band)")
_TITLE, _DESCRIPTION, _AMBIGUOUS = 0.9, 0.8, 0.75


def propose(
    title: str, description: str = "", language: str = "", category: str | None = None
) -> list[Proposal]:
    """List what title and description state, best evidence first found, each value once.

    ``category`` is a lexicon product type, its name, or a path ending in one; without it the type
    is read from the title. ``language`` changes nothing today: both languages are read at once,
    as shop texts mix them. About 2 ms for a title with a short description.
    """
    kind = _kind(category, title)
    best: dict[tuple[str, str, str | None], Proposal] = {}
    for field, text in (("title", title), ("description", description)):
        for proposal in _field(field, text, kind):
            known = best.get(proposal.key)
            if known is None or proposal.confidence > known.confidence:
                best[proposal.key] = proposal
    return list(best.values())


def _kind(category: str | None, title: str) -> str | None:
    """Find the lexicon product type from a category's path or name, else from the title."""
    if category:
        leaf = category.rsplit("/", maxsplit=1)[-1]
        if code := lexicon().canonical("category", leaf):
            return code
    kinds = [span.code for span in lexicon().match(f"{category or ''} {title}", {"category"})]
    return kinds[-1] if kinds else None


def _field(field: str, text: str, kind: str | None) -> Iterator[Proposal]:
    folded, offsets = align(text)
    worn = field == "title" and kind is not None and lexicon().worn(kind)
    spans = lexicon().match(folded, NAMED, worn=worn)
    stated = [found for span in spans for found in _named(span, field)]
    stated += sizes(folded, kind) if field == "title" else []
    measured = list(measures(folded, kind))
    stated, measured = _apart(stated, measured), _apart(measured, stated)
    stated += patterned(folded)
    bare = masked(folded, lexicon().match(folded))
    kept = [found for found in _checked(folded, stated, kind) if not denied(bare, found, field)]
    kept += [found for found in measured if not denied(bare, found, field)]
    kept += composition(folded, [found for found in kept if found.attribute == "material"])
    for found in kept:
        start, end = offsets[found.start], offsets[found.end]
        yield Proposal(
            found.attribute, found.value, found.unit, start, end, text[start:end],
            found.confidence, field,
        )  # fmt: skip


def _named(span: Span, field: str) -> Iterator[Found]:
    """Turn a lexicon span into findings; "秋冬" states two seasons, 送礼盒 a gift and a box."""
    confidence = _AMBIGUOUS if span.also else _TITLE if field == "title" else _DESCRIPTION
    for dimension, code in ((span.dimension, span.code), *span.also):
        for value in _SEASONS.get(code, (code,)) if dimension == "season" else (code,):
            yield Found(dimension, value, None, span.start, span.end, confidence)


def _checked(folded: str, stated: list[Found], kind: str | None) -> Iterator[Found]:
    """Fit the findings to the product's kind and leave out materials that name a look."""
    for found in stated:
        fit = fitted(found, kind, folded[found.start : found.end])
        if fit is not None and not _other_than_named(folded, fit):
            yield fit


def _apart(findings: list[Found], others: list[Found]) -> list[Found]:
    return [found for found in findings if not _swallowed(found, others)]


def _swallowed(found: Found, others: list[Found]) -> bool:
    """Say whether a longer finding of another kind covers this one: "1.8m床", "5.3"."""
    size = found.end - found.start
    return any(
        other.start <= found.start and found.end <= other.end and other.end - other.start > size
        for other in others
    )


def _other_than_named(folded: str, found: Found) -> bool:
    """Say whether a word names a look or a part: wood grain, 木纹, ribbed collar."""
    before = folded[max(0, found.start - 20) : found.start]
    after = folded[found.end : found.end + 20]
    if folded[found.start : found.end] == "pc":  # one piece, or a computer
        return not (_PC_BEFORE.search(before) or _PC_AFTER.match(after))
    if found.attribute == "material":
        return bool(_NOT_MATERIAL.match(after))
    return found.value == "ribbed" and bool(_PART.match(after))
