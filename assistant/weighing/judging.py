"""What a message asks of, and which intent that comes to.

Plain Python. A softmax over signs of the head's chances, of the page and of the words; its weights
(`weights.json`) were learned by ``manage.py evaluate_weighing --fit``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from assistant.understanding.placing import Placed

FILE = Path(__file__).with_name("weights.json")
# thing: a fact of the thing, its use, whom and what it suits. buy: its makes, price, the cart.
# shop: what a shop does or holds by. goods: others than this. own: an order. talk: none of these.
Family = Literal["thing", "buy", "shop", "goods", "own", "talk"]
FAMILIES: tuple[Family, ...] = get_args(Family)
_OF: Mapping[Family, Sequence[str]] = {
    "thing": ("attribute", "suitability", "sizing", "compatibility", "reviews"),
    "buy": ("stock", "price", "cart_add"),
    "shop": ("delivery", "policy", "promotion", "gift", "account", "invoice"),
    "goods": ("search", "refine", "compare", "bundle", "recommend", "more_like", "not_interested"),
    "own": ("order_status", "change_address", "cancel", "return", "exchange", "refund",
            "complaint"),
}  # fmt: skip
_FAMILY: Mapping[str, Family] = {
    name: family for family, names in _OF.items() for name in names
}  # fmt: skip
# What each family is asked as, where no intent of it is heard.
_PLAINLY: Mapping[Family, str] = {"thing": "attribute", "shop": "policy", "goods": "refine"}
LOWEST = 1e-3  # chances of a family below this are all the same
STEEPEST = 5.0  # log odds of a page beyond this are all the same
SIGNS = (
    "kind", "quality", "size", "person", "price", "barred", "attribute", "many", "order", "shop",
    "asks", "group", "single", "other", "cheap", "dear", "short",
)  # fmt: skip


def family_of(intent: str) -> Family:
    """Return what a message with an intent asks of."""
    return _FAMILY.get(intent, "talk")


def signs_of(
    odds: Mapping[str, float], where: Placed, page: float, *, chinese: bool
) -> list[float]:
    """Return the numbers that are weighed.

    ``odds``: the chances of intents; ``page``: the chance that the thing's page answers.
    """
    heard = {one: sum(odds.get(name, 0.0) for name in names) for one, names in _OF.items()}
    heard["talk"] = max(0.0, 1 - sum(heard.values()))
    loud = [math.log(max(heard[one], LOWEST)) for one in FAMILIES]
    said = min(max(page, 1e-4), 1 - 1e-4)
    told = max(-STEEPEST, min(STEEPEST, math.log(said / (1 - said))))
    ruled = [float(bool(where.ruled) and family_of(where.ruled) == one) for one in FAMILIES]
    signs = [float(one in where.signs) for one in SIGNS]
    asks = float("asks" in where.signs)
    return [*loud, told, told * asks, *ruled, *signs, float(chinese)]


def weighed(
    odds: Mapping[str, float], where: Placed, page: float, *, chinese: bool
) -> tuple[str, float] | None:
    """Return the intent that a message comes to and its chance, where that is another than heard.

    None where what is heard stands. An act is never brought about by weighing.
    """
    if not odds:
        return None
    kept, least = _kept()
    chances = softmax(signs_of(odds, where, page, chinese=chinese), kept)
    place = max(range(len(FAMILIES)), key=chances.__getitem__)
    family, chance = FAMILIES[place], chances[place]
    if family not in _PLAINLY or chance < least:
        return None
    names = [one for one in _OF[family] if one in odds]
    return max(names, key=odds.__getitem__, default=_PLAINLY[family]), chance


def softmax(signs: Sequence[float], weights: Sequence[Sequence[float]]) -> list[float]:
    """Return each family's chance: (d,), (families, d + 1) -> (families,)."""
    totals = [
        row[-1] + sum(weight * sign for weight, sign in zip(row, signs, strict=False))
        for row in weights
    ]
    most = max(totals)
    shares = [math.exp(one - most) for one in totals]
    return [one / sum(shares) for one in shares]


@lru_cache(maxsize=1)
def _kept() -> tuple[list[list[float]], float]:
    """Return the learned weights, and from which chance on they outweigh what is heard."""
    kept = json.loads(FILE.read_text("utf-8"))
    return kept["weights"], float(kept["least"])
