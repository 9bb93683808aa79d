"""A version in use: pages multiply what workers stored, for as long as each deed is there."""

import json
import time
from io import StringIO
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from catalog.encoding import encode_products
from catalog.indexing import index_products
from catalog.models import Product
from profiles.models import (
    Event,
    ItemVector,
    Kind,
    StatePart,
    Trace,
    Trained,
    TrainingRun,
    UserState,
    Watched,
)
from profiles.noting import forget, note
from profiles.recommending import again, listed, recommend
from profiles.sequence import watching
from profiles.sequence.gathering import lessons
from profiles.sequence.learning import made_anew, stored
from profiles.sequence.scoring import paths_of, scores_of
from profiles.sequence.serving import place_new, refresh_states
from profiles.sequence.tasks import watch_sequence
from profiles.sequence.versions import Impossible, back, served, switch, try_on, watch_beside
from profiles.sequence.watching import figures_of, mind
from profiles.sources.switching import SEQUENCE, Source, sources_now, turn
from profiles.tasks import refresh_taste
from shopguide.accounts.models import Shopper, User
from shopguide.accounts.tenancy import as_everyone, as_shopper
from shopguide.inference.fakes import FakeEncoder
from tests.catalog.factories import make_category, make_product
from tests.people import browser

Shelves = dict[str, list[Product]]
PAGE = "/operator/profiles/trained/"


def untaught(seed: int = 1, *, held_back: str = "") -> Trained:
    """Return a version that knows texts only, live unless it is held back."""
    from django.conf import settings
    from django.utils import timezone

    now = timezone.now()
    found = lessons(now)
    card = {"held_back": held_back, "encoder": settings.ENCODER_ID, "until": now.isoformat(),
            "quality": 0.5}  # fmt: skip
    return stored(made_anew(found, seed), found, card, now)


def look(shopper: Shopper, *products: Product) -> None:
    """Let somebody look at things, and a worker come by."""
    for one in products:
        note(shopper, Kind.VIEW, product=one.pk)
    refresh_taste(str(shopper.pk))


def onward(shopper: Shopper) -> set[str]:
    """Return the sources of somebody's list."""
    return {source for one in recommend(shopper) for source in one.sources}


def test_scores_are_those_of_numpy_and_terms_add_up(shelves: Shelves, shopper: Shopper) -> None:
    made = untaught()
    look(shopper, shelves["shoes"][0], shelves["mice"][0], shelves["shoes"][1])
    vectors = {one.product: np.asarray(one.vector) for one in ItemVector.objects.all()}
    with as_shopper(shopper):
        state = UserState.objects.get()
        paths = paths_of(shopper, sources_now(shopper))
        scores = scores_of(shopper, paths, list(vectors))[made.pk]
        parts = {one.product: one.vector for one in StatePart.objects.all()}
    assert len(vectors) == 18 and set(parts) == {shelves["shoes"][0].pk, shelves["mice"][0].pk,
                                                 shelves["shoes"][1].pk}  # fmt: skip
    for product, vector in vectors.items():
        assert scores[product] == pytest.approx(max(0, vector @ np.asarray(state.vector)), abs=1e-5)
    left = sorted(
        (-(v @ np.asarray(state.vector)), p) for p, v in vectors.items() if p not in parts
    )
    assert state.listed == [product for _score, product in left]


def test_a_state_counts_while_its_deeds_are_there(shelves: Shelves, shopper: Shopper) -> None:
    untaught()
    look(shopper, shelves["shoes"][0], shelves["teapots"][0])
    assert Source.SEQUENCE in onward(shopper)
    note(shopper, Kind.VIEW, product=shelves["mice"][0].pk)
    assert Source.SEQUENCE in onward(shopper)  # a deed behind is no harm
    forget(shopper, product=shelves["teapots"][0].pk)
    assert Source.SEQUENCE not in onward(shopper)
    refresh_taste(str(shopper.pk))
    assert Source.SEQUENCE in onward(shopper)
    note(shopper, Kind.DISLIKE, product=shelves["shoes"][0].pk)
    assert Source.SEQUENCE not in onward(shopper)
    forget(shopper)
    refresh_taste(str(shopper.pk))
    with as_everyone():
        assert not UserState.objects.exists() and not StatePart.objects.exists()


