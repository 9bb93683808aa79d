"""The lines of docs/api.md, run one after the other as somebody would who reads it."""

import re
import shlex
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from catalog.models import Variant
from catalog.search.market import forget
from shopguide.accounts.keys import issue
from shopguide.accounts.models import Scope
from shopguide.accounts.tenancy import as_everyone
from tests.shopguide.rest.scene import make_scene

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).resolve().parents[3] / "docs" / "api.md"


def lines() -> list[tuple[str, int]]:
    """Return every curl line with the status that is written behind it."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    found = [re.fullmatch(r"(curl .*?)\s+# (\d{3})", line) for block in blocks
             for line in block.splitlines() if line.startswith("curl")]  # fmt: skip
    assert all(found), "a line says no status"
    return [(one[1], int(one[2])) for one in found if one]


def run(line: str, known: dict[str, str]) -> Any:
    """Run a curl line with the test client, its variables filled in."""
    words = [
        re.sub(r"\$([A-Z_]+)", lambda match: known[match[1]], word)
        for word in shlex.split(line)[1:]
    ]
    method, url, headers, body = "GET", "", {}, ""
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-H":
            name, value = words.pop(0).split(": ", 1)
            headers[name] = value
        elif word == "-d":
            body = words.pop(0)
        elif word != "-i":
            url = word
    kind = headers.pop("Content-Type", "application/json")
    return Client().generic(method, url, body, content_type=kind, headers=headers)


def learn(known: dict[str, str], answer: Any) -> None:
    """Remember what later lines need."""
    if "Shopper-Token" in answer:
        known["TOKEN"] = answer["Shopper-Token"]
    if not answer.content or answer.status_code >= 400:
        return
    told = answer.json()
    if "meta" in told and "session_token" in told["meta"]:
        known["SESSION"] = told["meta"]["session_token"]
    if told.get("parcels"):
        known["LINE"] = str(told["parcels"][0]["lines"][0]["id"])
        known["SHOWN"] = told["shown"]
        if "ETag" in answer:
            known["ETAG"] = answer["ETag"]
    if told.get("items") and "number" in told["items"][0]:
        known["NUMBER"] = told["items"][0]["number"]


def test_every_line_answers_as_it_says() -> None:
    forget()
    cache.clear()
    scene = make_scene()
    with as_everyone():
        variant = Variant.objects.get(sku="CL-HD-202").pk
    _key, secret = issue(scene.shop, "till", list(Scope.values), by=None)
    known = {"SHOP": "", "VARIANT": str(variant), "KEY": str(uuid.uuid4()), "SHOP_KEY": secret}
    for line, status in lines():
        answer = run(line, known)
        assert answer.status_code == status, f"{line}\n{answer.content.decode()[:500]}"
        learn(known, answer)
    assert len(lines()) >= 14
    forget()
