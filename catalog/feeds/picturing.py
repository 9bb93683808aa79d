"""Read which pictures a product has, in which order, and which of its variants each one shows.

For the normaliser. A picture that cannot be taken is reported and left out; the product stays.
Addresses are fetched by whoever stores them (`Rules.remote`), not here.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path as FilePath
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from PIL import Image

from catalog.feeds import values
from catalog.feeds.problems import Bad, Fault
from catalog.feeds.records import MediaRecord, Path, ProductRecord
from catalog.feeds.taking import Reading, Rules

MOST_PICTURES, LONGEST_ALT = 200, 300
Named = tuple[Path, int, str, dict[str, Any]]


def media_of(reading: Reading, record: ProductRecord) -> None:
    """Put the product's pictures on the record, each once, with what the file says of it."""
    options = _options_shown(reading, record)
    stated: dict[str, Named] = {}
    for named in _product_pictures(reading):
        stated.setdefault(named[2], named)
    for place, variant in enumerate(reading.raw.variants or ()):
        for column, image in _images_of(variant.values):
            path: Path = ("variants", place, column)
            name = reading.may(path, image, partial(picture_name, reading.rules), variant.line)
            if name:
                stated.setdefault(name, (path, variant.line, name, {}))
    if not stated:
        return
    record.media_sources = list(stated)[:MOST_PICTURES]
    record.media = list(_stored(reading, stated, options))


def _product_pictures(reading: Reading) -> Iterator[Named]:
    said = reading.raw.values.get("media")
    line = reading.raw.lines.get("media", reading.raw.line)
    if values.is_blank(said):
        return
    if not isinstance(said, list):
        reading.report(("media",), said, Fault.NOT_A_LIST)
        return
    for place, value in enumerate(said):
        entry = value if isinstance(value, dict) else {"file": value}
        path: Path = ("media", place)
        name = reading.may(path, entry.get("file"), partial(picture_name, reading.rules), line)
        if name:
            yield path, line, name, entry


def _options_shown(reading: Reading, record: ProductRecord) -> dict[str, dict[str, str]]:
    """Return for each variants' picture the options that exactly its variants share."""
    by_sku = {variant.sku: set((variant.options or {}).items()) for variant in record.variants}
    shared: dict[str, set[tuple[str, str]]] = {}
    for variant in reading.raw.variants or ():
        options = by_sku.get(str(variant.values.get("sku")), set())
        for _column, image in _images_of(variant.values):
            name = own_name(reading.rules, str(image).strip())
            shared[name] = shared.get(name, options) & options
    everywhere = set.intersection(*by_sku.values()) if by_sku else set()
    return {name: dict(options - everywhere) for name, options in shared.items()}


def _images_of(said: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the pictures that a variant names, each with its field."""
    images = said.get("images")
    found = [("image", said.get("image"))]
    found += [("images", image) for image in images] if isinstance(images, list) else []
    return [(column, image) for column, image in found if not values.is_blank(image)]


def _stored(
    reading: Reading, stated: dict[str, Named], options: dict[str, dict[str, str]]
) -> Iterator[MediaRecord]:
    """Yield the pictures that are stored now, without those whose file is unknown or bad."""
    files: set[str] = set()
    for path, line, name, entry in stated.values():
        if len(files) >= MOST_PICTURES:
            reading.report(path, len(stated), Fault.TOO_MANY, line)
            return
        own = own_file(reading.rules, name)
        if own is None and values.is_address(name) and reading.rules.remote is None:
            continue
        stored = own or _store(reading, path, line, name)
        if stored is None or stored[0] in files:
            continue
        files.add(stored[0])
        alt = entry.get("alt") if isinstance(entry.get("alt"), dict) else {}
        shows = entry.get("options") if isinstance(entry.get("options"), dict) else None
        yield MediaRecord(
            stored[0], "" if own else name,
            _alt(reading, path, alt, "zh-hans"), _alt(reading, path, alt, "en"),
            {str(k): str(v) for k, v in shows.items()} if shows else options.get(name, {}),
            *stored[1:], position=len(files) - 1, kept=own is not None,
        )  # fmt: skip


def picture_name(rules: Rules, value: Any) -> str:
    """Return a picture's name or address; an address of this very shop's picture is its name."""
    return own_name(rules, values.picture_name(value))


def own_name(rules: Rules, name: str) -> str:
    """Return our name of a picture that an export of ours gave the address of, else the name."""
    path = urlsplit(name).path if values.is_address(name) else name
    if not path.startswith(settings.MEDIA_URL):
        return name
    file = unquote(path.removeprefix(settings.MEDIA_URL))
    return file if own_file(rules, file) else name


def own_file(rules: Rules, name: str) -> tuple[str, int, int] | None:
    """Return a picture that this shop has stored before, named as our exports name it."""
    if not rules.folder or not name.startswith(f"{rules.folder}/"):
        return None
    root = FilePath(settings.MEDIA_ROOT).resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root / rules.folder) or not path.is_file():
        return None
    try:
        with Image.open(path, formats=("WEBP",)) as stored:
            return name, *stored.size
    except OSError:
        return None


def _store(reading: Reading, path: Path, line: int, name: str) -> tuple[str, int, int] | None:
    rules = reading.rules
    pictures = rules.remote if values.is_address(name) else rules.pictures
    if pictures is None:
        if not reading.rules.told_of_pictures:
            reading.rules.told_of_pictures = True
            reading.report(path, name, Fault.PICTURES_NONE, line)
        return None
    try:
        stored = pictures.store(name)
    except Bad as bad:
        reading.report(path, name, bad.fault, line)
        return None
    return stored.file, stored.width, stored.height


def _alt(reading: Reading, path: Path, said: Any, locale: str) -> str | None:
    return reading.may(
        (*path, "alt", locale), said.get(locale), lambda text: values.text(text, LONGEST_ALT)
    )
