"""Lead a turn to the tools that do things; search; make amends; do what was confirmed.

For answering. A tool's facts are code's; where they are silent, the shops' pages are consulted and
then what buyers write.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from assistant.consulting import by_rule, by_rules_of_all, from_shops
from assistant.doing import Outcome, confirm, respond, soothe
from assistant.doing.mentioning import mentioned
from assistant.doing.quoting import there, words_of
from assistant.doing.requests import Talk
from assistant.doing.topics import speaks, topics_of
from assistant.each import UNSAID, ask_a_person, asks_of_each, of_each, unknown
from assistant.favoured import favourites
from assistant.finding import SHOWN, find
from assistant.instead import instead
from assistant.moves import ASKS, GIVING_BACK, OTHERS_SAY, QUESTION, Move
from assistant.outfitting import outfitted
from assistant.pairing import pair
from assistant.quoting import of_other_goods
from assistant.remarking import remarked
from assistant.replying import recommend, search
from assistant.reporting import told
from assistant.storied import storied
from assistant.talking import examples
from assistant.turns import Reply, Turn, wish_of
from assistant.understanding import Reading
from assistant.understanding.feeling import emotion_of
from assistant.vouching import from_pages, points
from catalog.search.understanding import Need
from catalog.text import fold

MAYBE = re.compile(
    r"如果|要是|万一|假如|[能可以]+退(?:货|换)?(?:吗|么|不|[?？]|$)|能不能退|不合适|不喜欢(?:的话|可以|能)"
    r"|\b(?:if|in case|once|what happens|can i (?:return|send|exchange)|could i (?:return|send)"
    r"|is it returnable)\b"
)
# Of an order on its way: what would be, not what is to be done.
SUPPOSED_BACK = re.compile(
    r"如果|要是|万一|假如|收到(?:了|以后|之后)?再|到了再"
    r"|\b(?:what if|if (?:she|he|they|it|i)|in case|can (?:she|he|they)|(?:once|when|after) it)\b"
)
# What was shown is meant besides.
BESIDE = re.compile(r"[它这那]|[配搭]|一起|\b(?:it|them|that|these|those|this|with|too|else)\b")
PAIR = 2  # things of a kind that are set against each other unseen
OWN = re.compile(r"我(?:的|买|收到)|买的|\b(?:my|i (?:bought|ordered|got|received))\b")


def done(turn: Turn, move: Move) -> Reply:
    """Ask the tool of an intent; where the product's data is silent, what shops have written."""
    products = turn.products(move.skus)
    if move.about in GIVING_BACK and not_yet_bought(turn) and (ruled := by_rule(turn, move)):
        return ruled
    if several := of_several(turn, move, products):
        return several
    outcome = respond(
        turn.asker,
        counted(turn, move),
        products=products,
        intent=move.about,
        earlier=turn.earlier if move.why == "completed" else "",
        avoided=turn.products(turn.state.refused),
        talk=talk_of(turn),
        pieces=pieces_of(turn),
    )
    # What a tool needs to know is asked for before a page is quoted.
    unsaid = outcome.act in UNSAID
    unsaid = (unsaid or unknown_of(outcome)) and not outcome.facts.get("needs")
    silent = unsaid or (outcome.act == "orders" and not outcome.facts.get("orders"))
    if (
        silent
        and move.about in GIVING_BACK
        and (ruled := by_rule(turn, move) or by_rules_of_all(turn, move))
    ):
        return ruled
    if silent and move.about != "order_status" and (written := on_the_matter(turn, move)):
        return replace(written, products=written.products or tuple(products))
    if unsaid:
        outcome = heard_of(turn, outcome, products) or outcome
    if outcome.act == "unknown":
        return unknown(turn)
    return told(turn, outcome, move)


def of_several(turn: Turn, move: Move, products: Sequence[int]) -> Reply | None:
    """Answer what is asked of each of several; None where it is asked of one, or of all in one."""
    if not asks_of_each(turn, move, products):
        return None
    if each := of_each(turn, move, products):
        return each
    measure = move.about == "sizing"  # the shopper's own is asked for
    return None if measure else on_the_matter(turn, move) or none_of(turn, move)


def on_the_matter(turn: Turn, move: Move) -> Reply | None:
    """Return what the shops' pages say, unless they speak of another matter than is asked."""
    written = from_shops(turn, move)
    topics = [one for one in topics_of(turn.reading.text) if one.says]
    if written is None or written.plans[0].act != "knowledge":
        return written
    title, text = (fold(written.plans[0].text(name)) for name in ("title", "text"))
    if move.kind == "product" and of_other_goods(turn, title):
        return None
    if not topics and move.kind == "product":
        asked = words_of(turn.reading.besides_names)
        return written if any(there(one, title) for one in asked) else None
    bears = any(one.asks.search(f"{title} {text}") or speaks(one, title) for one in topics)
    return written if bears else None


