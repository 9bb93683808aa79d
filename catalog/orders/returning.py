"""Returns and exchanges: asked for by the shopper, decided by rules and the shop, done once.

For order pages of both sides and the API. The shop's policy of the day of the order says at once
what is possible (`catalog.policies`); what it does not allow is never asked for. Each step locks
the order, so two clerks never do it twice, and is written with who did it. No model decides here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from catalog.models import Order, Return, ReturnLine, ReturnPicture, Variant
from catalog.models.back import OFF, ReturnKind, ReturnState
from catalog.models.letter import LetterKind
from catalog.models.order import Actor
from catalog.orders.asking import Asking, LineNow, NotReturned, lines_now
from catalog.orders.informing import inform
from catalog.orders.keeping import NotAllowed
from catalog.orders.paying_back import way_for
from catalog.orders.picturing import MOST, NoRoom
from catalog.orders.placing import note
from catalog.orders.replacing import give_back_replacements, take_replacements, wanted_variants
from catalog.policies.deciding import Decision
from catalog.policies.terms import Payer
from catalog.policies.versions import policy_for
from shopguide.accounts.delivering import announce as announce_event
from shopguide.accounts.models import Kind, User
from shopguide.accounts.tenancy import as_merchant

# What may follow what; a table of the database says the same.
NEXT: dict[str, tuple[str, ...]] = {
    ReturnState.ASKED: (ReturnState.APPROVED, ReturnState.REJECTED, ReturnState.WITHDRAWN),
    ReturnState.APPROVED: (
        ReturnState.RECEIVED, ReturnState.REFUNDED, ReturnState.REJECTED, ReturnState.WITHDRAWN,
    ),
    ReturnState.RECEIVED: (ReturnState.REFUNDED, ReturnState.EXCHANGED, ReturnState.REJECTED),
    ReturnState.REJECTED: (),
    ReturnState.WITHDRAWN: (),
    ReturnState.REFUNDED: (),
    ReturnState.EXCHANGED: (),
}  # fmt: skip


def ask(
    order: Order,
    asking: Asking,
    *,
    by: User | None = None,
    when: datetime.datetime | None = None,
) -> Return:
    """Ask for a return or an exchange; NotReturned says which rule is against it.

    The same key asked again gives the first return. A shop that lets its rules decide alone has
    approved it with this.
    """
    with as_merchant(order.merchant_id):
        held = Order.objects.select_for_update().get(pk=order.pk)
        if earlier := Return.objects.filter(order=held, key=asking.key).first():
            return earlier
        lines = {one.line.pk: one for one in lines_now(held, when=when)}
        decided = decide(asking, lines)
        wanted = wanted_variants(asking, lines) if asking.kind == ReturnKind.EXCHANGE else {}
        back = Return.objects.create(
            merchant_id=held.merchant_id,
            order=held,
            kind=asking.kind,
            reason=asking.reason,
            condition=asking.condition,
            way=way_for(held, asking.way),
            note=asking.note[:1000],
            key=asking.key,
        )
        write_lines(back, asking, decided, wanted)
        back.pictures.bulk_create(
            back.pictures.model(merchant_id=held.merchant_id, back=back, file=file)
            for file in asking.pictures
        )
        note(held, "return_asked", Actor.SHOPPER, text=back.number, user=by.pk if by else None)
        tell(back, Kind.RETURN_ASKED)
        inform(held, LetterKind.RETURN_ASKED, about=back.number, number=back.number)
        policy = policy_for(held)
    if policy.automatic:
        with suppress(NotReturned):  # what is wanted has just gone: the shop decides
            return approve(back, actor=Actor.SYSTEM)
    return back


def tell(back: Return, kind: str) -> None:
    """Tell the shop's own systems where a return stands, and nothing that leads to the shopper."""
    lines = back.lines.select_related("line").order_by("pk")
    content = {
        "number": back.number,
        "order": back.order.number,
        "kind": back.kind,
        "state": back.state,
        "reason": back.reason,
        "condition": back.condition,
        "lines": [{"sku": one.line.sku, "quantity": one.quantity} for one in lines],
    }
    announce_event(back.merchant_id, kind, f"return:{back.number}", content)


def decide(asking: Asking, lines: Mapping[int, LineNow]) -> dict[int, Decision]:
    """Return the rule's decision of each asked line; NotReturned at the first that refuses."""
    if not asking.items or len({item.line for item in asking.items}) < len(asking.items):
        raise NotReturned("empty")
    found = {}
    for item in asking.items:
        now = lines.get(item.line)
        if now is None:
            raise NotReturned("no_such_line")
        rule = now.exchanges if asking.kind == ReturnKind.EXCHANGE else now.returns
        decision = rule(asking.reason, quantity=item.quantity, condition=asking.condition)
        if not decision.allowed:
            raise NotReturned("refused", now.line, decision)
        if asking.kind == ReturnKind.REFUND and asking.way not in decision.ways:
            raise NotReturned("way", now.line, decision)
        found[item.line] = decision
    return found


