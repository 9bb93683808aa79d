"""A request that is sent again is carried out once: Idempotency-Key on every POST.

For the doors. Effect and answer are committed together, so a crash leaves either both or neither.
A refusal changed nothing: its key is free again. Keys belong to whoever sends them; the answers of
others cannot be asked for.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_merchant, as_shopper
from shopguide.problems import Problem
from shopguide.rest.models import KeptAnswer
from shopguide.rest.operations import Asked

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
KEY = re.compile(r"[\x21-\x7e]{1,128}")
# A web request lives shorter than this; what still runs then has died.
LEASE = timedelta(seconds=60)
KEPT_HEADERS = ("Content-Type", "Location", "Content-Language")
Owner = Shopper | Merchant


def key_of(request: Asked) -> str:
    """Return the key that a request carries, nothing without one; 400 for what is none."""
    key = request.headers.get(HEADER)
    if key is None:
        return ""
    if not KEY.fullmatch(key):
        raise ValidationError({HEADER: ["1 to 128 visible ASCII characters."]})
    return str(key)


def once(
    request: Asked, owner: Owner, key: str, answer: Callable[[], HttpResponse]
) -> HttpResponse:
    """Carry a request out, or return what it was answered before.

    Problem: ``still_running`` while another carries it out, ``key_reused`` for another request.
    """
    held = claimed(owner, key, fingerprint(request))
    if held.status is not None:
        return replayed(held)
    try:
        with transaction.atomic():
            response = answer()
            keep(owner, held, response)
    except BaseException:
        release(owner, held)
        raise
    return response


def fingerprint(request: Asked) -> str:
    """Return the hash of what is asked: method, address, body."""
    asked = request._request
    head = f"{asked.method} {asked.get_full_path()}\n".encode("utf-8", "replace")
    said = form_bytes(request) if request.operation.form else asked.body
    return hashlib.sha256(head + said).hexdigest()


def form_bytes(request: Asked) -> bytes:
    """Return what a form says: sent again it is the same in other bytes (its boundary is drawn)."""
    parts, form = [], cast(QueryDict, request.data)
    for name in sorted(form):
        for value in form.getlist(name):
            if isinstance(value, UploadedFile):
                parts.append([name, hashlib.sha256(value.read()).hexdigest()])
                value.seek(0)
            else:
                parts.append([name, value])
    return json.dumps(parts).encode()


def scope(owner: Owner) -> AbstractContextManager[None]:
    """Open a transaction that sees the owner's rows."""
    return as_shopper(owner) if isinstance(owner, Shopper) else as_merchant(owner)


def owned(owner: Owner) -> dict[str, Owner]:
    """Return the column that names the owner."""
    return {"shopper": owner} if isinstance(owner, Shopper) else {"merchant": owner}


def claimed(owner: Owner, key: str, asked: str) -> KeptAnswer:
    """Return the row of a key: new, taken over from one that died, or answered already."""
    with scope(owner):
        try:
            with transaction.atomic():
                return KeptAnswer.objects.create(key=key, fingerprint=asked, **owned(owner))
        except IntegrityError:
            rows = KeptAnswer.objects.select_for_update().filter(key=key, **owned(owner))
            held = rows.first()
        if held is None:  # its first sender was refused in this very moment
            raise Problem("still_running", wait_s=1)
        if held.fingerprint != asked:
            raise Problem("key_reused")
        if held.status is None:
            if held.started_at > timezone.now() - LEASE:
                raise Problem("still_running", wait_s=1)
            held.attempt, held.started_at = uuid.uuid4(), timezone.now()
            held.save(update_fields=["attempt", "started_at"])
        return held


def keep(owner: Owner, held: KeptAnswer, response: HttpResponse) -> None:
    """Store the answer in the transaction of its effect; if another took over, undo both."""
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    with scope(owner):
        rows = KeptAnswer.objects.filter(pk=held.pk, attempt=held.attempt, status=None)
        stored = rows.update(
            status=response.status_code, headers=headers, body=bytes(response.content)
        )
    if not stored:
        raise Problem("still_running", wait_s=1)


def release(owner: Owner, held: KeptAnswer) -> None:
    """Free the key: nothing was changed under it."""
    with scope(owner):
        KeptAnswer.objects.filter(pk=held.pk, attempt=held.attempt, status=None).delete()


def replayed(held: KeptAnswer) -> HttpResponse:
    """Return the answer that was given before, byte by byte."""
    response = HttpResponse(bytes(held.body), status=held.status)
    for name, value in held.headers.items():
        response[name] = value
    response[REPLAYED] = "true"
    return response