def none_of(turn: Turn, move: Move) -> Reply:
    """Say of several things that were shown that none of them states what was asked."""
    titles = {one.sku: one.title for one in turn.state.visible}
    missing = [titles[sku] for sku in move.skus if sku in titles]
    what = _("Price") if move.about == "price" else ""
    plan = turn.plan("of_them", attribute=what, missing=missing, nobody=True)
    return Reply((plan,), turn.state, products=turn.products(move.skus), actions=(ask_a_person(),))


def unknown_of(outcome: Outcome) -> bool:
    """Tell whether a judgement came to nothing: no fact decides, and none is told."""
    return outcome.facts.get("verdict") == "unknown"


def heard_of(turn: Turn, outcome: Outcome, products: Sequence[int]) -> Outcome | None:
    """Return what buyers have written of what the shop does not state; None where nobody has."""
    product = next(iter(products), turn.asker.product)
    if outcome.facts.get("verdict") and outcome.facts.get("reasons"):
        return None
    text = turn.reading.text
    for slot in turn.reading.said.of("category"):
        text = text.replace(slot.surface, " ") if slot.surface else text
    return mentioned(turn.asker, product, text) if product else None


def talk_of(turn: Turn) -> Talk:
    """Return the order that was talked of, what of it is meant, and what was wrong with it."""
    bought = {one.seen.sku: one.product for one in turn.owned}
    goods = tuple(bought[sku] for sku in turn.state.focus if sku in bought)
    state = turn.state
    return Talk(
        state.order_number, goods, state.trouble, turn.picked, state.options,
        kept=turn.kept, open=turn.open,
    )  # fmt: skip


def not_yet_bought(turn: Turn) -> bool:
    """Tell whether giving back is asked of what was shown, no order being talked of."""
    state, reading = turn.state, turn.reading
    bought = {one.seen.sku for one in turn.owned}
    words = reading.text.casefold()
    if reading.order_number:
        return False
    if state.order_number:
        return bool(SUPPOSED_BACK.search(words))
    if set(reading.references) & bought:
        return False
    shown = bool(state.visible or state.focus or turn.asker.product)
    return shown and bool(MAYBE.search(words)) and not OWN.search(words)


def pieces_of(turn: Turn) -> dict[int, int]:
    """Return how many of each thing were said, by product."""
    said = turn.reading.amounts or tuple(turn.state.counts().items())
    return {turn.known[sku]: count for sku, count in said if sku in turn.known}


def counted(turn: Turn, move: Move) -> Reading:
    """Return the reading with how many were said before, where it completes that."""
    reading = turn.reading
    if move.why != "completed" or reading.quantity:
        return reading
    return replace(reading, quantity=turn.state.quantity or None)


def compared(turn: Turn, move: Move) -> Reply:
    """Set products against each other; what buyers say of each, too, where that was asked."""
    first = find(wish_of(turn), most=PAIR) if not move.skus else None
    if first is not None and len(first.picks) == PAIR:
        seen = [one.seen(turn.language) for one in first.picks]
        known = {**turn.known, **{one.hit.sku: one.hit.product for one in first.picks}}
        turn = replace(turn, known=known, state=turn.state.shown(seen))
        move = replace(move, skus=tuple(one.sku for one in seen))
    reply = done(turn, move)
    if reply.plans[0].act != "compare" or not OTHERS_SAY.search(turn.reading.text.casefold()):
        return reply
    said = [
        respond(turn.asker, turn.reading, products=(one,), intent="reviews")
        for one in reply.products[:2]
    ]
    plans = tuple(turn.plan(one.act, **{**one.facts, "named": True}) for one in said)
    return replace(reply, plans=(*reply.plans, *plans))


def unsure(turn: Turn, move: Move) -> Reply:
    """Look whether a shop has written about it; else say that it was not understood."""
    if written := from_shops(turn, move):
        return written
    if found := from_pages(turn) or guessed(turn, move):
        return found
    if turn.asker.merchant and ASKS.search(turn.reading.text.casefold()):
        return unknown(turn)  # a question about this shop, which its people can answer
    offered = {"kind": "choice", "value": "hand_over", "text": _("A person, please")}
    plan = turn.plan("not_understood", examples=examples(turn.language))
    return Reply((plan,), turn.state, actions=(offered,))