def write_lines(
    back: Return,
    asking: Asking,
    decided: Mapping[int, Decision],
    wanted: Mapping[int, Variant],
) -> None:
    """Write what comes back and the rule that allowed it."""
    ReturnLine.objects.bulk_create(
        ReturnLine(
            merchant_id=back.merchant_id,
            back=back,
            line_id=item.line,
            quantity=item.quantity,
            rule=decided[item.line].rule,
            payer=decided[item.line].payer or Payer.SHOPPER,
            fee_percent=decided[item.line].fee_percent,
            wanted=wanted.get(item.line),
        )
        for item in asking.items
    )


@contextmanager
def moving(
    back: Return, state: str, *, actor: Actor, by: User | None = None, text: str = ""
) -> Iterator[Return]:
    """Hold a return and its order, move it on, write who did; NotAllowed if it cannot go there."""
    with as_merchant(back.merchant_id):
        Order.objects.select_for_update().get(pk=back.order_id)
        held = Return.objects.select_for_update().select_related("order").get(pk=back.pk)
        if state not in NEXT[held.state]:
            raise NotAllowed(held.state)
        yield held
        held.state = state
        held.save()
        said = f"{held.number} · {text}" if text else held.number
        note(held.order, f"return_{state}"[:20], actor, text=said, user=by.pk if by else None)
        tell(held, f"return.{state}")


def approve(
    back: Return, *, actor: Actor = Actor.SHOP, by: User | None = None, text: str = ""
) -> Return:
    """Approve a return; for an exchange what is wanted leaves the stock now, or NotReturned."""
    with moving(back, ReturnState.APPROVED, actor=actor, by=by, text=text) as held:
        take_replacements(held)
        answered(held, text)
    return held


def reject(back: Return, *, by: User | None = None, text: str = "") -> Return:
    """Reject a return, also after its goods were looked at; what was set aside goes back."""
    with moving(back, ReturnState.REJECTED, actor=Actor.SHOP, by=by, text=text) as held:
        give_back_replacements(held)
        answered(held, text, approved=False)
    return held


def withdraw(back: Return, *, by: User | None = None) -> Return:
    """Let the shopper keep it after all."""
    with moving(back, ReturnState.WITHDRAWN, actor=Actor.SHOPPER, by=by) as held:
        give_back_replacements(held)
    return held


def announce(back: Return, *, carrier: str, tracking: str, by: User | None = None) -> Return:
    """Note by which parcel the shopper has sent it; NotAllowed before it is approved."""
    with as_merchant(back.merchant_id):
        held = Return.objects.select_for_update().select_related("order").get(pk=back.pk)
        if held.state != ReturnState.APPROVED:
            raise NotAllowed(held.state)
        held.carrier, held.tracking = carrier[:80], tracking[:80]
        held.save(update_fields=["carrier", "tracking"])
        said = f"{held.number} · {carrier} {tracking}"
        note(held.order, "return_sent", Actor.SHOPPER, text=said, user=by.pk if by else None)
        tell(held, Kind.RETURN_SENT)
    return held


def add_picture(back: Return, file: str) -> ReturnPicture:
    """Add a stored picture to a return that is not settled; NotAllowed, or NoRoom beyond `MOST`."""
    with as_merchant(back.merchant_id):
        held = Return.objects.select_for_update().get(pk=back.pk)
        if held.state in OFF or not NEXT[held.state]:
            raise NotAllowed(held.state)
        if held.pictures.count() >= MOST:
            raise NoRoom
        return ReturnPicture.objects.create(merchant_id=held.merchant_id, back=held, file=file)


def receive(
    back: Return,
    *,
    sellable: Mapping[int, int] | None = None,
    by: User | None = None,
    text: str = "",
) -> Return:
    """Note that the goods are there and how many of each line can be sold again, all by default.

    They go back into the stock when the return is settled, never before.
    """
    with moving(back, ReturnState.RECEIVED, actor=Actor.SHOP, by=by, text=text) as held:
        for line in held.lines.all():
            count = (sellable or {}).get(line.pk, line.quantity)
            line.restocked = min(max(count, 0), line.quantity)
            line.save(update_fields=["restocked"])
    return held


def answered(back: Return, text: str, *, approved: bool = True) -> None:
    """Keep the shop's answer and write the shopper of it."""
    back.answer = text[:500]
    facts = {"number": back.number, "approved": approved, "answer": back.answer}
    inform(back.order, LetterKind.RETURN_DECIDED, about=f"{back.number}:{approved}", **facts)