def test_a_new_product_is_scored_from_its_text(shelves: Shelves, shopper: Shopper) -> None:
    made = untaught()
    shop = shelves["shoes"][0].merchant
    category = make_category("all/shoes")
    new = make_product(shop, "s-9", title="running shoes for the trail model 9", category=category)
    index_products(shop)
    encode_products(shop, encoder=FakeEncoder())
    assert not ItemVector.objects.filter(product=new.pk).exists()
    watch_sequence()
    assert place_new(made) == 0
    vectors = {one.product: np.asarray(one.vector) for one in ItemVector.objects.all()}
    nearest = max(
        (one for one in vectors if one != new.pk), key=lambda p: vectors[p] @ vectors[new.pk]
    )
    assert nearest in {one.pk for one in shelves["shoes"]}
    look(shopper, *shelves["shoes"][:2])
    with as_shopper(shopper):
        assert new.pk in UserState.objects.get().listed


def test_a_share_meets_a_canary_and_it_ends(shelves: Shelves) -> None:
    live, tried = untaught(), untaught(2, held_back="to be tried")
    with pytest.raises(Impossible):
        try_on(live, 0.5)
    with pytest.raises(Impossible):
        try_on(tried, 1.5)
    try_on(tried, 0.3)
    people = [Shopper.objects.create() for _one in range(300)]
    meet = [sources_now(one).sequence == tried.pk for one in people]
    assert 55 < sum(meet) < 125
    assert meet == [sources_now(one).sequence == tried.pk for one in people]
    assert sources_now(people[meet.index(True)]).name.endswith(f"+s{tried.version}")
    assert sources_now().sequence == live.pk
    try_on(tried, 0.0)
    assert {sources_now(one).sequence for one in people[:20]} == {live.pk}


def test_a_shadow_is_scored_and_logged_and_not_shown(shelves: Shelves, shopper: Shopper) -> None:
    live = untaught()
    look(shopper, shelves["shoes"][0], shelves["teapots"][0])
    before = [one.product for one in recommend(shopper)]
    shadow = untaught(5, held_back="to be watched")
    watch_beside(shadow)
    refresh_states(shopper)
    made = listed(shopper, keep=True)
    assert [one.product for one in made.items] == before
    assert made.ranker.endswith(f"+s{live.version}")
    with as_shopper(shopper):
        trace = Trace.objects.get(number=made.trace)
        assert trace.inputs["shadow"]["version"] == shadow.version
        assert set(trace.inputs["shadow"]["products"]) - set(trace.products[:1])
        assert again(trace) == trace.products


def test_switching_and_going_back_hold_at_once(shelves: Shelves, shopper: Shopper) -> None:
    first, second = untaught(), untaught(2)
    look(shopper, shelves["shoes"][0])
    assert served().live == second and served().shadows == (first,)
    started = time.monotonic()
    assert back() == first
    assert sources_now(shopper).sequence == first.pk and Source.SEQUENCE in onward(shopper)
    assert time.monotonic() - started < 10
    second.refresh_from_db()
    assert second.card["taken_back"] == "by hand" and not second.live
    Trained.objects.filter(kind=SEQUENCE).update(live=False, shadow=False)
    assert Source.SEQUENCE not in onward(shopper)


def test_what_is_foreseen_is_counted_of_who_agreed(shelves: Shelves, shopper: Shopper) -> None:
    from profiles.consenting import choose
    from profiles.models import Purpose

    made = untaught()
    look(shopper, shelves["shoes"][0])
    look(shopper, shelves["shoes"][1])
    assert not Watched.objects.exists()
    choose(shopper, {Purpose.TRAINING: True})
    with as_shopper(shopper):
        state = UserState.objects.get()
    vectors = {one.product: np.asarray(one.vector) for one in ItemVector.objects.all()}
    target = shelves["shoes"][2].pk
    had = {shelves["shoes"][n].pk for n in (0, 1)}
    scores = {p: float(v @ np.asarray(state.vector)) for p, v in vectors.items() if p not in had}
    place = sum(one >= scores[target] for p, one in scores.items() if p != target)
    look(shopper, shelves["shoes"][2])
    found = figures_of(made)
    assert found.deeds == 1
    assert found.ndcg == pytest.approx(1 / np.log2(place + 2) if place < 10 else 0.0)
    look(shopper, shelves["shoes"][2])  # nothing new
    assert figures_of(made).deeds == 1


