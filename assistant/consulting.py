"""Answer from what shops have written and from the rules they keep; of orders where words would.

For serving. Where no shop is meant, one shop's page does not speak for all: each shop's own rule is
told instead. What no page says is noted as a gap of the shop that was asked, and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from assistant.doing import HANDLED, respond
from assistant.doing.alike import of_each
from assistant.doing.aspects import told_of
from assistant.doing.everywhere import RETURNS, WHO_PAYS, each_shop
from assistant.doing.rules.reasons import condition_of
from assistant.doing.terms import deliveries, returns
from assistant.each import unknown
from assistant.handing_over import Whose, hours_of, shop_of
from assistant.knowledge import Answer, note_gap
from assistant.knowledge import answer as known_answer
from assistant.models import Article
from assistant.models.article import Source
from assistant.moves import Move, asks
from assistant.quoting import (
    citation,
    names_of,
    of_pages,
    passages_of,
    titled,
    under,
    without_goods,
)
from assistant.replying import clarify
from assistant.reporting import told
from assistant.ruling import kind_named, market_matters, matter_of, shops_asked
from assistant.tabling import tabled
from assistant.topical import unwritten, written_on
from assistant.turns import Reply, Turn
from assistant.understanding.aspects import BACK, aspects_in, gives_back
from assistant.understanding.intents.rules import guess
from assistant.vouching import from_pages

# How fast, for how much and where to: what ways of sending tell; the rest only shops' pages know.
SENT = re.compile(
    r"(?:发不发|寄不寄|送不送)(?!货)|多久|几天|多少天|什么时候[到发]|何时|运费|邮费|快递费|配送费|包邮|免邮|寄到|发到|送到|寄往"
    r"|\b(?:how (?:long|fast|soon|quick\w*|much)|cheapest|when|costs?|fees?|charges?|free"
    r"|ship to|deliver to|send to|abroad|international\w*)\b"
)
# Of sending, what no way of sending tells.
BEYOND = re.compile(
    r"关税|清关|送上楼|上门安装|\b(?:customs|dut(?:y|ies)|import tax\w*|upstairs|installed)\b"
)
TOLD_OF_ORDERS = frozenset(("order_status", "orders"))
MOST_SHOPS = 50
# A thing that is pointed at by nothing but a pronoun.
POINTS = re.compile(r"[这那]个|它|\b(?:it|them|this one|that one)\b")


def know(turn: Turn, move: Move) -> Reply:
    """Answer from what the shops have written; of delivery, their own terms come first."""
    if move.why.startswith("topic:"):
        silent = reached if move.about == "contact" else partial(unwritten, move=move)
        return written_on(turn, move) or silent(turn)
    if move.about == "policy" and guess(turn.reading.text) == "delivery":
        move = replace(move, about="delivery")
    if move.why == "of-a-kind":
        turn = replace(turn, merchants=(), state=replace(turn.state, focus=()))
    beyond = move.about == "delivery" and BEYOND.search(turn.reading.text.casefold())
    if move.why == "notified" or beyond:
        return from_shops(turn, move) or unknown(turn)
    if move.about == "delivery" and (sent := of_sending(turn, move)):
        return sent
    one = turn.state.focus or turn.asker.product or len(turn.merchants) == 1
    if one and RETURNS.search(turn.reading.text.casefold()) and (ruled := by_rule(turn, move)):
        return ruled
    if move.about in HANDLED and (turn.merchants or turn.asker.merchant or move.skus):
        outcome = respond(
            turn.asker, turn.reading, products=turn.products(move.skus), intent=move.about
        )
        if outcome.act not in ("clarify", "unknown"):
            return told(turn, outcome, move)
    calls = move.why == "calls"
    unasked = calls or (move.why == "whom" and not turn.merchants)
    written = None if unasked else from_shops(turn, move) or of_an_order(turn)
    if not (written or unasked) and RETURNS.search(turn.reading.text.casefold()):
        written = of_each_shop(turn, move)  # of several shops that have written nothing of it
    people = calls or move.why == "whom"
    other = reached(turn, calls=calls) if people else from_pages(turn)
    return written or other or unknown(turn)


def points_at_nothing(turn: Turn) -> bool:
    """Tell whether it is asked of a thing, and none was talked of: "how do I clean it"."""
    return bool(POINTS.search(turn.reading.text.casefold())) and not turn.reading.said.slots


def reached(turn: Turn, *, calls: bool = False) -> Reply:
    """Tell when the people of the shop are there, where its pages do not; offer to get one.

    ``calls``: a call was asked for, which nobody here can promise.
    """
    shop = shop_of(Whose(turn.asker.merchant, turn.products(turn.state.focus), turn.asker.shopper))
    hours = hours_of(shop) if shop else {}
    return Reply(
        (turn.plan("people", **hours, shop=shop.name if shop else "", calls=calls),), turn.state
    )


def of_nobody(turn: Turn, move: Move) -> bool:
    """Return whether no product and no shop is talked of, so that the whole market is asked."""
    talked_of = move.skus or turn.state.focus or turn.asker.product
    return not (talked_of or turn.merchants or turn.asker.merchant)


def of_each_shop(turn: Turn, move: Move) -> Reply | None:
    """Tell what each shop holds by, rather than what one of them has written."""
    asked = turn.reading.text
    sent = move.about == "delivery" and not turn.state.order_number
    shops = tuple(turn.market.shops) if sent and not kind_named(turn) else shops_asked(turn)
    names = {pk: turn.market.shops[pk].names[turn.language] for pk in shops}
    if move.about != "delivery" and condition_of(asked) and gives_back(asked):
        outcome = of_each(turn.asker, market_matters(turn), ("worn",))
    elif move.about != "delivery" or WHO_PAYS.search(asked.casefold()):
        outcome = each_shop(turn.asker, names, asked.casefold(), kind_named(turn))
    elif SENT.search(asked.casefold()):
        outcome = deliveries(turn.asker, tuple(names), names, asked, seen=False)
    else:
        outcome = None
    return of_rules(turn, told(turn, outcome, move)) if outcome else None


def of_rules(turn: Turn, reply: Reply) -> Reply:
    """Remember that rules of giving back were told, and for what: "how do I start one"."""
    if reply.plans[0].act not in ("policy", "each_shop", "aspects"):
        return reply
    return replace(reply, state=replace(reply.state, intent="return", kind=kind_named(turn)))


def of_sending(turn: Turn, move: Move) -> Reply | None:
    """Tell of an order on its way where no goods are talked of; of several goods, shop by shop."""
    if move.skus or turn.asker.merchant:
        return None
    if not turn.merchants:
        found = of_an_order(turn)
        return found if found and found.plans[0].act in TOLD_OF_ORDERS else None
    names = {shop: turn.market.shops[shop].names[turn.language] for shop in turn.merchants
             if shop in turn.market.shops}  # fmt: skip
    outcome = deliveries(turn.asker, tuple(names), names, turn.reading.text, seen=True)
    return told(turn, outcome, move) if outcome and names else None


def by_rule(turn: Turn, move: Move) -> Reply | None:
    """Tell the rule by which what is talked of would come back, where there is no order yet."""
    products = turn.products(move.skus or turn.state.focus)[:1]
    product = products[0] if products else turn.asker.product
    shop = next(iter(turn.merchants), None)
    known = turn.market.shops.get(shop) if shop else None
    name = known.names[turn.language] if known else ""
    outcome = returns(turn.asker, product, shop, name, turn.reading.text)
    return of_rules(turn, told(turn, outcome, move)) if outcome else None


def by_rules_of_all(turn: Turn, move: Move) -> Reply | None:
    """Tell until when things come back at each shop, where giving back is asked of no order."""
    if not asks(turn.reading.text.casefold()):
        return None
    outcome = of_each(turn.asker, market_matters(turn), ("deadline",))
    return of_rules(turn, told(turn, outcome, move)) if outcome else None


# What an article that rules have written is about, as the aspect that holds for the thing asked of.
TERMS: Mapping[str, tuple[str, ...]] = {"warranty": ("warranty",), "returns": ("deadline", "pays")}


# Questions about a thing itself, which no rule of giving back answers.
OF_GOODS = frozenset(("attribute", "suitability", "compatibility", "sizing", "reviews", "compare"))


def by_terms(turn: Turn, move: Move, article: int) -> Reply | None:
    """Tell by the rule itself what an article made of rules says; None for any other article.

    Such an article has a passage for each kind of goods, and only the rule knows which holds.
    """
    rows = Article.objects.filter(pk=article, source=Source.TERMS).values_list("key", flat=True)
    subject = next(iter(rows), "").partition(":")[2].partition(":")[0]
    matter = matter_of(turn, move) if subject in TERMS else None
    if matter is None:
        return None
    asked = aspects_in(turn.reading.text, BACK) or TERMS[subject]
    outcome = told_of(matter, asked) or told_of(matter, TERMS[subject])
    return told(turn, outcome, move) if outcome else None


def beside(turn: Turn, article: int) -> bool:
    """Tell whether an article made of rules was found for a question about goods.

    A shop that has written nothing has only these, and something in them is always nearest.
    """
    words = turn.reading.text
    if turn.reading.intent not in OF_GOODS or gives_back(words) or aspects_in(words, BACK):
        return False
    return Article.objects.filter(pk=article, source=Source.TERMS).exists()


def of_an_order(turn: Turn) -> Reply | None:
    """Tell of the shopper's orders where the words would, and no shop has written of it."""
    if guess(turn.reading.text) != "order_status":
        return None
    outcome = respond(turn.asker, turn.reading, intent="order_status")
    return told(turn, outcome, Move("order", "second-opinion", about="order_status"))


