"""How many sizes up or down something is wanted, and how many pieces of several, by the words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understanding.cues import number_of
from catalog.text import fold

_N = r"[一二两三1-3]"
_UP = re.compile(
    rf"大(?:(?P<n>{_N})|几|点|些)?(?:个)?[码号]|大(?:一?点|一?些)(?:的|儿)?"
    r"|\b(?:(?P<n2>one|two|a|1|2) )?sizes? (?:up|bigger|larger|longer)\b|\bsiz(?:e|ing) up\b"
    r"|\b(?P<n3>one|two) (?:sizes? )?(?:up|bigger|larger)\b"
    r"|\b(?:next|bigger|larger) size\b(?: up)?|\b(?:a |the )?(?:bigger|larger) one\b"
)
_DOWN = re.compile(
    rf"小(?:(?P<n>{_N})|几|点|些)?(?:个)?[码号]|小(?:一?点|一?些)(?:的|儿)?"
    r"|\b(?:(?P<n2>one|two|a|1|2) )?sizes? (?:down|smaller|shorter)\b|\bsiz(?:e|ing) down\b"
    r"|\b(?P<n3>one|two) (?:sizes? )?(?:down|smaller)\b"
    r"|\bsmaller size\b(?: down)?|\b(?:a |the )?smaller one\b"
)
_SMALL = re.compile(
    r"太?(?:小|紧|短|瘦|窄)了|太(?:小|紧|短|瘦|窄)|有点(?:小|紧|短|瘦|窄|挤|勒)|偏(?:小|紧|短|瘦)"
    r"|挤脚|顶脚|勒|穿不(?:上|进|下)|\b(?:small|tiny|tight|short|narrow|snug|pinch\w*)\b"
)
_LARGE = re.compile(
    r"太?(?:大|松|长|肥|宽)了|太(?:大|松|长|肥|宽)|有点(?:大|松|长|肥|宽)|偏(?:大|松|长|肥)|掉跟"
    r"|\b(?:big|huge|massive|enormous|large|loose|long|wide|baggy)\b"
)
_LETTERS = ("xxxs", "xxs", "xs", "s", "m", "l", "xl", "xxl", "2xl", "xxxl", "3xl", "xxxxl", "4xl")


def steps_of(text: str) -> int:
    """Return how many sizes up (or down, below 0) are wanted, 0 where that is not said."""
    folded = fold(text)
    for pattern, sign in ((_UP, 1), (_DOWN, -1)):
        if match := pattern.search(folded):
            said = next((one for one in match.groupdict().values() if one), "")
            return sign * (number_of(said) or 1)
    return 0


def direction_of(text: str) -> int:
    """Return 1 where it is said to be too small, -1 for too large, 0 for neither or both."""
    if step := steps_of(text):
        return 1 if step > 0 else -1
    folded = fold(text)
    small, large = bool(_SMALL.search(folded)), bool(_LARGE.search(folded))
    return int(small) - int(large)


def in_order(sizes: Sequence[str]) -> list[str]:
    """Return sizes from the smallest: by number or letter; as the shop has them where mixed."""
    folded = {one: fold(one).split("-")[-1].strip() for one in sizes}
    if all(re.fullmatch(r"\d+(?:\.\d+)?", one) for one in folded.values()):
        return sorted(sizes, key=lambda one: float(folded[one]))
    if all(one in _LETTERS for one in folded.values()):
        return sorted(sizes, key=lambda one: _LETTERS.index(folded[one]))
    return list(sizes)


_KEEPS = re.compile(
    r"只?(?:留|要)(?:下)?(?P<n>[一二两三1-9])[个件双条只台]|\bkeep (?P<n2>one|two|1|2)\b"
)
_GIVES = re.compile(
    r"(?:退|换|寄回|还)(?:掉|货)?(?:其中|里面)?的?(?P<n>[一二两三四五1-9])[个件双条只台套本支瓶]"
    r"|(?:那|这|剩下?的?那?)(?P<n6>一)?[件个双条只台套本支瓶](?:.{0,4})(?:退|换)"
    r"|(?:其中|里面|有)的?(?P<n2>一)[个件双条只台套本支瓶](?!月|星期|礼拜)"
    r"|\b(?:return|send(?:ing)?|swap|exchange|give|take)(?: back)?(?: only| just)? "
    r"(?P<n3>one|two|three|[1-9])(?: of (?:them|the|those|my))?(?: \w+)? ?(?:back)?\b"
    r"|\b(?P<n4>one) (?:of (?:the|them|those|my|two|both)|only)\b"
    r"|\b(?:only|just) (?:that |this |the )?(?P<n5>one)\b(?! (?:thing|question|more))"
)


def pieces_back(text: str, most: int) -> int | None:
    """Return how many of ``most`` pieces come back, None where that is not said."""
    folded = fold(text)
    if match := _GIVES.search(folded):
        said = number_of(next((one for one in match.groupdict().values() if one), "一"))
        return min(said, most) if said else None
    if match := _KEEPS.search(folded):
        kept = number_of(match["n"] or match["n2"]) or 0
        return most - kept if 0 < kept < most else None
    return None
