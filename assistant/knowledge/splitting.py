"""Cut an article into passages that answer by themselves, and passages into sentences.

Plain Python, for `assistant.knowledge.indexing`. A passage keeps the headings it stands under;
places are kept: ``body[start:end]`` is where it stands, ``text[start:end]`` a sentence of its text.
A table is read row by row with its column names, for a row alone says nothing; nothing else is
changed by a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONG = 700  # characters of a passage, Chinese ones counted double
LONGEST_SENTENCE = 600
MOST_PASSAGES = 2_000

HEADING = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$")
_UNDERLINE = re.compile(r"^[ \t]{0,3}(=+|-+)[ \t]*$")
ITEM = re.compile(
    r"^[ \t]*(?:[-*+•·]|\d{1,3}[.)、]|[（(]?[一二三四五六七八九十]{1,3}[)）、])[ \t]*"
)
TABLE = re.compile(r"^[ \t]*\|.*\|[ \t]*$")
RULE = re.compile(r"^[ \t]*\|?[ \t:|-]*-[ \t:|-]*\|?[ \t]*$")
# A full stop ends a sentence where a space follows that no abbreviation or number explains.
_END = re.compile(
    r"[。！？!?…]+[”’」』）)\"']*|[；;](?=\s|[\u4e00-\u9fff])"
    r"|(?<!\b[A-Za-z])(?<!\be\.g)(?<!\bi\.e)(?<!\bapprox)(?<!\bincl)(?<!\bno)(?<!\bNo)"
    r"\.+[”’\"')]*(?=\s|$)|\n+"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; ``said``: its words, for the row of a table with the names of its columns.

    ``start``, ``end``: in the body while cutting, in the piece's text afterwards.
    """

    start: int
    end: int
    said: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One passage of a body: where it stands, its headings from the top, its sentences."""

    start: int
    end: int
    text: str
    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    kind: str  # "text", "table"
    headings: tuple[str, ...]


def width(text: str) -> int:
    """Count characters, wide ones double: what an encoder has to read."""
    return sum(2 if character > "\u2e7f" else 1 for character in text)


def pieces(body: str) -> list[Piece]:
    """Cut a body into passages, in order. Linear in its length."""
    found: list[Piece] = []
    run: list[_Block] = []
    for block in _blocks(body):
        longer = run and width(body[run[0].start : block.end]) > LONG
        if run and (block.headings != run[0].headings or longer):
            found.extend(_pieces_of(body, run))
            run = []
        run.append(block)
        if len(found) > MOST_PASSAGES:
            return found[:MOST_PASSAGES]
    if run:
        found.extend(_pieces_of(body, run))
    return found[:MOST_PASSAGES]


def _pieces_of(body: str, run: list[_Block]) -> Iterator[Piece]:
    """Make one passage of blocks that belong together, several where one is too long."""
    sentences = [
        sentence
        for block in run
        for sentence in (_rows if block.kind == "table" else _sentences)(
            body, block.start, block.end
        )
    ]
    taken: list[Sentence] = []
    for sentence in sentences:
        if taken and width(body[taken[0].start : sentence.end]) > LONG:
            yield _piece(body, taken, run[0].headings)
            taken = []
        taken.append(sentence)
    if taken:
        yield _piece(body, taken, run[0].headings)


def _piece(body: str, taken: list[Sentence], headings: tuple[str, ...]) -> Piece:
    """Put sentences together as they stand in the body, rows of tables as they are said."""
    text, inside = "", []
    for place, one in enumerate(taken):
        if place:
            between = body[taken[place - 1].end : one.start]
            text += "\n" if _is_row(body, one) or _is_row(body, taken[place - 1]) else between
        inside.append(Sentence(len(text), len(text) + len(one.said), one.said))
        text += one.said
    return Piece(taken[0].start, taken[-1].end, text, " › ".join(headings)[:400], tuple(inside))


def _is_row(body: str, sentence: Sentence) -> bool:
    return body[sentence.start : sentence.end] != sentence.said


def _lines(body: str) -> Iterator[tuple[int, int, str]]:
    start = 0
    for line in body.split("\n"):
        yield start, start + len(line), line
        start += len(line) + 1


def _blocks(body: str) -> Iterator[_Block]:
    """Yield runs of lines between blank lines and headings; tables apart."""
    levels: dict[int, str] = {}
    begun: tuple[int, int, str] | None = None
    for start, end, line in _lines(body):
        heading = HEADING.match(line)
        underline = (
            begun
            and begun[2] == "text"
            and _UNDERLINE.match(line)
            and "\n" not in body[begun[0] : begun[1]]
        )
        kind = "table" if TABLE.match(line) else "text"
        if begun and (heading or underline or not line.strip() or kind != begun[2]):
            if underline:
                level = 1 if line.strip().startswith("=") else 2
                levels = _below(levels, level, body[begun[0] : begun[1]].strip())
                begun = None
                continue
            yield _Block(begun[0], begun[1], begun[2], tuple(levels.values()))
            begun = None
        if heading:
            levels = _below(levels, len(heading[1]), heading[2].strip())
        elif line.strip():
            begun = (begun[0], end, kind) if begun else (start, end, kind)
    if begun:
        yield _Block(begun[0], begun[1], begun[2], tuple(levels.values()))


def _below(levels: dict[int, str], level: int, said: str) -> dict[int, str]:
    kept = {one: text for one, text in levels.items() if one < level}
    return {**kept, level: said} if said else kept


def _sentences(body: str, start: int, end: int) -> Iterator[Sentence]:
    """Yield the sentences of a run of text; an item of a list begins one."""
    place = start
    for match in _END.finditer(body, start, end):
        yield from _sentence(body, place, match.end())
        place = match.end()
    yield from _sentence(body, place, end)


def _sentence(body: str, start: int, end: int) -> Iterator[Sentence]:
    """Yield a stretch without its white space and its bullet, cut where nobody ends it."""
    while start < end:
        stop = min(end, start + LONGEST_SENTENCE)
        raw = body[start:stop]
        first = start + len(raw) - len(raw.lstrip())
        if bullet := ITEM.match(body[first:stop]):
            after = first + bullet.end()
            first = after if body[after:stop].strip() else first
        last = start + len(raw.rstrip())
        if last > first:
            yield Sentence(first, last, body[first:last])
        start = stop


def _rows(body: str, start: int, end: int) -> Iterator[Sentence]:
    """Yield a table's rows, each said with the names of the columns."""
    names: list[str] = []
    for first, last, line in _lines(body[start:end]):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not names:
            names = cells
        elif not RULE.match(line) and any(cells):
            comma = "，" if any(cell > "\u2e7f" for cell in "".join(names)) else "; "
            said = comma.join(
                f"{name} {cell}".strip()
                for name, cell in zip([*names, *[""] * len(cells)], cells, strict=False)
                if cell
            )
            yield Sentence(start + first, start + last, said[:LONGEST_SENTENCE])
