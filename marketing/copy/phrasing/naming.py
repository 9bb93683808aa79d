"""What a product is called in copy: its title without the small print, and the bare noun."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from catalog.claims.facts import ProductFacts
from catalog.lexicon import Span, lexicon
from marketing.copy.channels import CHINESE
from marketing.copy.phrasing.words import spelt
from shopguide.writing.phrasing import measure as common_measure

_BRACKETS = re.compile(r"[（(【\[][^（()）【】\]]*[）)】\]]")
_TAIL = re.compile(r",| [-–—|/] | for | with | in (?!-)| from | to | without |: ")
_HAN = re.compile(r"[\u3400-\u9fff]")
# What is not called by what it is made of.
NOT_OF = ("electronics", "groceries", "garden/plants", "beauty")
_ON_HEAD_OR_HAND = (
    "围巾",
    "帽",
    "帽子",
    "手套",
    "丝巾",
    "耳机",
    "表",
    "镜",
    "链",
    "环",
    "戒指",
    "耳钉",
    "扣",
)
LONGEST = {True: 24, False: 60}
_WORN = (
    ("穿", ("clothing", "shoes")), ("戴", ("jewellery", "accessories", "glasses", "hat")),
    ("背", ("bags",)), ("喝", ("groceries/tea", "groceries/coffee", "drinks")),
    ("吃", ("groceries", "food", "snacks")),
)  # fmt: skip
# Where the packing is not known, a thing has no measure word but 款.
_UNPACKED = (
    "茶", "咖啡", "水", "油", "醋", "酱", "米", "粮", "纸", "卡", "精华", "乳", "霜", "面膜",
    "礼盒", "零食", "坚果", "洗发水", "沐浴露", "香", "种子", "土",
)  # fmt: skip
_OTHERS = (
    ("口", "锅"), ("个", "充电宝 电源 充电器 睡袋 枕 键盘 支架 花盆 猫抓板 窝"), ("只", "鼠标"),
    ("株", "绿萝 多肉 盆栽 植物"), ("根", "数据线 线 绳"), ("条", "毯 毛巾 浴巾 床单 袜裤"),
    ("张", "瑜伽垫 垫"), ("盏", "灯"),
)  # fmt: skip


def measure(noun: str) -> str:
    """Return the measure word of a Chinese noun that stands for goods."""
    if noun.endswith(_UNPACKED):
        return "款"
    own = next((word for word, ends in _OTHERS if noun.endswith(tuple(ends.split()))), "")
    return own or common_measure(noun)


@dataclass(frozen=True)
class Name:
    """``full``: the title as it is, ``short``: its core, ``noun``: what kind of thing it is."""

    full: str
    short: str
    noun: str
    brand: str
    chinese: bool
    own: bool  # whether the title is in this language
    verb: str = "用"

    @property
    def plural(self) -> bool:
        """Tell whether the English noun is a plural: socks, headphones."""
        word = (self.noun or self.short).rsplit(" ", 1)[-1].casefold()
        return bool(re.search(r"(?<![sui])s$", word)) and not self.chinese

    @property
    def foreign(self) -> bool:
        """Tell whether it is in a script that the language does not write: nothing can be said."""
        return not self.chinese and bool(_HAN.search(self.short))

    @property
    def this(self) -> str:
        """Return the product as the subject of a sentence that follows its name."""
        if self.chinese:
            return f"这{measure(self.noun)}{self.noun}" if self.noun else "这一款"
        if not self.noun:
            return "They" if self.plural else "It"
        return f"{'These' if self.plural else 'This'} {self.noun}"

    @property
    def the(self) -> str:
        """Return the product by its name as a subject."""
        return self.short if self.chinese else f"The {self.short}"


def name_of(facts: ProductFacts, locale: str) -> Name:
    """Return a product's names in a language, made of its facts where it has no title in it."""
    chinese = locale == CHINESE
    title = html.unescape(facts.titles.get(locale, ""))
    own = bool(title)
    if not own:
        title = _made(facts, locale)
    clean = re.sub(r"\s+", " ", _BRACKETS.sub("", title)).strip() or title.strip()
    kind = _fitting(_kind(clean), facts)
    short = _short_zh(clean, kind) if chinese else _short_en(clean, kind)
    noun = clean[kind.start : kind.end] if kind else ""
    if not chinese:
        noun = noun if noun.isupper() else re.sub(r"\bt[ -]shirt", "T-shirt", noun.lower())
    brand = facts.brand if _readable(facts.brand, locale) else ""
    return Name(title.strip(), short, noun, brand, chinese, own, _verb(facts, noun))


