"""Questions with the plans they mean, in both languages; a part is held back.

A line: the question, figures, how broken down ("-" before it: the lowest first), days, against,
names, change. Written before the grammar was run on them; those below `HELD_BACK` were written
after it was settled, and its words were not mended for them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """A question and what it means; ``why`` where it is to be refused, and for what reason."""

    text: str
    metrics: str = ""
    by: str = ""
    days: str = "28d"
    against: str = "none"
    names: str = ""
    change: str = ""
    why: str = ""
    limit: int = 0


E = Example
EXAMPLES = (
    E("How many orders did we have last week?", "orders", days="last_week"),
    E("上周有多少订单？", "orders", days="last_week"),
    E("revenue this month compared with last month", "revenue", days="month", against="previous"),
    E("本月销售额环比怎么样", "revenue", days="month", against="previous"),
    E("本月销售额同比", "revenue", days="month", against="year"),
    E("What was our revenue yesterday?", "revenue", days="yesterday"),
    E("昨天卖了多少钱", "revenue", days="yesterday"),
    E("best sellers this month", "units", "product", "month"),
    E("这个月卖得最好的商品有哪些", "units", "product", "month"),
    E("top 3 products by revenue last month", "item_sales", "product", "last_month", limit=3),
    E("销售额前3的商品，上个月", "item_sales", "product", "last_month", limit=3),
    E("which products come back most in the last 90 days", "return_rate", "product", "90d"),
    E("最近90天退货率最高的商品", "return_rate", "product", "90d"),
    E("slow sellers", "units", "-product"),
    E("最近有哪些滞销的商品", "units", "-product"),
    E("conversion rate in the last 7 days", "conversion", days="7d"),
    E("最近7天的转化率", "conversion", days="7d"),
    E("orders per day this week", "orders", "day", "week"),
    E("本周每天的订单数", "orders", "day", "week"),
    E("revenue trend over the past 12 weeks", "revenue", "day", "84"),
    E("近三个月的销售额趋势", "revenue", "day", "90d"),
    E("average order value in March", "average_order", days="2026-03"),
    E("三月的客单价", "average_order", days="2026-03"),
    E("how many orders on 2026-05-01", "orders", days="2026-05-01"),
    E("5月1日到5月7日的订单量", "orders", days="2026-05-01/2026-05-07"),
    E("orders from 2026-05-01 to 2026-05-07", "orders", days="2026-05-01/2026-05-07"),
    E("sales by category this year", "item_sales", "category", "year"),
    E("今年各类目的销售额", "item_sales", "category", "year"),
    E("orders by city", "orders", "city"),
    E("各城市的订单数", "orders", "city"),
    E("why do people send things back? returns by reason", "returns", "reason"),
    E("退货原因", "returns", "reason"),
    E("at what hour do people order?", "orders", "hour"),
    E("几点下单的人最多", "orders", "hour"),
    E("what searches found nothing?", "search_gaps", "query", why=""),
    E("搜不到的搜索词", "search_gaps", "query"),
    E("customer satisfaction last month", "csat", days="last_month"),
    E("上个月的满意度", "csat", days="last_month"),
    E("how fast do we answer?", "first_response"),
    E("首次响应时间", "first_response"),
    E("deflection this week against last week", "deflection", days="week", against="previous"),
    E("click-through and conversion yesterday", "ctr conversion", days="yesterday"),
    E("昨天的点击率和转化率", "ctr conversion", days="yesterday"),
    E("orders and revenue today", "orders revenue", days="today"),
    E("今天的订单和销售额", "orders revenue", days="today"),
    E("orders from Hangzhou last month", "orders", days="last_month", names="city:杭州市"),
    E("上个月杭州的订单", "orders", days="last_month", names="city:杭州市"),
    E("how many clay pots did we sell this year", "units", days="year", names="product:Clay pot"),
    E("今年紫砂壶卖了多少件", "units", days="year", names="product:Clay pot"),
    E('revenue of "Clay pot"', "item_sales", names="product:Clay pot"),
    E("revenue of Lumo in the last 14 days", "item_sales", days="14", names="brand:Lumo"),
    E("POT-1 的退货率", "return_rate", names="product:Clay pot"),
    E("revenue in USD this year", "revenue", days="year", names="currency:USD"),
    E("今年美元的销售额", "revenue", days="year", names="currency:USD"),
    E("did refunds grow year over year?", "refunded", against="year"),
    E("退款额同比增长了吗", "refunded", against="year"),
    E("worst rated products", "stars", "-product"),
    E("评分最低的商品", "stars", "-product"),
    E("assisted revenue this month", "assisted_revenue", days="month"),
    E("本月助手带来的成交额", "assisted_revenue", days="month"),
    E("repeat rate by month this year", "repeat_orders", "month", "year"),
    E("今年每月的复购率", "repeat_orders", "month", "year"),
    E("how many reviews did we get last week", "reviews", days="last_week"),
    E("前天的访问量", "visits", days="2026-06-13"),
    E("lower the price of the clay pot by 10%", names="product:Clay pot",
      change="price percent -10 %"),
    E("把紫砂壶降价10%", names="product:Clay pot", change="price percent -10 %"),
    E("set the price of POT-1 to 99", names="product:Clay pot", change="price set 99"),
    E("把紫砂壶的价格改成99元", names="product:Clay pot", change="price set 99 CNY"),
    E("紫砂壶打8折", names="product:Clay pot", change="price percent -20 %"),
    E("raise the price of Lumo by 5%", names="brand:Lumo", change="price percent 5 %"),
    E("set the stock of POT-1 to 50", names="product:Clay pot", change="stock set 50"),
    E("给紫砂壶补货20件", names="product:Clay pot", change="stock add 20"),
    E("restock clay pot with 20", names="product:Clay pot", change="stock add 20"),
    E("take down the clay pot", names="product:Clay pot", change="status set archived"),
    E("下架紫砂壶", names="product:Clay pot", change="status set archived"),
    E("lower the price of slow sellers by 10 %", names="product:Slow",
      change="price percent -10 %"),
    E("滞销商品降价10%", names="product:Slow", change="price percent -10 %"),
    E("write a new description for the clay pot", names="product:Clay pot",
      change="copy brief  description"),
    E("给紫砂壶写标题", names="product:Clay pot", change="copy brief  title"),
    E("what is the weather tomorrow", why="name"),
    E("明天天气如何", why="name"),
    E("conversion by city", why="parts"),
    E("how many flying carpets did we sell", why="name"),
    E("delete all products", why="name"),
    E("???", why="nothing"),
    E("the of a", why="metric"),
)  # fmt: skip

HELD_BACK = (
    E("How did our takings do over the last 30 days?", "revenue", days="30"),
    E("过去两周的营业额", "revenue", days="14"),
    E("which category brings the most revenue this month?", "item_sales", "category", "month"),
    E("哪个类目的收入最高，本月", "item_sales", "category", "month"),
    E("cancellation rate last week versus the week before", "cancelled", days="last_week",
      against="previous"),
    E("上周取消率对比上一时段", "cancelled", days="last_week", against="previous"),
    E("bottom 3 products by units this year", "units", "-product", "year", limit=3),
    E("今年销量最低的3个商品", "units", "-product", "year", limit=3),
    E("how many visitors put something into the cart in April", "visits cart_visits",
      days="2026-04"),
    E("4月份加购的访客有多少", "cart_visits visits", days="2026-04"),
    E("on which weekday do we get most orders", "orders", "weekday"),
    E("星期几的订单最多", "orders", "weekday"),
    E("bad reviews by product since 2026-01-01", "low_reviews", "product",
      "2026-01-01/2026-06-15"),
    E("今年差评最多的商品", "stars", "-product", "year"),
    E("what share of chats was settled without people last month?", "chats deflection",
      days="last_month"),
    E("转人工的原因", "handed", "reason"),
    E("coupons given this quarter in CNY", why="name"),
    E("units of Lumo by week in the last 3 months", "units", "week", "90d", names="brand:Lumo"),
    E("近半个月每天的退款金额", "refunded", "day", "15"),
    E("有多少回头客", "repeat_orders"),
    E("please cut the price of the clay pot by 5 yuan", names="product:Clay pot",
      change="price add -5 CNY"),
    E("紫砂壶涨价3元", names="product:Clay pot", change="price add 3 CNY"),
    E("把Lumo全部下架", names="brand:Lumo", change="status set archived"),
    E("POT-1的库存设为0", names="product:Clay pot", change="stock set 0"),
    E("make the clay pot 15% off", names="product:Clay pot", change="price percent -15 %"),
    E("add 30 pieces to the stock of clay pot", names="product:Clay pot", change="stock add 30"),
    E("improve the title of the clay pot", names="product:Clay pot", change="copy brief  title"),
    E("what sells best in Hangzhou", why="parts"),
    E("月销量", "units"),
    E("average stars of the clay pot", "stars", names="product:Clay pot"),
)  # fmt: skip