def seen(made: Trained, ndcg: float, deeds: int = 100) -> None:
    """Let a version have foreseen so well."""
    from django.utils import timezone

    Watched.objects.update_or_create(
        trained=made, day=timezone.localdate(), defaults={"deeds": deeds, "ndcg": ndcg * deeds}
    )


def test_what_foresees_worse_is_taken_back(shelves: Shelves) -> None:
    first, second = untaught(), untaught(2)
    seen(first, 0.5)
    seen(second, 0.4, deeds=watching.LEAST_DEEDS - 1)
    assert mind() == ""  # too few to tell
    seen(second, 0.4)
    assert mind() == "taken back" and served().live == first
    second.refresh_from_db()
    try_on(second, 0.1)
    assert mind() == "canary ended" and served().canary is None
    assert mind() == "" and not TrainingRun.objects.exists()
    seen(first, 0.3)  # it was judged to reach .5
    assert mind() == "to be taught anew" and TrainingRun.objects.get().mode == "whole"
    assert mind() == ""


# --- Operators --------------------------------------------------------------------------------
def command(*words: str, **options: Any) -> str:
    """Return what the command says."""
    said = StringIO()
    call_command("versions", *words, stdout=said, **options)
    return said.getvalue()


def test_the_command_lists_switches_and_goes_back(shelves: Shelves) -> None:
    first, second = untaught(), untaught(2)
    rows = json.loads(command(json=True).splitlines()[-1])["versions"]
    assert [(one["version"], one["state"]) for one in rows] == [
        (second.version, "live"), (first.version, "shadow")]  # fmt: skip
    assert json.loads(command(card=first.version, json=True))["card"]["quality"] == 0.5
    command(back=True)
    assert served().live == first
    command(canary=second.version, share=0.2)
    assert served().canary == second
    command(shadow=second.version)
    command(live=second.version)
    assert served().live == second
    for wrong in ({"card": 99}, {"live": 99}, {"canary": second.version}, {"shadow": 99}):
        with pytest.raises(CommandError):
            command(**wrong)
    with pytest.raises(CommandError):
        command("neighbours", back=True)
    with pytest.raises(CommandError, match="--data"):
        call_command("train", "sequence", data=[__file__])


def test_operators_see_and_switch_versions(shelves: Shelves, shopper: Shopper) -> None:
    first, second = untaught(), untaught(2, held_back="no better than what is popular")
    operator = browser(User.objects.create_superuser("op@example.com", "x", is_demo=True))
    page = operator.get(PAGE).content.decode()
    assert "no better than what is popular" in page and "0.5000" in page
    assert "quality" in operator.get(f"{PAGE}{first.pk}/change/").content.decode()
    for action, state in (
        ("on_a_tenth", (False, 0.1, False)), ("on_nobody", (False, 0.0, False)),
        ("beside", (False, 0.0, True)), ("not_beside", (False, 0.0, False)),
        ("make_live", (True, 0.0, False)), ("go_back", (False, 0.0, False)),
    ):  # fmt: skip
        operator.post(PAGE, {"action": action, "_selected_action": [second.pk]})
        second.refresh_from_db()
        assert (second.live, second.share, second.shadow) == state, action
    assert served().live == first
    refused = operator.post(PAGE, {"action": "on_a_tenth", "_selected_action": [first.pk]})
    assert refused.status_code == 302 and served().canary is None
    both = {"action": "make_live", "_selected_action": [first.pk, second.pk]}
    assert operator.post(PAGE, both).status_code == 302 and served().live == first
    assert operator.get(f"{PAGE}add/").status_code == 403
    assert operator.post(f"{PAGE}{first.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Client().get(PAGE).status_code == 302


def test_a_broken_version_harms_no_page(shelves: Shelves, shopper: Shopper) -> None:
    made = untaught()
    made.weights.body = b"\x05\x00nonsense"
    made.weights.save()
    from profiles.sequence.serving import shelf

    shelf.models.clear()
    look(shopper, shelves["shoes"][0])
    assert Source.SEQUENCE not in onward(shopper) and recommend(shopper)
    with as_everyone():
        assert Event.objects.count() == 1 and not UserState.objects.exists()
    turn(Source.SEQUENCE, on=False)
    assert recommend(shopper)
    switch(untaught(3))
