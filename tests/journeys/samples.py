"""Made-up page contexts with everything that spoils a layout: long, missing, foreign, zero."""

import datetime
from typing import Any

from django.utils import translation
from django.utils.safestring import mark_safe

Context = dict[str, Any]
GERMAN = "Donaudampfschifffahrtsgesellschaftskapitän"
NAMES = [
    (
        "轻量减震跑步鞋，适合长距离训练",
        "Lightweight cushioned running shoes, long distance",
        "shoe",
    ),
    ("羊毛混纺连帽卫衣", "Wool-blend hoodie", "top"),
    (
        "便携主动降噪蓝牙耳机（含充电盒，续航三十小时，支持双设备连接）",
        "Noise-cancelling earbuds",
        "dot",
    ),
    ("紫砂功夫茶具七件套", "Seven-piece Yixing gongfu tea set", "cup"),
    (GERMAN, GERMAN, "top"),
    ("极简陶瓷马克杯", "Plain stoneware mug", "cup"),
    ("防水徒步背包 40 升", "Waterproof 40-litre hiking pack with rain cover and hip belt", "bag"),
    ("无线鼠标", "Wireless mouse", "dot"),
]
SHOPS = [("云织", "Cloudloom"), ("听步户外", "Tingbu Outdoor"), ("一盏", "One Lamp Kitchen")]
TREE = [
    ("跑步鞋", "Running shoes"),
    ("卫衣", "Hoodies"),
    ("耳机", "Headphones"),
    ("茶具", "Tea ware"),
]
TREE += [("背包", "Backpacks")]


def say(zh: str, en: str) -> str:
    """Return the words of the page's language."""
    return zh if (translation.get_language() or "").startswith("zh") else en


def money(yuan: float) -> str:
    """Return a sample amount in the currency of the page's language."""
    return say(f"¥{yuan:,.2f}", f"${yuan / 7:,.2f}")


def card(number: int) -> Context:
    """Return one of an endless row of cards; each sixth lacks something."""
    zh, en, shape = NAMES[number % len(NAMES)]
    return {
        "url": "/product/",
        "title": say(zh, en),
        "lang": "de" if zh == en else "",
        "image_url": "" if number % 6 == 5 else f"/picture/{shape}-{number}.svg",
        "image_alt": "",
        "merchant": say(*SHOPS[number % 3]),
        "price": "" if number % 6 == 4 else money(99 + number * 137),
        "was": money(299 + number * 137) if number % 5 == 1 else "",
        "price_from": number % 4 == 0,
        "stars": None if number % 6 == 3 else 3.6 + number % 5 * 0.3,
        "review_count": 7 * number + 1,
        "in_stock": number % 7 != 2,
    }


def cards(count: int, start: int = 0) -> list[Context]:
    """Return several cards."""
    return [card(start + number) for number in range(count)]


def home() -> Context:
    """Return a full shop window."""
    return {
        "examples": [
            {"text": say(zh, en), "url": "/search/"}
            for zh, en in [
                ("300元以内的男士跑步鞋", "men's running shoes under $60"),
                ("送爸爸的生日礼物", "birthday present for dad"),
                ("不要皮的通勤背包", "commuter backpack, not leather"),
            ]
        ],
        "categories": [
            {
                "name": say(zh, en),
                "url": "/category/",
                "image_url": f"/picture/{shape}-{n}.svg",
                "count": 12 * n + 1,
            }
            for n, ((zh, en), shape) in enumerate(
                zip(TREE * 2, ["shoe", "top", "dot", "cup", "bag"] * 2, strict=True)
            )
        ],
        "sections": [
            {"title": say("新品上架", "New in"), "url": "/search/", "cards": cards(8)},
            {"title": say("好评最多", "Best rated"), "url": "", "cards": cards(3, 11)},
        ],
        "recent": cards(3, 20),
        "merchants": [{"name": say(zh, en), "url": "/search/"} for zh, en in SHOPS * 2],
    }