def from_shops(turn: Turn, move: Move) -> Reply | None:
    """Return what the shops' own pages answer, with where it stands; None if they do not say.

    Where no shop is meant, one shop's page does not speak for all: their rules are told instead.
    """
    if of_nobody(turn, move):
        if each := of_each_shop(turn, move):
            return each
        if points_at_nothing(turn):
            return clarify(turn, Move("clarify", "of-what", about="product"))
        if each := of_pages(turn):
            return each
    found = looked_up(turn)
    if found is None or found.text is None:
        return None
    cited = found.passages[0]
    if ruled := by_terms(turn, move, cited.article_id):
        return ruled
    title = titled(turn, cited)
    return Reply(
        (
            turn.plan(
                "knowledge",
                text=under(cited, tabled(found.text, turn.reading.text, names_of(turn))),
                title=title,
            ),
        ),
        turn.state,
        merchants=(cited.merchant_id,) if cited.merchant_id else (),
        citations=tuple(citation(turn, one) for one in found.passages[:1]),
        trace={"confidence": found.confidence, "passages": passages_of(found)},
    )


def looked_up(turn: Turn) -> Answer | None:
    """Return what the shops' pages answer; None, and a gap noted, where they do not."""
    shops = turn.merchants or tuple(turn.market.shops)[:MOST_SHOPS]
    found = known_answer(
        turn.reading.text,
        merchants=shops,
        language=turn.language,
        vector=turn.text_vector,
        read=turn.reader,
    )
    if found.text is None and (bare := without_goods(turn)) != turn.reading.text:
        found = known_answer(bare, merchants=shops, language=turn.language, vector=None)
    if found.text is None:
        for shop in turn.merchants[:1]:
            note_gap(turn.reading.text, merchant=shop, language=turn.language)
        return None
    return None if beside(turn, found.passages[0].article_id) else found
