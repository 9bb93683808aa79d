"""Facts of one product: what the shop states, how much so many are, the product in short.

What is not stated is said to be unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.doing.arguments import Asked
from assistant.doing.evidence import page_of
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.parts import (
    amount_asked,
    amount_in_title,
    by_value,
    own_facts,
    titled,
    with_unit,
)
from assistant.doing.quoting import besides_name
from assistant.doing.rules.amounts import amount_of, asks_amount
from assistant.doing.rules.fitting import names_of
from assistant.doing.telling import (
    about,
    codes_told,
    fact_value,
    live_one,
    named_choice,
    option_told,
    phrase,
    price_told,
    stock_of,
)
from assistant.doing.topics import is_narrow, topics_of, written
from assistant.doing.witnessing import ASKS_AGE, CONDITION, HOW_MUCH, said, said_itself, unstated
from assistant.understanding.asides import asks_to_be_told
from assistant.understanding.contents import Substance, asked_inside
from catalog.assembling import Whole
from catalog.feeds.naming import name_code
from catalog.presenting.facts import common_names, fact_name, facts_of
from catalog.presenting.money import number
from catalog.presenting.naming import DIMENSION_NAMES, reader
from catalog.text import fold

# What a product is chosen by, and its name (zh, en).
OPTIONS = {"colour": ("颜色", "Colours"), "size": ("尺码", "Sizes"),
           "weight": ("重量", "Weights"), "capacity": ("容量", "Capacities")}  # fmt: skip
# What asks for an option that a thing is chosen by, and which other things have as a fact.
MEASURED_OPTIONS: Mapping[str, re.Pattern[str]] = {
    "weight": re.compile(r"重|公斤|\bweights?\b|\bweighs?\b|\bheav|\bkilos?\b|\bpounds?\b"),
    "capacity": re.compile(r"容量|多大|几升|\bcapacit|\blit(?:re|er)s?\b|\bhow (?:big|much)\b"),
}
# A yes or a no is asked for: what the shop does not state is not made up by telling the rest.
YES_OR_NO = re.compile(
    r"^(?:so |and |but |hey |hi |ok )?(?:is|are|can|could|does|do|will|would|has|have)\b"
    r"|[能会可]\S{0,6}不(?:$|[?？])|(?P<one>[\u3400-\u9fff])不(?P=one)|吗|是不是|能不能|可不可以|会不会|有没有|没有?(?:$|[?？])"
)


# Something particular is asked for.
WHAT = re.compile(
    r"什么|多少|多[大长高宽重厚久]|几(?!乎)|哪|怎么(?!样)|如何"
    r"|\b(?:what(?!(?:'s| is| are)? (?:it|this|that|the \w+ one) ?(?:like|\?|$)|'?s up)"
    r"|how (?!about)|where|when|which|who)\b"
)


def attribute(asker: Asker, asked: Asked) -> Outcome:
    """Tell one fact of a product, or that it is not stated."""
    thing = live_one(asked.product)
    if thing is None:
        return Outcome("clarify", {"about": "product"})
    if inside := asked_inside(asked.question):
        return contained(asker, thing, inside)
    folded = fold(asked.question)
    by_page = ASKS_AGE.search(folded) or CONDITION.search(folded)  # 40 hours, with the lights off
    aged = said_itself(asker, thing, asked.question) if by_page else None
    if aged or (aged := amount_told(asker, thing, asked.question)):
        return aged
    if options := options_told(asker, thing, option_meant(thing, asked)):
        return options
    codes, family = asked_facts(asker, thing, asked)
    if told := by_brand(thing, family, codes) or by_facts(asker, thing, codes, asked.question):
        return told
    from assistant.doing.judging import names_a_use

    uses = names_a_use(asked.question)
    listed = None if uses else listed_told(asker, thing, asked.question)
    titled_so = by_title(asker, thing, asked.question)
    return titled_so or listed or not_stated(asker, asked, thing, family)


def contained(asker: Asker, thing: Whole, what: Substance) -> Outcome:
    """Tell what the shop states of something that may be in a product; else that it states nothing.

    Only words of that very thing are told: who is allergic must not read of another. Two queries.
    """
    stated = names_of(thing.product.attributes.get("feature"))
    free = [code for code in what.free if code in stated]
    page = page_of(thing.product.pk, reader())
    text = next((one for one in page.sentences if what.words.search(fold(one))), "")
    if free:
        features = codes_told(("feature", code) for code in free)
        return about(thing, "listed_as", {"features": features, "text": text}, codes=("feature",))
    if text:
        return about(thing, "says_itself", {"text": text})
    return about(thing, "attribute_unknown", {"attribute": ""})


def by_title(asker: Asker, thing: Whole, question: str) -> Outcome | None:
    """Tell the amount that a thing's title has of what is asked; None where it has none."""
    left = besides_name(thing, question)
    amount = amount_in_title(thing, left)
    name = phrase(asker, *amount_asked(left))
    return about(thing, "attribute", {"attribute": name, "value": amount}) if amount else None


