"""Run the sequence model for shoppers and products, and store what it says. For workers only.

A state is made of somebody's last deeds with products, in order. Beside it stand the states they
would have without each of these products; and how well the state before foresaw what was taken is
counted, for `watching`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from catalog.models import SearchDocument
from profiles.consenting import agreed, held
from profiles.models import (
    Event,
    ItemVector,
    Kind,
    Purpose,
    StatePart,
    Trained,
    UserState,
    Weights,
)
from profiles.sequence.gathering import ACTIONS, Floats, Texts, texts_of
from profiles.sequence.scoring import rows
from profiles.sequence.versions import served
from profiles.sequence.watching import count
from profiles.sources.cleaning import Act, is_machine, without_doubles
from profiles.sources.material import POSITIVE
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_shopper

if TYPE_CHECKING:
    from shopguide.inference.sequences.outlook import Outlook

log = logging.getLogger(__name__)
LISTED = 60
READ = 80  # deeds, of which doubles and products without a vector are left out
BATCH = 2_000

LIKELY_SQL = """
SELECT i.product FROM profiles_itemvector i
JOIN catalog_searchdocument d ON d.product_id = i.product
WHERE i.trained_id = %(trained)s AND i.product <> ALL(%(without)s)
ORDER BY i.vector <#> %(vector)s::vector, i.product LIMIT %(most)s
"""
# Which products have no vector by a version, or one of other texts.
MISSING_SQL = """
SELECT e.document_id FROM (
    SELECT document_id, md5(string_agg(text_hash, ',' ORDER BY locale)) AS mark
    FROM catalog_embedding WHERE encoder_id = %(encoder)s GROUP BY document_id
) e LEFT JOIN profiles_itemvector i
    ON i.product = e.document_id AND i.trained_id = %(trained)s
WHERE i.mark IS DISTINCT FROM e.mark ORDER BY e.document_id LIMIT %(most)s
"""


class Shelf:
    """Models by version, the last few; a process reads each once."""

    def __init__(self, most: int = 3) -> None:
        self.most, self.lock = most, threading.Lock()
        self.models: dict[int, Outlook] = {}

    def get(self, trained: int) -> Outlook | None:
        """Return the model of a version, None where it has no weights that can be read."""
        from shopguide.inference.errors import InferenceError
        from shopguide.inference.sequences.outlook import Outlook

        with self.lock:
            if trained not in self.models:
                body = Weights.objects.filter(trained=trained).values_list("body", flat=True)
                if (found := body.first()) is None:
                    return None
                try:
                    model = Outlook.unpacked(bytes(found))
                except InferenceError as error:
                    log.warning("version %s is not served: %s", trained, error)
                    return None
                self.models = dict(list(self.models.items())[1 - self.most :])
                self.models[trained] = model
            return self.models[trained]


shelf = Shelf()


# --- Products ---------------------------------------------------------------------------------
def place_items(made: Trained, model: Outlook, texts: Texts) -> int:
    """Store products as a version sees them; return how many."""
    if not texts.products:
        return 0
    vectors = model.items.of_texts(texts.vectors, model.own_of(texts.products))
    ItemVector.objects.bulk_create(
        (
            ItemVector(trained=made, product=product, mark=mark, vector=vector.tolist())
            for product, mark, vector in zip(texts.products, texts.marks, vectors, strict=True)
        ),
        batch_size=1_000, update_conflicts=True, unique_fields=["trained", "product"],
        update_fields=["mark", "vector"],
    )  # fmt: skip
    return len(texts.products)


def place_new(made: Trained) -> int:
    """Give a vector to products that came or changed since, by what their texts say.

    Vectors of products that are gone go too.
    """
    there = SearchDocument.objects.values("product")
    ItemVector.objects.filter(trained=made).exclude(product__in=there).delete()
    if made.card.get("encoder") != encoder_id():
        return 0  # other texts: the next lesson is taught on them
    missing = [
        row[0]
        for row in rows(MISSING_SQL, encoder=encoder_id(), trained=made.pk, most=BATCH)
    ]  # fmt: skip
    model = shelf.get(made.pk) if missing else None
    return place_items(made, model, texts_of(missing)) if model is not None else 0


def encoder_id() -> str:
    """Return the encoder that texts are read with."""
    from django.conf import settings

    return str(settings.ENCODER_ID)


# --- Shoppers ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class Past:
    """Somebody's last deeds with products, oldest first."""

    events: list[int]
    products: list[int]
    actions: list[str]
    at: list[datetime]

    def known(self, vectors: dict[int, Floats]) -> Past:
        """Leave deeds whose products have a vector."""
        kept = [place for place, product in enumerate(self.products) if product in vectors]
        return Past(
            [self.events[place] for place in kept],
            [self.products[place] for place in kept],
            [self.actions[place] for place in kept],
            [self.at[place] for place in kept],
        )


