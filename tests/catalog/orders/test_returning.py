"""Returns and exchanges: allowed by rules, decided once, stock and money back to the cent."""

import datetime
import threading
import uuid
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from catalog.models import Letter, Order, Refund, Return, ReturnLine, Stock, Variant
from catalog.models.back import ReturnKind, ReturnState
from catalog.models.order import PaymentState
from catalog.orders import keeping, returning
from catalog.orders.asking import Asking, Item, NotReturned, lines_now
from catalog.orders.carting import add, enter_code
from catalog.orders.changing import NotChanged, ask_invoice, issue_invoice, readdress
from catalog.orders.keeping import NotAllowed, advance
from catalog.orders.paying import Test
from catalog.orders.paying_back import pay_back
from catalog.orders.placing import place
from catalog.orders.refunding import exchange, refund, sum_of
from catalog.orders.replacing import replacements
from catalog.orders.returning import announce, approve, ask, receive, reject, withdraw
from catalog.policies.deciding import Why
from catalog.policies.terms import STANDARD, Condition, Reason, Rule, ShippingBack, Way
from catalog.policies.versions import Outdated, latest, policy_for, write
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_everyone, as_merchant, as_shopper
from tests.catalog.factories import make_variant
from tests.catalog.orders.conftest import ADDRESS, make_coupon, make_shop, variant_of, wish_of

LATER = datetime.timedelta(days=3)


def left(sku: str) -> int:
    with as_everyone():
        return sum(Stock.objects.filter(variant__sku=sku).values_list("quantity", flat=True))


def bought(
    shop: Merchant, shopper: Shopper, *, quantity: int = 2, coupon: str = "", state: str = ""
) -> Order:
    """Order so many mugs for 40.00 and a bowl for 10.00, shipping 8.00."""
    add(shopper, variant_of(shop, "MUG").pk, quantity, currency="CNY")
    add(shopper, variant_of(shop, "BOWL", price="10.00").pk, 1, currency="CNY")
    if coupon:
        make_coupon(shop, coupon)
        enter_code(shopper, coupon)
    (order,) = place(shopper, wish_of(shopper), Test())
    for step in ("packed", "shipped", "delivered")[: 0 if state == "paid" else 3]:
        order = advance(order, step)
    return order


def lines_of(order: Order) -> dict[str, int]:
    with as_merchant(order.merchant_id):
        return dict(order.lines.values_list("sku", "pk"))


def asking(order: Order, counts: dict[str, int], **fields: object) -> Asking:
    lines = lines_of(order)
    items = tuple(Item(lines[sku], count) for sku, count in counts.items())
    return Asking(items, **fields)  # type: ignore[arg-type]


def settled(order: Order, counts: dict[str, int], **fields: object) -> Refund:
    back = approve(ask(order, asking(order, counts, **fields)))
    refund(receive(back))
    with as_merchant(order.merchant_id):
        return Refund.objects.get(back=back)


@pytest.mark.django_db
def test_a_return_goes_its_way_and_both_sides_see_it(shop: Merchant, shopper: Shopper) -> None:
    order = bought(shop, shopper)
    assert left("MUG") == 3
    back = ask(order, asking(order, {"MUG": 1}, note="Too small"))
    assert back.state == ReturnState.ASKED
    back = announce(approve(back, text="Send it to us"), carrier="SF", tracking="SF1")
    back = receive(back)
    assert left("MUG") == 3  # it can be sold again once it is settled
    back = refund(back)
    assert (back.state, back.tracking, left("MUG")) == (ReturnState.REFUNDED, "SF1", 4)
    for sees in (as_merchant(shop), as_shopper(shopper)):
        with sees:
            order = Order.objects.get(pk=order.pk)
            assert order.payment_state == PaymentState.PARTLY
            assert [one.kind for one in order.events.all()][-6:] == [
                "delivered", "return_asked", "return_approved", "return_sent", "return_received",
                "return_refunded",
            ]  # fmt: skip
            assert [one.amount for one in Refund.objects.all()] == [Decimal("40.00")]
    for nobody in (as_merchant(make_shop("rival")), as_shopper(Shopper.objects.create())):
        with nobody:
            assert [m.objects.count() for m in (Return, ReturnLine, Refund, Letter)] == [0] * 4


