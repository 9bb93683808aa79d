"""Pictures of an import: found in a folder or zip, checked, and stored as small WebP files.

For the normaliser. What is stored is always drawn anew from the pixels: no metadata, no place, no
file that is two kinds at once. Nothing is unpacked to disk and nothing outside the folder is read.
It fetches no addresses: `catalog.feeds.remote` does.
"""

import hashlib
import io
import os
import stat
import tempfile
import warnings
import zipfile
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.utils.translation import gettext_noop as _
from PIL import Image, ImageOps, UnidentifiedImageError

from catalog.feeds.problems import Bad, Fault, Refused

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MOST_FILE_BYTES = 25 << 20
# A pixel takes four bytes while it is read: 24 megapixels are 96 MB. A JPEG is read at an eighth
# to a half of its size, so it may have more.
MOST_PIXELS, MOST_JPEG_PIXELS, MOST_FRAMES = 24_000_000, 80_000_000, 100
LONGEST_SIDE, QUALITY, EFFORT = 1200, 84, 3
MOST_MEMBERS = 200_000
MOST_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored picture: its file below ``MEDIA_ROOT``, and its size in pixels."""

    file: str
    width: int
    height: int


class Shelf(ABC):
    """Where the pictures of an import lie."""

    @abstractmethod
    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, None if there is no such file; `Bad` if it is too large."""


class Folder(Shelf):
    """A folder; links that lead out of it are not followed."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes."""
        path = (self._root / name).resolve()
        if not path.is_relative_to(self._root) or not path.is_file():
            return None
        if path.stat().st_size > MOST_FILE_BYTES:
            raise Bad(Fault.PICTURE_LARGE, name)
        return path.read_bytes()


class Zip(Shelf):
    """A zip file, read member by member in memory."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError) as error:
            raise Refused(
                _("The pictures cannot be opened."),
                _("Give a folder or a whole zip file."),
                path.name,
            ) from error
        members = self._zip.infolist()
        if len(members) > MOST_MEMBERS:
            raise Refused(
                _("The zip holds too many files."), _("Give the pictures in several imports.")
            )
        self._members: dict[str, zipfile.ZipInfo] = {}
        for member in members:
            if _is_plain(member):
                self._members.setdefault(member.filename, member)
                self._members.setdefault(PurePosixPath(member.filename).name, member)

    def read(self, name: str) -> bytes | None:
        """Return a member's bytes; what it really unpacks to counts, not what it says."""
        member = self._members.get(name)
        if member is None:
            return None
        try:
            with self._zip.open(member) as stream:
                content = stream.read(MOST_FILE_BYTES + 1)
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
            raise Bad(Fault.PICTURE_BAD, name) from None
        if len(content) > MOST_FILE_BYTES:
            raise Bad(Fault.PICTURE_LARGE, name)
        return content


def _is_plain(member: zipfile.ZipInfo) -> bool:
    """Tell whether a member is an ordinary file with an honest name and no password."""
    name = PurePosixPath(member.filename)
    kind = stat.S_IFMT(member.external_attr >> 16)
    return not (
        member.is_dir()
        or member.flag_bits & 1
        or kind not in (0, stat.S_IFREG)
        or name.is_absolute()
        or ".." in name.parts
        or "\\" in member.filename
    )


def shelf(path: Path) -> Shelf:
    """Open a folder or zip of pictures."""
    return Folder(path) if path.is_dir() else Zip(path)


class Pictures:
    """Stores one shop's pictures; the same bytes are drawn once, whatever they are called."""

    def __init__(self, where: Shelf, merchant: int) -> None:
        self._shelf, self._folder = where, str(merchant)
        self._known: dict[str, Stored | Fault] = {}

    def store(self, name: str) -> Stored:
        """Store the named picture and return where; `Bad` says why not."""
        known = self._known.get(name)
        if known is None:
            try:
                known = self._store(name)
            except Bad as bad:
                known = bad.fault
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[name] = known
        if isinstance(known, Fault):
            raise Bad(known, name)
        return known

    def _store(self, name: str) -> Stored:
        content = self._find(name)
        file = f"{self._folder}/{hashlib.sha256(content).hexdigest()}.webp"
        target = Path(settings.MEDIA_ROOT) / file
        if target.exists():
            with Image.open(target) as stored:
                return Stored(file, *stored.size)
        picture = draw(content)
        draw_whole(target, picture, "WEBP", quality=QUALITY, method=EFFORT)
        return Stored(file, *picture.size)

    def _find(self, name: str) -> bytes:
        """Return the bytes under that name, or the names under which exports keep such a file."""
        path = PurePosixPath(name.replace("\\", "/").lstrip("/"))
        if ".." in path.parts or not path.name or "\0" in name:
            raise Bad(Fault.PICTURE_MISSING, name)
        for candidate in dict.fromkeys((str(path), "_".join(path.parts), path.name)):
            content = self._shelf.read(candidate)
            if content is not None:
                return content
        raise Bad(Fault.PICTURE_MISSING, name)


def draw(content: bytes) -> Image.Image:
    """Return the picture upright and at most 1,200 pixels a side; `Bad` if it is not one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _draw(content)
    except Image.DecompressionBombError:
        raise Bad(Fault.PICTURE_LARGE, "") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError):
        raise Bad(Fault.PICTURE_BAD, "") from None


def _draw(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=FORMATS) as check:
        _measure(check)
        check.verify()
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture)
        transparent = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
        drawn = upright.convert("RGBA" if transparent else "RGB")
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    drawn.info.clear()
    return drawn


def _measure(picture: Image.Image) -> None:
    most = MOST_JPEG_PIXELS if picture.format == "JPEG" else MOST_PIXELS
    if picture.width * picture.height > most or getattr(picture, "n_frames", 1) > MOST_FRAMES:
        raise Bad(Fault.PICTURE_LARGE, "")


def draw_whole(target: Path, picture: Image.Image, kind: str, **options: int) -> None:
    """Write the file whole or not at all, so that a killed worker leaves no half picture."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    with os.fdopen(handle, "wb") as stream:
        picture.save(stream, kind, **options)
    Path(name).chmod(0o644)
    Path(name).replace(target)
