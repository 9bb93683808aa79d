"""Greet, thank, chat, refuse, and lead to the shop's people.

For routing. Nothing is looked for here and nothing is stored.
"""

from __future__ import annotations

from assistant.falling_short import departments
from assistant.handing_over import Whose, hours_of, shop_of
from assistant.moves import asks
from assistant.planning import Move
from assistant.turns import Reply, Turn
from assistant.vouching import from_pages
from shopguide.accounts.models import Merchant
from shopguide.writing.realiser.hosting import told

MOST_DEPARTMENTS = 8


def examples(language: str) -> list[str]:
    """Return what could be asked, in a language."""
    if language == "zh-hans":
        return ["三百元以内送妈妈的礼物", "这两款哪个更轻", "我的订单到哪了"]
    return [
        "a birthday gift for my mother under $40",
        "which of these two is lighter",
        "where is my order",
    ]


def talk(turn: Turn, move: Move) -> Reply:
    """Greet, thank, chat, and say what is not done here."""
    facts: dict[str, object] = {}
    asked = move.act == "out_of_scope" and asks(turn.reading.text.casefold())
    if asked and (page := from_pages(turn)):
        return page
    if move.act in ("not_understood", "out_of_scope"):
        facts["examples"] = examples(turn.language)
    if move.act == "greeting":
        facts |= {"examples": examples(turn.language)[:2], "again": turn.state.turn > 1}
    if move.act == "site":
        facts["says"] = told(move.about, chinese=turn.asker.chinese)
        if move.about == "sells":
            facts["kinds"] = departments(turn.market, turn.language, most=MOST_DEPARTMENTS)
    if move.act == "small_talk":
        facts["topic"] = topic_of(turn.reading.text)
    return Reply((turn.plan(move.act, **facts),), turn.state)


BOSS = ("老板", "老总", "店主", "创始人", "负责人", "谁开的", "who owns", "who runs", "who founded",
        "who started", "boss", "owner", "ceo")  # fmt: skip
WHO = ("你是谁", "你叫什么", "机器人", "真人", "是人吗", "ai", "who are you", "your name",
       "a bot", "robot", "are you human", "human or", "real person", "real human", "are you real",
       "a person or", "who am i")  # fmt: skip
HOW = ("你好吗", "最近怎么样", "how are you", "how's it going", "how do you do")
USELESS = ("复读机", "智障", "弱智", "没用的", "废物", "答非所问", "听不懂", "useless",
           "stupid bot", "dumb", "not helping", "no help", "don't understand", "same thing",
           "not answering")  # fmt: skip
JOKE = ("笑话", "joke")


def topic_of(text: str) -> str:
    """Return what small talk is about, as far as there is an own answer."""
    said = text.casefold()
    topics = {"useless": USELESS, "boss": BOSS, "who": WHO, "how": HOW, "joke": JOKE}
    for topic, signs in topics.items():
        if any(sign in said for sign in signs):
            return topic
    return ""


def refuse(turn: Turn, move: Move) -> Reply:
    """Say politely that this is not done, and what is."""
    return Reply((turn.plan("refuse", topic=move.about),), turn.state)


def hand_over(turn: Turn, move: Move) -> Reply:
    """Name the shop whose people take over, or ask which; answering does it with the ending."""
    meant = move.skus or turn.state.focus or [one.sku for one in turn.state.visible]
    ordered = {one.merchant for one in turn.owned if one.order == turn.state.order_number}
    page = next(iter(ordered), turn.asker.merchant)  # an order that is talked of goes first
    shop = shop_of(Whose(page, turn.products(meant), turn.asker.shopper))
    reason = move.about or "asked"
    if shop is None:
        shops = list(Merchant.objects.active()[:8])
        plan = turn.plan("clarify", about="shop", options=[one.name for one in shops[:4]])
        choices = tuple({"kind": "shop", "slug": one.slug, "text": one.name} for one in shops)
        return Reply((plan,), turn.state, actions=choices)
    plan = turn.plan("hand_over", reason=reason, shop=shop.name, **hours_of(shop))
    return Reply((plan,), turn.state, merchants=(shop.pk,), hand_over=reason, hand_to=shop)
