"""Answer what shops' pages put in words of their own: ways to pay, wrapping as a gift.

For consulting. The page is found by its title, whatever words the question has; a shop that has
written none is said to be silent, and the question is noted as a gap of its knowledge.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from assistant.doing.telling import phrase
from assistant.each import unknown
from assistant.knowledge import Passage, note_gap
from assistant.knowledge import answer as known_answer
from assistant.moves import Move
from assistant.quoting import MOST_PAGES, citation, in_short, titled
from assistant.turns import Reply, Turn
from assistant.understanding.aspects import gives_back
from assistant.understanding.topics import named_in
from catalog.orders.paying import OnDelivery
from catalog.policies.versions import policy_now

LONGEST = 400
# Paying who brings the parcel.
AT_THE_DOOR = re.compile(
    r"货到付款|到付|现金|cash|(?:cash|pay(?:ing|ment)?) on delivery|c\.?o\.?d\.?"
    r"|pay (?:the courier|(?:when|once) (?:it|they) [a-z ]+)"
)


@dataclass(frozen=True)
class Asking:
    """As which question pages answer a topic (zh, en), and what their titles have of it."""

    chinese: str
    english: str
    title: re.Pattern[str]


ASKED_AS: Mapping[str, Asking] = {
    "payment": Asking("可以用什么方式付款？", "How can I pay?", re.compile(r"付款|支付|\b[Pp]ay")),
    "wrapping": Asking("可以包成礼物吗？", "Can you wrap it as a gift?",
                       re.compile(r"包成|礼品包装|礼物包装|\b[Ww]rap")),
    "contact": Asking("客服几点在线，怎么联系？", "When and how do I reach customer service?",
                      re.compile(r"客服|人工|技术支持|联系|\b(?:[Cc]ontact|reach|service)\b")),
    "reaction": Asking("用了过敏能退吗？", "Can I get a refund after a skin reaction?",
                       re.compile(r"过敏|敏感|[Ss]ensitive|[Aa]llerg|[Rr]eaction")),
    "invoicing": Asking("可以开发票吗？", "Can I have an invoice?", re.compile(r"发票|[Ii]nvoice")),
}  # fmt: skip


def written_on(turn: Turn, move: Move) -> Reply | None:
    """Quote the page of the shop that is meant, of none what each has written; None for nothing."""
    shops = turn.merchants or tuple(turn.market.shops)[:MOST_PAGES]
    if move.about == "payment" and (ruled := paid_on_delivery(turn, shops)):
        return ruled
    found = {shop: page for shop in shops if (page := page_on(turn, shop, move.about))}
    if not found:
        return None
    if len(found) == 1:
        return quoted(turn, move, *found.values())
    named = named_in(turn.reading.text, move.about)
    rows = [
        {"shop": turn.market.shops[shop].names[turn.language],
         "says": in_short(naming(said_in(page), named))}
        for shop, page in found.items()
    ]  # fmt: skip
    cited = tuple(citation(turn, one) for one in found.values())
    plans = [turn.plan("pages", shops=rows)]
    texts = " ".join(page.text.casefold() for page in found.values())
    if named and not any(one.casefold() in texts for one in named):
        plans.append(turn.plan("not_among"))
    return Reply(tuple(plans), turn.state, merchants=tuple(found), citations=cited)


def paid_on_delivery(turn: Turn, shops: Sequence[int]) -> Reply | None:
    """Tell which shops are paid at the door, by the rule that checkout follows; None if not asked.

    What else is named (花呗, "instalments") stays with the shops' pages.
    """
    named = named_in(turn.reading.text, "payment")
    if not named or not all(AT_THE_DOOR.fullmatch(one.casefold()) for one in named):
        return None
    offered = OnDelivery.code in settings.PAYMENT_PROVIDERS
    takes = {shop: offered and policy_now(shop).on_delivery for shop in shops}
    names = {shop: turn.market.shops[shop].names[turn.language] for shop in shops}
    says = {True: ("可以货到付款。", "Yes, you can pay on delivery."),
            False: ("不支持货到付款。", "No paying on delivery.")}  # fmt: skip
    groups = {yes: [names[one] for one in shops if takes[one] is yes] for yes in (True, False)}
    between = phrase(turn.asker, "、", ", ")
    rows = [{"shop": between.join(group), "says": phrase(turn.asker, *says[yes])}
            for yes, group in groups.items() if group]  # fmt: skip
    topic = phrase(turn.asker, "这一点", "this")
    if len(shops) == 1:
        plan = turn.plan("policy", shop=names[shops[0]], topic=topic, says=[rows[0]["says"]])
    else:
        plan = turn.plan("each_shop", topic=topic, shops=rows, all=len(rows) == 1)
    return Reply((plan,), turn.state, merchants=tuple(shops))


# The skin did not take it.
REACTION = re.compile(
    r"过敏|红肿|起疹|泛红|刺痛|烂脸|爆痘"
    r"|\b(?:rash|allerg\w+|reaction|st(?:ing|ung)\w*|broke me out|irritat\w+"
    r"|burn\w* my (?:skin|face))\b"
)
_MONEY_BACK = re.compile(r"退|\b(?:refund|return|money back)", re.IGNORECASE)


def after_a_reaction(turn: Turn) -> Reply | None:
    """Quote what a shop has written of giving back what the skin did not take; None for nothing.

    A rule that opened goods stay does not hold against it.
    """
    asked = REACTION.search(turn.reading.text.casefold()) and gives_back(turn.reading.text)
    page = page_on(turn, turn.merchants[0], "reaction") if asked and turn.merchants else None
    if page is None or not _MONEY_BACK.search(said_in(page)):
        return None
    return quoted(turn, Move("know", "topic:reaction", about="reaction"), page)


def billing(turn: Turn, shop: int) -> Reply | None:
    """Quote what a shop has written of invoices; None where it has written nothing."""
    page = page_on(turn, shop, "invoicing")
    return quoted(turn, Move("know", "topic:invoicing", about="invoicing"), page) if page else None


def quoted(turn: Turn, move: Move, page: Passage) -> Reply:
    """Quote one shop's page; say so where what was named is not on it."""
    text = said_in(page)
    named = named_in(turn.reading.text, move.about)
    there = any(one.casefold() in text.casefold() for one in named)
    plans = [turn.plan("knowledge", text=text, title=titled(turn, page))]
    if named and not there:
        plans.append(turn.plan("not_among"))
    return Reply(tuple(plans), turn.state, merchants=(page.merchant_id,),
                 citations=(citation(turn, page),))  # fmt: skip


