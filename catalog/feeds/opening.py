"""Open a catalogue file: unpack, find the encoding, give out numbered lines within limits.

For the formats. Memory stays small whatever the file holds: lines are cut at a limit, and a file
that unpacks to a bomb is refused. Nothing is read ahead of what is asked for but a sample.
"""

import codecs
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from charset_normalizer import from_bytes
from django.utils.translation import gettext_noop as _

from catalog.feeds.problems import Refused

SAMPLE_BYTES = 1 << 20
LONGEST_LINE = 1 << 21
MOST_BYTES = 16 << 30
# Real catalogues pack 5 to 60 times; a file of zeros 1,000 (gzip) to 7,000 times (xz).
MOST_RATIO, RATIO_COUNTS_FROM = 400, 64 << 20
XZ_MEMORY = 80 << 20

BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
NOT_OURS = {
    b"PK\x05\x06": _("This is an empty zip file."),
    b"\xd0\xcf\x11\xe0": _("This is an old Excel file."),
    b"%PDF": _("This is a PDF file."),
    b"BZh": _("This is a bzip2 file."),
    b"\x28\xb5\x2f\xfd": _("This is a zstd file."),
}


Readable = BinaryIO | gzip.GzipFile | io.BufferedReader


class Line(NamedTuple):
    """One line without its end. ``cut``: it was longer than a line may be; the rest is skipped."""

    number: int
    text: str
    cut: bool = False


class _Xz(io.RawIOBase):
    """xz with a limit on memory, which `lzma.open` lacks; several streams in one file are read."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw, self._fresh = raw, True
        self._unpacker = lzma.LZMADecompressor(memlimit=XZ_MEMORY)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while True:
            if self._unpacker.eof:
                rest = self._unpacker.unused_data or self._raw.read(1 << 16)
                if not rest.strip(b"\0"):
                    return 0
                self._unpacker = lzma.LZMADecompressor(memlimit=XZ_MEMORY)
            elif self._unpacker.needs_input:
                rest = self._raw.read(1 << 16)
                if not rest:
                    raise EOFError("the compressed file ends too early")
            else:
                rest = b""
            chunk = self._unpacker.decompress(rest, max_length=len(buffer))
            if chunk:
                buffer[: len(chunk)] = chunk
                return len(chunk)


class _Guarded(io.RawIOBase):
    """Counts what is unpacked and refuses a bomb."""

    def __init__(self, stream: Readable, packed_size: int) -> None:
        self._stream, self._packed, self.count = stream, max(packed_size, 1), 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            chunk = self._stream.read(len(buffer))
        except (EOFError, lzma.LZMAError, zlib.error, OSError) as error:
            raise Refused(
                _("The compressed file is damaged or ends too early."),
                _("Compress it again and import it again; what was read is kept."),
            ) from error
        self.count += len(chunk)
        bomb = self.count > RATIO_COUNTS_FROM and self.count > MOST_RATIO * self._packed
        if bomb or self.count > MOST_BYTES:
            raise Refused(
                _("The file unpacks to far more than a catalogue."),
                _("Check the file, or import it in parts."),
            )
        buffer[: len(chunk)] = chunk
        return len(chunk)


class Source:
    """One catalogue file, readable as often as needed."""

    def __init__(self, path: Path, *, encoding: str = "") -> None:
        self.path = path
        self._raw: BinaryIO | None = None
        try:
            self.size = path.stat().st_size
            with path.open("rb") as raw:
                self.magic = raw.read(8)
        except OSError as error:
            raise Refused(
                _("The file cannot be opened."), _("Check its name and its rights."), path.name
            ) from error
        self._refuse_what_is_not_text()
        self.is_zip = self.magic.startswith(b"PK\x03\x04")
        self.members_read = 0
        self.encoding = encoding or ("utf-8" if self.is_zip else _encoding_of(self.sample()))

    def _refuse_what_is_not_text(self) -> None:
        if not self.size:
            raise Refused(_("The file is empty."), _("Choose a file with products."))
        for magic, reason in NOT_OURS.items():
            if self.magic.startswith(magic):
                raise Refused(
                    reason,
                    _("Save the catalogue as CSV, XLSX or JSON Lines, plain or as .gz or .xz."),
                )

    def _open(self) -> io.BufferedReader:
        self._raw = self.path.open("rb")
        stream: Readable = self._raw
        if self.magic.startswith(b"\x1f\x8b"):
            stream = gzip.GzipFile(fileobj=self._raw)
        elif self.magic.startswith(b"\xfd7zXZ\0"):
            stream = io.BufferedReader(_Xz(self._raw), 1 << 16)
        packed = self.size if stream is not self._raw else MOST_BYTES
        return io.BufferedReader(_Guarded(stream, packed), 1 << 16)

    @property
    def position(self) -> int:
        """Return how many of the file's ``size`` bytes have been read."""
        if self.is_zip:
            return min(self.members_read, self.size)
        if self._raw is None or self._raw.closed:
            return 0
        return min(self._raw.tell(), self.size)

    def sample(self) -> bytes:
        """Return the first megabyte, unpacked; nothing of a zip, which has no beginning."""
        if self.is_zip:
            return b""
        with self._open() as stream:
            return stream.read(SAMPLE_BYTES)

    @contextmanager
    def text(self) -> Iterator[io.TextIOWrapper]:
        """Open the file as text, its line ends as they are. Foreign bytes become surrogates."""
        with self._open() as stream:
            errors = "surrogateescape" if "16" not in self.encoding else "replace"
            yield io.TextIOWrapper(stream, encoding=self.encoding, errors=errors, newline="")

    def lines(self) -> Iterator[Line]:
        """Yield lines, numbered from 1. Bytes in another encoding become surrogates."""
        with self.text() as text:
            number = 0
            while piece := text.readline(LONGEST_LINE):
                number += 1
                if piece[-1] in "\r\n":
                    yield Line(number, piece.rstrip("\r\n"))
                elif len(piece) < LONGEST_LINE:
                    yield Line(number, piece)
                else:
                    yield Line(number, piece, cut=True)
                    _skip_line(text)


def _skip_line(text: io.TextIOWrapper) -> None:
    while (piece := text.readline(LONGEST_LINE)) and piece[-1] not in "\r\n":
        pass


def _encoding_of(sample: bytes) -> str:
    """Return the encoding: by BOM, then UTF-8, UTF-16 without BOM, GB18030, then a guess."""
    for bom, name in BOMS:
        if sample.startswith(bom):
            return name
    if sample[:1000].count(0) * 4 > len(sample[:1000]):
        return "utf-16-le" if sample[1:2] == b"\0" else "utf-16-be"
    lines = [line for line in sample.splitlines()[:-1] or [sample] if not line.isascii()]
    if sum(_decodes(line, "utf-8") for line in lines) * 2 >= len(lines):
        return "utf-8"
    if sum(_decodes(line, "gb18030") for line in lines) * 10 > len(lines) * 9:
        return "gb18030"
    best = from_bytes(sample[: 1 << 16]).best()
    if best is None:
        raise Refused(
            _("The encoding of the file cannot be recognised."), _("Save the file as UTF-8.")
        )
    return best.encoding


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
