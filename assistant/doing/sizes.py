"""Which size to take: by the shop's chart, by what a size means, by what somebody usually wears.

For responding. A chart is what the product states, else a table that the shop has written for such
goods. Unknown stays unknown; what buyers write of how it turns out is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.db import models

from assistant.doing.arguments import Asked
from assistant.doing.evidence.sentences import sentences_of
from assistant.doing.judging import NEEDS
from assistant.doing.mentioning import quoted
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.rules.charts import Chart, charts_in
from assistant.doing.rules.sizing import Fit, bare, size_for
from assistant.doing.rules.wearing import Usual, between_of, usual_of
from assistant.doing.stating import YES_OR_NO
from assistant.doing.telling import (
    about,
    categories_of,
    facts_told,
    live_one,
    phrase,
    size_told,
    sizes_of,
)
from assistant.doing.witnessing import said_itself
from assistant.models.article import Article, ArticleVersion, Kind
from catalog.assembling import Whole
from catalog.lexicon import lexicon
from catalog.presenting.naming import reader
from catalog.text import fold

RULES = {
    "chart": ("按店家的尺码表", "By the shop's size chart"),
    "range": ("在店家写明的范围里", "It is within the range that the shop states"),
    "height": ("这款的尺码就是身高", "Its sizes are body heights"),
    "foot": ("按脚长毫米数除以 5 再减 10 换算欧码", "The EU size is foot length in mm ÷ 5 − 10"),
    "waist": ("这款的尺码是腰围英寸数", "Its sizes are waists in inches"),
    "belt": ("按腰围加上店家写明的余量", "Your waist and what the shop says to add"),
}  # fmt: skip
# A size is asked for, not whether it will do.
SIZED = re.compile(r"码|号|\bsizes?\b")
FEWEST_SHARED = 2  # sizes that a chart and a product have in common


def sizing(asker: Asker, asked: Asked) -> Outcome:
    """Recommend a size by the shop's chart or by what the size means; unknown stays unknown.

    Two queries beside the product's own.
    """
    thing = live_one(asked.product)
    if thing is None:
        return Outcome("clarify", {"about": "product"})
    sizes, question = sizes_of(thing), fold(asked.question)
    chart = chart_of(thing, sizes)
    category = categories_of(thing)
    fit = size_for(thing.product.attributes, sizes, question, category=category, chart=chart)
    if fit.answer != "unknown":
        return decided(asker, thing, sizes, fit)
    if found := by_usual(thing, sizes, question, chart):
        return found
    no_size = YES_OR_NO.search(question) and not (SIZED.search(question) or RUNS.search(question))
    no_size = no_size or not sizes
    if no_size and (told := said_itself(asker, thing, asked.question)):
        return told  # "do they shrink", that only sounds like a question of sizes
    return undecided(thing, sizes, fit, question)


def decided(asker: Asker, thing: Whole, sizes: Sequence[str], fit: Fit) -> Outcome:
    """Tell the size that fits, with its reason, or that none does."""
    said = [phrase(asker, "{rule}；您说的是{words}", "{rule}; you said {words}",
                   rule=RULES[fit.rule][0 if asker.chinese else 1], words=", ".join(fit.words))]  \
        if fit.rule else []  # fmt: skip
    if fit.answer == "none":
        shown = [size_told(thing, one) for one in sizes]
        return about(thing, "sizing_none", {"sizes": shown, "reasons": said}, codes=fit.codes)
    if not fit.size:
        facts = {"verdict": "yes", "purpose": ", ".join(fit.words),
                 "reasons": facts_told(thing, fit.codes)}  # fmt: skip
        return about(thing, "suitability", facts, codes=fit.codes)
    size = size_told(thing, fit.size)
    between = [size, size_told(thing, fit.between)] if fit.between else []
    facts = {"size": size, "between": between,
             "reasons": [*said, *size_stock(asker, thing, size)]}  # fmt: skip
    return about(thing, "sizing", facts, codes=fit.codes)


def undecided(thing: Whole, sizes: Sequence[str], fit: Fit, question: str) -> Outcome:
    """Tell how it turns out where that is asked, else what is missing to recommend a size."""
    runs = bool(RUNS.search(question))
    if runs and (told := as_told(thing)):
        return told
    needs = [NEEDS[one][0 if reader() == "zh-hans" else 1] for one in fit.needs if one in NEEDS]
    shown = [size_told(thing, one) for one in sizes] if OTHER_SYSTEM.search(question) else []
    return about(thing, "sizing_unknown", {"needs": needs, "sizes": shown, "unsaid": runs})


def as_told(thing: Whole) -> Outcome | None:
    """Return what the shop writes of how sizes turn out, else what buyers do; None for neither."""
    text = thing.product.text(reader())
    written = text.description if text and text.locale == reader() else ""
    for sentence in sentences_of(written, reader()):
        if TURNS_OUT.search(fold(sentence)):
            return about(thing, "says_itself", {"text": sentence})
    return quoted(thing.product.pk, SIZE_WORDS)


# How sizes turn out, as shops and buyers write it, and as it is asked.
TURNS_OUT = re.compile(
    r"偏[大小紧宽窄]|正码|标准码|[大小][一半]?码|[大小]半码|半码"
    r"|\b(?:true to size|runs? (?:small|large|big|narrow)|half a size|siz(?:e|ed) (?:up|down)"
    r"|(?:usual|normal) size|one size (?:up|down))\b"
)
# How sizes of other systems are told, and whose.
NAMES = {"us": ("美码", "US"), "uk": ("英码", "UK"), "jp": ("日码", "JP")}
WHO = {"men": ("男", " men's"), "women": ("女", " women's"), "": ("", "")}


# --- By what somebody usually wears ---------------------------------------------------------------
def by_usual(
    thing: Whole, sizes: Sequence[str], question: str, chart: Chart | None
) -> Outcome | None:
    """Answer by the size that is usually worn; None where none is named."""
    if between := between_of(question, sizes):
        return about(thing, "between_sizes", {
            "sizes": [size_told(thing, one) for one in between],
            "reasons": [row_told(chart, one) for one in between] if chart else [],
        })  # fmt: skip
    usual = usual_of(question, audience_of(thing))
    if usual is None:
        return None
    if usual.system:
        rows = converted(usual, chart)
        return about(thing, "sizes_converted", {"rows": rows}) if rows else None
    code = next((one for one in sizes if bare(one) == usual.size), "")
    if not code:
        shown = [size_told(thing, one) for one in sizes]
        lacking = {"lacking": usual.size.upper(), "others": shown}
        return about(thing, "not_made_in", lacking) if shown else None
    told = as_told(thing)
    facts: dict[str, Any] = {
        "size": size_told(thing, code),
        "reasons": [row_told(chart, code)] if chart else [],
        "unsaid": told is None,
    }
    if told is not None and (text := told.facts.get("text")):
        facts["text"] = text
    elif told is not None:
        facts["quotes"] = told.facts.get("quotes", [])
    return about(thing, "usual_size", facts)


def audience_of(thing: Whole) -> tuple[str, ...]:
    """Return whom a product is for."""
    listed = thing.product.attributes.get("audience") or ()
    return tuple(listed) if isinstance(listed, list) else (str(listed),)


def converted(usual: Usual, chart: Chart | None) -> list[dict[str, str]]:
    """Return what a size of another system is in the shop's chart, for each column that has it."""
    columns = [one for one in chart.systems if one.name == usual.system] if chart else []
    theirs = [one for one in columns if one.who in ("", usual.who)]
    columns = theirs if any(usual.size in one.sizes for one in theirs) else columns
    return [
        {"what": f"{NAMES[one.name][reader() != 'zh-hans']}{WHO[one.who][reader() != 'zh-hans']}"
                 f" {usual.size}",
         "value": one.sizes[usual.size]}
        for one in columns if usual.size in one.sizes
    ]  # fmt: skip


