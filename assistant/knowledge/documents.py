"""Text out of files that shops upload: Markdown, plain text, HTML, Word, PDF.

For the portal and `manage.py import_knowledge`. Headings, lists and tables are kept as Markdown.
Nothing in a file is run or fetched; a file that unpacks to more than it should, nests without end,
is locked or takes too long is refused with a remedy, in bounded memory: Word is read as a stream,
PDF in a process of its own with limits.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext_noop as _

from assistant.knowledge.articles import cleaned
from assistant.models.article import LONGEST_BODY
from catalog.feeds.markup import Markup
from catalog.feeds.problems import Refused

MOST_BYTES = 10 << 20
MOST_UNPACKED = 40 << 20
PIECE = 1 << 16
PDF_S = 20
KINDS = (".md", ".markdown", ".txt", ".html", ".htm", ".docx", ".pdf")
BLOCKS = {
    "p", "div", "section", "article", "li", "tr", "table", "ul", "ol", "br", "dt", "dd", "hr",
    "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "header", "footer", "main",
}  # fmt: skip
SILENT = {"script", "style", "template", "noscript", "svg", "math", "head", "iframe", "object"}
DEEPEST = 200


def text_of(name: str, content: bytes) -> str:
    """Return a file's text as Markdown. Errors: Refused, with a remedy."""
    if len(content) > MOST_BYTES:
        raise Refused(_("The file is larger than 10 MB."), _("Upload it in parts."))
    kind = PurePath(name).suffix.lower()
    if kind not in KINDS:
        raise Refused(
            _("Files of this kind cannot be read."), _("Upload md, txt, html, docx or pdf."), kind
        )
    if content.startswith(b"%PDF") or kind == ".pdf":
        text = pdf(content)
    elif content.startswith(b"PK\x03\x04") or kind == ".docx":
        text = docx(BytesIO(content))
    else:
        text = decoded(content)
        text = html(text) if kind in (".html", ".htm") else text
    text = cleaned(text)
    if not text:
        raise Refused(
            _("There is no text in the file."),
            _("Scanned pages have none: paste the text instead."),
        )
    return text


