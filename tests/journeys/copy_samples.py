"""Made-up contexts of copy: drafts in lists, on the desk and decided, jobs, voices."""

import datetime
from types import SimpleNamespace

from django import forms

from tests.journeys.samples import NAMES, Context, card, cards, pages, say

MOMENT = datetime.datetime(2026, 7, 1, 9, 30, tzinfo=datetime.UTC)
STATES = [
    ("submitted", "warn", ("待决定", "To be decided")),
    ("draft", "", ("编写中", "Being written")),
    ("rejected", "bad", ("已退回", "Sent back")),
    ("published", "good", ("已上线", "Live")),
]
PLACES = [("商品标题", "Product title"), ("描述", "Description"), ("营销邮件", "Email message")]
CLAIM = "Waterproof to ten thousand millimetres"


class Sheet(forms.Form):
    """A stand-in for a form of this wing: a choice, boxes, words and a long text."""

    tone = forms.ChoiceField(label="Tone", choices=[("plain", "Plain"), ("warm", "Warm")])
    places = forms.MultipleChoiceField(
        choices=[(one[1], one[1]) for one in PLACES], widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(label="Words to use", required=False, help_text="With commas.")
    about = forms.CharField(label="For those who write", widget=forms.Textarea({"rows": 2}))


def pieces(kind: str = "fact") -> list[Context]:
    """Return a sentence in pieces: plain, with a fact behind it, and marked."""
    return [
        {"text": say("鞋面采用", "The upper is "), "kind": "", "note": ""},
        {"text": say("防水薄膜", CLAIM), "kind": kind, "note": say("属性：防水", "Water")},
        {"text": say("，雨天也能跑。", ", for runs in the rain."), "kind": "", "note": ""},
    ]


def draft(number: int = 0) -> Context:
    """Return one draft as lists and the desk show it; the third has faults, the fourth a plan."""
    zh, en, _shape = NAMES[number % len(NAMES)]
    state, look, label = STATES[number % 4]
    wrong = 2 if number % 4 == 2 else 0
    parts = [{"label": say("标题", "Title"), "pieces": pieces("unfounded" if wrong else "fact")}]
    if number % 2:
        parts.append({"label": say("正文", "Text"), "pieces": pieces("blocked" if wrong else "")})
    return {
        "pk": number + 1,
        "title": say(zh, en),
        "url": "/merchant/copy/draft/",
        "lang": "en",
        "channel": say(*PLACES[number % 3]),
        "language": "English",
        "state": state,
        "state_label": say(*label),
        "look": look,
        "angle": say("场合", "When it is needed"),
        "tone": say("平实", "Plain"),
        "by": "shenmo.with.a.rather.long.name@example.com",
        "generated": True,
        "parts": parts,
        "facts": 0 if number == 1 else 7,
        "wrong": wrong,
        "score": 0 if number == 1 else 84,
        "text": CLAIM,
        "open": number != 3,
        "own": number == 1,
        "low": number == 2,
        "publish_at": MOMENT if number == 3 else None,
        "stopped": "",
        "reason": say("先说材质，再说场合。", "Material first.") if wrong else "",
        "image_url": card(number)["image_url"],
    }


def sides(both: bool = True) -> list[Context]:
    """Return a text beside another, what differs marked."""
    return [
        {"label": say("正文", "Text"), "left": pieces("old") if both else [], "right": pieces()}
    ]


def copies(*, empty: bool = False) -> Context:
    """Return the list of drafts, or the invitation to write the first."""
    tabs = [
        {"label": say(*label), "count": 4, "url": "/merchant/copy/", "selected": not n}
        for n, (_state, _look, label) in enumerate(STATES)
    ]
    return {
        "may_write": True,
        "asked": {"state": "", "channel": "", "locale": "", "q": ""},
        "rows": [] if empty else [draft(n) for n in range(6)],
        "total": 132,
        "pages": pages(),
        "tabs": tabs,
        "channels": [("title", say(*PLACES[0]))],
        "locales": [("en", "English")],
        "waiting": 0 if empty else 9,
    }


def desk(state: str = "submitted") -> Context:
    """Return one draft on the desk; being written it is a form with a conflict."""
    row = draft(0 if state == "submitted" else 2)
    fields = [
        {
            "id": "title",
            "name": "title",
            "label": say("标题", "Title"),
            "most": 60,
            "tall": False,
            "value": CLAIM,
        },
        {
            "id": "body",
            "name": "body",
            "label": say("正文", "Text"),
            "most": 900,
            "tall": True,
            "value": CLAIM,
        },
    ]
    facts = [
        {
            "supported": supported,
            "text": CLAIM,
            "fact": say("防水等级 10000", "10,000 mm") if supported else "",
        }
        for supported in (True, False)
    ]
    return {
        "draft": SimpleNamespace(
            pk=3,
            brief_id=4,
            editable=state == "draft",
            state=state,
            publish_at=MOMENT,
            decided_by=None,
        ),
        "row": row,
        "may_write": True,
        "fields": fields,
        "facts": facts,
        "sides": sides(),
        "warnings": [
            {
                "text": say("最好的", "the best"),
                "blocks": True,
                "rule": say("广告法：绝对化用语", "Superlatives need proof."),
                "remedy": say("说出具体差别", "Say what is different."),
            }
        ],
        "own": False,
        "siblings": [draft(1)],
        "version": 3,
        "versions": 2,
        "product_url": "/product/",
        "theirs": state == "draft",
        "their_sides": sides(),
        "soonest": "2026-07-01T10:00",
        "kept_at": MOMENT if state == "draft" else None,
        "stands": True,
        "threshold": 60,
    }


def brief(*, over: bool = True) -> Context:
    """Return the variants of one request, or the wait for them."""
    zh, en, _shape = NAMES[0]
    return {
        "brief": SimpleNamespace(
            pk=4,
            over=over,
            failure="",
            product={"title": say(zh, en)},
            segment=say("通勤的人", "Commuters"),
            tone="plain",
        ),
        "may_write": True,
        "channel": say(*PLACES[1]),
        "language": "English",
        "tone": say("平实", "Plain"),
        "tones": [("plain", say("平实", "Plain"))],
        "rows": [draft(n) for n in range(3 if over else 1)],
    }


def chosen(*, product: bool = True) -> Context:
    """Return the request for copy, or the choice of a product."""
    choices = [{"pk": n, "title": one["title"], "sku": f"TB-{n}"} for n, one in enumerate(cards(6))]
    return {
        "product": choices[0] if product else None,
        "form": Sheet(),
        "q": "",
        "choices": choices,
    }


def history() -> Context:
    """Return the versions of a published text."""
    versions = [
        {
            "pk": n,
            "number": n,
            "act": say("发布", "Published"),
            "at": MOMENT,
            "newest": n == 3,
            "by": "fangyun@example.com",
            "provenance": say("AI 生成", "Written by AI"),
            "empty": n == 1,
            "rows": sides(both=False) if n > 1 else [{"right": []}],
        }
        for n in (3, 2, 1)
    ]
    return {
        "draft": SimpleNamespace(pk=3),
        "row": draft(3),
        "versions": versions,
        "may_write": True,
    }


def job(*, over: bool = False) -> Context:
    """Return a job for many products, running or done."""
    refused = [
        {
            "title": one["title"],
            "place": say(*PLACES[0]),
            "language": "English",
            "why": say("商品信息太少", "Too few facts to write from."),
        }
        for one in cards(2)
    ]
    made = SimpleNamespace(
        pk=5,
        total=120,
        visited=120 if over else 74,
        written=210,
        over=over,
        failure="",
        state="done" if over else "running",
        percent=62,
        seconds_left=41,
        stop_asked=False,
        get_state_display=say("进行中", "Running"),
        created_at=MOMENT,
        by=SimpleNamespace(email="fangyun@example.com"),
    )
    return {
        "job": made,
        "may_write": True,
        "places": [say(*one) for one in PLACES],
        "marked": 4,
        "spoken": ["中文", "English"],
        "waiting": 31,
        "refused": refused if over else [],
    }


def many() -> Context:
    """Return the request for many products, with what it comes to."""
    wrong = Sheet({"tone": "loud"})
    return {
        "form": wrong,
        "products": 120,
        "chosen": {"ids": [1, 2], "q": "", "newest": 0},
        "cost": SimpleNamespace(texts=240),
        "jobs": [job(over=True)["job"]],
        "minutes": say("约 4 分钟", "about 4 minutes"),
    }


def agreed() -> SimpleNamespace:
    """Return how far two people agree."""
    return SimpleNamespace(texts=8, people=2, twice=8, fit=0.81, same=0.88, kappa=None, way="cohen")


def rate(*, left: int = 4) -> Context:
    """Return a text to be rated, or the end of them."""
    grades = [
        ("yes", say("可以", "Yes")),
        ("almost", say("改一处就行", "After one change")),
        ("no", say("不行", "No")),
    ]
    return {
        "row": draft(1) if left else None,
        "left": left,
        "agreed": agreed(),
        "grades": grades,
        "faults": [("", say("没有问题", "Nothing")), ("dull", say("太平淡", "Dull"))],
    }


def voice(*, may: bool = True) -> Context:
    """Return how the shop sounds in both languages, to change or to read."""
    voices = [("zh", "中文", Sheet(auto_id="zh_%s")), ("en", "English", Sheet(auto_id="en_%s"))]
    rules = Sheet(auto_id="rules_%s")
    rules.instance = SimpleNamespace(four_eyes=True)  # type: ignore[attr-defined]
    return {"may_write": may, "may_rule": may, "voices": voices, "rules": rules, "agreed": agreed()}


def review(*, empty: bool = False) -> Context:
    """Return drafts to decide one by one: one's own, a weak one and a decided one among them."""
    return {
        "part": {"bulk": "", "only": False},
        "rows": [] if empty else [draft(n) for n in range(4)],
        "total": 9,
        "more": 5,
        "threshold": 60,
        "live_url": "/merchant/copy/review/",
        "only_url": "/merchant/copy/review/",
    }


def improve(*, empty: bool = False) -> Context:
    """Return texts to improve with their reasons."""
    why = say(
        "展示 1,200 次，点开 9 次：0.8%，全店通常是 4%。", "Shown 1,200 times, opened 9: 0.8%."
    )
    rows = [
        {
            "pk": n,
            "title": one["title"],
            "lang": one["lang"],
            "language": "English",
            "sku": f"TB-{n}",
            "image_url": one["image_url"],
            "shown": 1200 * n,
            "days": 28,
            "locale": "en",
            "channel": "title",
            "missing": n == 2,
            "reasons": [{"name": say("点开太少", "Seldom opened"), "evidence": why}] * (n + 1),
            "draft": SimpleNamespace(pk=1, tryable=True) if n == 1 else None,
        }
        for n, one in enumerate(cards(3, 3))
    ]
    return {"may_write": True, "rows": [] if empty else rows}