def guessed(turn: Turn, move: Move) -> Reply | None:
    """Return a search for a thing named by its use (剪树枝用的), where the market has such."""
    said = turn.reading.said
    if not turn.reading.text.rstrip("。.!！ ").endswith("的") or not said.text:
        return None
    reading = replace(turn.reading, need=said)
    reply = search(replace(turn, reading=reading, vector=turn.text_vector), move)
    return reply if reply.picks else None


def complain(turn: Turn, move: Move) -> Reply:
    """Make amends: sorry, what is known, what can be done, a person. Nothing is sold."""
    listed_only = bool(turn.state.orders) and not turn.state.order_number
    outcome = soothe(
        turn.asker,
        turn.reading,
        turn.state.order_number,
        asks_which=bool(listed_only),
        missing=turn.state.lacking == "parcel",
    )
    if move.why == "complaint:more":
        cross = emotion_of(turn.reading.text) in ("upset", "angry")
        facts = {"trouble": "upset" if cross else "more", "fact": "", "person": cross}
        outcome = replace(outcome, facts={**outcome.facts, **facts})
    if move.why == "complaint:still":
        facts = {**outcome.facts, "trouble": "still", "fact": ""}
        outcome = replace(outcome, facts=facts)
    return told(turn, outcome, move)


def confirmed(turn: Turn, move: Move) -> Reply:
    """Do what was offered and confirmed."""
    if turn.waiting is None:
        return Reply((turn.plan("not_understood"),), turn.state)
    return told(turn, confirm(turn.asker, turn.waiting), move)


def declined(turn: Turn, move: Move) -> Reply:
    """Leave everything as it is."""
    what = turn.waiting.says if turn.waiting else ""
    return Reply((turn.plan("kept", what=what),), turn.state)


def look(turn: Turn, move: Move) -> Reply:
    """Search; for a present of a named kind, also below a price that was only meant about."""
    if of_the_shop(turn) and (written := from_shops(turn, move)):
        return written
    if told_at_once := favourites(turn) or outfitted(turn) or storied(turn):
        return told_at_once
    reply = instead(turn, search(turn, move))
    # What nothing is called by may be said of the thing whose page is open: 有没有荧光剂.
    if reply.plans[0].act == "not_named" and (page := from_pages(turn)):
        return page
    if not reply.picks and (other := found_nothing(turn, move)):
        return other
    giving = move.why == "gift:named" or turn.state.giving
    few = meant_about(turn.reading.need) and len(reply.picks) < SHOWN
    if giving and (few or not reply.picks):
        reply = below(turn, move, reply)
    return remarked(turn, reply)


def found_nothing(turn: Turn, move: Move) -> Reply | None:
    """Return what is told instead of goods: a page, goods for a story, what goes with what was."""
    if points(turn) and (page := from_pages(turn)):
        return page
    if story := storied(turn, found_nothing=True):
        return story
    if turn.reading.intent != "recommend" or turn.reading.need.slots:
        return None
    if turn.state.visible and not BESIDE.search(turn.reading.text.casefold()):
        return None  # "recommend a few books", of which there are none
    if turn.state.visible:  # "something to brew it in": beside what was shown
        return pair(turn, replace(move, skus=(turn.state.visible[0].sku,)))
    return recommend(turn, move)  # "something useful, I've no idea what"


def below(turn: Turn, move: Move, reply: Reply) -> Reply:
    """Return what is found without the lowest price, where that is more than in ``reply``."""
    need = turn.reading.need
    slots = tuple(replace(s, minimum=None) if s.kind == "price" else s for s in need.slots)
    loose = replace(turn, reading=replace(turn.reading, need=replace(need, slots=slots)))
    other = search(loose, move)
    kept = given_up(reply) and other.picks and not given_up(other)
    if kept or len(other.picks) > len(reply.picks):
        return other
    other = reply if reply.picks else done(loose, replace(move, about="gift"))
    return other if other.picks else reply


def given_up(reply: Reply) -> bool:
    """Tell whether an answer gave a wish up."""
    return any(one.says("relaxed") for one in reply.plans)


def meant_about(need: Need) -> bool:
    """Tell whether a sum was only meant about: 三百左右, which names no lowest price."""
    price = need.price
    if price is None or price.minimum is None or price.maximum is None:
        return False
    return len(re.findall(r"\d+|[零一二两三四五六七八九十百千万]+", price.surface)) < 2


def of_the_shop(turn: Turn) -> bool:
    """Tell whether a question to one shop only sounds like a search: 有没有小样可以试."""
    named = any(one.known for one in turn.reading.said.of("category"))
    one = turn.asker.merchant or len(turn.merchants) == 1
    return (
        bool(one)
        and not (named or turn.reading.said.slots or turn.reading.said.sort != "relevance")
        and bool(QUESTION.search(turn.reading.text.casefold()))
    )
