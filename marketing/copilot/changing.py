"""How changes are asked for: patterns of verbs and numbers, Chinese and English.

Each gives the kind of a change, its mode and sign; what the groups x, y and z hold names whose.
"""

from __future__ import annotations

import re

Pattern = re.Pattern[str]
NUMBER = r"(?P<n>\d{1,9}(?:\.\d{1,2})?)"
PER_CENT = r"(?:%|percent|per cent|个百分点|个点)"
DOWN = r"lower|reduce|cut|drop|decrease|discount|mark down|bring down"
UP = r"raise|increase|lift|put up|mark up|bring up"
CHANGES: tuple[tuple[Pattern, str, str, int], ...] = tuple(
    (re.compile(pattern), kind, mode, sign)
    for pattern, kind, mode, sign in (
        (rf"\b(?:{DOWN})\b(?P<x>.*?)\bby\s+{NUMBER}\s*{PER_CENT}", "price", "percent", -1),
        (rf"\b(?:{UP})\b(?P<x>.*?)\bby\s+{NUMBER}\s*{PER_CENT}", "price", "percent", 1),
        (rf"{NUMBER}\s*% off(?P<x>.*)", "price", "percent", -1),
        (rf"\b(?:set|change|make|move|put|{DOWN}|{UP})\b(?P<x>.*?\bprices?\b.*?)\b(?:to|at)\s+"
         rf"(?P<cur>[$¥€£])?\s*{NUMBER}(?:\s*(?P<cur2>[a-z]{{3,7}}))?", "price", "set", 1),
        (rf"\b(?:{DOWN})\b(?P<x>.*?\bprices?\b.*?)\bby\s+(?P<cur>[$¥€£])?\s*{NUMBER}"
         rf"(?:\s*(?P<cur2>[a-z]{{3,7}}))?", "price", "add", -1),
        (rf"\b(?:{UP})\b(?P<x>.*?\bprices?\b.*?)\bby\s+(?P<cur>[$¥€£])?\s*{NUMBER}"
         rf"(?:\s*(?P<cur2>[a-z]{{3,7}}))?", "price", "add", 1),
        (rf"\b(?:set|change|make)\b(?P<x>.*?\bstock\b.*?)\bto\s+{NUMBER}", "stock", "set", 1),
        (rf"\badd\s+{NUMBER}\s+(?:pieces |items )?to (?:the )?stock(?P<x>.*)", "stock", "add", 1),
        (rf"\brestock(?P<x>.*?)\b(?:with|by)\s+{NUMBER}", "stock", "add", 1),
        (rf"\b(?:order|buy in|reorder)\s+{NUMBER}\s+(?:more|pieces of|units of)\b(?P<x>.*)",
         "stock", "add", 1),
        (r"\b(?:archive|unpublish|take down|delist|hide)\b(?P<x>.*)", "status", "archived", 1),
        (r"\b(?:publish|put on sale|put live)\b(?P<x>.*)", "status", "live", 1),
        (r"\b(?:write|draft|rewrite|improve|compose)\b(?P<x>.*?\b(?P<channel>copy|title|description|"
         r"bullet points|bullets|text|texts|advert|ad)\b.*)", "copy", "brief", 1),
        (r"(?P<x>.*?)打\s*(?P<n>\d{1,2}(?:\.\d)?|[一二三四五六七八九]五?)\s*折(?P<y>.*)",
         "price", "fold", 1),
        (rf"(?P<x>.*?)(?:降价|降低|下调|便宜|减价|降)(?P<y>.*?){NUMBER}\s*{PER_CENT}",
         "price", "percent", -1),
        (rf"(?P<x>.*?)(?:涨价|提价|提高|上调|加价|涨)(?P<y>.*?){NUMBER}\s*{PER_CENT}",
         "price", "percent", 1),
        (rf"(?P<x>.*?)(?:价格|售价|定价|价钱|降价|涨价|单价)(?P<y>.*?)(?:到|至|为|成)\s*{NUMBER}"
         r"\s*(?P<cur2>元|块|美元)?",
         "price", "set", 1),
        (rf"(?P<x>.*?)(?:降价|便宜|减价|降)(?P<y>.*?){NUMBER}\s*(?P<cur2>元|块|美元)",
         "price", "add", -1),
        (rf"(?P<x>.*?)(?:涨价|提价|加价|涨)(?P<y>.*?){NUMBER}\s*(?P<cur2>元|块|美元)",
         "price", "add", 1),
        (rf"(?P<x>.*?)库存(?P<y>.*?)(?:到|至|为|成)\s*{NUMBER}", "stock", "set", 1),
        (rf"(?P<x>.*?)(?:补货|补|进货|加库存|增加库存|订货)(?P<y>.*?){NUMBER}"
         r"\s*(?:件|个|套|双|台)?(?P<z>.*)", "stock", "add", 1),
        (r"(?P<x>.*?)下架(?P<y>.*)", "status", "archived", 1),
        (r"(?P<x>.*?)上架(?P<y>.*)", "status", "live", 1),
        (r"(?P<x>.*?)(?:重写|改写|优化|撰写|写|改)(?P<y>.*?)(?P<channel>文案|标题|描述|卖点|广告语|广告)(?P<z>.*)",
         "copy", "brief", 1),
    )
)  # fmt: skip
CHANNELS = {
    "title": "title", "标题": "title", "description": "description", "描述": "description",
    "bullet points": "bullets", "bullets": "bullets", "卖点": "bullets", "ad": "search_ad",
    "advert": "search_ad", "广告": "search_ad", "广告语": "search_ad",
}  # fmt: skip
SIGNS = {"$": "USD", "¥": "CNY", "€": "EUR", "£": "GBP", "元": "CNY", "块": "CNY", "美元": "USD",
         "yuan": "CNY", "rmb": "CNY", "dollars": "USD", "dollar": "USD", "euros": "EUR",
         "usd": "USD", "cny": "CNY", "eur": "EUR"}  # fmt: skip