def past_of(shopper: Shopper) -> Past:
    """Return what counts of a shopper's deeds. Their rows must be visible. Two queries."""
    mine = Event.objects.filter(shopper=shopper, product__isnull=False)
    aside = mine.filter(kind=Kind.DISLIKE).values_list("product", flat=True)
    found = list(
        mine.filter(kind__in=POSITIVE, at__lte=timezone.now())
        .exclude(product__in=list(aside))
        .order_by("-at", "-pk")
        .values_list("pk", "product", "kind", "at")[:READ]
    )[::-1]
    acts = [Act(pk, product, at.timestamp(), kind) for pk, product, kind, at in found]
    kept = {one.user for one in without_doubles(acts)}
    left = [row for row in found if row[0] in kept]
    return Past(
        [row[0] for row in left],
        [row[1] for row in left if row[1] is not None],
        [row[2] for row in left],
        [row[3] for row in left],
    )


def refresh_states(shopper: Shopper, versions: Iterable[Trained] | None = None) -> int:
    """Bring what versions make of a shopper up to what they did; return how many versions.

    Some ten statements and some milliseconds of arithmetic a version.
    """
    chosen = list(served().all if versions is None else versions)
    if not chosen:
        return 0
    with transaction.atomic(), as_shopper(shopper):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"state:{shopper.pk}"])
        past = past_of(shopper)
        before = {one.trained_id: one for one in UserState.objects.filter(shopper=shopper)}
        clean = not is_machine([one.timestamp() for one in past.at])
        watched = clean and held(shopper).training
        done = 0
        for made in chosen:
            state = before.get(made.pk)
            if state is not None and state.events and state.events == past.events:
                continue
            if watched and state is not None:
                count(made, state, past.events, past.products)
            done += refresh_state(shopper, made, past)
    return done


def refresh_state(shopper: Shopper, made: Trained, past: Past) -> int:
    """Store what one version makes of a past; nothing is left of somebody without one."""
    model = shelf.get(made.pk)
    vectors = vectors_of(made, past.products)
    known = past.known(vectors)
    if model is None or not known.events:
        UserState.objects.filter(shopper=shopper, trained=made).delete()
        StatePart.objects.filter(shopper=shopper, trained=made).delete()
        return 0
    longest = model.shape.longest
    recent = Past(known.events[-longest:], known.products[-longest:], known.actions[-longest:],
                  known.at[-longest:])  # fmt: skip
    others = sorted(set(recent.products))
    told = model.foretell([path_of(recent, vectors), *(
        path for one in others if len((path := path_of(recent, vectors, without=one))[1])
    )])  # fmt: skip
    whole, rest = told.states[0], iter(told.states[1:])
    listed = likely(made, whole, recent.products)
    actions = {
        name: round(float(chance), 4)
        for name, chance in zip(model.names.actions, told.actions[0], strict=True)
    }
    values = {
        "vector": whole.tolist(), "events": past.events, "listed": listed, "actions": actions,
        "last_at": recent.at[-1], "made_at": timezone.now(),
    }  # fmt: skip
    UserState.objects.update_or_create(shopper=shopper, trained=made, defaults=values)
    StatePart.objects.filter(shopper=shopper, trained=made).delete()
    StatePart.objects.bulk_create(
        StatePart(
            shopper=shopper, trained=made, product=one,
            vector=next(rest).tolist() if set(recent.products) != {one} else None,
        )
        for one in others
    )  # fmt: skip
    return 1


def vectors_of(made: Trained, products: Sequence[int]) -> dict[int, Floats]:
    """Return products as a version sees them. One query."""
    found = ItemVector.objects.filter(trained=made, product__in=set(products))
    return {one.product: np.asarray(one.vector, np.float32) for one in found}


def path_of(past: Past, vectors: dict[int, Floats], without: int = 0) -> tuple[Floats, Any]:
    """Return a past as the model reads it, as if nothing had been done with one product."""
    kept = [place for place, product in enumerate(past.products) if product != without]
    items = [vectors[past.products[place]] for place in kept]
    actions = [ACTIONS.index(past.actions[place]) for place in kept]
    return np.asarray(items, np.float32), np.asarray(actions, np.int64)


def likely(made: Trained, state: Floats, without: Sequence[int]) -> list[int]:
    """Return the products a state is nearest to, nearest first. One scan over a version's items."""
    literal = "[" + ",".join(f"{float(one):.7g}" for one in state) + "]"
    asked = {"trained": made.pk, "without": list(set(without)), "vector": literal, "most": LISTED}
    return [row[0] for row in rows(LIKELY_SQL, **asked)]


def refresh_everybody(made: Trained, since: datetime) -> int:
    """Store what a version makes of all who did something lately and agree; return how many."""
    with as_everyone():
        active = Event.objects.filter(at__gt=since, kind__in=POSITIVE, product__isnull=False)
        numbers = list(active.values_list("shopper", flat=True).distinct())
    willing = set(agreed(Purpose.PERSONALISATION))
    numbers = [one for one in numbers if str(one) in willing]
    people = Shopper.objects.filter(pk__in=numbers).in_bulk()
    return sum(refresh_states(people[number], [made]) for number in numbers if number in people)
