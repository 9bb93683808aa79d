"""What is to be confirmed before it is done, and what the rules refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.doing.outcome import Asker, Confirmation, Outcome
from catalog.models import Order


def to_confirm(
    asker: Asker,
    tool: str,
    what: str,
    lines: Sequence[str],
    *,
    order: Order | None = None,
    arguments: Mapping[str, Any],
    merchant: int | None = None,
    products: tuple[int, ...] = (),
) -> Outcome:
    """Return what would be done, to be confirmed."""
    shop = order.merchant_id if order else merchant
    return Outcome(
        "confirm",
        {"what": what, "lines": list(lines)},
        products,
        Confirmation(tool, 1, arguments, what[:1].upper() + what[1:]),
        merchants=(shop,) if shop else (),
        actions=("confirm", "decline"),
        trace={"order": order.number} if order else {},
    )


def refused(what: str, reasons: Sequence[str], order: Order, instead: str) -> Outcome:
    """Return that the rules are against it, and why."""
    facts = {"what": what, "reasons": list(reasons), "instead": instead}
    return Outcome(
        "declined",
        facts,
        merchants=(order.merchant_id,),
        actions=(f"order:{order.number}", "hand_over"),
        trace={"order": order.number},
    )
