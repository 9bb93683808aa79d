"""Made-up contexts of reaching people: segments, campaigns, messages, what is shared."""

import datetime
from types import SimpleNamespace

from django import forms

from shopguide.charts import Point, bars
from tests.journeys.samples import SHOPS, Context, cards, pages, say

MOMENT = datetime.datetime(2026, 7, 1, 9, 30, tzinfo=datetime.UTC)
NAME = "好久不见 · Donaudampfschifffahrtsgesellschaftskapitän"
CHOICES = [("", "Anything"), ("one", "Drifting away"), ("two", "Here in three months")]
WORDS, BOXES, LISTS = "words", "boxes", "lists"


def sheet(**kinds: str) -> forms.Form:
    """Return a stand-in form with fields of these kinds, one of them filled in wrongly."""
    makers = {
        WORDS: lambda: forms.CharField(required=False, help_text=say("一个词", "One word.")),
        LISTS: lambda: forms.ChoiceField(choices=CHOICES),
        BOXES: lambda: forms.MultipleChoiceField(
            choices=CHOICES[1:], widget=forms.CheckboxSelectMultiple
        ),
        "tick": lambda: forms.BooleanField(required=False),
    }
    fields = {name: makers[kind]() for name, kind in kinds.items()}
    return type("Sheet", (forms.Form,), fields)({"name": NAME})


def segment_form() -> forms.Form:
    """Return the form of a segment."""
    words = ("name", "last_least", "last_most", "orders_least", "spent_least", "spent_most",
             "price_least", "price_most", "bought_within", "bought_least", "did_within",
             "did_least", "without", "most")  # fmt: skip
    lists = ("how", "currency", "bought_category", "bought_brand", "did_kind", "did_category",
             "did_brand", "likely_least", "seed")  # fmt: skip
    boxes = ("stages", "types", "languages")
    return sheet(
        **dict.fromkeys(words, WORDS), **dict.fromkeys(lists, LISTS), **dict.fromkeys(boxes, BOXES)
    )


def ways() -> list[str]:
    """Return how many of a segment are reached by each way."""
    return [say("邮件：12 人", "email: 12 people"), say("应用内：31 人", "in the app: 31 people")]


def said() -> str:
    """Return the rule of a segment in words."""
    return say("渐远：上次下单在 60 到 180 天前。", "drifting away: last order 60 to 180 days ago.")


def segment(*, wrong: bool = False) -> Context:
    """Return a segment with what it comes to, or one that cannot be counted."""
    preview = {
        "wrong": wrong,
        "people": "43",
        "said": said(),
        "ways": ways(),
        "few": True,
        "deeds": True,
        "model": "item2vec-2026-07",
    }
    return {
        "form": segment_form(),
        "segment": None if wrong else SimpleNamespace(pk=1, name=NAME),
        "foreign": "" if wrong else said(),
        "preview": preview,
    }


def segments(*, empty: bool = False) -> Context:
    """Return the segments of a shop."""
    rows = [
        {
            "segment": SimpleNamespace(pk=n, name=NAME if n else say("常客", "Regulars")),
            "said": said(),
            "people": str(43 * n),
            "ways": ways(),
        }
        for n in range(3)
    ]
    presets = [{"code": "regulars", "name": say("常客", "Regulars")}] * 5
    return {"rows": [] if empty else rows, "known": "128", "presets": presets}


def campaign(stage: str = "draft") -> SimpleNamespace:
    """Return one campaign."""
    return SimpleNamespace(
        pk=1,
        name=NAME,
        stage=stage,
        get_stage_display=say("草稿", "Draft") if stage == "draft" else say("已完成", "Done"),
        open=stage == "running",
        window_days=7,
        segment=SimpleNamespace(name=NAME),
        coupon=SimpleNamespace(code="HELLO10"),
        starts_at=MOMENT if stage != "draft" else None,
        until=MOMENT,
        holdout=10,
        cap=2,
        cap_days=7,
        released_by=SimpleNamespace(email="shenmo.with.a.rather.long.name@example.com"),
    )


def campaigns(*, empty: bool = False) -> Context:
    """Return the campaigns of a shop."""
    rows = [
        {
            "campaign": campaign(stage),
            "tone": tone,
            "ways": say("邮件、应用内", "Email, In the app"),
            "reached": "30",
            "lift": say("+26.1 个百分点", "+26.1 points"),
        }
        for stage, tone in (("draft", ""), ("running", "warn"), ("done", "good"))
    ]
    return {"rows": [] if empty else rows, "total": 3, "pages": pages(), "may_edit": True}


def planned(stage: str = "draft") -> Context:
    """Return one campaign: with faults before it goes out, or with what it brought."""
    arm = {"name": say("已触达", "Reached"), "people": "30", "buyers": "17", "rate": "56.7%"}
    arms = [arm | {"orders": "17", "each": "¥31.77"}, arm | {"orders": "11", "each": "¥11.92"}]
    verdict = say("收到消息的人下单更多。", "People who were reached ordered more: +26.1 points.")
    result = {
        "over": False,
        "kind": "good",
        "verdict": verdict,
        "arms": arms,
        "figures": [{"label": say("已发送", "Sent"), "value": "1,254"}] * 6,
        "bars": bars([Point(say("邮件", "Email"), 26), Point(say("应用内", "In the app"), 9)]),
        "reasons": [{"why": say("在勿扰时段", "In quiet hours"), "count": "4"}] * 2,
    }
    faults = [
        {
            "text": say("没有英文内容", "There are no English words."),
            "blocks": False,
            "where": "en",
        },
        {
            "text": say("“最便宜”没有依据", "“The cheapest” has no fact."),
            "blocks": True,
            "where": "",
        },
    ]
    return {
        "campaign": campaign(stage),
        "said": said(),
        "stage": say(
            "有人放行之前什么都不会发出。", "Nothing goes out before somebody releases it."
        ),
        "ways": say("邮件、应用内", "Email, In the app"),
        "about": [{"pk": n, "title": one["title"]} for n, one in enumerate(cards(3))],
        "counts": {"people": say("43 人", "43 people"), "ways": ways()},
        "faults": faults if stage == "draft" else [],
        "blocked": False,
        "result": result if stage == "done" else None,
        "may_edit": True,
    }