def _made(facts: ProductFacts, locale: str) -> str:
    """Make a title of brand, material and kind, for a language the shop has not written in.

    The kind is what the other title says; a category is too wide to name a thing by.
    """
    chinese = locale == CHINESE
    other = next(iter(facts.titles.values()), facts.sku)
    kind = _kind_in(_main(other), locale) if _fitting(_kind(other), facts) else ""
    if not kind:
        return other
    stated = [] if facts.category.startswith(NOT_OF) else facts.attributes.get("material", [])
    codes = stated if isinstance(stated, list) else [stated]
    known = lexicon().dimension("material").names(locale)
    material = spelt(known.get(str(codes[0]), "")) if len(codes) == 1 else ""
    brand = facts.brand if _readable(facts.brand, locale) else ""
    model = facts.attributes.get("model")
    if isinstance(model, str) and len(model) < 24 and brand:
        brand = f"{brand} {model}"
    if chinese:
        material = "" if material and material in kind else material
        return _apart(f"{brand or _proper(other)} {material}{kind}".strip())
    titled = [one if one.isupper() else one.title() for one in (material, kind)]
    return re.sub(r"\bT Shirt", "T-Shirt", " ".join(one for one in (brand, *titled) if one))


def _apart(text: str) -> str:
    """Return Chinese with a space behind Latin letters."""
    return re.sub(r"(?<=[A-Za-z]{2})(?=[\u4e00-\u9fff])", " ", text)


def _proper(title: str) -> str:
    """Return the name that stands before the kind in an English title: "Frankie" Sweatshirt."""
    kind = _kind(title)
    words = html.unescape(title[: kind.start]).split() if kind else []
    known = any(lexicon().match(one) for one in words)
    return "" if known or len(words) > 2 else " ".join(words)


def _readable(brand: str, locale: str) -> bool:
    """Tell whether a brand can stand in a text: Latin anywhere, Chinese in Chinese."""
    return bool(brand) and (locale == CHINESE or not _HAN.search(brand))


def _main(title: str) -> str:
    """Return a title without what it is for and with."""
    return re.split(r"[,，|/]| for | with | in (?!-)", title)[0]


def _kind_in(title: str, locale: str) -> str:
    """Return what a title says the thing is, in another language."""
    spans = _things(title)
    value = lexicon().value("category", spans[-1].code) if spans else None
    if value is None:
        return ""
    named = value.display(locale)
    if locale == CHINESE:
        return named
    pair = value.code.endswith("s") and not named.endswith("s")  # earrings come as two
    return f"{named}s" if pair else named


def _kind(title: str) -> Span | None:
    """Return the word of the title that says what it is: the last of its main part."""
    spans = _things(_main(title))
    return spans[-1] if spans else None


def _fitting(kind: Span | None, facts: ProductFacts) -> Span | None:
    """Return a kind, unless the product's category says that it is another thing.

    A plant for bookshelves is no bookshelf, and a drip bag of coffee no bag.
    """
    named = [one for name in facts.category_names for one in lexicon().match(name, ("category",))]
    if kind is None or not named:
        return kind
    return kind if _shelf(kind.code) in {_shelf(one.code) for one in named} else None


def _shelf(code: str) -> str:
    return (lexicon().dimension("category").ancestors(code) or (code,))[-1]


def _things(title: str) -> list[Span]:
    """Return the kinds of goods that a title names; that it is a set says nothing of what it is."""
    return [one for one in lexicon().match(title, ("category",))
            if not re.search(r"[\u4e00-\u9fff]件套$|^套装$|^set$", one.surface)]  # fmt: skip


def _short_zh(title: str, kind: Span | None) -> str:
    if kind and kind.end <= LONGEST[True]:
        end = title.find(" ", kind.end)
        core = title[:end] if end > 0 else title
        if len(core) <= LONGEST[True]:
            return core.strip()
        return title[: kind.end].strip()
    if not _HAN.search(title):
        return _short_en(title, kind)
    words = title.split(" ")
    short = words[0]
    for one in words[1:]:
        if len(short) + len(one) + 1 > LONGEST[True] or len(short) >= 6:
            break
        short += " " + one
    return short[: LONGEST[True]]


def _short_en(title: str, kind: Span | None) -> str:
    core = _TAIL.split(title)[0].strip()
    if len(core) > 34 and kind and kind.end <= LONGEST[False] and kind.end <= len(core):
        core = title[: kind.end]
    if len(core) <= LONGEST[False]:
        return core
    return core[: LONGEST[False]].rsplit(" ", 1)[0].rstrip(" -,(")


def _verb(facts: ProductFacts, noun: str) -> str:
    """Return what one does with it in Chinese: 穿, 戴, 背, 喝, 吃, else 用."""
    if noun.endswith(_ON_HEAD_OR_HAND):
        return "戴"
    found = next((verb for verb, begins in _WORN if facts.category.startswith(begins)), "")
    return found or ("穿" if _shelves(noun) & {"clothing", "shoes"} else "用")


def _shelves(noun: str) -> set[str]:
    """Return the code of a noun and the wider ones."""
    known = lexicon().dimension("category")
    spans = lexicon().match(noun, ("category",))
    return {one for each in spans for one in (each.code, *known.ancestors(each.code))}
