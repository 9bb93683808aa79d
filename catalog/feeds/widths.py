"""Pictures in the widths that pages ask for, as AVIF and WebP, and a hash of how each one looks.

For the task. Which pictures lack them is asked of the database (law 2), so that it can be stopped
and rung again at any time. It changes nothing that search shows.
"""

from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.db import connection
from PIL import Image

from catalog.feeds.images import draw_whole
from catalog.models import Media
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

WIDTHS = (320, 640, 960, 1200)
KINDS = {"webp": {"quality": 80, "method": 3}, "avif": {"quality": 60, "speed": 8}}
HASH_SIDE = 8


def draw_widths(merchant: Merchant, *, limit: int = 50) -> int:
    """Draw what is missing of some pictures; return how many pictures were done.

    About 0.3 s of one core for each picture of 1,200 pixels.
    """
    with as_merchant(merchant):
        rows = Media.objects.filter(merchant=merchant, widths=None).order_by("pk")
        files = list(dict.fromkeys(rows.values_list("file", flat=True)[:limit]))
    for file in files:
        widths, likeness = _drawn(file)
        with as_merchant(merchant), connection.cursor() as cursor:
            # Not a change of the product: it would be indexed again.
            cursor.execute("SET LOCAL shopguide.bulk = 'on'")
            same = Media.objects.filter(merchant=merchant, file=file)
            same.update(widths=widths, likeness=likeness)
            cursor.execute("SET LOCAL shopguide.bulk = 'off'")
    return len(files)


def _drawn(file: str) -> tuple[list[int], int | None]:
    """Draw one picture's widths; a file that is gone or broken has none."""
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / file).resolve()
    if not path.is_relative_to(root):
        return [], None
    try:
        with Image.open(path, formats=("WEBP", "PNG", "JPEG")) as stored:
            picture = stored.convert("RGBA" if "A" in stored.getbands() else "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return [], None
    # Never enlarged: a small picture has one width, its own.
    widths = sorted({min(width, picture.width) for width in WIDTHS})
    for width in widths:
        size = (width, max(1, round(picture.height * width / picture.width)))
        drawn = picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)
        for kind, options in KINDS.items():
            draw_whole(root / width_name(file, width, kind), drawn, kind.upper(), **options)
    return widths, likeness_of(picture)


def width_name(file: str, width: int, kind: str) -> str:
    """Return the file, below ``MEDIA_ROOT``, of a picture in one width: ``1/ab-640.avif``."""
    return f"{file.rpartition('.')[0]}-{width}.{kind}"


def likeness_of(picture: Image.Image) -> int:
    """Return 64 bits, each one whether a spot is brighter than the one to its left (dHash).

    As a signed number, which Postgres can store. Source: N. Krawetz, "Kind of Like That", 2013.
    """
    flat = Image.new("RGB", picture.size, "white")
    flat.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    grey = flat.convert("L").resize((HASH_SIDE + 1, HASH_SIDE), Image.Resampling.BOX)
    spots = grey.tobytes()
    bits = 0
    for row in range(HASH_SIDE):
        line = spots[row * (HASH_SIDE + 1) : (row + 1) * (HASH_SIDE + 1)]
        for left, right in pairwise(line):
            bits = bits << 1 | (right > left)
    return bits - (1 << 64) if bits >> 63 else bits


def difference(one: int, other: int) -> int:
    """Return in how many of 64 bits two pictures differ: 0 alike, about 32 unrelated."""
    return ((one ^ other) & (1 << 64) - 1).bit_count()
