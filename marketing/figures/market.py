"""What an operator reads of the whole market place: facts of every shop, told as counts.

Apart from what shops read (`profiles.measuring.METRICS`): no shop's page and no question in words
can reach these. Facts have `shop`, so that each figure can be parted by it. No parameter names a
shop. What shoppers did is told of `LEAST_PEOPLE` or not at all, to operators too.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketing.figures.catalogue import CURRENCY, STATE
from profiles.measuring import Column, Dimension, Facts, Metric, register

DAY = Column("day", _("Day"), "day", "f.day")
SHOP_NAME = Column("shop", _("Shop"), "shop", "f.shop")
COUNT = Column("times", _("Times"), "number", "count(*)")
SHOP = Dimension("shop", _("Shop"), "f.shop", "shop")
LANGUAGE = Dimension("language", _("Language"), "f.language", "words")

ORDERS = Facts(
    "market_orders",
    _("Orders"),
    """
SELECT o.placed_at AS at, o.merchant_id AS shop, o.currency, o.total_amount AS total, o.state,
       o.state <> 'cancelled' AS kept
FROM catalog_order o WHERE o.placed_at >= %(from)s AND o.placed_at < %(to)s""",
    (DAY, SHOP_NAME, Column("times", _("Orders"), "number", "count(*)"),
     Column("currency", _("Currency"), sql="f.currency"),
     Column("total", _("Total"), "money", "sum(f.total)")),
    (SHOP, STATE, CURRENCY),
    market=True, grouped=("f.day", "f.shop", "f.currency"), currency=True,
)  # fmt: skip

LINES = Facts(
    "market_lines",
    _("Lines of orders"),
    """
SELECT o.placed_at AS at, o.merchant_id AS shop, l.quantity, coalesce(back.quantity, 0) AS returned
FROM catalog_order o JOIN catalog_orderline l ON l.order_id = o.id
LEFT JOIN (SELECT rl.line_id, sum(rl.quantity) AS quantity
           FROM catalog_returnline rl JOIN catalog_return r ON r.id = rl.back_id
           WHERE r.state NOT IN ('rejected', 'withdrawn') GROUP BY rl.line_id) back
    ON back.line_id = l.id
WHERE o.state <> 'cancelled' AND o.placed_at >= %(from)s AND o.placed_at < %(to)s""",
    (DAY, SHOP_NAME, Column("quantity", _("Quantity"), "number", "sum(f.quantity)"),
     Column("returned", _("Came back"), "number", "sum(f.returned)")),
    (SHOP,),
    market=True, grouped=("f.day", "f.shop"),
)  # fmt: skip

REVIEWS = Facts(
    "market_reviews",
    _("Reviews"),
    """
SELECT r.written_at AS at, r.merchant_id AS shop, r.stars
FROM catalog_review r WHERE r.written_at >= %(from)s AND r.written_at < %(to)s""",
    (DAY, SHOP_NAME, COUNT, Column("stars", _("Stars"), "stars", "avg(f.stars)")),
    (SHOP, Dimension("stars", _("Stars"), "f.stars", "number")),
    market=True, grouped=("f.day", "f.shop"),
)  # fmt: skip

SHOWN = Facts(
    "market_shown",
    _("What was shown"),
    """
SELECT e.at, e.shopper_id AS shopper, p.merchant_id AS shop, e.shelf,
       EXISTS (SELECT FROM unnest(deed.times) AS t
               WHERE t >= e.at AND t < e.at + interval '1 day') AS opened
FROM profiles_event e JOIN catalog_product p ON p.id = e.product
LEFT JOIN (SELECT v.shopper_id, v.product, array_agg(v.at) AS times FROM profiles_event v
           WHERE v.kind IN ('view', 'click', 'cart', 'purchase')
               AND v.at >= %(from)s AND v.at < %(to)s + interval '1 day'
           GROUP BY v.shopper_id, v.product) deed
    ON deed.shopper_id = e.shopper_id AND deed.product = e.product
WHERE e.kind = 'impression' AND e.at >= %(from)s AND e.at < %(to)s""",
    (DAY, SHOP_NAME, COUNT,
     Column("opened", _("Opened"), "number", "count(*) FILTER (WHERE f.opened)")),
    (SHOP, Dimension("shelf", _("List"), "f.shelf", "words")),
    market=True, people="f.shopper", grouped=("f.day", "f.shop"),
)  # fmt: skip

# A visit is one person on one day in the market place, in however many shops.
VISITS = Facts(
    "market_visits",
    _("Visits"),
    """
