"""What can be measured of a shop's conversations; the portal's figures show it.

Registered when the app is ready. What was handed over is the shop's own to read; all other
conversations are their shoppers', so a shop reads counts of them, never of a few.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from profiles.measuring import Column, Dimension, Facts, Metric, register, register_touch

ABOUT = """(c.merchant_id = %(merchant)s OR c.page->>'merchant' = %(merchant)s::text
    OR EXISTS (SELECT FROM assistant_message m, jsonb_array_elements(m.products) shown
               JOIN catalog_product p ON p.id = (shown->>'product')::bigint
               WHERE p.merchant_id = %(merchant)s AND m.conversation_id = c.id))"""

CHATS = Facts(
    "chats",
    _("Conversations"),
    f"""
SELECT c.created_at AS at, c.shopper_id AS shopper, c.language,
       coalesce(c.merchant_id = %(merchant)s, false) AS handed
FROM assistant_conversation c
WHERE c.created_at >= %(from)s AND c.created_at < %(to)s AND {ABOUT}""",  # noqa: S608
    (
        Column("day", _("Day"), "day", "f.day"),
        Column("language", _("Language"), sql="f.language"),
        Column("times", _("Conversations"), "number", "count(*)"),
        Column("handed", _("Handed to people"), "number", "count(*) FILTER (WHERE f.handed)"),
    ),
    (Dimension("language", _("Language"), "f.language", "text", ("language", "语言")),),
    market=True,
    people="f.shopper",
    grouped=("f.day", "f.language"),
)

ANSWERS = Facts(
    "answers",
    _("Answers that were judged"),
    """
SELECT m.created_at AS at, c.shopper_id AS shopper, m.thumb
FROM assistant_message m JOIN assistant_conversation c ON c.id = m.conversation_id
WHERE m.thumb IS NOT NULL AND m.created_at >= %(from)s AND m.created_at < %(to)s
    AND EXISTS (SELECT FROM jsonb_array_elements(m.products) shown
                JOIN catalog_product p ON p.id = (shown->>'product')::bigint
                WHERE p.merchant_id = %(merchant)s)""",
    (
        Column("day", _("Day"), "day", "f.day"),
        Column("times", _("Answers"), "number", "count(*)"),
        Column("up", _("Helpful"), "number", "count(*) FILTER (WHERE f.thumb = 1)"),
    ),
    market=True,
    people="f.shopper",
    grouped=("f.day",),
)

HANDED = Facts(
    "handed",
    _("Conversations handed over"),
    """
SELECT c.handed_at AS at, c.id, c.reason, c.handling, c.stars,
       extract(epoch FROM c.replied_at - c.handed_at) AS reply_s
FROM assistant_conversation c
WHERE c.merchant_id = %(merchant)s AND c.handed_at IS NOT NULL""",
    (
        Column("at", _("When"), "moment"),
        Column("reason", _("Reason"), "handover"),
        Column("handling", _("Status"), "words"),
        Column("reply_s", _("First response"), "seconds"),
        Column("stars", _("Stars"), "number"),
    ),
    (
        Dimension(
            "reason", _("Reason"), "f.reason", "handover", ("reason", "why", "原因", "为什么")
        ),
    ),
)

SHOWN_BY_ASSISTANT = """
SELECT c.shopper_id, (shown->>'product')::bigint AS product, m.created_at AS at
FROM assistant_message m JOIN assistant_conversation c ON c.id = m.conversation_id,
     jsonb_array_elements(m.products) shown
WHERE m.voice = 'assistant'"""

METRICS = (
    Metric("chats", "service", _("Conversations"),
           _("Conversations with the assistant that began in the period and were about your shop:"
             " on one of its pages, with one of its products in an answer, or handed to you."),
           "chats", "count(*)", good=0,
           words=("chats", "conversations", "对话", "会话", "咨询", "咨询量", "对话数")),
    Metric("deflection", "service", _("Settled without people"),
           _("Share of these conversations that were not handed to the people of your shop."),
           "chats", "count(*) FILTER (WHERE NOT f.handed)", "count(*)", unit="share",
           words=("deflection", "deflection rate", "settled without people", "self-service",
                  "自助解决", "自助率", "拦截率", "机器人解决")),
    Metric("handed", "service", _("Handed over"),
           _("Conversations that were handed to the people of your shop in the period."),
           "handed", "count(*)", good=0,
           words=("handed over", "handovers", "hand-overs", "escalations",
                  "转人工", "人工", "转接")),
    Metric("first_response", "service", _("First response"),
           _("Median time from handing over to the first answer of a person, of those that have"
             " one."),
           "handed", "percentile_cont(0.5) WITHIN GROUP (ORDER BY f.reply_s)"
           " FILTER (WHERE f.reply_s IS NOT NULL)", unit="seconds", good=-1,
           where="f.reply_s IS NOT NULL",
           words=("first response", "first response time", "response time", "reply time",
                  "how fast", "首次响应", "首次响应时间",
                  "响应时间", "回复时间", "回复速度", "多久回复")),
    Metric("csat", "service", _("Satisfied"),
           _("Of the handed-over conversations that were given stars, the share with four or"
             " five."),
           "handed", "count(*) FILTER (WHERE f.stars >= 4)", "count(f.stars)", unit="share",
           where="f.stars IS NOT NULL",
           words=("csat", "satisfaction", "satisfied", "customer satisfaction",
                  "满意度", "满意率")),
    Metric("thumbs", "service", _("Helpful answers"),
           _("Of the assistant's answers with your products that were judged by a thumb, the share"
             " found helpful."),
           "answers", "count(*) FILTER (WHERE f.thumb = 1)", "count(*)", unit="share",
           words=("thumbs", "helpful answers", "thumbs up", "点赞", "点赞率", "有帮助")),
)  # fmt: skip


def register_conversations() -> None:
    """Register what conversations tell, and that being shown a product may help to an order."""
    register_touch("assistant", SHOWN_BY_ASSISTANT)
    register(CHATS, ANSWERS, HANDED, metrics=METRICS)
