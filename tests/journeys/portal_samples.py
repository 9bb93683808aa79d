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


def proposals() -> Context:
    """Return facts to confirm, one with two languages and one against what is stated now."""
    english = {"field": say("标题", "Title"), "lang": "en", "before": "Trail running shoe with a ",
               "marked": "waterproof", "after": " membrane and a grippy outsole"}  # fmt: skip
    chinese = {"field": say("描述", "Description"), "lang": "zh-Hans", "before": "鞋面采用",
               "marked": "防水", "after": "薄膜，下雨天也能放心跑，清洗时请勿机洗。"}  # fmt: skip
    rows = [
        {
            "pk": n + 1, "title": NAMES[n % 8][1], "sku": f"TB-RS-{1000 + n}", "code": "feature",
            "name": say("功能", "Features") if n % 2 else say("重量", "Weight"),
            "value": say("防水", "Waterproof") if n % 2 else "480 g", "editable": "480",
            "unit": "g", "present": "" if n % 2 else "455 g", "verdict": "open", "percent": 90,
            "evidence": [english, chinese][: 1 + n % 2],
        }
        for n in range(5)
    ]  # fmt: skip
    chips = [
        {"code": "feature", "name": say("功能", "Features"), "count": 118, "selected": True},
        {"code": "weight_g", "name": say("重量", "Weight"), "count": 27, "selected": False},
    ]
    labels = (("待确认", "To be confirmed"), ("已确认", "Confirmed"), ("已拒绝", "Rejected"))
    return {
        "may_edit": True, "part": {"code": "feature", "verdict": "", "page": "1"}, "rows": rows,
        "tabs": [{"label": say(*pair), "url": "/merchant/facts/", "selected": pair == labels[0]}
                 for pair in labels],
        "chips": chips, "everything": 145, "total": 118, "newest": 900, "chosen": chips[0],
        "pages": {},
    }  # fmt: skip