SELECT min(e.at) AS at, e.shopper_id AS shopper,
       max(CASE e.kind WHEN 'purchase' THEN 4 WHEN 'cart' THEN 3 WHEN 'impression' THEN 1 ELSE 2
           END) AS step
FROM profiles_event e
WHERE e.kind IN ('impression', 'view', 'click', 'cart', 'purchase')
    AND e.at >= %(from)s AND e.at < %(to)s
GROUP BY e.shopper_id, (e.at AT TIME ZONE %(zone)s)::date""",
    (DAY, Column("step", _("How far"), "step"), COUNT),
    (Dimension("step", _("How far"), "f.step", "step"),),
    market=True, people="f.shopper", grouped=("f.day", "f.step"),
)  # fmt: skip

CHATS = Facts(
    "market_chats",
    _("Conversations"),
    """
SELECT c.created_at AS at, c.shopper_id AS shopper, c.merchant_id AS shop, c.language, c.stars,
       c.handed_at IS NOT NULL AS handed
FROM assistant_conversation c
WHERE c.created_at >= %(from)s AND c.created_at < %(to)s""",
    (DAY, Column("language", _("Language"), "words", "f.language"),
     Column("times", _("Conversations"), "number", "count(*)"),
     Column("handed", _("Handed to people"), "number", "count(*) FILTER (WHERE f.handed)")),
    (LANGUAGE, Dimension("shop", _("Shop it was handed to"), "f.shop", "shop")),
    market=True, people="f.shopper", grouped=("f.day", "f.language"),
)  # fmt: skip

# Stopped by the shopper, or given up for a newer question: neither good nor bad.
ANSWERS = Facts(
    "market_answers",
    _("Answers"),
    """
SELECT m.created_at AS at, c.shopper_id AS shopper, m.language, m.state, m.thumb, m.intent,
       CASE WHEN m.state = 'done'
            THEN extract(epoch FROM m.finished_at - m.created_at) END AS took_s
FROM assistant_message m JOIN assistant_conversation c ON c.id = m.conversation_id
WHERE m.voice = 'assistant' AND m.state IN ('done', 'failed') AND NOT m.superseded
    AND m.created_at >= %(from)s AND m.created_at < %(to)s""",
    (DAY, Column("language", _("Language"), "words", "f.language"),
     Column("times", _("Answers"), "number", "count(*)"),
     Column("up", _("Helpful"), "number", "count(*) FILTER (WHERE f.thumb = 1)"),
     Column("failed", _("Failed"), "number", "count(*) FILTER (WHERE f.state = 'failed')")),
    (LANGUAGE, Dimension("intent", _("What for"), "f.intent", "text")),
    market=True, people="f.shopper", grouped=("f.day", "f.language"),
)  # fmt: skip

# A search of the market place has no shop; a shop's own search has. Each search is one of them.
SEARCHES = Facts(
    "market_searches",
    _("Searches"),
    """
SELECT (c.day::timestamp AT TIME ZONE %(zone)s) AS at, c.merchant_id AS shop,
       c.locale AS language, c.asked, c.empty
