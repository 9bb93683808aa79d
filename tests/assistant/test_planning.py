"""What is decided about a message, without database and models."""

import dataclasses
from decimal import Decimal

import pytest

from assistant.planning import Move, Situation, planned
from assistant.safety import Verdict
from assistant.slots import Pending, Seen
from assistant.state import State
from assistant.understanding import Reading
from catalog.search.understanding import Need, Slot

FINE = Verdict(True)
SHIRT = Slot("category", "7", surface="shirt", start=0, end=5)
TWO = State(visible=(Seen("A"), Seen("B")), seen=("A", "B"))


def need(*slots: Slot, words: str = "shirt") -> Need:
    return Need(words if slots else "", "en", "en", slots)


def reading(intent: str, *slots: Slot, **fields: object) -> Reading:
    """Return a message as it was read; what it says is what is wanted."""
    wanted = need(*slots)
    plain: dict[str, object] = {
        "text": "words", "language": "en", "intent": intent, "confidence": 0.9,
        "abstained": False, "emotion": "calm", "need": wanted, "said": wanted,
    }  # fmt: skip
    return Reading(**{**plain, **fields})  # type: ignore[arg-type]


def decide(read: Reading, state: State | None = None, **situation: object) -> Move:
    return planned(read, state or State(), FINE, Situation(**situation))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("intent", "kind"),
    [("greeting", "talk"), ("order_status", "order"), ("policy", "know"), ("human", "hand_over"),
     ("bundle", "bundle"), ("not_interested", "others"), ("out_of_scope", "talk")],
)  # fmt: skip
def test_an_intent_has_its_move(intent: str, kind: str) -> None:
    assert decide(reading(intent)).kind == kind


def test_what_safety_forbids_is_refused_whatever_it_asks_for() -> None:
    verdict = Verdict(False, "harm.weapons", "harm")
    move = planned(reading("search", SHIRT), State(), verdict, Situation())
    assert (move.kind, move.about, move.why) == ("refuse", "harm", "safety:harm.weapons")


def test_a_wish_is_searched_for_at_once() -> None:
    assert decide(reading("search", SHIRT)).kind == "find"


def test_at_most_two_questions_come_before_products() -> None:
    state, asked = State(), []
    for _turn in range(3):
        move = decide(reading("search"), state)
        asked.append(move.kind)
        state = dataclasses.replace(state, asked=state.asked + 1)
    assert asked == ["clarify", "clarify", "recommend"]


def test_a_gift_for_nobody_in_particular_asks_for_whom_then_for_how_much() -> None:
    first = decide(reading("gift"))
    second = decide(reading("gift"), State(asked=1))
    assert [(one.kind, one.about) for one in (first, second)] == [
        ("clarify", "person"), ("clarify", "budget")
    ]  # fmt: skip
    assert decide(reading("gift", Slot("audience", "mother"))).kind == "gift"


def test_a_question_is_about_what_was_named_then_talked_of_then_the_page() -> None:
    named = decide(reading("price", references=("B",)), dataclasses.replace(TWO, focus=("A",)))
    talked = decide(reading("price"), dataclasses.replace(TWO, focus=("A",)), page="P")
    page = decide(reading("price"), TWO, page="P")
    assert [one.skus for one in (named, talked, page)] == [("B",), ("A",), ("P",)]


def test_it_asks_which_one_is_meant_only_where_not_all_can_be_told_of() -> None:
    assert decide(reading("price"), TWO).skus == ("A", "B")
    move = decide(reading("cart_add"), TWO)
    assert (move.kind, move.about) == ("clarify", "product")


def test_a_comparison_takes_what_was_shown() -> None:
    assert decide(reading("compare"), TWO).skus == ("A", "B")
    assert decide(reading("compare")).kind == "clarify"


def test_an_angry_customer_is_not_sold_to() -> None:
    assert decide(reading("complaint", SHIRT, emotion="angry")).kind == "complain"
    assert decide(reading("search", SHIRT, emotion="angry")).kind == "complain"


def test_somebody_upset_for_three_turns_gets_a_person() -> None:
    move = decide(reading("search", SHIRT, emotion="upset"), State(upset_turns=2))
    assert (move.kind, move.about) == ("hand_over", "upset")


def test_what_other_buyers_complain_about_is_a_question() -> None:
    said = reading("complaint", emotion="upset", text="what do buyers complain about?")
    assert decide(said, dataclasses.replace(TWO, focus=("A",))).kind == "product"
    both = dataclasses.replace(said, references=("A", "B"))
    assert decide(both, TWO).kind == "compare"


def test_yes_confirms_only_what_waits() -> None:
    assert decide(reading("confirm", text="yes"), waiting=True).kind == "confirm"
    assert decide(reading("decline"), waiting=True).kind == "decline"
    assert decide(reading("confirm")).act == "noted"


def test_an_answer_completes_what_was_asked_back() -> None:
    move = decide(reading("attribute"), asked_back="return")
    assert (move.kind, move.about, move.why) == ("order", "return", "completed")
    assert decide(reading("search", SHIRT), asked_back="return").kind == "find"
    assert decide(reading("human"), asked_back="return").kind == "hand_over"
    assert decide(reading("decline"), asked_back="return").kind == "decline"


def test_who_cannot_tell_says_so() -> None:
    assert decide(reading("out_of_scope", abstained=True, confidence=0.2)).kind == "unsure"
    assert decide(reading("search", SHIRT, abstained=True)).kind == "find"


