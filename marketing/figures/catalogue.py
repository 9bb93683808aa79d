"""What a shop's own rows tell: orders, their lines, what came back, reviews, searches.

Registered when the app is ready. Every row here is the shop's own under row-level security, and is
narrowed to it once more by its number.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from profiles.measuring import Column, Dimension, Facts, Metric, register

PRODUCT = Dimension("product", _("Product"), "f.product", "product",
                    ("product", "item", "article", "sku", "商品", "产品", "单品"))  # fmt: skip
CATEGORY = Dimension("category", _("Category"), "f.category", "category",
                     ("category", "categories", "kind", "类目", "分类", "品类"))  # fmt: skip
BRAND = Dimension("brand", _("Brand"), "f.brand", "text", ("brand", "品牌"))
CURRENCY = Dimension("currency", _("Currency"), "f.currency", "text", ("currency", "币种", "货币"))
STATE = Dimension("state", _("Status"), "f.state", "words", ("status", "state", "状态"))
STARS = Dimension("stars", _("Stars"), "f.stars", "number", ("stars", "rating", "星级", "星"))

ORDERS = Facts(
    "orders",
    _("Orders"),
    """
SELECT o.placed_at AS at, o.number, o.currency, o.total_amount AS total, o.state,
       o.discount_amount AS discount, o.state <> 'cancelled' AS kept, o.shopper_id AS shopper,
       coalesce(o.address->>'city', '') AS city, coalesce(o.address->>'country', '') AS country,
       o.placed_at > begun.at AS again
FROM catalog_order o
JOIN (SELECT b.shopper_id, min(b.placed_at) AS at FROM catalog_order b
      WHERE b.merchant_id = %(merchant)s GROUP BY b.shopper_id) begun
    ON begun.shopper_id = o.shopper_id
WHERE o.merchant_id = %(merchant)s""",
    (
        Column("number", _("Order number"), "order"),
        Column("at", _("When"), "moment"),
        Column("state", _("Status"), "words"),
        Column("city", _("City")),
        Column("discount", _("Coupons"), "money"),
        Column("total", _("Total"), "money"),
    ),
    (
        CURRENCY,
        STATE,
        Dimension("city", _("City"), "f.city", "text", ("city", "cities", "城市", "地区")),
        Dimension("country", _("Country"), "f.country", "text", ("country", "国家")),
    ),
    currency=True,
)

LINES = Facts(
    "lines",
    _("Lines of orders"),
    """
SELECT o.placed_at AS at, o.number, o.currency, l.sku, v.product_id AS product, l.quantity,
       l.unit_amount * l.quantity AS amount, l.category, coalesce(p.brand, '') AS brand,
       o.state <> 'cancelled' AS kept, coalesce(back.quantity, 0) AS returned
FROM catalog_order o JOIN catalog_orderline l ON l.order_id = o.id
LEFT JOIN catalog_variant v ON v.id = l.variant_id
LEFT JOIN catalog_product p ON p.id = v.product_id
LEFT JOIN (SELECT rl.line_id, sum(rl.quantity) AS quantity
           FROM catalog_returnline rl JOIN catalog_return r ON r.id = rl.back_id
           WHERE r.merchant_id = %(merchant)s AND r.state NOT IN ('rejected', 'withdrawn')
           GROUP BY rl.line_id) back ON back.line_id = l.id
WHERE o.merchant_id = %(merchant)s""",
    (
        Column("number", _("Order number"), "order"),
        Column("at", _("When"), "moment"),
        Column("product", _("Product"), "product"),
        Column("sku", _("SKU")),
        Column("quantity", _("Quantity"), "number"),
        Column("returned", _("Came back"), "number"),
        Column("amount", _("Total"), "money"),
    ),
    (PRODUCT, CATEGORY, BRAND, CURRENCY),
    currency=True,
)

RETURNS = Facts(
    "returns",
    _("Returns"),
    """
SELECT r.asked_at AS at, r.number, r.reason, r.kind, r.state, o.number AS order_number
FROM catalog_return r JOIN catalog_order o ON o.id = r.order_id
WHERE r.merchant_id = %(merchant)s""",
    (
        Column("order_number", _("Order number"), "order"),
        Column("at", _("When"), "moment"),
        Column("reason", _("Reason"), "words"),
        Column("kind", _("What is wanted"), "words"),
        Column("state", _("Status"), "words"),
    ),
    (
        Dimension("reason", _("Reason"), "f.reason", "words", ("reason", "why", "原因", "为什么")),
        STATE,
    ),
)

REFUNDS = Facts(
    "refunds",
    _("Refunds"),
    """
