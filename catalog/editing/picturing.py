"""Take pictures that a person uploads for one product, by the same checks as an import's."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max
from django.utils.translation import gettext as _

from catalog.feeds.images import MOST_FILE_BYTES, Pictures, Shelf
from catalog.feeds.problems import Bad, Fault
from catalog.models import Media, Product

MOST_PICTURES, MOST_AT_ONCE = 200, 20


class Uploads(Shelf):
    """What came with one form; nothing else can be read through it."""

    def __init__(self, files: Sequence[UploadedFile]) -> None:
        self._files = {str(number): file for number, file in enumerate(files)}

    def read(self, name: str) -> bytes | None:
        """Return one upload's bytes."""
        file = self._files.get(name)
        if file is None:
            return None
        if (file.size or 0) > MOST_FILE_BYTES:
            raise Bad(Fault.PICTURE_LARGE, name)
        file.seek(0)
        return bytes(file.read())


def add_pictures(product: Product, files: Sequence[UploadedFile], wrong: dict[str, str]) -> None:
    """Store pictures and put them after those there are; say of a bad one why it is not taken."""
    if not files:
        return
    there = Media.objects.filter(product=product)
    if len(files) > MOST_AT_ONCE or there.count() + len(files) > MOST_PICTURES:
        wrong["pictures"] = _("At most %(most)d pictures at once.") % {"most": MOST_AT_ONCE}
        return
    place = (there.aggregate(Max("position"))["position__max"] or 0) + 1
    pictures = Pictures(Uploads(files), product.merchant_id)
    for number, file in enumerate(files):
        try:
            stored = pictures.store(str(number))
        except Bad as bad:
            name = (file.name or "")[:80]
            wrong["pictures"] = f"{name}: {said(bad.fault)}"
            return
        Media.objects.get_or_create(
            merchant=product.merchant, product=product, file=stored.file,
            defaults={"width": stored.width, "height": stored.height, "position": place + number,
                      "source": ""},
        )  # fmt: skip


def said(fault: Fault) -> str:
    """Return why a picture is not taken and what to do, in the reader's language."""
    return " ".join(_(part) for part in fault.value)