def test_a_click_is_carried_out_as_it_says() -> None:
    assert decide(reading("thanks"), forced="find").kind == "find"
    assert decide(reading("thanks"), forced="hand_over").kind == "hand_over"
    assert decide(reading("thanks"), forced="anything").kind == "talk"


def test_a_question_of_its_own_is_no_answer_to_what_was_asked_back() -> None:
    for intent, text, kind in (
        ("delivery", "how long does delivery take?", "know"),
        ("policy", "can I return it if I have worn it?", "aspect"),
    ):
        move = decide(reading(intent, text=text), TWO, asked_back="cart_add")
        assert (move.about or intent, move.kind) == (intent, kind)
        assert move.why != "completed"
    assert decide(reading("sizing", text="M"), TWO, asked_back="cart_add").why == "completed"


def test_a_narrower_present_is_still_a_present() -> None:
    for_mother = Slot("audience", "women", surface="mother")
    below = Slot("price", maximum=Decimal(30), currency="USD")
    kept = Need("birthday gift mother", "en", "en", (for_mother, below))
    move = decide(reading("refine", need=kept, said=Need("", "en", "en", (below,))), TWO)
    assert (move.kind, move.about) == ("gift", "gift")
    shirts = Need("shirt", "en", "en", (SHIRT, for_mother))
    assert decide(reading("refine", need=shirts), TWO).kind == "find"


def test_another_budget_makes_another_set_and_a_number_is_no_refusal() -> None:
    price = Slot("price", maximum=Decimal(30), currency="USD")
    after_a_set = dataclasses.replace(TWO, intent="bundle")
    assert decide(reading("refine", SHIRT, price), after_a_set).kind == "bundle"
    assert decide(reading("refine", SHIRT, price), TWO).kind == "find"
    said = reading("decline", text="不对，要一个就行", quantity=1)
    asked = TWO.asking("option")
    assert decide(said, asked, asked_back="cart_add").why == "completed"
    assert decide(reading("decline"), asked, asked_back="cart_add").kind == "decline"


def test_a_yes_to_nothing_searches_for_nothing() -> None:
    assert decide(reading("confirm", SHIRT), TWO).act == "thanks"


def test_the_cheapest_of_all_is_a_search() -> None:
    cheapest = Need("", "en", "en", (), "price_asc")
    assert decide(reading("recommend", need=cheapest, said=cheapest)).kind == "find"
    assert decide(reading("recommend")).kind == "recommend"


MINE = State(owned=(Seen("A", "Mouse"),), order_number="ABCDE-12345", focus=("A",))


@pytest.mark.parametrize(
    ("text", "intent", "tool", "kind", "why"),
    [
        ("oh and send it to a@b.example", "confirm", "invoice", "order", "completed"),
        ("it's still sealed", "confirm", "return", "order", "completed"),
        ("算了，我要退货", "decline", "exchange", "order", "another-thing"),
        ("不取消了", "decline", "cancel", "decline", "pending"),
        ("yes please", "confirm", "invoice", "confirm", "pending"),
    ],
)
def test_only_a_yes_does_what_waits(text: str, intent: str, tool: str, kind: str, why: str) -> None:
    state = dataclasses.replace(MINE, pending=Pending("confirm", (), 1))
    move = decide(reading(intent, text=text), state, waiting=True, tool=tool)
    assert (move.kind, move.why) == (kind, why)


def test_a_word_that_begins_no_yes_does_nothing() -> None:
    state = dataclasses.replace(MINE, pending=Pending("confirm", (), 1))
    move = decide(reading("confirm", text="the cat is outside"), state, waiting=True, tool="cancel")
    assert move.kind != "confirm"


@pytest.mark.parametrize(
    ("text", "kind"),
    [("yes please", "hand_over"), ("can you check?", "hand_over"), ("不用了", "decline"),
     ("那麻烦你帮我报给店家", "hand_over")],
)  # fmt: skip
def test_a_person_that_was_offered_is_taken_up_or_not(text: str, kind: str) -> None:
    intent = "decline" if kind == "decline" else "confirm"
    state = dataclasses.replace(MINE, pending=Pending("person", (), 1))
    assert decide(reading(intent, text=text), state).kind == kind


@pytest.mark.parametrize(
    ("text", "state", "aspects"),
    [
        ("how do i start one", State(intent="return"), ("how",)),
        ("ok so what now", State(intent="return"), ("how",)),
        ("能不能放驿站", State(), ("handing",)),
        ("周末送不送货", State(), ("weekend",)),
        ("how can I cancel it", State(), ("cancels",)),
        ("买完就降价了，能补差价吗", State(owned=(Seen("A"),)), ("price_fell",)),
        ("补发一个就行", dataclasses.replace(MINE, lacking="part"), ("resend",)),
    ],
)
def test_rules_are_asked_of_whatever_is_talked_of(
    text: str, state: State, aspects: tuple[str, ...]
) -> None:
    move = decide(reading("policy", text=text), state)
    assert (move.kind, move.facts["aspects"]) == ("aspect", aspects)


def test_a_complaint_that_names_no_act_starts_none() -> None:
    state = dataclasses.replace(MINE, intent="complaint")
    assert decide(reading("return", text="客服也不回"), state).kind == "complain"