def facet(code: str, name: str, labels: list[str], swatches: list[str] | None = None) -> Context:
    """Return a facet whose second value is chosen."""
    return {
        "code": code,
        "name": name,
        "values": [
            {
                "label": label,
                "count": 120 // (n + 1),
                "url": "/search/",
                "selected": n == 1,
                "code": f"{code}{n}",
                "swatch": swatches[n % len(swatches)] if swatches else "",
            }
            for n, label in enumerate(labels)
        ],
    }


def facets() -> list[Context]:
    """Return facets short and long."""
    colours = [
        say(zh, en) for zh, en in [("黑色", "black"), ("藏青色", "navy"), ("米白色", "off-white")]
    ]
    many = [say(*SHOPS[n % 3]) + f" {n}" for n in range(14)]
    return [
        facet("category", say("类目", "Category"), [say(*pair) for pair in TREE]),
        facet("colour", say("颜色", "Colour"), colours, ["#1b1b1d", "#1f2c4d", "#f4efe2"]),
        facet("brand", say("品牌", "Brand"), [*many, "Donaudampfschifffahrtsgesellschaft"]),
    ]


def pages() -> Context:
    """Return page links with gaps."""
    numbers = [
        {"label": n, "url": "/search/", "current": n == 4, "gap": n == 0}
        for n in (1, 0, 3, 4, 5, 0, 12)
    ]
    return {"previous_url": "/search/", "next_url": "/search/", "numbers": numbers}


def results() -> Context:
    """Return a search page with all there is to understand and to narrow."""
    return {
        "query": say("300元以内的红色跑步鞋，不要皮的", "red runing shoes under $60, not leather"),
        "chips": [
            {
                "label": label,
                "kind": kind,
                "negated": kind == "material",
                "hard": kind != "occasion",
                "remove_url": "/search/",
            }
            for label, kind in [
                (say("跑步鞋", "Running shoes"), "category"),
                (say("≤ ¥300", "≤ $60"), "price"),
                (say("皮革", "leather"), "material"),
                (say("马拉松训练", "marathon training"), "occasion"),
            ]
        ],
        "corrections": [{"from": "runing", "to": "running", "undo_url": "/search/"}],
        "cards": cards(24),
        "total": 321,
        "total_capped": False,
        "facets": facets(),
        "price": {
            "min": None,
            "max": 300,
            "currency": say("CNY", "USD"),
            "action": "/search/",
            "hidden": [("q", "x")],
        },
        "selected": [{"label": say("藏青色", "navy"), "remove_url": "/search/"}],
        "clear_url": "/search/",
        "in_stock_only": True,
        "in_stock_url": "/search/",
        "sorts": [
            {"label": say(zh, en), "url": "/search/", "selected": n == 0}
            for n, (zh, en) in enumerate(
                [("综合", "Best match"), ("价格从低到高", "Price, low to high"), ("最新", "Newest")]
            )
        ],
        "pages": pages(),
        "degraded": False,
    }


def nothing() -> Context:
    """Return a search that nothing fits, while the model is away."""
    return results() | {
        "cards": [],
        "total": 0,
        "facets": [],
        "nothing_fits": True,
        "degraded": True,
        "popular": cards(4),
        "relaxations": [
            {"text": say("不限价格", "at any price"), "url": "/search/", "gain_count": 12},
            {"text": say("皮革也可以", "leather too"), "url": "/search/", "gain_count": 1},
        ],
    }


def option(name: str, labels: list[str], chosen: int, swatches: list[str] | None = None) -> Context:
    """Return an option whose third value is sold out and whose last is not made."""
    return {
        "name": name,
        "values": [
            {
                "label": label,
                "url": "/product/",
                "selected": n == chosen,
                "possible": n != len(labels) - 1,
                "in_stock": n != 2,
                "swatch": swatches[n] if swatches else "",
            }
            for n, label in enumerate(labels)
        ],
    }


