"""Apps: deeds once however often they are sent, what fits with its reason, a taste by hand."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Product
from profiles.models import Event
from shopguide.accounts.tenancy import as_everyone
from tests.catalog.api.test_api import App
from tests.conftest import FULL

Shelves = dict[str, list[Product]]
SENT = 1_000 if FULL else 200


def agreeing() -> App:
    """Return an app whose shopper agreed."""
    app = App()
    app.ask("PATCH", "/privacy/consents/", {"personalisation": True})
    return app


def deed(kind: str, sku: str = "", **more: object) -> dict[str, object]:
    """Return a deed as an app sends it."""
    about = {"merchant": "loom", "sku": sku} if sku else {}
    return {"client_id": str(uuid.uuid4()), "kind": kind, **about, **more}


def test_deeds_sent_twice_are_stored_once(shelves: Shelves) -> None:
    app = agreeing()
    now = timezone.now()
    deeds = [
        deed("view", f"shoes-{n % 6}", at=(now - timedelta(minutes=n)).isoformat())
        for n in range(SENT)
    ]
    for expected in ({"stored": SENT, "known": 0}, {"stored": 0, "known": SENT}):
        counted = {"stored": 0, "known": 0}
        for start in range(0, SENT, 200):
            found = app.ask("POST", "/events/", {"events": deeds[start : start + 200]}).json()
            counted = {name: counted[name] + found[name] for name in counted}
        assert counted == expected
    with as_everyone():
        assert Event.objects.count() == SENT
        oldest = Event.objects.order_by("at").first()
    assert oldest is not None and oldest.at == now - timedelta(minutes=SENT - 1)


def test_what_is_about_nothing_or_at_no_time_is_refused(shelves: Shelves) -> None:
    app = agreeing()
    later = (timezone.now() + timedelta(days=1)).isoformat()
    odd = [deed("view", "NONE"), deed("view", "shoes-1", at=later), deed("search"), deed("view")]
    found = app.ask("POST", "/events/", {"events": [*odd, deed("search", words="tea")]}).json()
    assert (found["stored"], found["refused"]) == (1, 4)
    for wrong in ([], [deed("purchase", "shoes-1")], [{"kind": "view"}], "x"):
        assert app.ask("POST", "/events/", {"events": wrong}).status_code == 400


def test_without_consent_no_row(shelves: Shelves) -> None:
    app = App()
    found = app.ask("POST", "/events/", {"events": [deed("view", "shoes-1")]}).json()
    assert found == {"agreed": False, "stored": 0, "known": 0, "refused": 1}
    assert app.ask("GET", "/recommendations/").json() == {"items": [], "model": None, "list": None}
    assert app.ask("GET", "/taste/").json()["agreed"] is False
    with as_everyone():
        assert not Event.objects.exists()


def test_twenty_deeds_become_a_taste(shelves: Shelves) -> None:
    app = agreeing()
    kinds = ["shoes"] * 12 + ["mice"] * 8
    deeds = [deed("view", f"{kind}-{n % 6}") for n, kind in enumerate(kinds)]
    app.ask("POST", "/events/", {"events": deeds})
    found = app.ask("GET", "/taste/").json()
    shares = {one["value"]: (one["share"], one["evidence"]) for one in found["categories"]}
    assert shares == {
        "all/shoes": (pytest.approx(0.6, abs=1e-3), 12),
        "all/mice": (pytest.approx(0.4, abs=1e-3), 8),
    }
    assert found["prices"] == [{"currency": "CNY", "lowest": "99.00", "highest": "99.00"}]
    app.ask("POST", "/taste/", {"about": "category", "value": "all/mice", "do": "forget"})
    left = app.ask("GET", "/taste/").json()
    assert [one["value"] for one in left["categories"]] == ["all/shoes"] and left["deeds"] == 12
    said = app.ask("POST", "/taste/", {"about": "brand", "value": "Loom", "do": "less"}).json()
    assert said["said"] == [{"about": "brand", "value": "Loom", "liking": "less"}]
    assert app.ask("DELETE", "/taste/").status_code == 204
    assert app.ask("GET", "/taste/").json()["deeds"] == 0


def test_what_fits_comes_with_its_reason(shelves: Shelves) -> None:
    app = agreeing()
    app.ask("POST", "/events/", {"events": [deed("view", "teapots-0")]})
    found = app.ask("GET", "/recommendations/?limit=3").json()
    assert len(found["items"]) == 3 and found["list"]
    first = found["items"][0]
    assert first["sku"].startswith("teapots") and first["reasons"][0].startswith("Because you")
    assert "kind" in first["sources"]
    assert app.ask("GET", "/recommendations/?limit=0").status_code == 400