FROM catalog_searchcount c
WHERE (c.merchant_id IS NULL OR c.place = 'shop')
    AND c.day >= (%(from)s::timestamptz AT TIME ZONE %(zone)s)::date
    AND c.day <= (%(to)s::timestamptz AT TIME ZONE %(zone)s)::date""",
    (DAY, Column("language", _("Language"), "words", "f.language"),
     Column("asked", _("Searches"), "number", "sum(f.asked)"),
     Column("empty", _("Without result"), "number", "sum(f.empty)")),
    (LANGUAGE, Dimension("shop", _("Shop searched in"), "f.shop", "shop")),
    market=True, grouped=("f.day", "f.language"),
)  # fmt: skip

FACTS = (ORDERS, LINES, REVIEWS, SHOWN, VISITS, CHATS, ANSWERS, SEARCHES)
FIGURES = (
    Metric("orders", "sales", _("Orders"),
           _("Orders placed in all shops in the period, cancelled ones too."),
           "market_orders", "count(*)"),
    Metric("revenue", "sales", _("Revenue"),
           _("Totals of all shops' orders that were not cancelled, each currency by itself."),
           "market_orders", "coalesce(sum(f.total) FILTER (WHERE f.kept), 0)", unit="money",
           where="f.kept"),
    Metric("cancelled", "sales", _("Cancelled"),
           _("Share of the period's orders that were cancelled."),
           "market_orders", "count(*) FILTER (WHERE NOT f.kept)", "count(*)", unit="share",
           good=-1),
    Metric("return_rate", "sales", _("Return rate"),
           _("Of the pieces ordered in the period and not cancelled, the share that came back or is"
             " on its way back. Recent days still grow."),
           "market_lines", "sum(f.returned)", "sum(f.quantity)", unit="share", good=-1),
    Metric("ctr", "way", _("Click-through"),
           _("Of what stood in lists of recommendations, the share that was opened by the same"
             " person within a day. Of shoppers who agreed that it is kept."),
           "market_shown", "count(*) FILTER (WHERE f.opened)", "count(*)", unit="share"),
    Metric("visits", "way", _("Visits"),
           _("People by day: somebody who agreed and saw or opened a product counts once on each"
             " day, in however many shops."),
           "market_visits", "count(*)"),
    Metric("conversion", "way", _("Conversion"),
           _("Visits in which something was ordered, divided by all visits. Of shoppers who"
             " agreed, so orders of others are in neither number."),
           "market_visits", "count(*) FILTER (WHERE f.step >= 4)", "count(*)", unit="share"),
    Metric("searches", "way", _("Searches"),
           _("Searches in the market place and in shops, each first page once."),
           "market_searches", "coalesce(sum(f.asked), 0)"),
    Metric("search_gaps", "way", _("Found nothing"),
           _("Share of the searches that found nothing."),
           "market_searches", "sum(f.empty)", "sum(f.asked)", unit="share", good=-1),
    Metric("stars", "liked", _("Stars"),
           _("Average stars of the period's reviews of products, 1 to 5."),
           "market_reviews", "sum(f.stars)", "count(*)", unit="stars"),
    Metric("low_reviews", "liked", _("Unhappy reviews"),
           _("Share of the period's reviews with one or two stars."),
           "market_reviews", "count(*) FILTER (WHERE f.stars <= 2)", "count(*)", unit="share",
           good=-1),
    Metric("csat", "liked", _("Satisfied with people"),
           _("Of the period's conversations that were handed to a shop's people and given stars,"
             " the share with four or five."),
           "market_chats", "count(*) FILTER (WHERE f.stars >= 4)", "count(f.stars)", unit="share",
           where="f.stars IS NOT NULL"),
    Metric("chats", "assistant", _("Conversations"),
           _("Conversations with the assistant that began in the period."),
           "market_chats", "count(*)", good=0),
    Metric("helpful", "assistant", _("Helpful answers"),
           _("Of the assistant's answers that were judged by a thumb, the share found helpful."),
           "market_answers", "count(*) FILTER (WHERE f.thumb = 1)", "count(f.thumb)",
           unit="share", where="f.thumb IS NOT NULL"),
    Metric("deflection", "assistant", _("Settled without people"),
           _("Share of the period's conversations that were not handed to a shop's people."),
           "market_chats", "count(*) FILTER (WHERE NOT f.handed)", "count(*)", unit="share"),
    Metric("failed", "assistant", _("Failed answers"),
           _("Share of the answers that could not be given, of those given and those that failed."
             " Answers the shopper stopped are in neither."),
           "market_answers", "count(*) FILTER (WHERE f.state = 'failed')", "count(*)",
           unit="share", good=-1),
    Metric("answer_time", "assistant", _("Time to the whole answer"),
           _("Of 100 answers, 95 were there sooner: from the question to the answer's last word."),
           "market_answers", "percentile_cont(0.95) WITHIN GROUP (ORDER BY f.took_s)"
           " FILTER (WHERE f.took_s IS NOT NULL)", unit="seconds", good=-1,
           where="f.took_s IS NOT NULL"),
)  # fmt: skip
MARKET: dict[str, Metric] = {one.code: one for one in FIGURES}
# What the table of weeks shows.
WEEKLY = ("orders", "ctr", "conversion", "search_gaps", "stars", "helpful", "deflection")


def register_market() -> None:
    """Let the facts be known by name; their figures stay here."""
    register(*FACTS)
