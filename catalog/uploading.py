"""Take a merchant's upload in: the files to disk, the job's row, once for each form sent.

For the portal. It does not read the catalogue and rings nobody: the caller does, when the row is
committed. What was uploaded is named by us, whatever the sender called it.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from catalog.feeds.guessing import beginning_of, is_known
from catalog.feeds.opening import Source
from catalog.feeds.problems import Refused
from catalog.models import CatalogImport
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_merchant
from shopguide.work import State

CATALOGUE, PICTURES = "catalogue", "pictures.zip"


class AlreadyTaken(Exception):
    """This very form was sent before; ``row`` is what came of it, if that is known yet."""

    def __init__(self, row: CatalogImport | None) -> None:
        self.row = row
        super().__init__("The form was sent twice.")


def receive(
    merchant: Merchant,
    *,
    by: User | None,
    token: UUID,
    file: UploadedFile,
    images: UploadedFile | None = None,
    mapping: dict[str, Any] | None = None,
    format: str = CatalogImport.Format.AUTO,
    check: bool = False,
) -> CatalogImport:
    """Store an upload and return its job's row; `AlreadyTaken` for a form sent twice.

    ``check``: only tell what the file would change; a file with unknown columns then waits until
    a person has said what they are. Raises OSError if the disk refuses; nothing is left behind.
    """
    folder = Path(settings.UPLOAD_ROOT) / merchant.slug / token.hex
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir()
    except FileExistsError:
        raise AlreadyTaken(taken(merchant, folder)) from None
    try:
        save(file, folder / CATALOGUE)
        if images:
            save(images, folder / PICTURES)
        waits = check and not mapping and needs_columns(folder / CATALOGUE, format)
        with as_merchant(merchant):
            return CatalogImport.objects.create(
                dry=check,
                state=State.DONE if waits else State.QUEUED,
                stage="columns" if waits else "",
                merchant=merchant,
                asked_by=by,
                file=str(folder / CATALOGUE),
                file_name=shown_name(file),
                format=format,
                mapping=mapping,
                images=str(folder / PICTURES) if images else "",
                bytes_total=file.size or 0,
            )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def needs_columns(path: Path, form: str) -> bool:
    """Tell whether a file can be read, but a person must say what its columns are."""
    try:
        source = Source(path)
        return not is_known(source, form) and bool(beginning_of(source, None, form).rows)
    except Refused:
        return False  # the check tells what is wrong with it


def ask_undo(job: CatalogImport, *, by: User) -> CatalogImport:
    """Return the row of a job that takes an import back. To be called as the merchant."""
    made: CatalogImport = CatalogImport.objects.create(
        merchant=job.merchant, asked_by=by, file_name=job.file_name, undoes=job
    )
    return made


def taken(merchant: Merchant, folder: Path) -> CatalogImport | None:
    """Return the job that was made of a folder's files."""
    with as_merchant(merchant):
        found: CatalogImport | None = CatalogImport.objects.filter(
            merchant=merchant, file=str(folder / CATALOGUE)
        ).first()
    return found


def save(uploaded: UploadedFile, path: Path) -> None:
    """Write an upload to disk in pieces."""
    with path.open("xb") as target:
        for chunk in uploaded.chunks():
            target.write(chunk)


def shown_name(uploaded: UploadedFile) -> str:
    """Return the sender's name of a file as it can be shown."""
    name = "".join(c for c in (uploaded.name or "") if c.isprintable()).strip()
    return name[-200:] or CATALOGUE