def reviews() -> Context:
    """Return reviews in two languages."""
    when = datetime.date(2026, 5, 16)
    texts = [
        (
            5,
            "en",
            "Amelia Q.",
            "Worth it",
            "Bought these for a marathon block and they still look new after 500 km.",
        ),
        (4, "zh-Hans", "阿绿", "", "尺码偏小半码，建议买大一号。鞋底软硬合适，下雨天不打滑。"),
    ]
    return {
        "average": 4.3,
        "count": 128,
        "histogram": [{"stars": n, "count": n * 9, "percent": n * 14.2} for n in (5, 4, 3, 2, 1)],
        "filters": [
            {
                "name": say("评分", "Stars"),
                "values": [
                    {"name": f"{n} ★", "count": n * 9, "on": n == 4, "url": "/product/"}
                    for n in (5, 4, 3, 2, 1)
                ],
            }
        ],
        "filtered": True,
        "fitting": 36,
        "all_url": "/product/",
        "words": say("尺码", "size"),
        "orders": [
            {"name": say("最新优先", "Newest first"), "url": "/product/", "on": n == 0}
            for n in range(3)
        ],
        "search_url": "/product/",
        "items": [
            {
                "stars": stars,
                "lang": lang,
                "author": author,
                "title": title,
                "body": body,
                "date": when,
            }
            for stars, lang, author, title, body in texts
        ],
        "pages": pages(),
    }


def shipping() -> list[Context]:
    """Return ways of shipping with and without all that may be said of one."""
    way = {"name": say("标准快递", "Parcel"), "price": money(12), "least": 2, "most": 5}
    far = {"name": say("跨境空运", "Air mail"), "price": money(88), "least": 7, "most": 21}
    return [way | {"free_from": money(99)}, far | {"countries": "DE, FR, GB, JP, SG, US"}]


def history() -> Context:
    """Return a price that has moved twice."""
    rows = [{"label": f"2026-0{month}-01", "value": money(400 + month)} for month in (5, 3, 1)]
    return {"lowest": money(401), "path": "M0 8 L50 92 L100 40", "rows": rows}


def product(*, priced: bool = True) -> Context:
    """Return a product, whole or lacking price, pictures and reviews."""
    zh, en, _ = NAMES[0]
    colours = [
        say(a, b)
        for a, b in [
            ("黑色", "Black"),
            ("藏青色", "Navy"),
            ("珊瑚红", "Coral red"),
            ("白色", "White"),
        ]
    ]
    return {
        "title": say(zh, en),
        "sku": "TB-RS-1042-NAVY-42",
        "merchant": {"name": say(*SHOPS[1]), "url": "/search/"},
        "brand": "Tingbu",
        "media": [{"url": f"/picture/shoe-{n}.svg", "alt": say(zh, en)} for n in range(4)]
        if priced
        else [],
        "price": money(459) if priced else "",
        "was": money(599) if priced else "",
        "other_prices": [{"text": "€59.00"}, {"text": "HK$498.00"}],
        "options": [
            option(say("颜色", "Colour"), colours, 1, ["#1b1b1d", "#1f2c4d", "#d9624f", "#ffffff"]),
            option(say("尺码", "Size"), ["39", "40", "41", "42", "43", "44½"], 3),
        ],
        "stock": {"state": "low" if priced else "unknown", "quantity": 3},
        "attributes": [
            {
                "name": say("材质", "Material"),
                "value": say("聚酯纤维、EVA", "polyester, EVA"),
                "source": say("店铺填写", "stated by the shop"),
            },
            {"name": say("重量", "Weight"), "value": "265 g", "source": say("导入", "imported")},
        ],
        "description": mark_safe(  # noqa: S308
            say(
                "<p>鞋面是一体织网，透气不闷脚。中底回弹明显，落地时声音很轻。</p>"
                "<ul><li>前掌宽</li><li>后跟稳</li></ul>",
                "<p>A one-piece knitted upper that breathes. It springs back and lands quietly.</p>"
                "<ul><li>Wide toe box</li><li>Steady heel</li></ul>",
            )
        ),
        "reviews": reviews() if priced else {"count": 0},
        "shipping": shipping() if priced else [],
        "history": history() if priced else None,
        "related": cards(3, 6),
        "similar": cards(6, 3),
        "compare_url": "/compare/",
        "recent": cards(4, 9) if priced else [],
        "structured": mark_safe('{"@context":"https://schema.org","@type":"Product"}'),
    }
