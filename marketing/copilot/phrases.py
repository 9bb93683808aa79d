"""The words that tell what a question is after, in both languages, beside those of the registry."""

from __future__ import annotations

import re
from pathlib import Path

Pattern = re.Pattern[str]
FILE = Path(__file__).with_name("filling.txt")


def words(*options: str) -> Pattern:
    """Return a pattern of any of these: whole words in English, anywhere in Chinese."""
    parts = [
        rf"(?<![a-z0-9]){re.escape(one)}(?![a-z0-9])" if one.isascii() else re.escape(one)
        for one in sorted(options, key=len, reverse=True)
    ]
    return re.compile("|".join(parts))


SPOKEN = re.compile(r"[\"“”「『‘']([^\"“”「」『』’']{1,80})[\"“”」』’']")
# What is a ranking of products by itself: how many, of what, which end.
RANKINGS: tuple[tuple[Pattern, str, str, bool], ...] = (
    (words("best sellers", "best seller", "bestsellers", "best selling", "best-selling",
           "sell best", "sells best", "sold best", "sold most", "sells most", "sell the most",
           "top sellers",
           "热销", "畅销", "爆款", "卖得最好", "卖的最好", "最好卖", "卖得最多", "卖得好"),
     "units", "product", False),
    (words("slow sellers", "slow seller", "slow movers", "slow-moving", "worst sellers",
           "sell worst", "sells worst", "sells least", "sell least", "sold least", "not selling",
           "do not sell",
           "滞销", "卖得最差", "卖的最差", "卖得最少", "卖不动", "卖不出去", "卖得差", "不好卖"),
     "units", "product", True),
    (words("come back most", "comes back most", "returned most", "most returned", "sent back most",
           "退得最多", "退货最多", "退货率最高"), "return_rate", "product", False),
    (words("best rated", "best reviewed", "评价最好", "评分最高", "好评最多"),
     "stars", "product", False),
    (words("worst rated", "worst reviewed", "评价最差", "评分最低", "差评最多"),
     "stars", "product", True),
)  # fmt: skip
TOP = re.compile(
    r"\b(?:top|first|best|highest|biggest)\s+(?P<en>\d{1,2}|three|five|ten)\b"
    r"|\b(?P<en2>\d{1,2}|three|five|ten)\s+(?:best|highest|biggest|top)\b"
    r"|最(?:高|多|好|大)的?(?P<zh2>\d{1,2}|[一二三五十])(?:名|个|款|位)"
    r"|(?:前|top\s*)(?P<zh>\d{1,2}|[一二三四五六七八九十]{1,2})(?:名|个|款|位)?"
)
LOW = re.compile(
    r"\b(?:bottom|last|worst|lowest|least)\s+(?P<en>\d{1,2}|three|five|ten)\b"
    r"|\b(?P<en2>\d{1,2}|three|five|ten)\s+(?:worst|lowest|least)\b"
    r"|最(?:低|少|差|小)的?(?P<zh2>\d{1,2}|[一二三五十])(?:名|个|款|位)"
    r"|(?:后|倒数|末)(?P<zh>\d{1,2}|[一二三四五六七八九十]{1,2})(?:名|个|款|位)?"
)
# "Against last week": what is asked of is this one.
AGAINST_PAST = re.compile(
    r"(?:with|to|versus|vs\.?|against|than|比|和|与|跟)\s*(?:last|previous|yesterday|上(?!一时段)|昨|去年)"
)
MOST = words("most", "highest", "biggest", "largest", "top", "最多", "最高", "最大", "最强")
LEAST = words("least", "fewest", "lowest", "smallest", "bottom", "最少", "最低", "最小")
BEST = words("best", "最好", "最佳", "最优")
WORST = words("worst", "最差", "最糟", "最烂")
AROUND = (
    "by",
    "per",
    "each",
    "every",
    "which",
    "what",
    "by each",
    "broken down by",
    "split by",
    "grouped by",
    "各个",
    "各",
    "每个",
    "每",
    "按",
    "分",
    "哪个",
    "哪些",
    "哪",
    "什么",
    "不同",
)
EACH = words(*AROUND)
QUERIES = words("search terms", "search term", "queries", "query", "搜索词", "关键词")
TREND = words(
    "trend", "trends", "over time", "development", "curve", "趋势", "走势", "曲线", "变化趋势"
)
YEARLY = words(
    "year over year", "year on year", "yoy", "a year ago", "a year earlier", "同比", "去年同期"
)
COMPARED = words(
    "compared with",
    "compared to",
    "compare",
    "compared",
    "versus",
    "vs",
    "vs.",
    "against",
    "than",
    "change",
    "changed",
    "growth",
    "grow",
    "grew",
    "up or down",
    "week over week",
    "month over month",
    "period before",
    "the week before",
    "the month before",
    "the day before",
    "环比",
    "对比",
    "相比",
    "比较",
    "比",
    "增长",
    "变化",
    "涨了",
    "跌了",
    "涨跌",
    "上升",
    "下降了",
    "上一时段",
    "升还是降",
)
LISTED, FILLED = (
    [word.strip() for line in part.splitlines() if not line.startswith("#")
     for word in line.split("|") if word.strip()]
    for part in FILE.read_text(encoding="utf-8").split("---")
)  # fmt: skip
FILLERS = words(*(one for one in FILLED if len(one) > 1 or one.isascii()))
CURRENCIES = {
    "USD": words("usd", "dollars", "dollar", "us dollars", "美元", "美金"),
    "EUR": words("eur", "euro", "euros", "欧元"),
    "JPY": words("jpy", "yen", "日元"),
    "GBP": words("gbp", "pounds", "英镑"),
    "HKD": words("hkd", "港币", "港元"),
    # Last: 元 ends the names of others.
    "CNY": words("cny", "rmb", "yuan", "人民币", "元"),
}