def campaign_form(*, possible: bool = True) -> Context:
    """Return the form of a campaign with mistakes, or what comes before it."""
    lists = ("segment", "holdout", "window_days", "coupon", "take", "cap")
    words = ("name", "skus", "starts_at", "goes_on")
    form = sheet(
        **dict.fromkeys(words, WORDS), **dict.fromkeys(lists, LISTS), ways=BOXES, personal="tick"
    )
    form["take"].field.queryset = [1]  # type: ignore[attr-defined]
    texts = []
    for code, language in (("zh", "中文"), ("en", "English")):
        parts = sheet(**{f"subject_{code}": WORDS, f"text_{code}": WORDS})
        texts.append((code, language, list(parts)))
    return {
        "campaign": None,
        "form": form,
        "texts": texts,
        "has_segments": possible,
        "skus": [f"TB-RS-{number}" for number in range(1000, 1024)],
    }


def campaign_preview(*, empty: bool = False) -> Context:
    """Return a letter and a notice as somebody gets them."""
    product = {"url": "/product/", "title": cards(1)[0]["title"], "price": "¥236.00"}
    added = product | {"why": say("因为您看过登山鞋", "Because you looked at boots")}
    letter = {
        "language": say("zh-hans", "en"),
        "subject": NAME,
        "preview": say("新品到店", "New in the shop"),
        "said": [say("您好，", "Hello,"), said()],
        "coupon": {"code": "HELLO10", "value": "10%", "minimum": "¥99.00"},
        "products": [product] * 2,
        "added": [added],
        "shop": say(*SHOPS[0]),
        "generated": True,
        "why": say("您同意了商家优惠。", "You agreed to offers."),
        "text": "https://shop.example/offers/0a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d/open/\n" * 2,
    }
    notice = {"language": say("zh-hans", "en"), "title": NAME, "body": said(), "code": "HELLO10"}
    return {
        "campaign": campaign(),
        "shown_as": "me",
        "email": None if empty else letter,
        "notice": None if empty else notice,
        "known": False,
    }


def offers(*, agreed: bool = True) -> Context:
    """Return messages of shops, or why there are none."""
    shop = SimpleNamespace(name=say(*SHOPS[1]))
    notices = [
        SimpleNamespace(
            number=n,
            language="zh-hans" if n else "en",
            read_at=MOMENT if n else None,
            merchant=shop,
            merchant_id=1,
            at=MOMENT,
            path="/product/",
            title=NAME,
            body=said(),
            code="HELLO10",
        )
        for n in range(3)
    ]
    form = sheet(
        mail="tick", app="tick", quiet_from=LISTS, quiet_until=LISTS, zone=LISTS, language=LISTS
    )
    muted = [SimpleNamespace(merchant=shop, merchant_id=1)]
    return {
        "nav": "offers",
        "notices": notices if agreed else [],
        "agreed": agreed,
        "muted": muted if agreed else [],
        "form": form,
    }


def offer_stop(*, stopped: bool = False) -> Context:
    """Return the question whether a shop may write, or that it may not."""
    return {"shop": say(*SHOPS[1]), "word": "abc", "stopped": stopped, "everything": stopped}


def shared(*, empty: bool = False) -> Context:
    """Return links passed on, lists with others, people followed."""
    links = [
        {
            "title": one["title"],
            "url": "/product/",
            "address": f"https://shop.example/shared/{'0a1b2c3d' * 4}/",
            "code": f"c{n}",
            "opened": 12 * n,
            "ordered": n,
            "made_at": MOMENT,
        }
        for n, one in enumerate(cards(3))
    ]
    groups = [{"name": NAME, "code": "g1", "own": True, "closed": True}]
    people = [{"pk": 1, "name": "Lin", "products": 4}, {"pk": 2, "name": "", "products": 0}]
    if empty:
        return {"nav": "shared", "links": [], "groups": [], "followings": [], "fresh": ""}
    return {
        "nav": "shared",
        "links": links,
        "groups": groups,
        "followings": people,
        "followers": 3,
        "fresh": "c0",
    }


def group(*, own: bool = True) -> Context:
    """Return a list with others: one's own, or somebody's who has sent the link."""
    rows = [
        {
            "card": one,
            "product": n,
            "mine": own,
            "note": say("冬天穿", "For the winter"),
            "by": "" if n else "Lin with a rather long name",
        }
        for n, one in enumerate(cards(4 if own else 0))
    ]
    kept = SimpleNamespace(
        name=NAME, code="0a1b2c3d", revoked_at=None, shown_as="Lin with a rather long name"
    )
    return {
        "nav": "shared",
        "seen": SimpleNamespace(group=kept, own=own, member=own),
        "rows": rows,
        "members": [{"pk": 1, "name": "Lin with a rather long name"}],
        "names": ["Lin with a rather long name", "Fang"],
        "address": f"https://shop.example/lists/with-others/{'0a1b2c3d' * 4}/",
        "choices": [{"pk": n, "title": one["title"]} for n, one in enumerate(cards(3))],
        "following": None,
    }
