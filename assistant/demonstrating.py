"""Conversations of the demo's shoppers, so that the figures of service are alive.

For ``simulate``, which names the shoppers. They are written in bulk and not by the assistant, and
say so: ``writer`` is `WRITER` and ``trace`` holds ``demo``. Doing it twice changes nothing; they go
with their shoppers.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from assistant.models import Conversation, Message
from assistant.models.conversation import Handling
from assistant.models.message import Thumb, Voice
from catalog.models import Product
from profiles.models import Event, Kind
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone
from shopguide.work import State

NAMES = uuid.UUID("c0c6a1a9-0b7e-4a67-9d24-5d1e3b1f9e02")
WRITER = "demo"
TALKERS, DAYS = 0.6, 28  # of shoppers so many talk; in the last days
HANDED, JUDGED, LIKED = 0.12, 0.45, 0.8
SHOWN = 3
ASKED = {
    "zh-hans": ("有没有适合送人的？", "这几样哪个更轻？", "想看看{kind}，300 以内",
                "这个怎么清洗？"),
    "en": ("Something to give as a present?", "Which of these is lighter?", "Show me {kind}",
           "How do I clean it?"),
}  # fmt: skip
SAID = {
    "zh-hans": "找到这几样：{names}。价格和库存以商品页为准。",
    "en": "I found these: {names}. Prices and stock are as their pages say.",
}
PERSON = {
    "zh-hans": "您好，我是店里的客服，已经帮您看过了，请看订单页的说明。",
    "en": "Hello, I work at the shop and have looked into it; please see the note on your order.",
}
SUMMARY = {"zh-hans": "想找人问一下订单。", "en": "Wants to ask a person about an order."}
WANTED = {"zh-hans": "转人工", "en": "May I speak to a person?"}


def converse(shoppers: Sequence[uuid.UUID], until: datetime) -> dict[str, int]:
    """Let some of these shoppers have talked about what they looked at; return what is new."""
    with as_everyone():
        known = set(
            Conversation.objects.filter(shopper__in=shoppers).values_list("shopper", flat=True)
        )
        looked = seen_by([one for one in shoppers if one not in known])
        talks = [
            talk for shopper, products in looked.items()
            if (talk := Talk.of(shopper, products, until)) is not None
        ]  # fmt: skip
        made = [one.conversation for one in talks]
        Conversation.objects.bulk_create(made)
        messages = Message.objects.bulk_create([each for one in talks for each in one.messages])
        moments(made, messages)
    return {"chats": len(made), "messages": len(messages)}


def seen_by(shoppers: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Product]]:
    """Return what each of them opened, the last first."""
    rows = Event.objects.filter(shopper__in=shoppers, kind=Kind.VIEW, product__isnull=False)
    pairs = list(rows.order_by("shopper", "-at").values_list("shopper", "product"))
    wanted = Product.objects.live().filter(Q(merchant__is_demo=True))
    found = wanted.select_related("category").prefetch_related("texts").in_bulk(
        {pk for _shopper, pk in pairs}
    )  # fmt: skip
    looked: dict[uuid.UUID, list[Product]] = {}
    for shopper, pk in pairs:
        mine = looked.setdefault(shopper, [])
        if pk in found and len(mine) < SHOWN and found[pk] not in mine:
            mine.append(found[pk])
    return {shopper: mine for shopper, mine in looked.items() if mine}


class Talk:
    """One conversation in the making."""

    def __init__(self, conversation: Conversation, at: datetime) -> None:
        self.conversation, self.at = conversation, at
        self.messages: list[Message] = []

    @classmethod
    def of(cls, shopper: uuid.UUID, products: Sequence[Product], until: datetime) -> Talk | None:
        """Return what this shopper said and was told, always the same; None if nothing."""
        chance = random.Random(f"{shopper}:talk")  # noqa: S311
        if chance.random() > TALKERS:
            return None
        language = "zh-hans" if chance.random() < 0.6 else "en"
        at = until - timedelta(days=chance.uniform(0.2, DAYS))
        kind = products[0].category
        named = (kind.name_zh if language == "zh-hans" else kind.name_en) if kind else ""
        asked = chance.choice(ASKED[language]).format(kind=named or products[0].title)
        talk = cls(
            Conversation(
                pk=uuid.uuid5(NAMES, str(shopper)), shopper_id=shopper, language=language,
                currency="CNY", title=asked[:80], said_at=at,
                page={"product": products[0].pk, "merchant": products[0].merchant_id},
            ),
            at,
        )  # fmt: skip
        talk.say(Voice.SHOPPER, asked)
        talk.answer(products, chance)
        if chance.random() < HANDED:
            talk.hand_over(products[0].merchant, chance)
        return talk

    def say(self, voice: Voice, text: str, **fields: Any) -> None:
        """Add a message, half a minute after the last."""
        self.at += timedelta(seconds=30)
        self.messages.append(
            Message(
                conversation=self.conversation, voice=voice, text=text, state=State.DONE,
                language=self.conversation.language, trace={"demo": True}, changed_at=self.at,
                finished_at=self.at, **fields,
            )
        )  # fmt: skip

    def answer(self, products: Sequence[Product], chance: random.Random) -> None:
        """Add an answer with products, judged by some."""
        joint = "、" if self.conversation.language == "zh-hans" else ", "
        names = joint.join(title_in(one, self.conversation.language) for one in products)
        judged = chance.random() < JUDGED
        thumb = (Thumb.UP if chance.random() < LIKED else Thumb.DOWN) if judged else None
        self.say(
            Voice.ASSISTANT, SAID[self.conversation.language].format(names=names),
            products=[shown(one) for one in products], writer=WRITER, thumb=thumb,
        )  # fmt: skip

    def hand_over(self, shop: Merchant, chance: random.Random) -> None:
        """Let a person of the shop have answered, and be given stars by some."""
        held = self.conversation
        self.say(Voice.SHOPPER, WANTED[held.language])
        held.merchant, held.handling, held.reason = shop, Handling.RESOLVED, "asked"
        held.summary, held.handed_at = SUMMARY[held.language], self.at
        self.at += timedelta(minutes=chance.uniform(1, 25))
        self.say(Voice.AGENT, PERSON[held.language])
        held.replied_at = held.seen_at = held.resolved_at = self.at
        held.stars = chance.choice((None, 5, 5, 4, 4, 3, 2))


def title_in(product: Product, language: str) -> str:
    """Return a product's title in a language, else the one it has."""
    titles = {text.locale: text.title for text in product.texts.all() if not text.arm}
    return titles.get(language) or product.title


def moments(made: Sequence[Conversation], messages: Sequence[Message]) -> None:
    """Date rows back: the database says now of whatever is new."""
    for one in made:
        one.created_at = one.said_at
    Conversation.objects.bulk_update(made, ["created_at"])
    for each in messages:
        each.created_at = each.changed_at
    Message.objects.bulk_update(messages, ["created_at"], batch_size=500)


def shown(product: Product) -> dict[str, Any]:
    """Return a product as an answer keeps it."""
    shop = product.merchant.slug
    return {"sku": product.sku, "product": product.pk, "variant": None, "merchant": shop,
            "reason": ""}  # fmt: skip