def row_told(chart: Chart, code: str) -> str:
    """Return a row of a chart as it is read: "XL: chest 101–106 cm, height 176–184 cm"."""
    place = 0 if reader() == "zh-hans" else 1
    told = []
    for part, (low, high) in chart.rows.get(bare(code), {}).items():
        unit, base = (("公斤", "kg")[place], 1000) if part == "weight" else \
            (("厘米", "cm")[place], 10)  # fmt: skip
        span = f"{low / base:f}" if low == high else f"{low / base:f}–{high / base:f}"
        told.append(f"{NEEDS[part][place]} {span} {unit}")
    if not told:
        return ""
    return f"{bare(code).upper()}{('：', ': ')[place]}{('，', ', ')[place].join(told)}"


# --- Charts that the shop has written -------------------------------------------------------------
def chart_of(thing: Whole, sizes: Sequence[str]) -> Chart | None:
    """Return the shop's chart for such goods: it has their sizes, and names no other kind."""
    if len(sizes) < FEWEST_SHARED:
        return None
    live = Article.objects.approved().filter(merchant_id=thing.product.merchant_id, kind=Kind.SIZES)
    rows = ArticleVersion.objects.filter(article__in=live, number=models.F("article__live"))
    found = rows.values_list("title", "body", "article__language")
    kinds = kinds_of(thing)
    for title, body, _language in sorted(found, key=lambda one: one[2] != reader()):
        named = {one.code for one in lexicon().match(fold(title), {"category"})}
        if named and not named & kinds:
            continue
        for chart in charts_in(title, body):
            if sum(bare(one) in chart.rows for one in sizes) >= FEWEST_SHARED:
                return chart
    return None


def kinds_of(thing: Whole) -> set[str]:
    """Return the kinds, in the lexicon's codes, of a product's place in the market."""
    words = " . ".join(categories_of(thing).replace("-", " ").split("/"))
    return {one.code for one in lexicon().match(fold(words), {"category"})}


# Whether it turns out as its size says, and sizes of other countries.
RUNS = re.compile(
    r"\b(?:runs?|running|fits?) (?:a (?:bit|little) |too )?(?:small|large|big|tight|narrow)\b"
    r"|true to size|偏[大小紧]|正码|标准码|码数准|尺码准"
)
OTHER_SYSTEM = re.compile(
    r"\b\d[\d.]* ?(?:us|uk)\b|\b(?:us|uk|american|british|japanese) ?(?:sizes?\b|\d)"
    r"|\bin (?:us|uk|eu|european|american|british)\b|[美英日]码|换算"
)
SIZE_WORDS = ("偏大", "偏小", "偏紧", "正码", "尺码", "挤脚", "大一码", "小一码",
              "大半码", "小半码",
              "true to size", "runs small", "run small", "runs large", "run large", "runs big",
              "half a size", "size up", "size down", "sized up", "too tight", "too small",
              "too big", "usual size", "normal size")  # fmt: skip


def size_stock(asker: Asker, thing: Whole, size: str) -> list[str]:
    """Return a sentence if the size is sold out in all colours."""
    having = [
        one
        for one in thing.product.variants.all()
        if one.active and size in (str(v) for v in one.options.values())
    ]
    if having and not any(one.in_stock for one in having):
        return [phrase(asker, "这个尺码现在缺货", "That size is sold out at the moment")]
    return []
