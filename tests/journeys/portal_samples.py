"""Made-up contexts of the merchant portal."""

import datetime
from types import SimpleNamespace

from tests.journeys.samples import NAMES, Context, cards, say

STATES = {"running": ("进行中", "Running"), "done": ("完成", "Done"), "failed": ("失败", "Failed")}


def rows() -> list[Context]:
    """Return a merchant's product rows."""
    return [
        {
            "url": "/product/",
            "image_url": each["image_url"],
            "titles": [
                {"text": NAMES[n % 8][0], "lang": "zh-Hans"},
                {"text": NAMES[n % 8][1], "lang": "en"},
            ],
            "sku": f"TB-RS-{1000 + n}",
            "status": "draft" if n == 2 else "live",
            "status_label": say("草稿", "Draft") if n == 2 else say("在售", "Live"),
            "price": each["price"],
            "stock": None if n == 3 else 12 * n,
            "encoded": n % 4 != 1,
        }
        for n, each in enumerate(cards(9))
    ]


def job(state: str) -> SimpleNamespace:
    """Return an import in some state."""
    return SimpleNamespace(
        file_name="spring-catalogue-final-v3-新品.csv",
        url="/merchant/import/",
        state=state,
        get_state_display=say(*STATES[state]),
        over=state != "running",
        percent=62,
        seconds_left=41,
        rows=12840,
        created=310,
        updated=27,
        unchanged=12499,
        failed=4,
        created_at=datetime.datetime(2026, 7, 1, 9, 30, tzinfo=datetime.UTC),
    )


def row_errors() -> list[Context]:
    """Return rows that an import refused."""
    reason = say("价格不是数字", "The price is not a number.")
    remedy = say("只写数字，例如 99.00", "Write digits only, for example 99.00.")
    return [
        {
            "line": n * 17,
            "column": "price_cny",
            "value": "九十九" * n,
            "reason": reason,
            "remedy": remedy,
        }
        for n in (1, 2, 9)
    ]
