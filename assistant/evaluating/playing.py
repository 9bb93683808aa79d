"""Play a case through the assistant's own entry, and keep what each turn came to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction

from assistant.answering import Minds, answer
from assistant.asking import say
from assistant.evaluating.cases import Case, Turn
from assistant.evaluating.grading import problems_of
from assistant.evaluating.scene import NoSuchGoods, placed
from assistant.models import Conversation, Message
from assistant.presenting import as_json
from catalog.models import CartLine, Order, Product, Return
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_shopper
from shopguide.writing import Realiser


@dataclass(frozen=True)
class Told:
    """What a turn came to: the answer as the API has it, its act, and the rows afterwards."""

    answer: dict[str, Any]
    act: str = ""
    emotion: str = ""
    products: tuple[int, ...] = ()
    orders: tuple[dict[str, Any], ...] = ()
    cart: dict[str, int] = field(default_factory=dict)
    person: bool = False
    lost: int = 0  # sentences that code wrote and the claim check took out or mended


@dataclass(frozen=True)
class Failure:
    """One case that is not as it should be, and the turn it went wrong at."""

    case: str
    turn: int
    say: str
    problems: tuple[str, ...]
    answer: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it for the report."""
        return {"id": self.case, "turn": self.turn, "say": self.say,
                "problems": list(self.problems), "answer": self.answer}  # fmt: skip


def evaluate(
    cases: Sequence[Case], minds: Minds, tell: Callable[[int], None] = lambda _done: None
) -> list[Failure]:
    """Play all cases, each rolled back; return what failed."""
    failures = []
    for place, case in enumerate(cases, start=1):
        with transaction.atomic():
            failed = played(case, minds)
            transaction.set_rollback(True)
        if failed:
            failures.append(failed)
        tell(place)
    return failures


def played(case: Case, minds: Minds) -> Failure | None:
    """Play one case; the first turn that is not as demanded, None if all are."""
    shopper = Shopper.objects.create()
    currency = case.currency or settings.CURRENCY_OF_LANGUAGE[case.language]
    try:
        orders = [placed(shopper, one, currency=currency) for one in case.orders]
        page = page_of(case.page)
    except (NoSuchGoods, Product.DoesNotExist) as error:
        return Failure(case.id, 0, "", (f"the scene cannot be set: {error}",))
    with as_shopper(shopper):
        conversation = Conversation.objects.create(
            shopper=shopper, language=case.language, currency=currency
        )
    stage = Stage(conversation, minds, page, orders)
    earlier: list[Told] = []
    for place, turn in enumerate(case.turns, start=1):
        try:
            told = answered(stage, turn)
        except Exception as error:  # a crash is a failed case, not the end of the run
            return Failure(case.id, place, turn.say, (f"{type(error).__name__}: {error}",))
        problems = problems_of(stage.demands(turn.expect), told, earlier, currency)
        if problems:
            return Failure(case.id, place, turn.say, tuple(problems), told.answer.get("answer", ""))
        earlier.append(told)
    return None


def page_of(sku: str) -> dict[str, Any] | None:
    """Return the product page a case begins on."""
    if not sku:
        return None
    found = Product.objects.live().get(sku=sku)
    return {"product": found.pk, "merchant": found.merchant_id}


@dataclass(frozen=True)
class Stage:
    """Where a case is played."""

    conversation: Conversation
    minds: Minds
    page: dict[str, Any] | None
    orders: Sequence[Order]

    def words(self, text: str) -> str:
        """Return what is said, with the numbers of orders in it."""
        for place, one in enumerate(self.orders, start=1):
            text = text.replace(f"{{order{place}}}", one.number)
        return text

    def demands(self, expect: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is demanded, with the numbers of orders in its patterns."""
        return {
            name: self.words(value) if isinstance(value, str) else value
            for name, value in expect.items()
        }


def answered(stage: Stage, turn: Turn) -> Told:
    """Say one turn and return what came of it."""
    said = stage.words(turn.say) or turn.press
    made = say(stage.conversation, said, place=stage.page, choice=turn.press)
    if made is None:
        return Told({"answer": "", "handoff": {"reason": "a person answers"}}, person=True)
    with as_everyone():
        message = Message.objects.select_related("conversation__shopper__user").claim(made.pk)
    if message is None:
        raise RuntimeError("the message could not be claimed")
    answer(message, stage.minds)
    with as_shopper(stage.conversation.shopper_id):
        ended = Message.objects.select_related("conversation__merchant").get(pk=made.pk)
        return Told(
            as_json(ended),
            ended.act,
            ended.emotion,
            tuple(int(one["product"]) for one in ended.products),
            tuple(order_state(one) for one in stage.orders),
            cart_of(stage.conversation),
            lost=int(ended.trace.get("dropped", 0)) if ended.writer == Realiser.name else 0,
        )


def order_state(order: Order) -> dict[str, Any]:
    """Return what may have become of an order."""
    now = Order.objects.get(pk=order.pk)
    returns = Return.objects.filter(order=order).order_by("pk")
    return {
        "state": now.state,
        "payment": now.payment_state,
        "city": now.address.get("city"),
        "phone": now.address.get("phone"),
        "invoice": getattr(getattr(now, "invoice", None), "title", None),
        "returns": [[one.kind, one.reason] for one in returns],
    }


def cart_of(conversation: Conversation) -> dict[str, int]:
    """Return what is in the cart, by SKU of the variant."""
    rows = CartLine.objects.filter(shopper=conversation.shopper_id).select_related("variant")
    return {one.variant.sku: one.quantity for one in rows}
