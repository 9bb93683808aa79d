"""Part a message into its asks: each question or wish with what is told beside it.

For answering: the one place where messages are cut. "If I don't like it, can I return it, and who
pays the postage?" is two asks; what is only told or supposed stays with the ask that it is about.
A message that asks of goods alone stays whole: its parts narrow one wish. Pure code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.understanding.cues import cues
from catalog.lexicon.folding import HAN_CHARACTER
from catalog.text import fold

MOST = 4
LONGEST = 600  # a longer message tells a story
_ENDS = re.compile(r"[.!?。！？；;\n]+(?=\s|$|[^\x00-\x7f])|[。！？；;\n?!]+")
_COMMAS = re.compile(r"[,，、](?!\d)")
_JOINS = re.compile(r"\s+(?=(?:and|but|also|plus|or) )|(?=还有|另外|以及|而且|顺便|同时)")
_ENDED = re.compile(r"[^\w\s)）」”\"'%]$")
_LEADS = re.compile(
    r"^(?:(?:and|but|also|plus|or|so|ok(?:ay)?|well|then|hi|hello|hey|please|great|thanks|right"
    r"|actually|if not|if so|otherwise|in that case|by the way|btw|oh|hmm+)\b[\s,.!]*"
    r"|那么?|还有|另外|以及|而且|并且|顺便|同时|对了|请问|你好|您好|好的?(?=[那，,帮请])|[，,\s]+)+"
)

_GOES_ON = re.compile(r"(?:and|or|but|还是)\b|还是")
_SUPPOSED = re.compile(r"^(?:如果|要是|万一|假如).*呢[?？]?$")
_SUPPOSES = re.compile(r"^(?:如果|要是|万一|假如|要不|不(?:喜欢|合适|想)|i (?:have|'ve)|if |i've )")

# Where one question about a thing may end and another begin.
_BREAKS = re.compile(
    r"[,;.!?，；。！？、]+|\b(?:and|but|also|plus)\b|还有|并且|另外|以及|而且|顺便|同时|然后"
)


def in_one(said: Sequence[str]) -> str:
    """Return messages that were sent one after the other as the one that they are together."""
    lines = [one for text in said for line in text.splitlines() if (one := line.strip())]
    whole = ""
    for line in lines:
        comma = "，" if HAN_CHARACTER.search(whole[-1:]) else ", "
        ended = not whole or bool(_ENDED.search(whole))
        whole += (" " if whole and whole.isascii() else "") + line if ended else comma + line
    return whole


def asks_in(text: str) -> list[str]:
    """Return the asks of a message in its order, as they were written; one of them is the whole.

    Two or more only where at least one is for a service desk.
    """
    folded = fold(text)
    if len(folded) != len(text) or len(text) > LONGEST:
        text = folded
    parts = _gathered(text)
    if not 1 < len(parts) <= MOST or not any(map(of_service, parts)):
        return [text.strip()] if text.strip() else []
    return parts


def clauses(text: str) -> list[str]:
    """Return the parts of a message that could each be a question."""
    return [part for one in _BREAKS.split(fold(text)) if len(part := one.strip()) > 1]


def _gathered(text: str) -> list[str]:
    """Return parts, each with one ask: what only tells goes to the next that asks, else the last.

    Questions of goods that follow each other, and what is no question without the one before it,
    stay together.
    """
    found: list[str] = []
    told = ""
    for clause in _clauses(text):
        if not _asks(clause):
            if found and not _begins_anew(told, clause):
                found[-1] += told + clause
                told = ""
            else:
                told += clause
            continue
        ask = told + clause
        told = ""
        goods = not (of_service(ask) or any(map(of_service, found)))
        if found and (goods or _bare(clause)):
            found[-1] += ask
        else:
            found.append(ask)
    if found:
        found[-1] += told
    return [one for part in found if (one := part.strip(" \t\n,，、"))]


def _clauses(text: str) -> Iterator[str]:
    """Yield a message bit by bit, nothing lost: at ends, commas, and words that join questions."""
    for sentence in _cut(text, _ENDS):
        for clause in _cut(sentence, _COMMAS):
            yield from _joined(clause)


def _cut(text: str, ends: re.Pattern[str]) -> Iterator[str]:
    start = 0
    for match in ends.finditer(text):
        yield text[start : match.end()]
        start = match.end()
    if start < len(text):
        yield text[start:]


def _joined(clause: str) -> Iterator[str]:
    """Yield the halves of "can I return it and who pays": both ask; else the clause."""
    for match in _JOINS.finditer(clause):
        left, right = clause[: match.start()], clause[match.start() :]
        if left.strip() and _asks(left) and _asks(right):
            yield left
            yield from _joined(right)
            return
    yield clause


def _begins_anew(told: str, clause: str) -> bool:
    """Tell whether what is told begins a thought of its own: a sentence, or a supposition."""
    return bool(told) or bool(_SUPPOSES.search(_bare_words(clause)))


def _bare_words(clause: str) -> str:
    return _LEADS.sub("", fold(clause).strip()).strip(" \t\n,，、。；;.!！")


def _asks(clause: str) -> bool:
    """Tell whether a clause asks or wishes by itself; "or by instalments?" goes on with one."""
    words = _bare_words(clause)
    if _GOES_ON.match(fold(clause).strip(" ,，")) or _SUPPOSED.search(words):
        words = words.rstrip("?？呢")
    return bool(cues("asking")["question"].search(words) or cues("asking")["wish"].search(words))


def of_service(part: str) -> bool:
    """Tell whether words are of what a service desk is asked for."""
    return bool(cues("asking")["service"].search(fold(part)))


def _bare(clause: str) -> bool:
    return bool(cues("asking")["bare"].fullmatch(_bare_words(clause).strip("?？")))
