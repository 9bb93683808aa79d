"""What stands first is drawn with a chance that is written down, learnt from, and can be judged."""

import json
import uuid
from datetime import timedelta
from io import StringIO
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from django.utils import timezone

from catalog.models import Product
from profiles.models import Event, Kind, Trace, Trained
from profiles.noting import note, note_shown
from profiles.recommending import again, listed
from profiles.sources.arranging import Candidate, Term
from profiles.sources.exploring import (
    KIND,
    Choice,
    choices,
    draw,
    judged,
    learn_first,
    put_first,
    things_of,
)
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_shopper

Shelves = dict[str, list[Product]]


def candidates(*sources: str) -> list[Candidate]:
    """Return one product for each source."""
    return [
        Candidate(n, n, "", n, 0, 0, [Term(source, 1.0 - n / 10)])
        for n, source in enumerate(sources, 1)
    ]


def test_nothing_is_drawn_while_it_is_off(settings: Any) -> None:
    assert draw(candidates("content", "new"), [], 0.5) is None
    settings.LISTS_CURIOUS = 0.3
    assert draw(candidates("content", "content"), [], 0.5) is None


def test_every_chance_is_known_and_the_usual_is_likeliest(db: None, settings: Any) -> None:
    settings.LISTS_CURIOUS = 0.3
    chosen = candidates("content", "new", "content", "trending", "steps")
    assert things_of(chosen) == {"content": 0, "new": 1, "trending": 3}
    found = [draw(chosen, [], lot) for lot in np.linspace(0, 0.999, 50)]
    assert {one.thing for one in found if one} == {"content", "new", "trending"}
    first = found[0]
    assert first and first.thing == first.usual == "content"
    assert first.chance == pytest.approx(0.8) and sum(first.chances.values()) == pytest.approx(1.0)
    assert [one.product for one in put_first(chosen, "trending")] == [4, 1, 2, 3, 5]
    assert put_first([], "new") == []


def test_a_drawn_list_can_be_made_again_and_its_chance_is_logged(
    shelves: Shelves, shopper: Shopper, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LISTS_CURIOUS = 0.5
    for product in shelves["shoes"][:2]:
        note(shopper, Kind.VIEW, product=product.pk)
    monkeypatch.setattr("profiles.recommending.random.random", lambda: 0.99)
    monkeypatch.setattr(
        "profiles.sources.exploring.things_of",
        lambda chosen: {"content": 0, "kind": 1} if len(chosen) > 1 else {},
    )
    made = listed(shopper, keep=True)
    assert 0 < made.chance < 1 and made.ranker.endswith("+b0")
    with as_shopper(shopper):
        trace = Trace.objects.get(number=made.trace)
        assert again(trace) == trace.products == [one.product for one in made.items]
        assert trace.inputs["drawn"]["thing"] == "kind"
    note_shown(shopper, "home", made.ranker, trace.products, trace=made.trace, chance=made.chance)
    with as_shopper(shopper):
        shown = Event.objects.filter(kind=Kind.IMPRESSION).order_by("place")
        chances = [one.propensity for one in shown]
    assert chances[0] == made.chance and set(chances[1:]) <= {1.0}
    assert listed(shopper).chance == 1.0


def test_it_learns_what_is_opened_and_the_command_judges_rules(db: None) -> None:
    shopper, at = Shopper.objects.create(), timezone.now() - timedelta(days=3)
    dice = np.random.default_rng(5)
    with as_everyone():
        for number in range(400):
            thing = "new" if dice.random() < 0.4 else "content"
            when = at + timedelta(seconds=number)
            chances = {"content": 0.6, "new": 0.4}
            Trace.objects.create(
                number=uuid.uuid4(), shopper=shopper, context="home", ranker="t",
                products=[number + 1], at=when,
                inputs={"drawn": {"thing": thing, "chance": chances[thing], "chances": chances,
                                  "context": [1.0, 0.5, 0.5], "version": 0, "usual": "content"}},
            )  # fmt: skip
            if dice.random() < (0.6 if thing == "new" else 0.2):
                Event.objects.create(
                    shopper=shopper, kind=Kind.VIEW, product=number + 1,
                    at=when + timedelta(minutes=1),
                )  # fmt: skip
    made = learn_first()
    assert made is not None and made.live and made.card["choices"] == 400
    assert learn_first() is None and Trained.objects.filter(kind=KIND).count() == 1
    found = choices(at - timedelta(days=1), timezone.now())
    told = judged(found)
    for name in ("ips", "snips", "dr"):
        assert told["greedy"][name].low <= 0.6 <= told["greedy"][name].high
        assert told["usual"][name].low <= 0.2 <= told["usual"][name].high
    out = StringIO()
    call_command("evaluate_lists", "--json", stdout=out)
    said = json.loads(out.getvalue().splitlines()[-1])
    assert said["lists"] == 400 and said["rules"]["greedy"]["dr"]["value"] > 0.5


def test_of_nothing_there_is_no_verdict(db: None) -> None:
    with pytest.raises(ValueError, match="nothing"):
        judged([])
    few = [Choice("a", 0.5, (1.0, 0.0, 0.0), {"a": 0.5, "b": 0.5}, "a", 1.0, timezone.now())] * 3
    assert all(one.refused for one in judged(few)["usual"].values())
    out = StringIO()
    call_command("evaluate_lists", stdout=out)
    assert out.getvalue().startswith("0 lists")
