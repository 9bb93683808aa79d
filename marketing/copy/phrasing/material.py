"""What may be said of a product in one language: its facts in words, the shop's own sentences.

Everything comes from the claim ledger's rows or from the product's texts, and every sentence of
the shop is held against ledger and wording rules here, so that what is left can be used freely.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import translation

from catalog.claims import Ledger, check
from catalog.claims.facts import ProductFacts, rule_of, warranty_of
from catalog.claims.grounding import codes_of
from catalog.lexicon import DIMENSIONS, lexicon
from catalog.models import Attribute, Product, Review
from catalog.presenting.facts import common_names, fact
from catalog.presenting.money import money
from marketing.copy.channels import CHINESE
from marketing.copy.measuring import plainness
from marketing.copy.phrasing import naming, reading
from marketing.copy.phrasing.reading import Line
from marketing.copy.phrasing.words import spelt
from marketing.copy.wording import breaches

# What is told in words or by the page elsewhere, and never in a list of facts.
UNLISTED = {
    "audience", "occasion", "feature", "season", "style", "pattern", "fit", "category", "ean",
    "gtin", "mpn", "model", "compatibility", "url_key", "visibility", "new", "sale",
    "erin_recommends",
}  # fmt: skip
# What a market place wants to know of an offer, and says nothing of the goods.
OF_THE_OFFER = re.compile(
    r"城市|地市|省份|大小|月份|规格类型|智能类型|.*架类型|.*单品|适用品牌|包装方式|包装种类|售卖方式|销售渠道.*|售后服务|货号|款号|商品条形码|条码|上市.*"
    r"|区县|采购地|生产企业|人造板.*|生产许可证.*|批准文号|厂名|厂址|厂家.*|是否.*|主图.*|city|province|sku|barcode"
    r"|seller|shipping.*|dispatch.*|(?:package|pallet|carton|master) .*|quantity per .*|retail only"
    r"|.*shelf life|.*humidity.*|(?:storage|operating) .*|category .*|.* gender",
    re.IGNORECASE,
)
# Values that say nothing.
_EMPTY = re.compile(
    r"官方标配|其[他它](?:/other)?|中国(?:大陆)?|china|other|others|正常规格|普通|常规|标准|无|否|是|有|中|大|小|所有.*|任何.*|全部|通用|不支持.*"
    r"|见.*|如图.*|不详|n/?a|none|normal|regular|standard|default|yes|no|[yn]|discontinued|.*imperial"
    r"|[\d.]+(?: ?[x–~-] ?[\d.]+)+", re.IGNORECASE,
)  # fmt: skip
# Chinese copy writes units in words, as people say them.
_UNITS = {
    "kg": "公斤", "g": "克", "mg": "毫克", "ml": "毫升", "l": "升", "cm": "厘米", "mm": "毫米",
    "m": "米", "km": "公里", "w": "瓦", "h": "小时", "min": "分钟", "s": "秒",
}  # fmt: skip
_MEASURED = re.compile(r"(?<=\d)\s?(kg|mg|g|ml|cm|mm|km|m|l|w|h|min|s)(?![a-z0-9])", re.IGNORECASE)
# A measure or a count that stands by itself in a title, no part of a model's name or of a product.
_IN_TITLE = re.compile(
    r"(?<![A-Za-z0-9.*×/-])(?P<number>\d{1,5}(?:\.\d{1,2})?)\s?(?P<unit>ml|l|kg|g|cm|w|mah"
    r"|毫升|升|公斤|斤|克|厘米|毫安时?|英寸|片|支|袋|瓶|盒|包|层)(?![A-Za-z0-9*×/+])",
    re.IGNORECASE,
)
_WRITTEN = {"ml": "ml", "l": "L", "kg": "kg", "g": "g", "cm": "cm", "w": "W", "mah": "mAh"}
# What tells most of goods, by the beginning of its code, before all else.
TELLING = (
    "battery", "capacity", "power", "weight", "fabric", "laptop", "waterproof", "water", "comfort",
    "blade", "keys", "pages", "diameter", "length", "width", "height", "pieces", "persons",
)  # fmt: skip
# What may be read out of the shop's words where no fact states it.
READ = ("feature", "season")
TITLED = ("occasion", "audience", "style")
COUNTS = re.compile(
    r"quantity|ports|outputs|inputs|pages|pieces|number of|slots|channels|keys|cores"
)
FEWEST_RATINGS = 5
_MIXED = ("多色", "multicolour", "multicolor")
MOST_QUOTES = 12
SHORT_LINE = {True: 14, False: 40}  # signs, in Chinese and in English


@dataclass(frozen=True)
class Material:
    """A product as copy sees it. ``lines``: the shop's own sentences, in their order."""

    product: Product
    facts: ProductFacts
    ledger: Ledger
    locale: str
    name: naming.Name
    lines: tuple[Line, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    quotes: tuple[str, ...] = ()
    wished: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    known: dict[str, bool] = field(default_factory=dict, compare=False)

    @property
    def chinese(self) -> bool:
        """Tell whether it is to be said in Chinese."""
        return self.locale == CHINESE

    def values(self, dimension: str) -> list[str]:
        """Return a product's codes of a dimension, those that were wished for first."""
        rows = codes_of(self.facts.attributes, dimension)
        known = [one for one in rows if lexicon().value(dimension, one)]
        if not known and dimension in READ:
            known = [one for one in self._read(dimension) if self.name.may_be(one)]
        if not known and dimension in TITLED and not (dimension == "style" and self.name.consumed):
            known = self._titled(dimension)
        return sorted(known, key=lambda one: (dimension, one) not in self.wished)

    def _read(self, dimension: str) -> list[str]:
        """Return what the shop's words affirm and nowhere deny, in whatever language they are."""
        affirmed, denied = self.facts.ground.told
        return sorted(affirmed.get(dimension, set()) - denied.get(dimension, set()))

    def _titled(self, dimension: str) -> list[str]:
        """Return what the titles say of the goods, where no fact does."""
        titles = self.facts.titles.values()
        spans = [one for title in titles for one in lexicon().match(title, (dimension,))]
        if not self.name.personal:  # a plug is female, and for nobody
            spans = [one for one in spans if one.code not in ("women", "men")]
        denied = self.facts.ground.told[1].get(dimension, set())
        return [one for one in dict.fromkeys(span.code for span in spans) if one not in denied]

    def names(self, dimension: str, codes: Sequence[str] | None = None) -> list[str]:
        """Return the vocabulary's names of values in this language; unknown ones are left out."""
        known = lexicon().dimension(dimension).names(self.locale)
        named = [known[one] for one in (self.values(dimension) if codes is None else codes)
                 if one in known]  # fmt: skip
        return [spelt(one) for one in named]

    @cached_property
    def options(self) -> dict[str, list[str]]:
        """Return the names of colours and sizes that variants come in."""
        found: dict[str, list[str]] = {}
        for dimension in ("colour", "size"):
            codes = list(dict.fromkeys(
                one.options[dimension] for one in self.facts.offers if dimension in one.options
            ))  # fmt: skip
            known = lexicon().dimension(dimension).names(self.locale)
            names = [
                _size(one, known) if dimension == "size" else known.get(one, "") for one in codes
            ]
            names = [one for one in names if one.casefold() not in _MIXED]
            if all(names) and len(set(names)) > 1:
                found[dimension] = names
        return found

    @cached_property
    def measured(self) -> list[str]:
        """Return the measures and counts of a title that is not shown as it stands."""
        found = []
        for title in self.facts.titles.values():
            for one in _IN_TITLE.finditer(title):
                unit = one["unit"].casefold()
                if self.chinese:
                    found.append(f"{one['number']} {_UNITS.get(unit, one['unit'])}")
                elif unit in _WRITTEN:
                    found.append(f"{one['number']} {_WRITTEN[unit]}")
        shown = re.sub(r"\s", "", self.name.told.casefold())
        return [
            one for one in dict.fromkeys(found) if re.sub(r"\s", "", one.casefold()) not in shown
        ]

    @cached_property
    def price(self) -> str:
        """Return the lowest price as the reader writes it, nothing where it has none."""
        currency = settings.CURRENCY_OF_LANGUAGE.get(self.locale, "CNY")
        prices = self.facts.prices(currency)
        if not prices:
            return ""
        with translation.override(self.locale):
            written = money(prices[0].amount, currency).removesuffix(".00")
        if prices[0].amount == prices[-1].amount:
            return written
        return f"{written} 起" if self.chinese else f"from {written}"

    @cached_property
    def rating(self) -> tuple[str, int] | None:
        """Return the mean of stars and how many gave them, where enough did and liked it."""
        mean, count = self.facts.reviews.mean, self.facts.reviews.count
        if mean is None or count < FEWEST_RATINGS or mean < Decimal(4):
            return None
        return str(mean.quantize(Decimal("0.1"), ROUND_HALF_UP)), count

    @cached_property
    def return_days(self) -> int:
        """Return within how many days it may be sent back by whoever has changed their mind."""
        shop = self.ledger.shop(self.facts)
        rule = rule_of(shop, self.facts) if shop else None
        return rule.return_days if rule else 0

    @cached_property
    def warranty_months(self) -> int:
        """Return for how many months the shop answers for faults."""
        shop = self.ledger.shop(self.facts)
        warranty = warranty_of(shop, self.facts) if shop else None
        return warranty.months if warranty else 0

    def holds(self, text: str) -> bool:
        """Tell whether a sentence may be shown: each claim has its fact, no rule forbids it."""
        if text not in self.known:
            self.known[text] = holds(text, self.locale, self.ledger)
        return self.known[text]


def holds(text: str, locale: str, ledger: Ledger) -> bool:
    """Tell whether a text's claims are all supported and its wording is lawful."""
    return not breaches(text) and check(text, language=locale, ledger=ledger, unread=True).holds


def gathered(
    product: Product, locale: str, ledger: Ledger, *, wished: frozenset[tuple[str, str]]
) -> Material | None:
    """Return what may be said of a product; None where the ledger does not know it."""
    facts = next((one for one in ledger.products if one.pk == product.pk), None)
    if facts is None:
        return None
    text = next((one for one in product.texts.all() if one.locale == locale and not one.arm), None)
    name = naming.name_of(facts, locale)
    lines = _fitting(reading.lines_of(text.description if text else "", locale), name)
    return Material(
        product, facts, ledger, locale, name,
        tuple(one for one in lines if plainness(one.text) == 1
              and not _of_one_colour(one, facts) and holds(one.text, locale, ledger)),
        tuple(_rows(product, locale)),
        tuple(_quotes(product, locale, ledger)),
        wished,
    )  # fmt: skip


def _fitting(lines: Sequence[Line], name: naming.Name) -> list[Line]:
    """Return sentences that say more than the name, with a pronoun that agrees with it."""
    title = _letters(name.full)
    said = [
        one if name.chinese else replace(one, text=reading.finished(one, plural=name.plural))
        for one in lines
        if _letters(one.text) not in title
    ]
    return [one for one in said if one.text]


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _of_one_colour(line: Line, facts: ProductFacts) -> bool:
    """Tell whether a short line speaks of one colour of goods that come in several."""
    several = len({one.options.get("colour") for one in facts.offers} - {None}) > 1
    short = len(line.text) < SHORT_LINE[bool(reading.HAN.search(line.text))]
    return several and short and len(lexicon().match(line.text, ("colour",))) == 1


def _rows(product: Product, locale: str) -> list[tuple[str, str]]:
    """Return the facts that can stand in a list: names and values in the language."""
    definitions = {one.code: one for one in Attribute.objects.usable_by(product.merchant)}
    found = []
    with translation.override(locale):
        for code in sorted(product.attributes, key=_telling):
            value = _stated(code, product.attributes[code])
            if code in ("material", "colour") and _not_made(product):
                continue
            if (
                code in UNLISTED
                or code.split("_")[0].removesuffix("s") in UNLISTED
                or isinstance(value, bool)
                or _misread(code, product)
            ):
                continue
            row = fact(code, value, definitions.get(code))
            row["value"] = _written(row["value"], locale)
            if _of_the_offer(row):
                continue
            if _listable(code, value, row, locale):
                found.append((row["name"], re.sub(r",(?=[A-Za-z])", ", ", row["value"])))
    return found


def _stated(code: str, value: Any) -> Any:
    """Return a value of the vocabulary's as its codes, where a file has several in a row."""
    if code not in DIMENSIONS or not isinstance(value, str) or lexicon().value(code, value):
        return value
    codes = [one for one in codes_of({code: value}, code) if lexicon().value(code, one)]
    return codes or value


def _of_the_offer(row: Mapping[str, str]) -> bool:
    """Tell whether a row is of the offer and not of the goods, or says only its own name."""
    name, value = row["name"].strip(), row["value"].strip()
    empty = _EMPTY.fullmatch(value) or value in name
    return bool(value and empty) or bool(OF_THE_OFFER.fullmatch(name))


def _written(value: str, locale: str) -> str:
    """Return a value as the language writes it: signs as letters, units in words or capitals."""
    said = spelt(re.sub(r"[™®]", "", html.unescape(value)).strip())
    if locale == CHINESE:
        return _MEASURED.sub(lambda one: f" {_UNITS[one[1].casefold()]}", said)
    return re.sub(r"(?<=\d) ?l\b", " L", said)


def _size(code: str, known: Mapping[str, str]) -> str:
    """Return a size as it is read: letters in capitals, else the vocabulary's name or itself."""
    return code.upper() if re.fullmatch(r"x{0,4}[sml]|\d?xl", code) else known.get(code, code)


def _telling(code: str) -> int:
    begins = [place for place, one in enumerate(TELLING) if code.startswith(one)]
    return begins[0] if begins else len(TELLING)


def _not_made(product: Product) -> bool:
    """Tell whether a material would be the pot's or the bag's: of a plant, of food."""
    path = product.category.path if product.category else ""
    return path.startswith(("groceries", "beauty", "garden/plants"))


def _misread(code: str, product: Product) -> bool:
    """Tell whether a fact's name would say the opposite: the noise that is taken away."""
    return code == "noise_db" and "noise-cancelling" in str(product.attributes.get("feature"))


def _listable(code: str, value: Any, row: dict[str, str], locale: str) -> bool:
    """Tell whether a fact reads well by itself: short, of one number, in the language."""
    several = isinstance(value, list) and code not in DIMENSIONS
    han = [bool(reading.HAN.search(row[one])) for one in ("name", "value")]
    foreign = han[1] != (locale == CHINESE)
    number = isinstance(value, int | float) and row["value"][-1:].isdigit()
    bare = number and code not in common_names() and not COUNTS.search(code.replace("_", " "))
    wordy = any(one.isalpha() for one in row["value"]) and code in DIMENSIONS
    return (
        bool(row["value"])
        and not bare
        and "\\n" not in row["value"]
        and len(row["value"]) <= 40
        and not (several and "joint" not in row and any(isinstance(v, int | float) for v in value))
        and not (foreign and wordy)
        and not (locale == CHINESE and not han[0])
        and not (locale != CHINESE and any(han))
    )


def _quotes(product: Product, locale: str, ledger: Ledger) -> list[str]:
    """Return what buyers of five stars wrote in this language, short and lawful."""
    rows = Review.objects.filter(product=product, stars=5, language=locale).written()
    found = []
    for body in rows.order_by("-written_at", "-pk").values_list("body", flat=True)[:MOST_QUOTES]:
        first = next(iter(reading.split(body)), "")
        if reading.quotable(first, locale) and not breaches(first):
            found.append(first.rstrip("。."))
    return found