def by_brand(thing: Whole, name: str, codes: Sequence[str]) -> Outcome | None:
    """Tell a thing's brand, where that is asked and its shop names one."""
    brand = thing.product.brand if codes and codes[0] == "brand" else ""
    return about(thing, "attribute", {"attribute": name, "value": brand}) if brand else None


def by_facts(
    asker: Asker, thing: Whole, codes: Sequence[str], question: str = ""
) -> Outcome | None:
    """Tell what is stated under some codes, the first first; None where nothing is."""
    stated = [code for code in codes if fact_value(thing, code)]
    if not stated:
        return None
    first = stated[0]
    if isinstance(flag := thing.product.attributes[first], bool):
        name = fact_name(first, thing.definitions.get(first))
        verdict = "yes" if flag else "no"
        return about(thing, "states_so", {"attribute": name, "verdict": verdict}, codes=(first,))
    return about(thing, "attribute", {
        "attribute": family_of(asker, first) or fact_name(first, thing.definitions.get(first)),
        "value": told_value(thing, first),
        "more": [
            {"attribute": fact_name(code, thing.definitions.get(code)),
             "value": told_value(thing, code)}
            for code in stated[1:4]
        ],
        "text": doubted(asker, thing, question),
    }, codes=stated)  # fmt: skip


def told_value(thing: Whole, code: str) -> str:
    """Return a stated value, with the unit that only the title has."""
    value = fact_value(thing, code)
    bare = value.replace(",", "").replace(".", "").isdigit()
    return (with_unit(thing, thing.product.attributes[code]) if bare else "") or value


def own_told(asker: Asker, thing: Whole, question: str) -> Outcome | None:
    """Tell what a thing's own facts or its title say of what is asked; None where they do not."""
    left = besides_name(thing, question)
    names = {code: names_in_both(thing, code) for code in thing.product.attributes}
    for code in [*by_value(thing, left), *own_facts(thing, left, names)]:
        if told := by_facts(asker, thing, [code]):
            return told
    words = titled(thing, left) if YES_OR_NO.search(left) else []
    if not words:
        return None
    return about(thing, "states_so", {"words": words, "verdict": "yes"})


def doubted(asker: Asker, thing: Whole, question: str) -> str:
    """Return what the page says beside a value where a yes or a no is asked: 重不重，拿得动吗."""
    return said(asker, thing, question) if YES_OR_NO.search(fold(question)) else ""


def listed_told(asker: Asker, thing: Whole, question: str) -> Outcome | None:
    """Tell the features that a shop lists of what is asked, and what its text says of it."""
    topics = topics_of(besides_name(thing, question))
    wanted = [code for one in topics for code in one.features]
    stated = names_of(thing.product.attributes.get("feature"))
    there = [code for code in dict.fromkeys(wanted) if code in stated]
    if not there:
        return None
    features = codes_told(("feature", code) for code in there)
    facts = {"features": features, "text": said(asker, thing, question)}
    if HOW_MUCH.search(fold(question)) and not facts["text"]:
        return None
    return about(thing, "listed_as", facts, codes=("feature",))


def family_of(asker: Asker, code: str) -> str:
    """Return what a fact is called in a sentence, where its own name is no noun: wash_c."""
    return next((phrase(asker, *one.names) for one in written() if one.codes == (code,)), "")


