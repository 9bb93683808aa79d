"""What is asked of two or three things at once, told of each of them; and what nobody knows.

For serving. 防水吗 of what was just compared, or shown, is answered for every one of them: a value
each, or who does and who does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from assistant.doing import Outcome, respond
from assistant.planning import Move
from assistant.replying import Reply, Turn

UNSAID = frozenset(("attribute_unknown", "sizing_unknown", "unknown"))
OF_EACH = frozenset(("attribute", "suitability", "compatibility", "stock", "reviews", "price",
                     "sizing"))  # fmt: skip
MOST = 3
TOGETHER = re.compile(
    r"互相|一起|一共|总共|合计|和(?:第|这|那|它)|跟(?:第|这|那|它)|配(?:在)?一起"
    r"|\b(?:together|each other|one another|in total|altogether|with (?:the|that|this)\b)"
)
WHOLE = frozenset(("compatibility", "price"))


def of_each(turn: Turn, move: Move, products: Sequence[int]) -> Reply | None:
    """Answer a question about each of several things; None where it is of one, or none states it.

    A few queries for each product.
    """
    if move.about not in OF_EACH or not 1 < len(products) <= MOST:
        return None
    together = TOGETHER.search(turn.reading.text.casefold()) or (turn.reading.quantity or 1) > 1
    if move.about in WHOLE and (together or (move.why != "of-the-list" and move.about == "price")):
        return None
    said = [
        respond(turn.asker, turn.reading, products=(one,), intent=move.about) for one in products
    ]
    told = [one for one in said if one.act not in ("clarify", "unknown")]
    if all(one.act in UNSAID or one not in told for one in said):
        return None
    unclear = all(one.facts.get("verdict") == "unknown" for one in said)
    if unclear and not (said[0].act == "suitability" and said[0].facts.get("feature")):
        return unknown(turn)
    plans = gathered(told)
    return Reply(
        tuple(turn.plan(act, **facts) for act, facts in plans),
        turn.state,
        products=tuple(dict.fromkeys(pk for one in told for pk in one.products)),
        merchants=tuple(dict.fromkeys(pk for one in told for pk in one.merchants)),
    )


def gathered(told: Sequence[Outcome]) -> list[tuple[str, Mapping[str, Any]]]:
    """Return what was told of each as one answer where that can be, else one after another."""
    acts = {one.act for one in told}
    if acts <= {"attribute", "attribute_unknown"}:
        names = {str(one.facts.get("attribute")) for one in told if one.act == "attribute"}
        if len(names) == 1:
            return [("of_them", values_of(told, names.pop()))]
    if acts == {"suitability"}:
        return [("who_suits", verdicts_of(told))]
    if acts == {"price"}:
        rows = [{"name": one.facts["product"], "value": one.facts["price"]} for one in told]
        return [("of_them", {"rows": rows})]
    if acts <= {"stock", "not_made_in"}:
        return [("who_has", stocks_of(told))]
    silent = [
        one for one in told
        if one.act in ("attribute_unknown", "sizing_unknown")
        or one.facts.get("verdict") == "unknown"
    ]  # fmt: skip
    rest: list[tuple[str, Mapping[str, Any]]] = [
        (one.act, {**one.facts, "named": True}) for one in told if one not in silent
    ]
    missing = [str(one.facts["product"]) for one in silent]
    return [*rest, ("of_them", {"missing": missing})] if silent else rest


def values_of(told: Sequence[Outcome], attribute: str) -> dict[str, Any]:
    """Return one fact of each, and who does not state it."""
    return {
        "attribute": attribute,
        "rows": [
            {"name": one.facts["product"], "value": one.facts["value"]}
            for one in told if one.act == "attribute"
        ],
        "missing": [str(one.facts["product"]) for one in told if one.act != "attribute"],
    }  # fmt: skip


def verdicts_of(told: Sequence[Outcome]) -> dict[str, Any]:
    """Return who suits, who does so partly or not, and of whom it is not known."""
    sides: dict[str, list[str]] = {}
    for one in told:
        sides.setdefault(str(one.facts.get("verdict")), []).append(str(one.facts["product"]))
    return {
        "purpose": told[0].facts.get("purpose"),
        "feature": told[0].facts.get("feature"),
        **{side: sides.get(side, []) for side in ("yes", "partly", "no", "unknown")},
    }


def stocks_of(told: Sequence[Outcome]) -> dict[str, Any]:
    """Return which are there in what was named, which are sold out, and which are not made so."""
    there = [one for one in told if one.act == "stock" and one.facts.get("state") != "out"]
    out = [one for one in told if one.act == "stock" and one.facts.get("state") == "out"]
    lacking = [one for one in told if one.act == "not_made_in"]
    options = next((one.facts.get("options") for one in told if one.facts.get("options")), "")
    return {
        "options": options or next((one.facts["lacking"] for one in lacking), ""),
        **{
            name: [str(one.facts["product"]) for one in rows]
            for name, rows in (("yes", there), ("out", out), ("no", lacking))
        },
    }


def unknown(turn: Turn) -> Reply:
    """Say honestly that the shops do not say, and offer a person."""
    offered = {"kind": "choice", "value": "hand_over", "text": _("Ask a person of the shop")}
    return Reply((turn.plan("unknown"),), turn.state, actions=(offered,))