SELECT coalesce(r.finished_at, r.created_at) AS at, o.number, r.currency, r.amount
FROM catalog_refund r JOIN catalog_order o ON o.id = r.order_id
WHERE r.merchant_id = %(merchant)s AND r.state = 'done'""",
    (
        Column("number", _("Order number"), "order"),
        Column("at", _("When"), "moment"),
        Column("amount", _("Amount"), "money"),
    ),
    (CURRENCY,),
    currency=True,
)

REVIEWS = Facts(
    "reviews",
    _("Reviews"),
    """
SELECT r.written_at AS at, r.product_id AS product, r.stars, r.title, r.reply <> '' AS answered
FROM catalog_review r WHERE r.merchant_id = %(merchant)s""",
    (
        Column("product", _("Product"), "product"),
        Column("at", _("When"), "moment"),
        Column("stars", _("Stars"), "number"),
        Column("title", _("Title")),
    ),
    (PRODUCT, STARS),
)

# Counts by day: the first moment of the day stands for it.
SEARCHES = Facts(
    "searches",
    _("Searches"),
    """
SELECT (c.day::timestamp AT TIME ZONE %(zone)s) AS at, c.query, c.locale, c.place, c.asked, c.empty,
       least(c.clicks, c.asked - c.empty) AS clicks