def decoded(content: bytes) -> str:
    """Decode a text: UTF-8, with its mark UTF-16, else GB18030. Errors: Refused."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if content[:4000].count(0):
        raise Refused(_("This is not a text file."), _("Save it as UTF-8 text."))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


class _Page(HTMLParser):
    """Keeps what a page says: text, headings, lists, tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent: list[str] = []
        self.cells: list[str] | None = None
        self.rows = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin a block, or fall silent."""
        if tag in SILENT and len(self.silent) < DEEPEST:
            self.silent.append(tag)
        elif tag == "table":
            self.rows = 0
            self.parts.append("\n\n")
        elif tag == "tr":
            self.cells = []
        elif tag in ("td", "th") and self.cells is not None:
            self.cells.append("")
        elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self.parts.append(f"\n\n{'#' * int(tag[1])} ")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "br":
            self.handle_data("\n")
        elif tag in BLOCKS:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        """End a block; a row of a table is written whole."""
        if tag in self.silent:
            while self.silent and self.silent.pop() != tag:
                pass
        elif tag == "tr" and self.cells is not None:
            row = [" ".join(cell.split()).replace("|", "/") for cell in self.cells]
            self.cells = None
            if any(row):
                self.parts.append(f"\n| {' | '.join(row)} |")
                if not self.rows:
                    self.parts.append("\n|" + "---|" * len(row))
                self.rows += 1
        elif tag in BLOCKS and tag not in ("li", "br"):
            self.parts.append("\n\n" if self.cells is None else "")

    def handle_data(self, data: str) -> None:
        """Keep text that is shown."""
        if self.silent:
            return
        if self.cells is not None:
            if self.cells:
                self.cells[-1] += data
            return
        self.parts.append(data if data == "\n" else " ".join(data.split("\n")))


def html(text: str) -> str:
    """Return what a page says as Markdown; tags and scripts are gone, entities are characters."""
    page = _Page()
    page.feed(text)
    page.close()
    lines = "".join(page.parts).split("\n")
    return "\n".join(" ".join(line.split()) if line.strip() else "" for line in lines)


class _Word(Markup):
    """Paragraphs and tables of a Word document, from its stream."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.texts: list[str] = []
        self.heading = 0
        self.item = self.inside = False
        self.cells: list[str] = []
        self.tables = self.rows = self.size = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a paragraph, or note of which kind it is."""
        if name == "p":
            self.texts, self.heading, self.item = [], 0, False
        elif name == "pStyle":
            style = next((v for k, v in attributes.items() if k.endswith("val")), "").lower()
            digits = "".join(one for one in style if one.isdigit())[:1]
            named = style.startswith(("heading", "title", "berschrift"))
            if named or (style.isdigit() and style in "123456"):
                self.heading = min(6, int(digits or 1))
        elif name == "numPr":
            self.item = True
        elif name == "t":
            self.inside = True
        elif name in ("br", "cr"):
            self.texts.append("\n")
        elif name == "tab":
            self.texts.append(" ")
        elif name == "tbl":
            self.tables += 1
            self.rows = 0
        elif name == "tr":
            self.cells = []
        elif name == "tc":
            self.cells.append("")

    def text(self, text: str) -> None:
        """Keep text of runs, up to the limit."""
        if self.inside and self.size <= LONGEST_BODY:
            self.size += len(text)
            self.texts.append(text)

    def end(self, name: str) -> None:
        """End a paragraph, a cell or a row."""
        if name == "t":
            self.inside = False
        elif name == "p":
            self.paragraph("".join(self.texts).strip())
        elif name == "tr":
            self.row()
        elif name == "tbl":
            self.tables -= 1
            self.parts.append("")

    def paragraph(self, said: str) -> None:
        """Write a paragraph, in a table into the cell that is open."""
        self.texts = []
        if self.tables:
            if self.cells:
                self.cells[-1] = f"{self.cells[-1]} {said}".strip()
        elif said:
            mark = "#" * self.heading + " " if self.heading else "- " if self.item else ""
            self.parts.append(f"{'' if self.item else chr(10)}{mark}{said}")

    def row(self) -> None:
        """Write a row of a table."""
        row = [" ".join(cell.split()).replace("|", "/") for cell in self.cells]
        if any(row):
            before = "\n" if not self.rows else ""
            self.parts.append(f"{before}| {' | '.join(row)} |")
            if not self.rows:
                self.parts.append("|" + "---|" * len(row))
            self.rows += 1
        self.cells = []


def docx(stream: BinaryIO) -> str:
    """Return the text of a Word document. Errors: Refused."""
    try:
        with zipfile.ZipFile(stream) as packed:
            member = packed.getinfo("word/document.xml")
            if member.file_size > MOST_UNPACKED or len(packed.infolist()) > 5_000:
                raise Refused(_("The file unpacks to far more than a document."), _("Check it."))
            word, read = _Word(), 0
            with packed.open(member) as xml:
                while piece := xml.read(PIECE):
                    read += len(piece)
                    if read > MOST_UNPACKED:
                        raise Refused(
                            _("The file unpacks to far more than a document."), _("Check it.")
                        )
                    word.feed(piece)
                word.feed(b"", last=True)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, EOFError, ValueError) as error:
        raise Refused(
            _("This is not a Word document that can be read."), _("Save it as .docx again.")
        ) from error
    return "\n".join(word.parts)


def pdf(content: bytes) -> str:
    """Return the text of a PDF, read by a process that may use 20 s and 512 MB. Errors: Refused."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(PurePath(__file__).with_name("pdf_reader.py"))],
            input=content, capture_output=True, timeout=PDF_S + 5, check=False, env={},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode:
        locked = done is not None and done.returncode == 3
        raise Refused(
            _("The PDF is locked with a password.") if locked else _("The PDF cannot be read."),
            _("Save it without one.") if locked else _("Paste its text instead."),
        )
    return done.stdout.decode("utf-8", "replace")