@pytest.mark.django_db
def test_the_rules_refuse_at_once_and_say_which(shop: Merchant, shopper: Shopper) -> None:
    order = bought(shop, shopper)
    cases = [
        ({"MUG": 3}, {}, timezone.now(), Why.NONE_LEFT),
        ({"MUG": 1}, {"condition": Condition.USED}, timezone.now(), Why.CONDITION),
        ({"MUG": 1}, {}, timezone.now() + datetime.timedelta(days=30), Why.WINDOW_OVER),
    ]
    for counts, fields, when, why in cases:
        with pytest.raises(NotReturned, check=lambda e, why=why: e.decision.why == why):
            ask(order, asking(order, counts, **fields), when=when)
    for items in ((), (Item(10**9),), (Item(lines_of(order)["MUG"]),) * 2):
        with pytest.raises(NotReturned, match=r"no_such_line|empty"):
            ask(order, Asking(items))
    with as_everyone():
        assert not Return.objects.exists()
    first = ask(order, asking(order, {"MUG": 2}))
    with pytest.raises(NotReturned, match="refused"):
        ask(order, asking(order, {"MUG": 1}))
    withdraw(first)
    assert ask(order, asking(order, {"MUG": 2})).state == ReturnState.ASKED


@pytest.mark.django_db
def test_the_same_form_asks_once(shop: Merchant, shopper: Shopper) -> None:
    order, key = bought(shop, shopper), uuid.uuid4()
    first = ask(order, asking(order, {"MUG": 1}, key=key))
    assert ask(order, asking(order, {"MUG": 1}, key=key)) == first


@pytest.mark.django_db
def test_coupons_are_shared_and_shipping_follows_the_last(shop: Merchant, shopper: Shopper) -> None:
    order = bought(shop, shopper, coupon="TEN")  # 90.00 - 9.00 + 8.00
    assert order.total_amount == Decimal("89.00")
    faulty = {"reason": Reason.FAULTY, "condition": Condition.USED}
    assert settled(order, {"MUG": 1}, **faulty).amount == Decimal("36.00")
    assert settled(order, {"BOWL": 1}, **faulty).amount == Decimal("9.00")
    last = settled(order, {"MUG": 1}, **faulty)
    assert (last.amount, last.shipping_amount) == (Decimal("44.00"), Decimal("8.00"))
    with as_merchant(shop):
        assert Order.objects.get(pk=order.pk).payment_state == PaymentState.REFUNDED
        with pytest.raises(IntegrityError), transaction.atomic():
            Refund.objects.create(
                merchant=shop, order=order, amount="0.01", currency="CNY", way="original"
            )


@pytest.mark.django_db
def test_fees_and_what_is_kept_lower_a_refund(shop: Merchant, shopper: Shopper) -> None:
    rule = Rule("open", return_days=30, fee_percent=Decimal("12.50"), condition=Condition.USED)
    write(shop, replace(STANDARD, rules=(rule,), shipping_back=ShippingBack.ALWAYS))
    order = bought(shop, shopper, quantity=1)
    back = approve(ask(order, asking(order, {"MUG": 1, "BOWL": 1})))
    with as_merchant(shop):
        worth = sum_of(back, kept=Decimal("10.00"))
    assert (worth.items, worth.fee, worth.kept, worth.shipping, worth.total) == (
        50, Decimal("6.25"), 10, 8, Decimal("41.75")
    )  # fmt: skip
    refund(receive(back), kept=Decimal("1000000"))
    with as_merchant(shop):
        assert Refund.objects.get(back=back).amount == 8


