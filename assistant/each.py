"""What is asked of two or three things at once, told of each of them; and what nobody knows.

For serving. 防水吗 of what was just compared, or shown, is answered for every one of them: a value
each, or who does and who does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assistant.doing import Outcome, respond
from assistant.doing.telling import stars_told
from assistant.planning import Move
from assistant.turns import Reply, Turn

UNSAID = frozenset(("attribute_unknown", "sizing_unknown", "unknown"))
OF_EACH = frozenset(("attribute", "suitability", "compatibility", "stock", "reviews", "price",
                     "sizing"))  # fmt: skip
MOST = 3
TOGETHER = re.compile(
    r"互相|一起|一共|总共|合计|和(?:第|这|那|它)|跟(?:第|这|那|它)|配(?:在)?一起"
    r"|\b(?:together|each other|one another|in total|altogether|with (?:the|that|this)\b)"
)
# What is the same for all of one chart.
ONCE = frozenset(("between_sizes", "sizes_converted"))
WHOLE = frozenset(("compatibility", "price"))
# Answers that come to a yes, a no, or something between.
JUDGED = frozenset(("suitability", "compatibility"))
Said = tuple[str, Mapping[str, Any]]


def of_each(turn: Turn, move: Move, products: Sequence[int]) -> Reply | None:
    """Answer a question about each of several things; None where none of them states it.

    A few queries for each product.
    """
    said = [
        respond(turn.asker, turn.reading, products=(one,), intent=move.about) for one in products
    ]
    told = [one for one in said if one.act not in ("clarify", "unknown")]
    if all(is_silent(one) or one not in told for one in said):
        return without_it(turn, said) or missing_measure(turn, said)
    return Reply(
        tuple(turn.plan(act, **facts) for act, facts in gathered(turn, told)),
        turn.state,
        products=tuple(dict.fromkeys(pk for one in told for pk in one.products)),
        merchants=tuple(dict.fromkeys(pk for one in told for pk in one.merchants)),
    )


def without_it(turn: Turn, said: Sequence[Outcome]) -> Reply | None:
    """Say that none states a feature that was named; None where nothing so plain was asked."""
    if not all(one.act == "suitability" and one.facts.get("feature") for one in said):
        return None
    plan = turn.plan("who_suits", purpose=said[0].facts.get("purpose"), way="feature",
                     unknown=[str(one.facts["product"]) for one in said])  # fmt: skip
    return Reply((plan,), turn.state, products=tuple(pk for one in said for pk in one.products))


def missing_measure(turn: Turn, said: Sequence[Outcome]) -> Reply | None:
    """Ask once for the measure that all their sizes go by; None where it is not the same."""
    asked = {tuple(one.facts.get("needs") or ()) for one in said}
    if any(one.act != "sizing_unknown" for one in said) or len(asked) != 1 or () in asked:
        return None
    return Reply((turn.plan("sizing_unknown", **said[0].facts),), turn.state,
                 products=tuple(pk for one in said for pk in one.products))  # fmt: skip


def asks_of_each(turn: Turn, move: Move, products: Sequence[int]) -> bool:
    """Tell whether something is asked of each of several things, not of them together."""
    if move.about not in OF_EACH or not 1 < len(products) <= MOST:
        return False
    together = TOGETHER.search(turn.reading.text.casefold()) or (turn.reading.quantity or 1) > 1
    whole = together or (move.why != "of-the-list" and move.about == "price")
    return not (move.about in WHOLE and whole)


def is_silent(one: Outcome) -> bool:
    """Tell whether an answer comes to: it is not stated."""
    return one.act in UNSAID or one.facts.get("verdict") == "unknown"


def gathered(turn: Turn, told: Sequence[Outcome]) -> list[Said]:
    """Return what was told of each, like with like, and once who does not state it."""
    acts = {one.act for one in told}
    if acts == {"price"}:
        rows = [{"name": one.facts["product"], "value": one.facts["price"]} for one in told]
        return [("of_them", {"rows": rows})]
    if acts == {"rated"}:
        rows = [{"name": one.facts["product"], "value": stars_of(turn, one)} for one in told]
        return [("of_them", {"rows": rows})]
    if acts == {"sizing"}:
        return alike_sizes(told)
    if len(acts) == 1 and acts <= ONCE:
        return [(told[0].act, told[0].facts)]
    if acts <= {"stock", "not_made_in"}:
        return [("who_has", stocks_of(told))]
    silent = [str(one.facts["product"]) for one in told if is_silent(one)]
    rest = [one for one in told if not is_silent(one)]
    found = [*values_of(rest), *verdicts_of(rest), *in_words(rest), *unheard_of(rest)]
    return [*found, ("of_them", {"missing": silent})] if silent else found


def stars_of(turn: Turn, one: Outcome) -> str:
    """Return how one thing is rated, as it is read."""
    return stars_told(turn.asker, Decimal(str(one.facts["stars"])), one.facts["count"])


def alike_sizes(told: Sequence[Outcome]) -> list[Said]:
    """Return the sizes to take, those things together of which it is the same one."""
    same: dict[str, list[Outcome]] = {}
    for one in told:
        same.setdefault(f"{one.facts['size']} {one.facts.get('between')}", []).append(one)
    if len(same) == 1:
        return [("sizing", dict(told[0].facts))]
    return [
        ("sizing", {**group[0].facts, "names": [str(one.facts["product"]) for one in group]})
        for group in same.values()
    ]


def values_of(told: Sequence[Outcome]) -> list[Said]:
    """Return the stated values, those of one fact together."""
    rows: dict[str, list[dict[str, str]]] = {}
    for one in told:
        name = one.facts.get("attribute") or _("Listed")
        value = one.facts.get("value") or one.facts.get("features")
        if one.act in ("attribute", "listed_as"):
            row = {"name": str(one.facts["product"]), "value": str(value)}
            rows.setdefault(str(name), []).append(row)
    return [("of_them", {"attribute": name, "rows": group}) for name, group in rows.items()]


def verdicts_of(told: Sequence[Outcome]) -> list[Said]:
    """Return who does, who does so partly and who does not, each with what decides it."""
    judged = [one for one in told if one.act in JUDGED]
    if not judged:
        return []
    sides: dict[str, list[dict[str, str]]] = {}
    for one in judged:
        value = "；".join(one.facts.get("reasons") or ()).replace("：", " ").replace(": ", " ")
        row = {"name": str(one.facts["product"]), "value": value.replace("；", ", ")}
        sides.setdefault(str(one.facts.get("verdict")), []).append(row)
    first = judged[0]
    purpose = first.facts.get("purpose") or first.facts.get("other")
    return [("who_suits", {"purpose": purpose, "way": way_of(first), **sides})]


def way_of(one: Outcome) -> str:
    """Return in which way a verdict is told: of a use, a feature, a partner, of what goes in."""
    if one.facts.get("limit"):
        return "plain"
    if one.act == "compatibility":
        return "holds" if one.facts.get("holds") else "goes"
    return "feature" if one.facts.get("feature") else "suits"


def in_words(told: Sequence[Outcome]) -> list[Said]:
    """Return what is told of one alone: its shop's words, its buyers', a size."""
    apart = (*JUDGED, "attribute", "listed_as", "unheard")
    return [(one.act, {**one.facts, "named": True}) for one in told if one.act not in apart]


def unheard_of(told: Sequence[Outcome]) -> list[Said]:
    """Return of which things no review speaks of what was asked, with how they are rated."""
    those = [one for one in told if one.act == "unheard"]
    if not those:
        return []
    names = [name for one in those for name in one.facts["names"]]
    rated = [row["value"] for one in those for row in one.facts["overall"]]
    overall = [{"name": name, "value": value} for name, value in zip(names, rated, strict=True)]
    return [("unheard", {"names": names, "subject": those[0].facts["subject"],
                         "overall": overall})]  # fmt: skip


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
    return Reply((turn.plan("unknown"),), turn.state, actions=(ask_a_person(),))


def ask_a_person() -> Mapping[str, Any]:
    """Return the offer to pass a question on, as something to click."""
    return {"kind": "choice", "value": "hand_over", "text": _("Ask a person of the shop")}