def option_meant(thing: Whole, asked: Asked) -> str:
    """Return which option a question asks for: a measure that a thing is chosen by goes first."""
    there = {name_code(name) for one in thing.product.variants.all() for name in one.options}
    text = fold(asked.question)
    measured = (one for one, asks in MEASURED_OPTIONS.items() if one in there and asks.search(text))
    return next(measured, asked.about)


def options_told(asker: Asker, thing: Whole, about_what: str) -> Outcome | None:
    """Tell in which colours or sizes a product is to be had, and which are sold out."""
    if about_what not in OPTIONS:
        return None
    there: dict[str, bool] = {}
    for one in thing.product.variants.all():
        for name in one.options:
            if one.active and name_code(name) == about_what:
                told = option_told(one, name)
                there[told] = there.get(told, False) or bool(one.in_stock)
    name = phrase(asker, *OPTIONS[about_what])
    if not there:
        unstated = about_what not in MEASURED_OPTIONS and not fact_value(thing, about_what)
        return about(thing, "attribute_unknown", {"attribute": name}) if unstated else None
    comma = phrase(asker, "、", ", ")
    gone = [told for told, left in there.items() if not left]
    sold_out = [{"attribute": phrase(asker, "已售完", "sold out"), "value": comma.join(gone)}]
    facts = {"attribute": name, "value": comma.join(there), "more": sold_out if gone else []}
    return about(thing, "attribute", facts)


def not_stated(asker: Asker, asked: Asked, thing: Whole, family: str) -> Outcome:
    """Answer by what it suits, by its text or by reviews; else say that it is not stated."""
    from assistant.doing.judging import names_a_use, suitability
    from assistant.doing.mentioning import told_elsewhere

    if names_a_use(asked.question) and not is_narrow(asked.question):
        return suitability(asker, asked)
    found = told_elsewhere(asker, thing, asked.question)
    if found and not (found.act == "attribute" and is_narrow(asked.question)):
        return found
    if family:
        return unstated(asker, thing, asked.question, family)
    text = fold(asked.question)
    asks = YES_OR_NO.search(text) or WHAT.search(text)
    if asks and not asks_to_be_told(asked.question):
        return unstated(asker, thing, asked.question)
    return details(asker, asked)


def amount_told(asker: Asker, thing: Whole, question: str) -> Outcome | None:
    """Tell how much so many of it are, where a number of pieces or another unit is named."""
    text = fold(question)
    pieces = pieces_of(text)
    unit_named = re.search(
        r"in (?:pounds?|lbs?|ounces?|oz|inch(?:es)?|kilos?|kg|grams?|lit(?:er|re)s?|feet)\b"
        r"|多少(?:斤|磅|英寸|盎司|公斤|升|毫升)|几(?:斤|磅|公斤)", text)  # fmt: skip
    if not asks_amount(question) or (pieces < 2 and not unit_named):
        return None
    found = amount_of(thing.product.attributes, question, pieces)
    if found.value is None:
        return None
    names = {
        "jin": ("斤", "jin"),
        "lb": ("磅", "lb"),
        "inch": ("英寸", "in"),
        "in": ("英寸", "in"),
        "piece": ("件", "pieces"),
    }
    unit = names.get(found.unit, (found.unit, found.unit))[0 if asker.chinese else 1]
    name = fact_name(found.code, thing.definitions.get(found.code))
    what = name if pieces < 2 else phrase(
        asker, "{count} 件合计{name}", "total {name} of {count}", count=pieces, name=name.lower()
    )  # fmt: skip
    value = f"{number(found.value)} {unit}"
    return about(thing, "attribute", {"attribute": what, "value": value}, codes=(found.code,))


_PIECES = re.compile(
    r"(?<![第\d])(\d{1,2}|[两二三四五六七八九十]|two|three|four|five|six|seven|eight|nine|ten)"
    r" ?(?:of (?:them|these|it)|件|个|只|盒|包|瓶|袋|套|份|条|双|支|罐|pieces?|packs?|boxes|bottles"
    r"|bags|sets|pairs|tins|\b(?=.*together))"
)
_ENGLISH = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS = {
    "两": 2,
    **dict(zip("二三四五六七八九十", range(2, 11), strict=True)),
    **dict(zip(_ENGLISH, range(2, 11), strict=True)),
}


