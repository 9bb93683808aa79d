"""What shoppers who agreed did with a shop's products: shown, opened, put into the cart, ordered.

Registered when the app is ready. Their rows are their own: a shop reads counts, never of fewer than
`LEAST_PEOPLE`, and never who.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketing.figures.catalogue import CURRENCY, PRODUCT
from profiles.measuring import (
    TOUCHES,
    WINDOW_DAYS,
    Column,
    Dimension,
    Facts,
    Metric,
    register,
    register_touch,
)

COUNT = Column("times", _("Times"), "number", "count(*)")
DAY = Column("day", _("Day"), "day", "f.day")

SHOWN = Facts(
    "shown",
    _("What was shown"),
    """
SELECT e.at, e.shopper_id AS shopper, e.product, e.source, e.shelf,
       EXISTS (SELECT FROM unnest(deed.times) AS t
               WHERE t >= e.at AND t < e.at + interval '1 day') AS opened
FROM profiles_event e JOIN catalog_product p ON p.id = e.product AND p.merchant_id = %(merchant)s
LEFT JOIN (SELECT v.shopper_id, v.product, array_agg(v.at) AS times
           FROM profiles_event v
           JOIN catalog_product m ON m.id = v.product AND m.merchant_id = %(merchant)s
           WHERE v.kind IN ('view', 'click', 'cart', 'purchase')
               AND v.at >= %(from)s AND v.at < %(to)s + interval '1 day'
           GROUP BY v.shopper_id, v.product) deed
    ON deed.shopper_id = e.shopper_id AND deed.product = e.product
WHERE e.kind = 'impression' AND e.at >= %(from)s AND e.at < %(to)s""",
    (
        DAY,
        Column("product", _("Product"), "product"),
        COUNT,
        Column("opened", _("Opened"), "number", "count(*) FILTER (WHERE f.opened)"),
    ),
    (
        PRODUCT,
        Dimension("shelf", _("List"), "f.shelf", "words", ("list", "shelf", "列表", "版位")),
    ),
    market=True,
    people="f.shopper",
    grouped=("f.day", "f.product"),
)

# A visit is one person on one day; how far it came: 1 saw, 2 opened, 3 into the cart, 4 ordered.
VISITS = Facts(
    "visits",
    _("Visits"),
    """
SELECT min(e.at) AS at, e.shopper_id AS shopper,
       max(CASE e.kind WHEN 'purchase' THEN 4 WHEN 'cart' THEN 3 WHEN 'impression' THEN 1 ELSE 2
           END) AS step
FROM profiles_event e JOIN catalog_product p ON p.id = e.product AND p.merchant_id = %(merchant)s
WHERE e.kind IN ('impression', 'view', 'click', 'cart', 'purchase')
    AND e.at >= %(from)s AND e.at < %(to)s
GROUP BY e.shopper_id, (e.at AT TIME ZONE %(zone)s)::date""",
    (DAY, Column("step", _("How far"), "step"), COUNT),
    (Dimension("step", _("How far"), "f.step", "step", ("step", "funnel", "漏斗", "环节")),),
    market=True,
    people="f.shopper",
    grouped=("f.day", "f.step"),
)

OPENED_OF_LISTS = """
SELECT v.shopper_id, v.product, v.at FROM profiles_event v
WHERE v.kind IN ('view', 'click')
    AND EXISTS (SELECT FROM profiles_event e WHERE e.shopper_id = v.shopper_id
                AND e.product = v.product AND e.kind = 'impression'
                AND e.at <= v.at AND e.at > v.at - interval '1 day')"""


def touched() -> str:
    """Return the SQL of all that may have helped: a name, whose, of what, when."""
    parts = [
        f"SELECT '{name}' AS name, x.shopper_id, x.product, x.at FROM ({sql}) x"  # noqa: S608
        for name, sql in sorted(TOUCHES.items())
    ]
    return " UNION ALL ".join(parts)


def assisted_sql() -> str:
    """Return the SQL of kept orders with what helped to them within the window, if anything."""
    return f"""
SELECT o.placed_at AS at, o.shopper_id AS shopper, o.currency, o.total_amount AS total,
       coalesce(h.names, '') AS help
