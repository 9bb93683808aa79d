"""What may come back, until when, and by which rule: a table of cases, and what always holds."""

import datetime
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.policies.deciding import (
    Bought,
    Decision,
    Why,
    may_cancel,
    may_exchange,
    may_readdress,
    may_return,
    months_later,
    ships_on,
    under_warranty,
)
from catalog.policies.terms import (
    FAULTS,
    STANDARD,
    Condition,
    Payer,
    Policy,
    PolicyError,
    Reason,
    Rule,
    Way,
    from_json,
    to_json,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
DELIVERED = datetime.datetime(2026, 3, 2, 21, 30, tzinfo=SHANGHAI)
LAST = datetime.date(2026, 3, 9)


def at(day: int, hour: int = 12, minute: int = 0) -> datetime.datetime:
    """Return a moment of March 2026 in Shanghai."""
    return datetime.datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def line(category: str = "clothing/tops", **fields: object) -> Bought:
    """Return a line that was delivered on 2 March."""
    said: dict[str, object] = {
        "sku": "A1", "quantity": 2, "state": "delivered", "delivered_at": DELIVERED,
    }  # fmt: skip
    return Bought(category=category, **(said | fields))  # type: ignore[arg-type]


SHOP = replace(
    STANDARD,
    rules=(
        Rule("final", skus=("FINAL-1",), reasons=(Reason.CHANGED_MIND, Reason.DOES_NOT_FIT)),
        *STANDARD.rules[:-1],
        Rule("gifts", categories=("office",), return_days=30, exchange_days=0,
             condition=Condition.SEALED, fee_percent=Decimal(10), ways=(Way.TRANSFER,)),
        STANDARD.rules[-1],
    ),
)  # fmt: skip
Y, N = True, False
MIND, FIT, FAULTY = Reason.CHANGED_MIND, Reason.DOES_NOT_FIT, Reason.FAULTY
SEALED, UNUSED, USED = Condition
LEFT, OVER = Why.NONE_LEFT, Why.WINDOW_OVER
# category, sku, order's state, asked for before, reason, condition, quantity, day of March, hour
# → allowed, why, rule, last day of March
RETURNS = [
    # The window: seven days after the day of delivery, to the end of the last.
    ("clothing/tops", "A1", "delivered", 0, MIND, SEALED, 1, 2, 22, Y, "allowed", "standard", 9),
    ("clothing/tops", "A1", "delivered", 0, MIND, SEALED, 1, 3, 0, Y, "allowed", "standard", 9),
    ("clothing/tops", "A1", "delivered", 0, MIND, SEALED, 1, 9, 0, Y, "allowed", "standard", 9),
    ("clothing/tops", "A1", "delivered", 0, MIND, SEALED, 1, 9, 23, Y, "allowed", "standard", 9),
    ("clothing/tops", "A1", "delivered", 0, MIND, SEALED, 1, 10, 0, N, OVER, "standard", 9),
    ("clothing/tops", "A1", "delivered", 0, FIT, UNUSED, 1, 9, 23, Y, "allowed", "standard", 9),
    ("clothing/tops", "A1", "delivered", 0, FIT, UNUSED, 1, 10, 0, N, OVER, "standard", 9),
    ("", "A1", "delivered", 0, MIND, SEALED, 1, 5, 0, Y, "allowed", "standard", 9),
    # The condition.
    ("clothing/tops", "A1", "delivered", 0, MIND, UNUSED, 1, 5, 0, Y, "allowed", "standard", 9),
    ("clothing/tops", "A1", "delivered", 0, MIND, USED, 1, 5, 0, N, "condition", "standard", 9),
    ("clothing/tops", "A1", "delivered", 0, FIT, USED, 1, 5, 0, N, "condition", "standard", 9),
    # What the shop answers for: longer, used or not, whatever kind it is.
    ("clothing/tops", "A1", "delivered", 0, FAULTY, USED, 1, 5, 0, Y, "allowed", "faulty", 17),
    ("clothing/tops", "A1", "delivered", 0, FAULTY, USED, 1, 17, 23, Y, "allowed", "faulty", 17),
    ("clothing/tops", "A1", "delivered", 0, FAULTY, USED, 1, 18, 0, N, OVER, "faulty", 17),
    ("groceries/tea", "A1", "delivered", 0, FAULTY, USED, 1, 5, 0, Y, "allowed", "faulty", 17),
    ("beauty/skincare", "A1", "delivered", 0, Reason.DAMAGED, USED, 1, 5, 0, Y, "allowed",
     "faulty", 17),
    ("office/pens", "A1", "delivered", 0, Reason.WRONG_ITEM, USED, 1, 15, 0, Y, "allowed",
     "faulty", 17),
    ("jewellery/earrings", "A1", "delivered", 0, Reason.NOT_AS_DESCRIBED, USED, 2, 15, 0, Y,
     "allowed", "faulty", 17),
    # Kinds that are not taken back.
    ("groceries", "A1", "delivered", 0, MIND, SEALED, 1, 3, 0, N, "excluded", "perishable", None),
    ("groceries/tea", "A1", "delivered", 0, MIND, SEALED, 1, 3, 0, N, "excluded", "perishable",
     None),
    ("groceries/snacks", "A1", "delivered", 0, FIT, SEALED, 1, 3, 0, N, "excluded", "perishable",
     None),
    ("garden/plants", "A1", "delivered", 0, MIND, SEALED, 1, 3, 0, N, "excluded", "perishable",
     None),
    ("garden/tools", "A1", "delivered", 0, MIND, SEALED, 1, 3, 0, Y, "allowed", "standard", 9),
    ("groceries2", "A1", "delivered", 0, MIND, SEALED, 1, 3, 0, Y, "allowed", "standard", 9),
    # Hygiene: sealed only.
    ("beauty/make-up", "A1", "delivered", 0, MIND, SEALED, 1, 3, 0, Y, "allowed", "hygiene", 9),
    ("beauty/make-up", "A1", "delivered", 0, MIND, UNUSED, 1, 3, 0, N, "condition", "hygiene", 9),
    ("jewellery/earrings", "A1", "delivered", 0, MIND, UNUSED, 1, 3, 0, N, "condition", "hygiene",
     9),
    ("jewellery/necklaces", "A1", "delivered", 0, MIND, UNUSED, 1, 3, 0, Y, "allowed", "standard",
     9),
    ("baby/feeding", "A1", "delivered", 0, FIT, SEALED, 1, 9, 20, Y, "allowed", "hygiene", 9),
    ("baby/toys", "A1", "delivered", 0, FIT, UNUSED, 1, 9, 20, Y, "allowed", "standard", 9),
    # Single articles, and a rule of the shop's own.
    ("clothing/tops", "FINAL-1", "delivered", 0, MIND, SEALED, 1, 3, 0, N, "excluded", "final",
     None),
    ("clothing/tops", "FINAL-1", "delivered", 0, FIT, SEALED, 1, 3, 0, N, "excluded", "final",
     None),
    ("clothing/tops", "FINAL-1", "delivered", 0, FAULTY, USED, 1, 3, 0, Y, "allowed", "faulty", 17),
    ("clothing/tops", "final-1", "delivered", 0, MIND, SEALED, 1, 3, 0, Y, "allowed", "standard",
     9),
    ("office/notebooks", "A1", "delivered", 0, MIND, SEALED, 1, 31, 0, Y, "allowed", "gifts", 32),
    ("office/notebooks", "A1", "delivered", 0, MIND, UNUSED, 1, 31, 0, N, "condition", "gifts", 32),
    # How many are left.
    ("clothing/tops", "A1", "delivered", 0, MIND, SEALED, 2, 3, 0, Y, "allowed", "standard", 9),
    ("clothing/tops", "A1", "delivered", 0, MIND, SEALED, 3, 3, 0, N, LEFT, "standard", None),
    ("clothing/tops", "A1", "delivered", 1, MIND, SEALED, 1, 3, 0, Y, "allowed", "standard", 9),
    ("clothing/tops", "A1", "delivered", 1, MIND, SEALED, 2, 3, 0, N, LEFT, "standard", None),
    ("clothing/tops", "A1", "delivered", 2, MIND, SEALED, 1, 3, 0, N, LEFT, "standard", None),
    ("clothing/tops", "A1", "delivered", 0, MIND, SEALED, 0, 3, 0, N, LEFT, "standard", None),
    ("clothing/tops", "A1", "delivered", 0, MIND, SEALED, -1, 3, 0, N, LEFT, "standard",
     None),
    # The order itself.
    ("clothing/tops", "A1", "cancelled", 0, MIND, SEALED, 1, 3, 0, N, "cancelled", "", None),
    ("clothing/tops", "A1", "cancelled", 0, FAULTY, USED, 1, 3, 0, N, "cancelled", "", None),
    ("clothing/tops", "A1", "placed", 0, MIND, SEALED, 1, 3, 0, N, "not_delivered", "", None),
    ("clothing/tops", "A1", "paid", 0, MIND, SEALED, 1, 3, 0, N, "not_delivered", "", None),
    ("clothing/tops", "A1", "shipped", 0, FAULTY, SEALED, 1, 3, 0, N, "not_delivered", "", None),
]  # fmt: skip


@pytest.mark.parametrize("case", RETURNS, ids=lambda case: "-".join(map(str, case[:9])))
def test_returns(case: tuple[object, ...]) -> None:
    category, sku, state, asked, reason, condition, quantity, day, hour, *wanted = case
    delivered = DELIVERED if state in ("delivered", "cancelled") else None
    bought = line(str(category), sku=sku, state=state, asked=asked, delivered_at=delivered)
    found = may_return(
        SHOP, bought, at(int(str(day)), int(str(hour))), quantity=int(str(quantity)),
        reason=Reason(reason), condition=Condition(condition),
    )  # fmt: skip
    last = wanted.pop()
    until = datetime.date(2026, 3, 1) + datetime.timedelta(int(str(last)) - 1) if last else None
    assert [found.allowed, found.why, found.rule, found.until] == [*wanted, until]


@pytest.mark.parametrize(
    ("category", "reason", "day", "why", "rule"),
    [
        ("clothing/tops", FIT, 17, "allowed", "standard"),
        ("clothing/tops", FIT, 18, "window_over", "standard"),
        ("clothing/tops", FAULTY, 17, "allowed", "faulty"),
        ("beauty/make-up", FIT, 3, "excluded", "hygiene"),
        ("groceries/tea", FIT, 3, "excluded", "perishable"),
        ("office/pens", FIT, 3, "excluded", "gifts"),
        ("office/pens", FAULTY, 3, "allowed", "faulty"),
    ],
)
def test_exchanges(category: str, reason: Reason, day: int, why: str, rule: str) -> None:
    found = may_exchange(SHOP, line(category), at(day, 0), reason=reason)
    assert (found.why, found.rule, found.allowed) == (why, rule, why == "allowed")


@pytest.mark.parametrize(
    ("category", "when", "reason", "why", "rule"),
    [
        ("electronics/audio", "2027-03-02", FAULTY, "allowed", "electronics"),
        ("electronics/audio", "2027-03-03", FAULTY, "window_over", "electronics"),
        ("electronics/audio", "2026-03-05", MIND, "no_fault", "electronics"),
        ("clothing/tops", "2026-06-02", FAULTY, "allowed", "goods"),
        ("clothing/tops", "2026-06-03", FAULTY, "window_over", "goods"),
    ],
)
def test_warranties(category: str, when: str, reason: Reason, why: str, rule: str) -> None:
    moment = datetime.datetime.fromisoformat(f"{when}T10:00+08:00")
    found = under_warranty(SHOP, line(category), moment, reason=reason)
    assert (found.why, found.rule) == (why, rule)
    none = replace(SHOP, warranties=())
    assert under_warranty(none, line(category), moment).why == Why.NO_WARRANTY
    assert under_warranty(SHOP, line(delivered_at=None), moment).why == Why.NOT_DELIVERED


def test_facts_of_the_deciding_rule_come_along() -> None:
    found = may_return(SHOP, line("office/pens"), at(5))
    assert found == Decision(
        True, Why.ALLOWED, "gifts", datetime.date(2026, 4, 1), 30, 2, Condition.SEALED,
        Payer.SHOPPER, (Way.TRANSFER,), Decimal(10),
    )  # fmt: skip
    assert may_return(SHOP, line(), at(5), reason=FAULTY).payer == Payer.SHOP
    assert may_return(replace(SHOP, rules=()), line(), at(5)).why == Why.NO_RULE


@pytest.mark.parametrize("state", ["placed", "paid", "packed", "shipped", "delivered", "cancelled"])
def test_orders_change_as_long_as_the_shop_lets_them(state: str) -> None:
    assert may_cancel(SHOP, state).allowed == (state in ("placed", "paid", "packed"))
    assert may_readdress(SHOP, state).allowed == (state in ("placed", "paid"))
    abroad = may_readdress(SHOP, state, same_country=False)
    assert not abroad.allowed
    assert abroad.why == (Why.OTHER_COUNTRY if state in ("placed", "paid") else Why.STATE)
    assert not may_cancel(replace(SHOP, cancel=()), state).allowed


@pytest.mark.parametrize(
    ("placed", "leaves"),
    [
        ("2026-03-02T15:59+08:00", "2026-03-02"), ("2026-03-02T16:00+08:00", "2026-03-03"),
        ("2026-03-06T16:00+08:00", "2026-03-09"), ("2026-03-07T09:00+08:00", "2026-03-09"),
        ("2026-03-09T09:00+08:00", "2026-03-11"),  # the ninth and tenth are closed
        ("2026-03-02T07:59+00:00", "2026-03-02"), ("2026-03-02T08:00+00:00", "2026-03-03"),
    ],
)  # fmt: skip
def test_orders_leave_on_working_days(placed: str, leaves: str) -> None:
    closed = (datetime.date(2026, 3, 9), datetime.date(2026, 3, 10))
    policy = replace(SHOP, closed=closed if placed.startswith("2026-03-09") else ())
    found = ships_on(policy, datetime.datetime.fromisoformat(placed))
    assert found == datetime.date.fromisoformat(leaves)


def test_a_month_later_is_the_same_day_or_the_last() -> None:
    assert months_later(datetime.date(2026, 1, 31), 1) == datetime.date(2026, 2, 28)
    assert months_later(datetime.date(2027, 12, 31), 2) == datetime.date(2028, 2, 29)


# --- What always holds ---------------------------------------------------------------------------
names = st.sampled_from(["clothing", "clothing/tops", "beauty", "groceries", "office/pens"])
rules = st.builds(
    Rule,
    code=st.just("x"),
    categories=st.lists(names, max_size=2, unique=True).map(tuple),
    skus=st.lists(st.sampled_from(["A1", "B2"]), max_size=1).map(tuple),
    reasons=st.sets(st.sampled_from(Reason)).map(
        lambda some: tuple(r for r in Reason if r in some)
    ),
    return_days=st.integers(0, 60),
    exchange_days=st.integers(0, 60),
    condition=st.sampled_from(Condition),
    payer=st.sampled_from(Payer),
    fee_percent=st.decimals(0, 100, places=2),
)
policies = st.lists(rules, max_size=5).map(
    lambda some: Policy(tuple(replace(rule, code=f"r{at}") for at, rule in enumerate(some)))
)
lines = st.builds(
    line, names, quantity=st.integers(1, 5), asked=st.integers(0, 5),
    sku=st.sampled_from(["A1", "B2"]),
)  # fmt: skip
minutes = st.integers(0, 90 * 24 * 60).map(lambda some: datetime.timedelta(minutes=some))


@settings(max_examples=60)
@given(policies, lines, minutes, minutes, st.sampled_from(Reason), st.sampled_from(Condition))
def test_what_is_allowed_was_allowed_before_and_in_better_condition(  # noqa: PLR0917
    policy: Policy, bought: Bought, wait: datetime.timedelta, more: datetime.timedelta,
    reason: Reason, condition: Condition,
) -> None:  # fmt: skip
    late = may_return(policy, bought, DELIVERED + wait + more, reason=reason, condition=condition)
    if late.allowed:
        soon = DELIVERED + wait
        assert may_return(policy, bought, soon, reason=reason, condition=condition).allowed
        assert may_return(policy, bought, soon, reason=reason).allowed
        assert late.until and late.rule in {rule.code for rule in policy.rules}
    assert (late.why == Why.ALLOWED) == late.allowed
    assert may_return(policy, bought, DELIVERED + wait + more, reason=reason,
                      condition=condition) == late  # fmt: skip


@settings(max_examples=60)
@given(policies, lines, st.integers(1, 9), minutes)
def test_fewer_are_never_refused_where_more_are_taken(
    policy: Policy, bought: Bought, quantity: int, wait: datetime.timedelta
) -> None:
    if may_return(policy, bought, DELIVERED + wait, quantity=quantity).allowed:
        assert quantity <= bought.left
        assert may_return(policy, bought, DELIVERED + wait, quantity=1).allowed


@given(policies, lines, minutes, st.sampled_from(Reason))
def test_the_first_rule_that_fits_decides_alone(
    policy: Policy, bought: Bought, wait: datetime.timedelta, reason: Reason
) -> None:
    found = may_return(policy, bought, DELIVERED + wait, reason=reason)
    if found.rule:
        first = [rule.code for rule in policy.rules].index(found.rule)
        alone = replace(policy, rules=policy.rules[first:])
        assert may_return(alone, bought, DELIVERED + wait, reason=reason) == found


@given(policies)
def test_policies_come_back_from_json_as_they_were(policy: Policy) -> None:
    assert from_json(to_json(policy)) == policy
    assert from_json({}) == STANDARD


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"rules": "all"}, "rules"), ({"rules": [1]}, "rules.0"),
        ({"rules": [{"code": "A b"}]}, "rules.0.code"),
        ({"rules": [{"code": "a"}, {"code": "a"}]}, "rules.1.code"),
        ({"rules": [{"code": "a", "return_days": -1}]}, "rules.0.return_days"),
        ({"rules": [{"code": "a", "return_days": True}]}, "rules.0.return_days"),
        ({"rules": [{"code": "a", "return_days": 10**9}]}, "rules.0.return_days"),
        ({"rules": [{"code": "a", "return_days": 7, "ways": []}]}, "rules.0.ways"),
        ({"rules": [{"code": "a", "payer": "nobody"}]}, "rules.0.payer"),
        ({"rules": [{"code": "a", "fee_percent": "NaN"}]}, "rules.0.fee_percent"),
        ({"rules": [{"code": "a", "fee_percent": "101"}]}, "rules.0.fee_percent"),
        ({"rules": [{"code": "a", "reasons": ["because"]}]}, "rules.0.reasons"),
        ({"rules": [{"code": f"r{n}"} for n in range(41)]}, "rules"),
        ({"warranties": [{"code": "a", "months": "12"}]}, "warranties.0.months"),
        ({"cancel": ["delivered"]}, "cancel"), ({"automatic": 1}, "automatic"),
        ({"cut_off": "25:00"}, "cut_off"), ({"workdays": []}, "workdays"),
        ({"workdays": [7]}, "workdays"), ({"closed": ["tomorrow"]}, "closed"),
        ({"zone": "../etc/passwd"}, "zone"), ({"shipping_back": "maybe"}, "shipping_back"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_named(said: dict[str, object], field: str) -> None:
    with pytest.raises(PolicyError, match=f"^{field}$"):
        from_json(said)


def test_a_refusal_is_never_taken_for_nothing() -> None:
    with pytest.raises(TypeError, match="allowed"):
        bool(may_return(SHOP, line("groceries"), at(5)))


def test_what_the_shop_answers_for_costs_the_shopper_nothing() -> None:
    for reason in FAULTS:
        found = may_return(STANDARD, line(), at(5), reason=reason, condition=USED)
        assert (found.payer, found.fee_percent) == (Payer.SHOP, 0)