@pytest.mark.django_db
def test_an_exchange_sets_aside_and_puts_back(shop: Merchant, shopper: Shopper) -> None:
    order = bought(shop, shopper)
    mug = Variant.objects.get(sku="MUG")
    fair = make_variant(mug.product, "MUG-L", price="40.00", stock=1, options={"size": "l"})
    dear = make_variant(mug.product, "MUG-XL", price="55.00", options={"size": "xl"})
    make_variant(mug.product, "MUG-S", price="40.00", stock=0, options={"size": "s"})
    lines = lines_of(order)
    with as_shopper(shopper):
        now = next(one for one in lines_now(order) if one.line.sku == "MUG")
        assert {one.sku for one in replacements(now)} == {"MUG", "MUG-L"}

    def wanting(variant: Variant | None, count: int = 1) -> Asking:
        item = Item(lines["MUG"], count, variant.pk if variant else None)
        return Asking((item,), kind=ReturnKind.EXCHANGE, reason=Reason.DOES_NOT_FIT)

    for variant in (dear, None, variant_of(make_shop("rival"), "OTHER")):
        with pytest.raises(NotReturned, match="wanted"):
            ask(order, wanting(variant))
    first = approve(ask(order, wanting(fair)))
    assert left("MUG-L") == 0
    reject(first, text="No")
    assert left("MUG-L") == 1
    second = approve(ask(order, wanting(fair)))
    back = receive(second)
    with pytest.raises(NotAllowed):
        refund(back)
    done = exchange(back, carrier="SF", tracking="SF2")
    assert (done.state, left("MUG-L"), left("MUG")) == (ReturnState.EXCHANGED, 0, 4)
    third = ask(order, replace(wanting(mug)))
    with as_merchant(shop):
        Stock.objects.filter(variant=mug).update(quantity=0)
    with pytest.raises(NotReturned, match="not_enough"):
        approve(third)


@pytest.mark.django_db
def test_what_cannot_be_sold_again_stays_away(shop: Merchant, shopper: Shopper) -> None:
    order = bought(shop, shopper)
    back = approve(ask(order, asking(order, {"MUG": 2}, reason=Reason.DAMAGED)))
    with as_merchant(shop):
        line = back.lines.get().pk
    refund(receive(back, sellable={line: 1}))
    assert left("MUG") == 4


@pytest.mark.django_db
def test_no_step_is_taken_twice_or_out_of_turn(shop: Merchant, shopper: Shopper) -> None:
    order = bought(shop, shopper)
    back = ask(order, asking(order, {"MUG": 1}))
    for step in (receive, refund, exchange):
        with pytest.raises(NotAllowed):
            step(back)
    with pytest.raises(NotAllowed):
        announce(back, carrier="SF", tracking="1")
    refund(approve(back))  # without waiting for the goods
    for step in (approve, reject, withdraw, receive, refund):
        with pytest.raises(NotAllowed, match="refunded"):
            step(back)
    assert left("MUG") == 3
    with as_merchant(shop), pytest.raises(DatabaseError, match="does not go"), transaction.atomic():
        Return.objects.filter(pk=back.pk).update(state="asked")
    with as_merchant(shop), pytest.raises(DatabaseError, match="does not go"), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(state="placed")