FROM catalog_order o LEFT JOIN LATERAL (
    SELECT string_agg(DISTINCT t.name, '+' ORDER BY t.name) AS names
    FROM ({touched()}) t
    WHERE t.shopper_id = o.shopper_id
        AND t.at <= o.placed_at AND t.at > o.placed_at - interval '{WINDOW_DAYS} days'
        AND t.product IN (SELECT v.product_id FROM catalog_orderline l
                          JOIN catalog_variant v ON v.id = l.variant_id WHERE l.order_id = o.id)
) h ON true
WHERE o.merchant_id = %(merchant)s AND o.state <> 'cancelled'
    AND o.placed_at >= %(from)s AND o.placed_at < %(to)s"""  # noqa: S608


ASSISTED = Facts(
    "assisted",
    _("Orders and what helped to them"),
    assisted_sql,
    (
        DAY,
        Column("help", _("What helped"), "words"),
        Column("currency", _("Currency"), sql="f.currency"),
        Column("times", _("Orders"), "number", "count(*)"),
        Column("total", _("Total"), "money", "sum(f.total)"),
    ),
    (
        Dimension("help", _("What helped"), "f.help", "words", ("what helped", "来源", "帮助来源")),
        CURRENCY,
    ),
    market=True,
    people="f.shopper",
    grouped=("f.day", "f.help", "f.currency"),
    currency=True,
)
HELPED = "f.help <> ''"

METRICS = (
    Metric("shown", "way", _("Times shown"),
           _("How often a product of yours stood in a list of recommendations, each product in each"
             " list once. Of shoppers who agreed that it is kept."),
           "shown", "count(*)",
           words=("impressions", "shown", "exposure", "views of lists", "曝光", "曝光量", "展示",
                  "展现")),
    Metric("clicks", "way", _("Opened from lists"),
           _("How often what was shown was opened by the same person within a day."),
           "shown", "count(*) FILTER (WHERE f.opened)", where="f.opened",
           words=("clicks", "opened", "点击", "点击量", "点击数", "点开")),
    Metric("ctr", "way", _("Click-through"),
           _("Opened from lists, divided by times shown."),
           "shown", "count(*) FILTER (WHERE f.opened)", "count(*)", unit="share",
           words=("ctr", "click-through", "click through", "click rate", "clickthrough", "点击率")),
    Metric("visits", "way", _("Visits"),
           _("People by day: somebody who agreed and saw or opened a product of yours counts once"
             " on each day."),
           "visits", "count(*)",
           words=("visits", "visitors", "traffic", "访问", "访客", "流量", "来访", "访问量")),
    Metric("opening_visits", "way", _("Opened a product"),
           _("Visits in which a product of yours was opened, or more."),
           "visits", "count(*) FILTER (WHERE f.step >= 2)", where="f.step >= 2",
           words=("product views", "page views", "浏览", "浏览量", "看商品")),
    Metric("cart_visits", "way", _("Put into the cart"),
           _("Visits in which a product of yours was put into the cart, or ordered."),
           "visits", "count(*) FILTER (WHERE f.step >= 3)", where="f.step >= 3",
           words=("cart", "carts", "added to cart", "add to cart", "加购", "购物车", "加入购物车")),
    Metric("order_visits", "way", _("Ordered"),
           _("Visits in which a product of yours was ordered."),
           "visits", "count(*) FILTER (WHERE f.step >= 4)", where="f.step >= 4",
           words=("ordering visits", "visits with an order", "成交访问")),
    Metric("conversion", "way", _("Conversion"),
           _("Visits in which something was ordered, divided by all visits. Of shoppers who agreed,"
             " so orders of others are in neither number."),
           "visits", "count(*) FILTER (WHERE f.step >= 4)", "count(*)", unit="share",
           words=("conversion", "conversion rate", "convert", "转化", "转化率", "成交率")),
    Metric("assisted_revenue", "sales", _("Assisted revenue"),
           _("Totals of orders that were not cancelled, of which a product was, in the 7 days"
             " before, opened from a list of recommendations or shown by the assistant to the same"
             " person. An order counts once, whatever helped."),
           "assisted", f"coalesce(sum(f.total) FILTER (WHERE {HELPED}), 0)", unit="money",
           where=HELPED,
           words=("assisted revenue", "assisted sales", "attributed revenue", "助攻销售额",
                  "导购带来", "推荐带来", "辅助成交", "助手带来")),
    Metric("assisted_share", "sales", _("Assisted orders"),
           _("Share of the orders that were not cancelled of which a product was, in the 7 days"
             " before, opened from a list of recommendations or shown by the assistant."),
           "assisted", f"count(*) FILTER (WHERE {HELPED})", "count(*)", unit="share",
           words=("assisted orders", "assisted share", "assisted", "辅助订单", "导购占比")),
)  # fmt: skip


def register_shoppers() -> None:
    """Register what shoppers did, and that an opened recommendation may help to an order."""
    register_touch("recommendation", OPENED_OF_LISTS)
    register(SHOWN, VISITS, ASSISTED, metrics=METRICS)
