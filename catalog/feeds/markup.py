"""Items of an XML feed, one at a time. Nothing outside the file is ever read.

For feeds in RSS or Atom. A document type, and with it every entity and every outside reference, is
refused. Memory stays small: an item is given out when it ends, and a token or an item that does
not end is refused.
"""

from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext_noop as _

from catalog.feeds.opening import Source
from catalog.feeds.problems import Fault, Problems, Refused

ITEMS = {"item", "entry"}
PIECE = 1 << 16
LONGEST_TOKEN, LONGEST_ITEM, DEEPEST = 4 << 20, 1 << 20, 40
MOST_PARTS = 2_000
Item = dict[str, Any]


def items(source: Source, problems: Problems) -> Iterator[tuple[int, Item]]:
    """Yield each item's line and its elements by name: text, or a list of texts and of objects.

    Raises `Refused` where the file is not XML; what came before has been given out.
    """
    reading = _Reading(problems)
    with source.text() as text:
        while piece := text.read(PIECE):
            reading.feed(piece)
            yield from reading.taken()
    reading.feed("", last=True)
    yield from reading.taken()


class Stopped(Exception):
    """Raised inside a handler; the parser gives it on."""

    def __init__(self, refused: Refused) -> None:
        self.refused = refused
        super().__init__()


class Markup:
    """An XML parser that hands on elements and texts, and refuses what could hurt.

    Subclasses say what `start`, `text` and `end` mean; ``self.depth`` is how deep an element is.
    """

    def __init__(self) -> None:
        self.parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.fed = self.depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element, its name without its name space."""

    def text(self, text: str) -> None:
        """Take a piece of text."""

    def end(self, name: str) -> None:
        """Take the end of an element; ``depth`` is that of what is around it."""

    def feed(self, piece: str | bytes, *, last: bool = False) -> None:
        """Let the parser read on; raise `Refused` for what is not XML or could hurt."""
        packed = piece.encode("utf-8", "replace") if isinstance(piece, str) else piece
        self.fed += len(packed)
        try:
            self.parser.Parse(packed, last)
        except Stopped as stopped:
            raise stopped.refused from None
        except expat.ExpatError as error:
            raise Refused(
                _("The file is not whole XML."), _("Export the feed again."), f"line {error.lineno}"
            ) from error
        if self.fed - max(self.parser.CurrentByteIndex, 0) > LONGEST_TOKEN:
            raise Refused(_("The XML holds a piece that does not end."), _("Export it again."))

    def _doctype(self, *_declared: Any) -> None:
        raise Stopped(
            Refused(
                _("The XML declares a document type or entities."),
                _("Export the feed without a DOCTYPE; feeds need none."),
            )
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Stopped(Refused(_("The XML is nested too deeply."), _("Export it again.")))
        self.start(name.rpartition(" ")[2], attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.end(name.rpartition(" ")[2])


class _Reading(Markup):
    """What the parser has told so far of the item that it is in."""

    def __init__(self, problems: Problems) -> None:
        super().__init__()
        self.problems = problems
        self.item: Item | None = None
        self.item_depth = self.line = self.size = 0
        self.texts: list[str] = []
        self.part: dict[str, str] | None = None
        self.ready: list[tuple[int, Item]] = []

    def taken(self) -> list[tuple[int, Item]]:
        """Return the items that have ended since the last call."""
        ready, self.ready = self.ready, []
        return ready

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an item, or a part of one."""
        name = name.lower()
        if self.item is None:
            if name in ITEMS:
                self.item, self.item_depth, self.size = {}, self.depth, 0
                self.line = self.parser.CurrentLineNumber
        elif self.depth == self.item_depth + 2 and self.part is None:
            self.part = {}
        self.texts = []

    def text(self, text: str) -> None:
        """Keep text of an item, up to the limit."""
        if self.item is None:
            return
        self.size += len(text)
        if self.size <= LONGEST_ITEM:
            self.texts.append(text)

    def end(self, name: str) -> None:
        """End an item, or a part of one."""
        if self.item is None:
            return
        name, text = name.lower(), "".join(self.texts).strip()
        self.texts = []
        if self.depth == self.item_depth:
            self._keep(name, self.part or text)
            self.part = None
        elif self.depth > self.item_depth and self.part is not None and len(self.part) < 100:
            self.part[name] = text
        elif self.depth < self.item_depth:
            self._finish()

    def _keep(self, name: str, value: Any) -> None:
        if self.item is None or not value:
            return
        self.size += len(name)
        before = self.item.get(name)
        if before is None:
            self.item[name] = value if isinstance(value, str) else [value]
        elif not isinstance(before, list):
            self.item[name] = [before, value]
        elif len(before) < MOST_PARTS:
            before.append(value)
        if len(self.item) > MOST_PARTS:
            self.size = LONGEST_ITEM + 1

    def _finish(self) -> None:
        item, self.item = self.item, None
        if self.size > LONGEST_ITEM:
            self.problems.lose(self.line, "", "", Fault.LINE_TOO_LONG)
        elif item:
            self.ready.append((self.line, item))