FROM catalog_searchcount c WHERE c.merchant_id = %(merchant)s""",
    (
        Column("query", _("Query")),
        Column("at", _("Day"), "day", "f.day"),
        Column("asked", _("Searches"), "number"),
        Column("empty", _("Without result"), "number"),
        Column("clicks", _("Opened"), "number"),
    ),
    (
        Dimension("query", _("Query"), "lower(f.query)", "text",
                  ("query", "queries", "search term", "search terms", "搜索词", "关键词", "词")),
        Dimension("language", _("Language"), "f.locale", "text", ("language", "语言")),
    ),
)  # fmt: skip
OWN = "f.place = 'shop'"
FOUND = "(f.asked - f.empty)"

METRICS = (
    Metric("orders", "sales", _("Orders"),
           _("Orders placed in the period, cancelled ones too."),
           "orders", "count(*)",
           words=("orders", "order", "order count", "purchases", "bought", "buy",
                  "订单", "订单数", "订单量", "单量", "下单",
                  "成交量", "多少单", "几单")),
    Metric("revenue", "sales", _("Revenue"),
           _("Totals of orders placed in the period that were not cancelled, with shipping, after"
             " coupons, before returns. Each currency by itself; nothing is converted."),
           "orders", "coalesce(sum(f.total) FILTER (WHERE f.kept), 0)", unit="money",
           where="f.kept",
           words=("revenue", "takings", "turnover", "sales", "income", "gmv", "earn", "earned",
                  "销售额", "营业额", "收入", "营收", "成交额", "流水", "卖了多少钱", "赚")),
    Metric("average_order", "sales", _("Average order"),
           _("Revenue divided by the number of orders that were not cancelled."),
           "orders", "sum(f.total) FILTER (WHERE f.kept)", "count(*) FILTER (WHERE f.kept)",
           unit="money", where="f.kept",
           words=("average order", "average order value", "aov", "basket", "basket size",
                  "客单价", "平均订单", "平均客单", "笔单价")),
    Metric("units", "sales", _("Items sold"),
           _("Quantities in orders placed in the period that were not cancelled."),
           "lines", "coalesce(sum(f.quantity) FILTER (WHERE f.kept), 0)", where="f.kept",
           words=("units", "sell", "sells", "items sold", "pieces", "units sold", "sold",
                  "quantity",
                  "销量", "件数", "卖了多少件", "卖出", "卖得", "好卖", "畅销", "销售数量")),
    Metric("item_sales", "sales", _("Item sales"),
           _("Price times quantity of what was ordered and not cancelled, before coupons and"
             " shipping: what a single product brings."),
           "lines", "coalesce(sum(f.amount) FILTER (WHERE f.kept), 0)", unit="money",
           where="f.kept", words=("item sales", "product sales", "商品销售额", "商品金额")),
    Metric("buyers", "sales", _("Buyers"),
           _("Different people who placed an order in the period."),
           "orders", "count(DISTINCT f.shopper)",
           words=("buyers", "customers", "people bought", "买家", "顾客", "客户", "购买人数")),
    Metric("repeat_orders", "sales", _("Repeat orders"),
           _("Share of the period's orders by people who had ordered in your shop before."),
           "orders", "count(*) FILTER (WHERE f.again)", "count(*)", unit="share",
           words=("repeat orders", "repeat rate", "returning customers", "repeat purchase",
                  "复购", "复购率", "回头客", "老客")),
    Metric("discounts", "sales", _("Coupons given"),
           _("What coupons took off orders that were not cancelled."),
           "orders", "coalesce(sum(f.discount) FILTER (WHERE f.kept), 0)", unit="money", good=0,
           where="f.kept AND f.discount > 0",
           words=("coupons", "discounts", "discount given", "优惠", "优惠券", "折扣", "让利")),
    Metric("cancelled", "after", _("Cancelled"),
           _("Share of the period's orders that were cancelled since."),
           "orders", "count(*) FILTER (WHERE NOT f.kept)", "count(*)", unit="share", good=-1,
           words=("cancelled", "canceled", "cancellation rate", "cancellations", "cancelled orders",
                  "取消率", "取消", "取消的订单")),
    Metric("return_rate", "after", _("Return rate"),
           _("Of the items ordered in the period, the share that came back or is on its way back."
             " Counted by the day of the order, so it still grows for recent days."),
           "lines", "coalesce(sum(f.returned) FILTER (WHERE f.kept), 0)",
           "sum(f.quantity) FILTER (WHERE f.kept)", unit="share", good=-1, where="f.kept",
           words=("return rate", "returned most", "came back", "sent back",
                  "退货率", "退换率", "退得")),
    Metric("returns", "after", _("Returns asked for"),
           _("Returns and exchanges that shoppers asked for in the period."),
           "returns", "count(*)", good=-1,
           words=("returns", "returns asked", "exchanges", "退货", "退换货", "退货单", "退货数")),
    Metric("refunded", "after", _("Refunded"),
           _("Money that went back to shoppers in the period, whenever they had ordered."),
           "refunds", "coalesce(sum(f.amount), 0)", unit="money", good=-1,
           words=("refunds", "refunded", "money back", "退款", "退款额", "退款金额")),
    Metric("reviews", "after", _("New reviews"),
           _("Reviews written in the period, with or without words."),
           "reviews", "count(*)", words=("reviews", "评价", "评论", "评价数", "评论数")),
    Metric("stars", "after", _("Stars"),
           _("Average stars of the period's reviews, 1 to 5."),
           "reviews", "sum(f.stars)", "count(*)", unit="stars",
           words=("stars", "rating", "average rating", "star rating",
                  "评分", "星级", "好评", "评价最好")),
    Metric("low_reviews", "after", _("Unhappy reviews"),
           _("Share of the period's reviews with one or two stars."),
           "reviews", "count(*) FILTER (WHERE f.stars <= 2)", "count(*)", unit="share", good=-1,
           words=("bad reviews", "unhappy reviews", "negative reviews", "low ratings",
                  "差评", "差评率", "低分评价")),
    Metric("searches", "search", _("Searches in your shop"),
           _("Searches on your shop's own page, everybody's. Counted by the day."),
           "searches", f"coalesce(sum(f.asked) FILTER (WHERE {OWN}), 0)", where=OWN,
           words=("searches", "searched", "search volume", "搜索", "搜索量", "搜索次数", "搜了")),
    Metric("search_gaps", "search", _("Found nothing"),
           _("Share of the searches in your shop that had no result."),
           "searches", f"sum(f.empty) FILTER (WHERE {OWN})", f"sum(f.asked) FILTER (WHERE {OWN})",
           unit="share", good=-1, where=f"{OWN} AND f.empty > 0",
           words=("no result", "no results", "found nothing", "search gaps", "without result",
                  "zero results", "无结果", "搜不到", "没有结果", "搜索缺口", "找不到")),
    Metric("search_opened", "search", _("Searches that led on"),
           _("Share of the searches in your shop with results from which a product was opened."),
           "searches", f"sum(f.clicks) FILTER (WHERE {OWN})",
           f"sum({FOUND}) FILTER (WHERE {OWN})", unit="share", where=OWN,
           words=("search click", "search click-through", "searches opened",
                  "搜索点击", "搜索点击率")),
    Metric("first_page", "search", _("On the first page"),
           _("Searches in the whole market place in which a product of yours stood on the first"
             " page."),
           "searches", "coalesce(sum(f.asked) FILTER (WHERE f.place = 'market'), 0)",
           where="f.place = 'market'",
           words=("first page", "search exposure", "首页", "搜索曝光", "第一页")),
)  # fmt: skip


def register_catalogue() -> None:
    """Register what a shop's own rows tell."""
    register(ORDERS, LINES, RETURNS, REFUNDS, REVIEWS, SEARCHES, metrics=METRICS)
