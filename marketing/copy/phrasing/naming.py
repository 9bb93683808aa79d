"""What a product is called in copy: its title without the small print, and the bare noun."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import takewhile

from catalog.claims.facts import ProductFacts
from catalog.lexicon import Span, lexicon
from marketing.copy.channels import CHINESE
from marketing.copy.phrasing.kinds import displayed, filed_as, fitting, heaped, kind_in
from marketing.copy.phrasing.words import spelt
from shopguide.writing.phrasing import measure as common_measure

_BRACKETS = re.compile(r"[（(【\[][^（()）【】\]]*[）)】\]]")
_TAIL = re.compile(r",| [-–—|/] | for | with | in (?!-)| from | to | without |: ")
_HAN = re.compile(r"[\u3400-\u9fff]")
# What is not called by what it is made of.
NOT_OF = ("electronics", "groceries", "garden/plants", "beauty")
IMPERSONAL = (
    "electronics", "appliance", "kitchenware", "home", "furniture", "tool", "food", "drink",
    "stationery", "car-accessory", "garden", "garden-supply", "groceries", "plant", "book",
)  # fmt: skip
CARE = ("beauty", "personal-care", "health", "baby-gear")
# Features that only such goods have.
OF_CARE = ("moisturising", "gentle", "oil-control", "long-wear", "alcohol-free", "fragrance-free")
OF_FOOD = ("spicy", "instant", "fresh", "sugar-free", "gluten-free", "high-protein", "high-fibre")
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
LONGEST_THING = 10
LONGEST_HEAD = 12
_FINITE = r"(?=(?:is|are|has|have|was|will|can|combine|feature|come|keep|give|make|offer)s?\b)"
_ALL_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
# Who is said to like it is no part of a name.
_PRAISED = re.compile(r"^(?:[\u4e00-\u9fff]{1,5}(?:推荐|同款|代言))")
_ONE_PIECE = re.compile(r"\s1 pc(?:s|\(s\))?\.?$")
_ACRONYM = re.compile(r"\b(?:usb|hdmi|vga|dvi|led|lcd|gps|hdd|ssd|pc|cd|dvd|tv|uv)\b")
_ENDS_IN_S = re.compile(r"(?:lens|canvas|atlas|series|chess|gas)$")
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
    ("个", "桶 插排 排插 收纳箱 镜头 电池 墨盒 硒鼓 路由器 硬盘"),
    ("枚", "戒指 胸针 吊坠"), ("套", "四件套 三件套 床品"), ("件", "家居服 睡衣"),
)  # fmt: skip


def measure(noun: str) -> str:
    """Return the measure word of a Chinese noun that stands for goods."""
    if noun.endswith(_UNPACKED):
        return "款"
    own = next((word for word, ends in _OTHERS if noun.endswith(tuple(ends.split()))), "")
    found = own or common_measure(noun)
    # 裤子 is counted as 裤 is.
    bare = noun.removesuffix("子")
    return measure(bare) if found == "款" and bare != noun and bare else found


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
    personal: bool = True  # whether there may be one for women and one for men
    shelves: frozenset[str] = frozenset()  # the codes of its kind and of the wider ones

    @property
    def consumed(self) -> bool:
        """Tell whether it is eaten, drunk or put on the skin, and so has no style."""
        return bool(self.shelves & {"food", "drink", *CARE})

    def may_be(self, feature: str) -> bool:
        """Tell whether a feature that was read out of words can be one of such goods.

        "Hydration alarms" make no watch moisturising, and a hot colour makes no shirt spicy.
        """
        of = OF_CARE if feature in OF_CARE else OF_FOOD if feature in OF_FOOD else ()
        shelves = CARE if of is OF_CARE else ("food", "drink")
        return not of or bool(self.shelves & set(shelves))

    @property
    def plural(self) -> bool:
        """Tell whether the English noun is a plural: socks, headphones."""
        word = (self.noun or self.short).rsplit(" ", 1)[-1].casefold()
        many = re.search(r"(?<![sui])s$", word) and not _ENDS_IN_S.search(word)
        return bool(many) and not self.chinese

    @property
    def told(self) -> str:
        """Return the whole title where it is a name, else the name."""
        return self.short if self.chinese and heaped(self.full) else self.full

    @property
    def thing(self) -> str:
        """Return the noun, or a short Chinese name that can stand for it; else nothing."""
        first = self.short.split(" ")[0]
        stands = self.chinese and self.own and len(first) <= LONGEST_THING
        return self.noun or (first if stands and _ALL_HAN.fullmatch(first) else "")

    def again(self, text: str) -> str:
        """Return an English sentence with "It" for the name that it begins with."""
        if self.chinese or not self.own:
            return text
        begins = (
            rf"(?:The )?{re.escape(self.short.split(' ')[0])}(?: [A-Z][\w’'-]*){{0,4}} {_FINITE}"
        )
        return re.sub(rf"^{begins}", f"{'They' if self.plural else 'It'} ", text)

    @property
    def foreign(self) -> bool:
        """Tell whether nothing in the language says what it is, so that nothing can be said."""
        if self.chinese:
            return not (self.own or self.noun)
        return bool(_HAN.search(self.short))

    @property
    def this(self) -> str:
        """Return the product as the subject of a sentence that follows its name."""
        if self.chinese:
            return f"这{measure(self.thing)}{self.thing}" if self.thing else "这一款"
        if not self.noun:
            return self.the
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
    clean = _ONE_PIECE.sub("", title)
    clean = re.sub(r"\s+", " ", _BRACKETS.sub("", clean)).strip() or title.strip()
    if chinese and heaped(clean):
        clean = _PRAISED.sub("", _without_brand(clean, facts.brand)) or clean
    kind = fitting(kind_in(clean, facts), facts)
    filed = displayed(filed_as(facts), locale) if chinese and not kind and heaped(clean) else ""
    short = filed or (_short_zh(clean, kind) if chinese else _short_en(clean, kind))
    noun = clean[kind.start : kind.end] if kind else filed
    if not chinese:
        noun = noun if noun.isupper() else re.sub(r"\bt[ -]shirt", "T-shirt", noun.lower())
        noun = _ACRONYM.sub(lambda one: one[0].upper(), noun)
    brand = _brand(facts.brand, locale)
    if chinese and heaped(clean) and short == noun and brand and brand not in short:
        short = _apart(f"{brand}{short}")  # a bare kind is no name
    personal = bool(noun) and not facts.category.startswith(IMPERSONAL)
    personal = personal and not _shelves(noun) & set(IMPERSONAL)
    shelves = frozenset(_shelves(noun))
    return Name(title.strip(), short, noun, brand, chinese, own, _verb(facts, noun), personal,
                shelves)  # fmt: skip


def _without_brand(title: str, brand: str) -> str:
    """Return a heaped title without the brand that it begins with, in either script."""
    halves = "|".join(re.escape(one) for one in sorted(brand.split("/"), key=len)[::-1] if one)
    bare = re.sub(rf"^(?:(?:{halves})[/ ]?)+", "", title, flags=re.IGNORECASE) if halves else title
    return bare if len(bare) > LONGEST_THING else title


def _made(facts: ProductFacts, locale: str) -> str:
    """Make a title of brand, material and kind, for a language the shop has not written in.

    The kind is what the other title says, else what the shop has filed the product as, where that
    is a kind of thing and no whole department.
    """
    chinese = locale == CHINESE
    other = next(iter(facts.titles.values()), facts.sku)
    span = fitting(kind_in(other, facts), facts)
    kind = displayed(span.code if span else filed_as(facts), locale)
    if not kind:
        return other
    stated = [] if facts.category.startswith(NOT_OF) else facts.attributes.get("material", [])
    codes = stated if isinstance(stated, list) else [stated]
    known = lexicon().dimension("material").names(locale)
    material = spelt(known.get(str(codes[0]), "")) if len(codes) == 1 else ""
    brand = _brand(facts.brand, locale)
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
    """Return the name that an English title begins with: "Frankie" Sweatshirt, "Ingrid" Jacket."""
    kind = kind_in(title)
    words = html.unescape(title[: kind.start] if kind else title).split()
    named = list(takewhile(lambda one: one[:1].isupper() and not lexicon().match(one), words))
    return " ".join(named if len(named) <= 2 else named[:1])


def _brand(brand: str, locale: str) -> str:
    """Return a brand as a text can have it: of "YUNE/优妮" the half of its language."""
    halves = [one.strip() for one in brand.split("/") if one.strip()]
    if locale == CHINESE:
        return next((one for one in halves if _HAN.search(one)), halves[0] if halves else "")
    return next((one for one in halves if not _HAN.search(one)), "")


def _out_of_heap(title: str, kind: Span) -> str:
    """Return a name out of a heap: its beginning where that is short, else kind and what it is."""
    if kind.end <= LONGEST_HEAD:
        return title[: kind.end].strip()
    before = lexicon().match(title[: kind.start], ("fit", "material", "pattern", "feature"))
    told = [one.surface for one in before if len(one.surface) <= 3][-2:]
    return "".join(dict.fromkeys(told)) + kind.surface


def _short_zh(title: str, kind: Span | None) -> str:
    if kind and heaped(title):
        return _out_of_heap(title, kind)
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
    if kind and kind.surface not in short:  # a make alone is no name
        short = f"{short[: LONGEST[True] - len(kind.surface) - 1].strip()} {kind.surface}"
    return short[: LONGEST[True]]


def _short_en(title: str, kind: Span | None) -> str:
    core = _TAIL.split(title)[0].strip()
    named = [one.end for one in lexicon().match(title, ("category",))]
    if kind and not any(end <= len(core) for end in named):  # "USB A to USB B cable"
        core = next((title[:end] for end in named if end <= LONGEST[False]), core)
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
    shelves = _shelves(noun)
    if noun.isascii() and shelves & {"accessory", "jewellery", "bag"}:
        return found or "戴"
    return found or ("穿" if shelves & {"clothing", "shoes"} else "用")


def _shelves(noun: str) -> set[str]:
    """Return the code of a noun and the wider ones."""
    known = lexicon().dimension("category")
    spans = lexicon().match(noun, ("category",))
    return {one for each in spans for one in (each.code, *known.ancestors(each.code))}
