"""Text files that somebody names to a command: plain, .gz or .xz, in UTF-8.

Files of merchants come through `catalog.feeds.opening` instead, which trusts nothing of them.
"""

from __future__ import annotations

import csv
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

UNREADABLE = (OSError, EOFError, UnicodeError, lzma.LZMAError, zlib.error, csv.Error)
OPENERS: dict[str, Callable[..., IO[str]]] = {".gz": gzip.open, ".xz": lzma.open}
MOST_FIELD = 1 << 20  # characters of one field of a CSV


class BadFile(ValueError):
    """A file cannot be used; the text says why and what to do."""


@contextmanager
def opened(path: Path, *, errors: str = "strict") -> Iterator[IO[str]]:
    """Open a text for reading by line, unpacked as it is read; line ends stay as they are.

    Errors: BadFile, also for what shows only while it is read.
    """
    csv.field_size_limit(MOST_FIELD)
    try:
        with OPENERS.get(path.suffix, open)(
            path, "rt", encoding="utf-8-sig", errors=errors, newline=""
        ) as lines:
            yield lines
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        why = f"{path} cannot be read: {error.strerror}. Check the path."
        raise BadFile(why) from error
    except UNREADABLE as error:
        why = f"{path} cannot be read ({error}). Give a text file in UTF-8."
        raise BadFile(why) from error
