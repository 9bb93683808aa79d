"""Made-up contexts of stock advice, customs, and what carriers write."""

import datetime
from types import SimpleNamespace

from shopguide.charts import Point, line, sparkline
from tests.journeys.figure_samples import MEANING, MOMENT, WAVE
from tests.journeys.reaching_samples import LISTS, WORDS, sheet
from tests.journeys.samples import Context, card, pages, say


def stock_row(number: int = 0) -> Context:
    """Return advice on one product."""
    one = card(number)
    return {
        "url": "/merchant/stock/product/",
        "title": one["title"],
        "lang": one["lang"],
        "sku": f"TB-RS-{1000 + number}",
        "tone": ("bad", "warn", "good", "")[number % 4],
        "state_label": say("现在补货", "Reorder now"),
        "on_hand": "1,204",
        "on_way": "60" if number == 1 else "",
        "per_week": "13" if number != 3 else "",
        "trend": sparkline(WAVE) if number != 3 else "",
        "order": "84" if not number else "",
        "trend_label": say("近十周", "The last ten weeks"),
        "lasts": say("12月1日", "Dec 1, 2026") if number != 3 else "",
    }


def stock(*, made: bool = True) -> Context:
    """Return advice on all products, or that there is none yet."""
    tabs = [
        {"label": say("现在补货", "Reorder now"), "count": n, "url": "/", "selected": not n}
        for n in range(4)
    ]
    page = {
        "run": made,
        "params": "",
        "waiting": not made,
        "tabs": tabs,
        "query": "",
        "state": "",
        "total": 51,
        "rows": [stock_row(n) for n in range(5)],
        "pages": pages(),
        "run_line": MEANING,
    }
    return {
        "page": page,
        "may_edit": True,
        "terms_form": sheet(lead=WORDS, cover=WORDS, level=LISTS),
        "sales_form": sheet(sales=WORDS),
    }


def stock_product() -> Context:
    """Return the advice on one product with every sum, and what is on its way."""
    points = [Point(f"Jul {n + 1}", value) for n, value in enumerate(WAVE)]
    points += [Point(f"Aug {n + 1}", 7, low=4, high=11) for n in range(8)]
    today = MOMENT.date()
    incoming = [
        SimpleNamespace(pk=n, quantity=60, expected_on=today + datetime.timedelta(days=9 - n))
        for n in (0, 12)
    ]
    return {
        "product": SimpleNamespace(pk=1, sku="TB-RS-1001"),
        "row": stock_row(1),
        "advice": SimpleNamespace(reorder_point=42, terms=SimpleNamespace(own=True)),
        "chart": line(points),
        "reasons": [MEANING] * 5,
        "run_line": MEANING,
        "today": today,
        "variants": [
            {"sku": f"TB-RS-1001-{n}", "options": say("黑色、38", "black, 38"), "count": 12 * n}
            for n in range(3)
        ],
        "incoming": incoming,
        "may_edit": True,
        "terms_form": sheet(lead=WORDS, level=LISTS),
        "incoming_form": sheet(quantity=WORDS, expected=WORDS),
    }


def customs() -> Context:
    """Return the text for customs in two languages: to be mended, and approved."""
    parts = [
        {"name": "what", "label": say("品名", "What it is"), "value": "Shoes", "needed": True},
        {"name": "made", "label": say("材质", "Made of"), "value": "", "needed": False},
    ]
    sides = [
        {
            "locale": locale,
            "label": label,
            "parts": parts,
            "code": "6404",
            "refused": not n,
            "problems": [] if n else [MEANING] * 2,
            "approved_at": MOMENT,
            "stale": not n,
        }
        for n, (locale, label) in enumerate([("en", "English"), ("zh", "中文")])
    ]
    return {"product": SimpleNamespace(pk=1, title=card(2)["title"]), "sides": sides}


def note(number: int = 0) -> Context:
    """Return one text of a carrier."""
    return {
        "pk": number,
        "kind": "late",
        "kind_label": say("海关滞留", "Held by customs"),
        "tone": "bad",
        "text": "ZUALD-M5QHQ Held by customs, commercial invoice required",
        "noted_at": MOMENT,
        "because": "customs",
        "open": not number,
        "settled_at": MOMENT,
        "acts": say("您", "You"),
        "advice": MEANING,
        "todo": MEANING,
        "order": "ZUALD-M5QHQ",
        "order_url": "/merchant/order/",
    }


def parcels(*, empty: bool = False) -> Context:
    """Return what carriers wrote, and an address in its parts."""
    read = {
        "text": "杭州市西湖区文三路 90 号",
        "parts": [(say("城市", "City"), "杭州市")] * 3,
        "lacking": [say("电话", "telephone")],
    }
    page = {
        "order": "" if empty else "ZUALD-M5QHQ",
        "everything": empty,
        "waiting": 6,
        "total": 7,
        "rows": [] if empty else [note(n) for n in range(2)],
        "pages": {},
        "kinds": [("late", say("延误", "Late"))],
    }
    return {"page": page, "may_keep": True, "read": {} if empty else read}


def order_parcel() -> Context:
    """Return what a carrier wrote, as the shopper reads it."""
    return {"number": "ZUALD-M5QHQ", "notes": [note(n) for n in range(2)]}
