"""Tell when a text names a thing and denies it, compares with it, or speaks of another product.

"不含酒精", "non-leather", "without hood", "looks like silk", "pairs well with jeans", "仿皮",
"charger sold separately" say nothing good about alcohol, leather, hoods, silk, jeans or chargers.
For findings in one clause; it never reads beyond a sentence.
"""

import re
from collections.abc import Iterable

from catalog.extraction.schema import Found
from catalog.lexicon import Span

_SENTENCE_END = re.compile(r"[.!?;。!?;\n|•]+(?=\s|$|[^\d\s])")
_CLAUSE_END = re.compile(r"[,.!?;:,。;:()()\n|•\[\]【】]|\s-\s|\sbut\s|但是?|而是|,?\s?而")
_NOT_ONLY = re.compile(r"\b(?:not (?:only|just)|no matter|no more|no need to worry|no worries)\b")
_EN_BEFORE = re.compile(
    r"(?:\b(?:(?P<near>non|never)|no|not|without|isn'?t|aren'?t|won'?t|don'?t|doesn'?t|didn'?t|can'?t|cannot"
    r"|zero|neither|nor|free (?:of|from)|instead of|rather than|unlike|excluding|excludes|lacks"
    r"|avoid)\b)(?P<gap>[^,;:()]*)$"
)
_EN_WORDS_BETWEEN = 4
_WINDOW = 160  # characters looked at on each side, so that long texts stay linear
_EN_AFTER = re.compile(
    r"^(?:[- ]free\b(?! ?shipping)|s?\s+(?:is |are )?(?:not |isn'?t |aren'?t )"
    r"(?:included|supported|required|needed|recommended|provided|available|compatible)"
    r"|s?\s+(?:is |are )?(?:sold separately|doesn'?t|don'?t|won'?t)"
    r"|\w*\s+(?:alternative|substitute)\b)"
)
_EN_LIKE = re.compile(
    r"(?:\b(?:(?:looks?|feels?|works?|just|soft|smells?|shaped|much|more) (?:like|as)|resembl\w+"
    r"|(?:pairs?|goes|go|wear|worn|match\w*|looks? (?:great|good)|team|style) (?:\w+ ){0,2}with"
    r"|layer\w* (?:it )?(?:under|over)|compatible with"
    r"|(?:scents?|notes?|hints?|taste|aroma) of|inspired by|similar to|fraction of|imitation"
    r"|mimics?|such as your|faux|fake|mock|simulated|artificial|imitates?)\b)(?P<gap>[^,;:.()]*)$"
)
_EN_LIKE_AFTER = re.compile(
    r"^(?:[- ](?:like|look|looking|effect|scent|scented|flavou?red?|flavou?r|feel|feeling"
    r"|imitation|inspired|smell|taste|aroma|notes?|fragrance)\b)"
)
_ZH_BEFORE = re.compile(
    r"(?:(?P<long>不含有?|不加|不带|不是|不支持|不可以?|不能|不用|不需要?|无需|不添加|不使用|不采用"
    r"|并非|而非|没有|绝非|不属于|未添加|未含|拒绝|不包括?|不包含|不适合|不适用于?|不建议)"
    r"|(?P<short>无|非(?!常)|没|未(?!来)|零|不(?!错|同|断|仅|但|只|限|管|论|易|占|伤|累|闷|会|锈|粘)))"
    r"(?P<gap>[^,.;:。!?()]*)$"
)
_ZH_AFTER = re.compile(
    r"^[^,。;!?\s]{0,4}?\(?(?:(?:不含|不包含|没有|不带)(?=[,。;!?)\s]|$)"
    r"|除外|慎用|另购|另售|另拍|另配|勿用|禁用|不可用|不支持|请选|需另|请勿|自备)|^\s?\?\s?(?:no\b|not\b|否|不|没)"
)
_ZH_LIKE = re.compile(
    r"(?:像|仿|似|类似|媲美|堪比|犹如|如同|宛如|搭配|可搭|可配|配上?|搭|胜似|好比|代替|替代|假)"
    r"(?P<gap>[^,。;!?\s]{0,4})$"
)
_ZH_LIKE_AFTER = re.compile(
    r"^(?:一?样|般|似的|手感|质感|触感|观感|味|风味|口味|纹理?|效果|香型?|调)"
)
_MASK = "\u2588"
_WORD = re.compile(r"[\w\u2588]+")
_LIKENESS = {"material", "colour", "pattern", "season"}


def masked(folded: str, spans: Iterable[Span]) -> str:
    """Blank out lexicon words, so that "non" in "non slip" and 不 in 不锈钢 deny nothing."""
    text = list(folded)
    for span in spans:
        text[span.start : span.end] = _MASK * (span.end - span.start)
    return "".join(text)


def denied(bare: str, found: Found, field: str) -> bool:
    """Say whether the text around a finding takes it back; ``bare`` as `masked` returns it.

    In a title "no" denies only the next word: "No Pull Dog Harness" is for dogs.
    """
    sentence = _sentence_start(bare, found.start)
    before, after = bare[sentence : found.start], bare[found.end : found.end + _WINDOW]
    if found.evidences_absence:
        return False
    if _negated(before, after, 0 if field == "title" else _EN_WORDS_BETWEEN):
        return True
    return found.attribute in _LIKENESS and _likened(before, after, found)


def _sentence_start(folded: str, place: int) -> int:
    start = max(0, place - _WINDOW)
    for match in _SENTENCE_END.finditer(folded, start, place):
        start = match.end()
    return start


def _clause(before: str) -> str:
    """Return the part of the sentence after its last comma, bracket or "but"."""
    start = 0
    for match in _CLAUSE_END.finditer(before):
        start = match.end()
    return before[start:]


def _words(gap: str) -> int:
    return len(_WORD.findall(gap))


def _negated(before: str, after: str, reach: int) -> bool:
    clause = _clause(before)
    if _EN_AFTER.match(after) or _ZH_AFTER.match(after):
        return True
    if (match := _EN_BEFORE.search(clause)) and not _NOT_ONLY.search(clause):
        return _words(match["gap"]) <= (0 if match["near"] else reach)
    if match := _ZH_BEFORE.search(clause):
        return len(match["gap"]) <= (8 if match["long"] else 0)
    return False


def _likened(before: str, after: str, found: Found) -> bool:
    """Say whether a material, colour, pattern or season is only compared with or smelt."""
    if _EN_LIKE_AFTER.match(after) or _ZH_LIKE_AFTER.match(after):
        return True
    if found.attribute not in ("material", "colour"):
        return False
    clause = _clause(before)
    match = _EN_LIKE.search(clause)
    if match and _words(match["gap"]) <= _EN_WORDS_BETWEEN:
        return True
    return bool(_ZH_LIKE.search(clause))
