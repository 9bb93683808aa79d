"""Made-up contexts of what people say: alerts, trends, the words themselves, files."""

from shopguide.charts import Point, bars, sparkline
from tests.journeys.figure_samples import MEANING, MOMENT, WAVE, drawn
from tests.journeys.reaching_samples import LISTS, WORDS, sheet
from tests.journeys.samples import Context, card, cards, pages, say


def alert_row(number: int = 0) -> Context:
    """Return one alert in a list."""
    return {
        "url": "/merchant/alert/",
        "aspect": say("气味", "smell"),
        "product": card(number)["title"],
        "seen": 9,
        "when": say("7月1日 – 7月2日", "Jul 1 – Jul 2"),
        "usual": say("平时几乎没有", "usually there are hardly any"),
        "mostly_doubtful": number == 1,
        "tone": "bad",
        "state_label": say("新增", "New"),
        "who": "shenmo.with.a.rather.long.name@example.com" if number else "",
    }


def voice(number: int = 0) -> Context:
    """Return one voice: a review, and words from elsewhere that are doubted."""
    reasons = [say("同一时刻多条相同内容", "The same words at the same time")]
    return {
        "feeling": ("negative", "positive", "mixed")[number % 3],
        "source": say("社交媒体", "Social media"),
        "site": "example",
        "at": MOMENT,
        "stars": 2 if number == 0 else None,
        "lang": "zh-Hans" if number % 2 else "en",
        "before": "刚打开" if number % 2 else "When I opened the parcel there was ",
        "quote": "一股刺鼻的味道" if number % 2 else "a strong smell",
        "after": "，晾了三天才散。" if number % 2 else " that took three days to go.",
        "product": card(number)["title"],
        "aspects": [
            {"name": say("气味", "smell"), "good": False},
            {"name": say("做工", "make"), "good": True},
        ],
        "doubt": {"url": "/merchant/", "cleared": number == 2, "reasons": reasons}
        if number
        else None,
        "answer_url": "/merchant/" if number == 0 else "",
    }


def voice_filters() -> Context:
    """Return the filters of voices."""
    known = [("review", say("评价", "Reviews")), ("social", say("社交媒体", "Social media"))]
    return {
        "filters": {"days": 28, "source": "", "product": 3},
        "periods": [{"days": days, "url": "/merchant/", "on": days == 28} for days in (7, 28, 90)],
        "product": card(3)["title"],
        "without_product": "/merchant/",
        "sources_known": known,
        "aspects_known": known,
        "only_known": known,
    }


def voices(*, empty: bool = False) -> Context:
    """Return alerts and trends, or that nothing was heard."""
    figure_ = {
        "label": say("声音", "Voices"),
        "value": "1,204",
        "url": "/merchant/",
        "before": "26",
        "before_label": say("此前同样天数", "The same days before"),
    }
    aspects = [
        {
            "name": say("气味", "smell"),
            "bad": 9,
            "was": was,
            "change": change,
            "worse": was < 9,
            "spark": sparkline(WAVE) if was else "",
            "good": 4,
            "bad_url": "/",
            "good_url": "/",
        }
        for was, change in ((0, "+9"), (12, "−3"), (9, "±0"))
    ]
    products = [
        {
            "title": one["title"],
            "url": "/product/",
            "bad": 8,
            "bad_url": "/merchant/",
            "share": "62%",
            "heard": 13,
        }
        for one in cards(3)
    ]
    full = {
        "alerts": [alert_row(n) for n in range(2)],
        "watching": True,
        "anything": True,
        "figures": [figure_] * 4,
        "charts": [drawn(), drawn()],
        "aspects": aspects,
        "products": products,
        "sources": bars([Point("review", 14), Point("social", 7)]),
    }
    bare = {"filters": {"source": "", "product": 0, "days": 28}, "alerts": [], "anything": False}
    return {"may_act": True, "page": bare if empty else voice_filters() | full}


def mentions(*, empty: bool = False) -> Context:
    """Return the words behind a figure."""
    rows = [] if empty else [voice(n) for n in range(3)]
    page = voice_filters() | {"total": len(rows), "rows": rows, "pages": pages()}
    return {"may_act": True, "page": page}


def alert(state: str = "open") -> Context:
    """Return one alert with its words and the draft of an answer."""
    page = alert_row() | {
        "pk": 1,
        "sku": "TB-RS-1001",
        "chance": say("百年不遇。", "Not once in a hundred years."),
        "product_url": "/product/",
        "doubtful": 2,
        "state": state,
        "assigned": 0,
        "outcome": say("换了供应商", "The supplier was changed"),
        "note": MEANING,
        "closed_at": MOMENT,
        "closed_by": "fangyun@example.com",
        "chart": drawn()["chart"],
        "unquoted": 6,
        "quotes": [voice(n) for n in range(3)] if state == "open" else [],
        "answer": MEANING,
        "answer_lang": "en",
        "about": "product=1",
        "claims": [{"text": "30 days", "fact": say("30 天内可退货", "Return within 30 days")}],
    }
    return {
        "may_act": True,
        "may_draft": True,
        "page": page,
        "team": [],
        "outcomes": [("true", say("属实", "It was so"))],
    }


def heard() -> Context:
    """Return the import of mentions with earlier files, one with faults."""
    errors = [
        {"line": 17, "reason": say("没有文字", "No words."), "remedy": say("补上", "Add them.")}
    ]
    jobs = [
        {
            "file_name": "口碑-spring-final-v3.csv",
            "at": MOMENT,
            "by": "fangyun@example.com",
            "tone": "bad" if n else "good",
            "state": say("已完成", "Done"),
            "rows": 1204,
            "created": 96,
            "repeated": 4,
            "unmatched": 12,
            "failed": 9 * n,
            "failure": MEANING if n else "",
            "errors": errors if n else [],
        }
        for n in range(2)
    ]
    return {"form": sheet(file=WORDS, source=LISTS), "jobs": jobs}