def test_the_database_knows_the_same_moves(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, before, after FROM catalog_transition")
        known = set(cursor.fetchall())
        said = {
            (kind, before, after)
            for kind, moves in (("order", keeping.NEXT), ("return", returning.NEXT))
            for before, nexts in moves.items()
            for after in nexts
        }
        assert known == {tuple(map(str, one)) for one in said}
        cursor.execute("UPDATE catalog_transition SET after = 'placed'")
        assert cursor.rowcount == 0


@pytest.mark.django_db
def test_an_order_keeps_the_rules_of_its_day(shop: Merchant, shopper: Shopper) -> None:
    order = bought(shop, shopper)
    with as_everyone():
        Order.objects.filter(pk=order.pk).update(placed_at=timezone.now() - LATER)
    with as_merchant(shop):
        order = Order.objects.get(pk=order.pk)
    strict = replace(STANDARD, rules=())
    assert write(shop, strict) == 1 and write(shop, strict) == 1
    assert policy_for(order) == STANDARD and latest(shop) == (1, strict)
    with pytest.raises(Outdated):
        write(shop, STANDARD, after=0)
    assert write(shop, STANDARD, after=1) == 2
    assert ask(order, asking(order, {"MUG": 1})).state == ReturnState.ASKED


@pytest.mark.django_db
def test_a_shop_may_let_its_rules_decide_alone(shop: Merchant, shopper: Shopper) -> None:
    write(shop, replace(STANDARD, automatic=True))
    order = bought(shop, shopper)
    assert ask(order, asking(order, {"MUG": 1})).state == ReturnState.APPROVED
    with as_merchant(shop):
        assert order.events.last().actor == "system"


@pytest.mark.django_db
def test_money_moves_once(
    shop: Merchant, shopper: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[tuple[str, Decimal, str]] = []

    def give(self: Test, reference: str, amount: Decimal, currency: str, *, key: str = "") -> None:
        moved.append((reference, amount, key))

    monkeypatch.setattr(Test, "refund", give)
    order = bought(shop, shopper)
    made = settled(order, {"MUG": 1})
    transfer = settled(order, {"MUG": 1}, way=Way.TRANSFER)
    assert [pay_back(made.pk), pay_back(made.pk), pay_back(transfer.pk)] == [True, False, True]
    assert moved == [(order.payment_reference, Decimal("40.00"), f"refund-{made.pk}")]


@pytest.mark.django_db
def test_addresses_change_by_the_rules(shop: Merchant, shopper: Shopper) -> None:
    order = bought(shop, shopper, state="paid")
    moved = readdress(order, ADDRESS | {"street": "龙井路 2 号"})
    assert moved.address["street"] == "龙井路 2 号"
    with pytest.raises(NotChanged, check=lambda e: e.decision.why == Why.OTHER_COUNTRY):
        readdress(order, ADDRESS | {"country": "US"})
    for step in ("packed", "shipped"):
        order = advance(order, step)
        with pytest.raises(NotChanged, check=lambda e: e.decision.why == Why.STATE):
            readdress(order, ADDRESS)
    with pytest.raises(NotAllowed):
        keeping.cancel(order)


@pytest.mark.django_db
def test_cancelling_is_the_shops_rule_too(shop: Merchant, shopper: Shopper) -> None:
    write(shop, replace(STANDARD, cancel=("placed",)))
    order = bought(shop, shopper, state="paid")
    with pytest.raises(NotAllowed, match="paid"):
        keeping.cancel(order)
    assert left("MUG") == 3
    assert advance(order, "cancelled").payment_state == PaymentState.REFUNDED  # the shop still may
    with as_merchant(shop):
        assert Refund.objects.get().amount == order.total_amount


@pytest.mark.django_db
def test_invoices_are_asked_for_and_written_once(shop: Merchant, shopper: Shopper) -> None:
    order = bought(shop, shopper)
    said = {"title": "小雨公司", "tax_number": "91330106X", "email": "lin@example.com"}
    with pytest.raises(NotChanged, match="no_invoices"):
        issue_invoice(order, "1")
    ask_invoice(order, **said)
    assert ask_invoice(order, **said | {"title": "林小雨"}).title == "林小雨"
    assert issue_invoice(order, "2026-001").issued_at
    for again in (lambda: ask_invoice(order, **said), lambda: issue_invoice(order, "2")):
        with pytest.raises(NotChanged, match="issued"):
            again()


@pytest.mark.usefixtures("committed_rows")
def test_two_clerks_at_once_pay_back_once() -> None:
    shop, shopper = make_shop(), Shopper.objects.create()
    order = bought(shop, shopper)
    back = receive(approve(ask(order, asking(order, {"MUG": 1}))))
    told: Counter[str] = Counter()

    def settle() -> None:
        try:
            refund(back)
            told["done"] += 1
        except NotAllowed:
            told["late"] += 1
        finally:
            connection.close()

    clerks = [threading.Thread(target=settle) for _clerk in range(6)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    assert told == {"done": 1, "late": 5}
    with as_everyone():
        assert (Refund.objects.count(), left("MUG")) == (1, 4)