_FOR = re.compile(
    r"(?:for|buy|take|get|order|of) (\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)"
    r"(?= ?(?:\?|$|,| with| incl| and | in ))"
)


def pieces_of(text: str) -> int:
    """Return of how many pieces a folded question speaks, one if it says nothing."""
    match = _PIECES.search(text) or _FOR.search(text)
    if match is None:
        return 1
    return int(match[1]) if match[1].isdigit() else _WORDS[match[1]]


def asked_facts(asker: Asker, thing: Whole, asked: Asked) -> tuple[list[str], str]:
    """Return the codes that a question asks for, best first, and what it is called."""
    if asked.about in thing.product.attributes:
        return [asked.about], ""
    text = fold(f"{asked.question} {asked.about}")
    topics = topics_of(besides_name(thing, text))
    codes = [code for one in topics for code in one.codes]
    family = phrase(asker, *topics[0].names) if topics else ""
    codes[:0] = named_values(thing, text)
    # "How much weight can it hold" is of no weight: what a narrow matter leaves out stays out.
    out = {code for one in written() if one.asks.search(text) and one not in topics
           for code in one.codes} - set(codes)  # fmt: skip
    for code in [one for one in thing.product.attributes if one not in out]:
        names = names_in_both(thing, code)
        if any(len(name) > 1 and name in text for name in names) or is_of_part(names, text):
            codes.insert(0, code)
    if not any(fact_value(thing, code) for code in codes):
        left = besides_name(thing, text)
        called = {code: names_in_both(thing, code) for code in thing.product.attributes}
        other = by_value(thing, left) or own_facts(thing, left, called)
        codes += [one for one in other if one not in out]
    return list(dict.fromkeys(codes)), family


_MEASURE = re.compile(
    r"\b(?:length|width|height|depth|weight|size|life|time|rating|capacity|diameter|thickness)\b"
)


def is_of_part(names: Sequence[str], text: str) -> bool:
    """Tell whether a folded text asks for a measure of a part: "how long is the blade?"""
    parts = (_MEASURE.sub("", name).split() for name in names if _MEASURE.search(name))
    return any(
        part and all(len(one) > 3 and re.search(rf"\b{re.escape(one)}", text) for one in part)
        for part in parts
    )


def named_values(thing: Whole, text: str) -> list[str]:
    """Return the codes of numbers and models that a folded text names: 316 steel, IPX7."""
    found = []
    for code, value in thing.product.attributes.items():
        told = fold(str(value)) if isinstance(value, str | int) else ""
        if len(told) > 2 and re.search(rf"(?<![a-z0-9.]){re.escape(told)}(?![a-z0-9.])", text):
            found += [code] if any(one.isdigit() for one in told) else []
    return found


def names_in_both(thing: Whole, code: str) -> list[str]:
    """Return a fact's names in both languages, folded."""
    common = common_names().get(code, {})
    own = thing.definitions.get(code)
    names = [common.get("zh", ""), common.get("en", "")]
    if own:
        names += [own.name_zh, own.name_en]
    if code in DIMENSION_NAMES:
        names.append(str(DIMENSION_NAMES[code]))
    return [fold(name) for name in names if name]


def details(asker: Asker, asked: Asked) -> Outcome:
    """Tell about a product in short: price, first facts, stock."""
    thing = live_one(asked.product)
    if thing is None:
        return Outcome("clarify", {"about": "product"})
    rows = facts_of(thing.product, thing.definitions)
    choice = named_choice(thing, "")
    shown = [{"attribute": row["name"], "value": row["value"]} for row in rows[:4]]
    state = stock_of(choice)
    return about(thing, "details", {
        "price": price_told(thing, asker.currency),
        "facts": shown,
        "stock": "in" if state == "low" and choice.variant is None else state,
        "left": choice.quantity,
    })  # fmt: skip