def page_on(turn: Turn, shop: int, topic: str) -> Passage | None:
    """Return a shop's page on a topic, by its title; None where it has written none."""
    asking = ASKED_AS[topic]
    question = asking.chinese if turn.asker.chinese else asking.english
    found = known_answer(question, merchants=(shop,), language=turn.language, vector=None)
    pages = [one for one in found.passages if asking.title.search(one.title)]
    named = named_in(turn.reading.text, topic)
    return next((one for one in pages if any(word in one.text for word in named)),
                next(iter(pages), None))  # fmt: skip


def said_in(page: Passage) -> str:
    """Return a page as far as it can be told at once, else what of it answers."""
    whole = page.text.strip()
    return whole if len(whole) <= LONGEST else page.text[page.start : page.end].strip()


def naming(text: str, named: Sequence[str]) -> str:
    """Return the sentence of a page that names what was asked for, else all of it."""
    sentences = re.split(r"(?<=[。！？])|(?<=[.!?])\s+|\n+", text)
    return next((one for one in sentences if any(word in one for word in named)), text)


def unwritten(turn: Turn, move: Move) -> Reply:
    """Say that the shop that is meant has not written of a topic."""
    shops = [turn.market.shops[one] for one in turn.merchants if one in turn.market.shops]
    if not shops:
        return unknown(turn)
    for one in turn.merchants[:1]:
        note_gap(turn.reading.text, merchant=one, language=turn.language)
    told = phrase(turn.asker, "、", ", ").join(
        one.names[turn.language] for one in shops[:MOST_PAGES]
    )
    plan = turn.plan("unwritten", shop=told, topic=move.about, person=len(shops) == 1)
    return Reply((plan,), turn.state, merchants=turn.merchants[:1])
