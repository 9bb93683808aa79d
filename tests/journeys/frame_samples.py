"""Made-up contexts of the portal's frame and of the account, with the worst that may come."""

import datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from catalog.looking_up import Found, Kind
from catalog.presenting.today import charts
from catalog.reckoning import Sold
from catalog.views.merchant_settings import LogoForm
from shopguide.accounts.models import Merchant
from shopguide.accounts.shop_forms import HolidayFormSet, HoursForm, SeenForm, ShopForm
from tests.journeys import samples
from tests.journeys.buying_samples import orders
from tests.journeys.samples import say

TODAY = datetime.date(2026, 11, 22)


def today(*, empty: bool = False) -> dict[str, Any]:
    """Return the overview of a busy shop, or of a new one."""
    if empty:
        return {"waiting": [], "stocked": False, "role": "owner", "now": timezone.now()}
    waits = [
        (say("待发货订单", "Orders to ship"), say("已下单，尚未发出。", "Not on their way."), 1284),
        (say("库存将尽的商品", "Products running out"), say("只剩三件。", "Few left."), 7),
        (say("没有图片的商品", "Products without a picture"), say("被略过。", "Unseen."), 132),
    ]  # fmt: skip
    labels = [say("今日订单", "Orders today"), say("近 7 天订单", "Orders in 7 days"),
              say("近 30 天收入（CNY）", "Takings in 30 days, CNY")]  # fmt: skip
    figures = [
        {"label": labels[0], "value": 12, "before": "9", "before_label": say("昨日", "yesterday"),
         "trend": "+33%", "url": "/merchant/orders/"},
        {"label": labels[1], "value": 84, "before": "0", "before_label": say("此前", "before"),
         "trend": "", "url": "/merchant/orders/"},
        {"label": labels[2], "value": "¥1,284,930.50", "before": "¥1,301,000.00",
         "before_label": say("此前 30 天", "the 30 days before"), "trend": "−1%",
         "url": "/merchant/orders/"},
    ]  # fmt: skip
    days = [
        Sold(TODAY - datetime.timedelta(days=back), "CNY", 3 + back * 7 % 11,
             Decimal(900 + back * 311 % 800), 1, Decimal(100))
        for back in range(30)
    ]  # fmt: skip
    return {
        "waiting": [
            {"label": label, "note": note, "count": count, "url": "/merchant/orders/"}
            for label, note, count in waits
        ],
        "figures": figures[:2],
        "takings": figures[2:],
        "charts": charts(days, TODAY),
        "stocked": True,
        "role": "owner",
        "now": timezone.now(),
    }


def finding() -> dict[str, Any]:
    """Return what a word finds."""
    icon = "components/icon_box.svg"
    products = Kind(
        "products",
        say("商品", "Products"),
        (
            Found(say("轻量越野跑鞋", "Trail shoe"), "/merchant/product/", "TB-2 · Live", icon),
            Found("A title that has no end " * 6, "/merchant/product/", "X" * 60, icon,
                  "/picture/shoe-1.svg"),
        ),
        "/merchant/products/",
    )  # fmt: skip
    pages = Kind("pages", say("页面", "Pages"), (Found(say("订单", "Orders"), "/m/", "", icon),))
    return {"query": "shoe", "kinds": [pages, products], "said": say("找到 3 项", "3 found")}


def settings() -> dict[str, Any]:
    """Return the settings, sent with mistakes."""
    shop = Merchant(name_en="Tingbu", hours={"mon": ["09:00", "18:00"]})
    hours = HoursForm({"hours-mon_from": "09:00"})
    return {
        "shop": ShopForm(instance=shop), "logo": LogoForm(), "hours": hours,
        "holidays": HolidayFormSet(prefix="holidays"), "open_now": False,
        "opens_next": timezone.now(), "zone": "Asia/Shanghai",
        "seen": SeenForm(initial={"seen": "x"}),
        "changed": [{"label": say("英文名称", "Name in English"), "value": "Tingbu"},
                    {"label": "Logo", "value": ""}],
        "wrong": [{"field": "id_hours-mon_until", "label": say("至", "until"),
                   "text": say("请两项都填。", "Say both.")}],
    }  # fmt: skip


def suspended() -> dict[str, Any]:
    """Return what a member of a suspended shop reads."""
    shop = {"name": say(*samples.SHOPS[1]), "suspended_at": timezone.now(),
            "suspended_reason": say("执照已过期。", "The licence has expired.")}  # fmt: skip
    return {"merchant": shop}


def account() -> dict[str, Any]:
    """Return the overview of an account."""
    return {
        **orders(),
        "nav": "account",
        "user": SimpleNamespace(
            is_authenticated=True, email="lin.xia.with.a.long.name@example.com"
        ),
        "notes": {"orders": say("包裹到了哪里。", "Where your parcels are.")},
    }
