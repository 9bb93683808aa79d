"""Find what the rules ban in a text, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.lexicon.folding import HAN, align
from marketing.copy.wording.rules import RULES, Rule, rule

# Signs put between Chinese characters to hide a word: 最 好, 国*家*级, 第·一. A line ends a word.
_GAP = re.compile(
    rf"(?<=[{HAN}])(?:[^\S\n]|(?![🥇🏆🔝])[*·.\-_|~•/\\^+@#=&\u2600-\u27bf\ufe0f\U0001f300-\U0001faff]){{1,4}}"
    rf"(?=[{HAN}])"
)
# Characters that stand for another by sound or look, in words that they have no business in.
_ALIKE = str.maketrans("蕞朂冣樶檇", "最最最最最")
# What stands between the letters of an English word spelt out: b e s t, b.e.s.t.
_LETTERS = re.compile(
    r"(?:(?<=(?<![a-z0-9])[a-z])|(?<=[ .*_-][a-z]))[ .*_-](?=[a-z][ .*_-][a-z](?![a-z0-9]))"
    r"|(?<=[a-z][ .*_-][a-z])[ .*_-](?=[a-z](?![a-z0-9]))"
)
_ZERO = re.compile(r"(?<=[a-z])0(?=[a-z])")
_WORD_ZH, _WORD_EN = re.compile(f"[{HAN}]"), re.compile(r"[a-z]{3}")
_APOSTROPHES = str.maketrans("’‘`´", "''''")
_DENIED_ZH = re.compile(
    r"(?:不(?:能|可|会|具|具有|具备|是|含|用于|代替|替代|涉及|承诺|保证|宣称|做|写|说|谈|构成|等于|提供|敢说)?"
    r"|没有|无|并非|未|别|勿|请勿|切勿|拒绝|而非)[\u4e00-\u9fff“”、]{0,8}$"
)
_DENIED_EN = re.compile(r"(?:\b(?:not?|never|nor|cannot|neither|without)|n't)\b(?: [a-z,]+){0,4} $")
_TWICE = re.compile(r"(?:没有|无|不)(?:[\u4e00-\u9fff]{0,3})不|不得不|无不")


@dataclass(frozen=True, slots=True)
class Breach:
    """Words that a rule bans: ``text[start:end]``."""

    rule: Rule
    text: str
    start: int
    end: int


def breaches(text: str) -> list[Breach]:
    """Return what the rules ban in a text, in its order; of overlapping finds the longest.

    Chinese patterns see the text without signs that hide words, English ones as it is. About
    1 ms for a short text.
    """
    folded, places = align(text)
    folded = _ZERO.sub("o", folded.translate(_APOSTROPHES).translate(_ALIKE))
    squeezed, kept = _without(_GAP, folded, places)
    folded, places = _without(_LETTERS, folded, places)
    found: list[Breach] = []
    chinese, english = bool(_WORD_ZH.search(folded)), bool(_WORD_EN.search(folded))
    for code in RULES:
        one = rule(code)
        for plain, offsets, phrases, frames in (
            (squeezed, kept, one.chinese, one.frames["zh"] if chinese else ()),
            (folded, places, one.english, one.frames["en"] if english else ()),
        ):
            for start, end in (
                *_spans(one, plain, phrases, one.lawful),
                *_spans(one, plain, frames, (*one.lawful, *one.lawful_frames)),
            ):
                found.append(Breach(one, text[offsets[start] : offsets[end]],
                                    offsets[start], offsets[end]))  # fmt: skip
    return _apart(found)


def _without(signs: re.Pattern[str], folded: str, places: Sequence[int]) -> tuple[str, list[int]]:
    """Take away what stands between characters to hide words."""
    kept: list[int] = []
    text, last = "", 0
    for one in signs.finditer(folded):
        text += folded[last : one.start()]
        kept += places[last : one.start()]
        last = one.end()
    return text + folded[last:], [*kept, *places[last:]]


def _spans(
    one: Rule, text: str, patterns: Sequence[re.Pattern[str]], spared: Sequence[re.Pattern[str]]
) -> Iterator[tuple[int, int]]:
    found = [each.span() for pattern in patterns for each in pattern.finditer(text)]
    if not found:
        return
    lawful = [each.span() for pattern in spared for each in pattern.finditer(text)]
    for start, end in found:
        within = any(first < end and start < last for first, last in lawful)
        if not within and not (one.negation and _denied(text, start)):
            yield start, end


def _denied(text: str, start: int) -> bool:
    """Tell whether what stands before denies it: "no medicine", 不具治疗作用."""
    before = re.split(r"[，。！？；,!?;\n]", text[max(0, start - 40) : start])[-1]
    if _TWICE.search(before):
        return False
    return bool(_DENIED_ZH.search(before[-12:]) or _DENIED_EN.search(before))


def _apart(found: list[Breach]) -> list[Breach]:
    """Keep of overlapping findings the longest."""
    kept: list[Breach] = []
    taken = bytearray(max((one.end for one in found), default=0))
    for one in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return sorted(kept, key=lambda each: each.start)
