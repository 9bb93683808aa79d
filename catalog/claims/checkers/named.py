"""Facts in words: colours, materials, features, for whom and when, as the vocabulary knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from catalog.claims.claim import Fact, Found, judged
from catalog.claims.facts import ProductFacts
from catalog.claims.grounding import denied_before
from catalog.claims.patterns import worded
from catalog.claims.sentences import CLAUSE, Sentence
from catalog.lexicon import Span, lexicon

DIMENSIONS = (
    "colour", "material", "size", "audience", "season", "occasion", "feature", "pattern", "fit",
    "neckline", "sleeve", "heel", "style",
)  # fmt: skip
# Where a product has one value, another is wrong and not merely unsaid.
CLOSED = {"colour", "material", "size", "season", "pattern", "fit", "neckline", "sleeve", "heel"}
_FILLED_BEFORE = worded(
    r"(?:\b(?:of|in|with|goose|duck|from|is|uses?|and|real|pure|white)|[:：,])\s?$"
)
_FILLED_AFTER = worded(
    r"[- ]?(?:fill|jacket|coat|vest|parka|pillow|duvet|comforter|and feather|content)"
)
_VERBAL = worded(
    r"\s(?:it|this|that|these|them|from|for|off|out|through|the|your|my|our|at|up|about|to)\b"
)
_MANY_SPOKEN_TO = frozenset(("ladies", "gentlemen", "lady", "gents", "guys", "folks", "kids"))
_ALSO_VERBS = frozenset(("run", "runs", "work", "works", "present", "home"))
_CALLED = worded(r"\s?(?:[,.!;]|$|and gentlemen|who\b)")
_DOING = worded(
    r"\b(?:it|this|that|they|which|battery|charge|you|we|i|to|will|can|is|are|be|am|'m)\s$|□\s$"
)
_DONE_TO = worded(r"\s?(?:you|us|for|on|at|about|out|to|until|\d)\b")
_SPOKEN_TO = worded(r"\s?(?:buyers?|customers?|shoppers|visitors|clients|users|as usual|hours)\b")
# Persons who are also spoken to or of: a claim only where the goods are for them.
_PERSONS = frozenset(
    (
        "friend",
        "teacher",
        "family",
        "mother",
        "father",
        "girlfriend",
        "boyfriend",
        "grandparents",
        "left-handed",
    )
)
_GIVEN = worded(r"[适给送为孝]|用于|礼|款|专|必备|穿|专用|最爱|也能用|都能")
_WHO_DID = worded(r"\b(?:i|we|you|they|he|she|who)(?:'ve|'d| have| had| just| also| recently)?\s$")
_GIVEN_TO = worded(
    r"\b(?:for|to|suits?|gifts?|presents?|give|treat|surprise|loved by|with|any|every|of)"
    r"(?: (?:my|your|his|her|our|their|the|an?|any|every|dear|old|younger|older|both|all))*\s?$"
)
_OWN = worded(
    r"(?:'s|s')?\s(?:gift|present|favou?rite|will (?:love|like)|would (?:love|like)|loves?|likes?)"
)
_OR_NOT = worded(r"[^，。]{0,4}[嘛吗么]")
# What the question asks for and the answer denies: "Is there a red one? No."
_NO = worded(r"[^?？]*[?？]\s?(?:a[:：]|答[:：])?\s?(?:no\b|nope|not\b|没有?|[做办谈]?不)")
# The denial stands behind what it denies: "foldable it is not", 橙色他们家没做.
_DENIED_BEHIND = worded(
    r"\s(?:it|this|that|they)(?:'s| is| does| are| do)?(?: not|n't)\b"
    r"|\s(?:is|are) (?:missing|absent|lacking|nowhere)\b|\s(?:is not|isn't|aren't"
    r"|are not) (?:one of|among|available|an option|offered|sold|made"
    r"|it)\b"
    r"|[\u4e00-\u9fff]{0,6}?(?:没有?[做出卖上产]?|不(?:是|行|支持|提供|具备|可选|做|出|卖))"
    r"[的了哦呢啊过呀噢哈嘛]*(?:亲|宝宝|家人们?|姐妹们?|朋友们?)?[。.!！~]?\s*$"
)
_SIZES = {"s": "small", "m": "medium", "l": "large", "xl": "extra-large"}
_SIZES |= {word: letter for letter, word in _SIZES.items()}
_RIVALS = ({"men", "women"}, {"kids", "adults"}, {"waterproof", "water-resistant"})
_NO_CLAIM = worded(r"[?？:：]\s*$")
_TELLS = worded(
    r"(?<![没还])有(?!没)|(?<!还)是(?!否|不是)|\b(?:is|are|has|comes?|available|get it|in stock"
    r"|sold)\b"
)
_ASKED = worded(
    r"如果|要是|有人[^，。]{0,4}问|问[到过]|喜欢|想要|想找|告诉我|的话|比如|预算|\bif you\b"
    r"|tell me|looking for|would you"
    r"|prefer|without “|去掉|放宽|instead of|left out|gave up"
)
_ENUMERATED = worded(
    r"比如|例如|such as|for example|colou?r, |budget|告诉我|tell me|去掉|放宽|gave up|left out"
)
_OF = worded(
    r"(?:是|为|系|用的?是?|采用|由|选[用择]?了?|拿|写[着的]?|材[质料]?[:：为]?|料[:：]?"
    r"|[:：])\s?[纯真]?"
    r"(?P<what>[竹钛棉麻丝绸木铜铁铝银金锡革皮瓷毛绒钢纸])(?=[，,。.！!、；;制做的打质材哦呢啊～~\s]|$)"
    r"|(?:^|[，,：: ])(?P<what2>[竹钛棉麻丝皮革铜铁铝银金锡])的(?=[，。！!哦啊呢]|$)"
)
_LETTER = worded(r"\b(?:in|size|no|an?|the|only|and|or|for)\s(?P<size>[sml])(?![a-z0-9'’&/-])")
_SEASONED = worded(
    r"(?:\b(?:in|for|this|next|early|late|autumn|winter|summer|and|or|is|:)|[,/&:])\s?$"
)
_SEASONS = worded(
    r"\s?(?:(?:and|or|/|&|,) ?\w+|season|wear|weather|days|evenings|colou?rs|clothes|walks|use)"
)
# Words of service that the vocabulary knows as facts in other places.
_SERVICE = worded(
    r"for you|to you|(?:one|a|another) (?:lady|man|woman|mum|dad|guy)|guys(?=[!,.])"
    r"|ladies(?=[!,])|your pocket|平时|大约会|plain and simple"
    r"|c[oa]mes? down|down (?:by|from)|every ?day use"
    r"|day[- ]to[- ]day use|日常(?:使用|用|里)|系统会?自动|自动(?:算"
    r"|减|扣|计)|宝贝(?![衣服鞋袜])"
    r"|入门(?:款|级|价)|亲(?=[，,！!~。]|测|$)|help|at (?:home|work)\b|works? (?:with"
    r"|for|well)|in short|this set"
    r"|\bset of\b|size chart|尺码表|adult|light (?:up|on)|good (?:for|value)|people|人工|礼貌"
    r"|on paper|(?:从|产品|市场|价格)定位|定位(?:看|上|是|为|在)"
    r"|(?:家人|姐妹|宝宝|宝贝|兄弟|朋友)们|的(?:宝宝|姐妹|家人)(?=[邮看要拍下来注请扣点，]|$)"
    r"|(?:宝宝|姐妹|家人)(?=[，,！!。~～]|$)"
    r"|(?:good|lovely|nice) (?:morning|evening|night)|[早晚]上好|朋友们|gentlemen"
    r"|person|emergency (?:number|line|services?)|i(?: have|'ve)? checked|just checked|次充电"
    r"|(?:需要?|才|再|去)充电|充电(?:可|能|时|后|一次|\d)"
)


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield what is stated of products in the vocabulary's words."""
    text = sentence.text
    told = _told(sentence)
    spans = [one for one in lexicon().match(text, DIMENSIONS) if one.dimension in DIMENSIONS]
    spans += [one for one in _made_of(text) if not any(one.start == each.start for each in spans)]
    spans += [one for one in _lettered(sentence) if not any(one.start == s.start for s in spans)]
    for one in spans:
        place = (one.start, one.end)
        if (
            one.end > told
            or not sentence.free(*place)
            or _in_service(text, one)
            or _no_season(text, one)
            or _in_talk(sentence, one)
            or _asked(sentence, place)
            or _crosses(sentence, one)
        ):
            continue
        products = sentence.about(one.start)
        if one.dimension == "occasion" and _of_the_name(text, one, products):
            continue
        if any(one.surface in given for given in sentence.ledger.given_folded):
            yield judged(place, one.dimension, True, Fact(one.surface, "computed"))
        elif products:
            yield _judged(sentence, one, products, spans)


def _crosses(sentence: Sentence, one: Span) -> bool:
    """Tell whether a word begins in what code made and ends behind it: 水温和钢材 has no 温和."""
    if one.surface.isascii():
        return False
    return any(
        found.start() < one.start < found.end() < one.end
        for given in sentence.ledger.given_folded if len(given) > 1
        for found in re.finditer(re.escape(given), sentence.text)
    )  # fmt: skip


def _told(sentence: Sentence) -> int:
    """Return up to where a sentence tells something: of a question the clauses that lead up to it.

    「有黑色可选，您喜欢吗？」 tells of a black one; a mere question or a list tells nothing.
    """
    text = sentence.text
    if not _NO_CLAIM.search(sentence.full):
        return len(text)
    cuts = [one.start() for one in CLAUSE.finditer(text) if text[one.end() :].strip()]
    told = bool(cuts) and bool(_TELLS.search(text[: cuts[-1]]))
    return cuts[-1] if told and not sentence.full.rstrip().endswith((":", "：")) else 0


def _of_the_name(text: str, one: Span, products: tuple[ProductFacts, ...]) -> bool:
    """Tell whether an occasion is only part of what the goods are called: a sleeping bag."""
    titles = [title.casefold() for each in products for title in each.titles.values()]
    return any(
        kind.start <= one.start and one.end <= kind.end and len(kind.surface) > len(one.surface)
        and any(kind.surface.casefold() in title for title in titles)
        for kind in lexicon().match(text, ("category",))
    )  # fmt: skip


def _no_season(text: str, one: Span) -> bool:
    """Tell whether "fall" and "spring" are verbs or springs: no word of seasons is beside them."""
    if one.surface not in ("fall", "spring"):
        return False
    return not (_SEASONED.search(text[: one.start]) or _SEASONS.match(text[one.end :]))


def _in_talk(sentence: Sentence, one: Span) -> bool:
    """Tell whether a word is a verb, a particle or somebody spoken to, and no claim."""
    led, after = sentence.text[: one.start], sentence.text[one.end : one.end + 20]
    if one.surface == "down":
        return not (_FILLED_BEFORE.search(led) or _FILLED_AFTER.match(after))
    verb = (
        (one.dimension == "occasion" and one.surface.endswith("ing") and _VERBAL.match(after))
        or (one.surface.endswith("ed") and _WHO_DID.search(led))
        or (one.surface in _ALSO_VERBS and (_DOING.search(led) or _DONE_TO.match(after)))
    )
    called = (one.surface in _MANY_SPOKEN_TO and _CALLED.match(after)) or (
        one.dimension in ("occasion", "audience") and _SPOKEN_TO.match(after)
    )
    if verb or called:
        return True
    return one.dimension == "audience" and one.code in _PERSONS and not _for_them(sentence, one)


def _for_them(sentence: Sentence, one: Span) -> bool:
    """Tell whether the goods are said to be for a person, who else is only spoken to or of."""
    led, after = sentence.text[: one.start], sentence.text[one.end : one.end + 20]
    if one.surface.isascii():
        return bool(_GIVEN_TO.search(led) or _OWN.match(after))
    return bool(_GIVEN.search(sentence.clause(one.start, one.end)))


# What follows a wish and says that it is met: "you wanted red, it has that".
_AFFIRMED = worded(
    r"[，,][^，。]{0,4}(?:有[的哦啊呢货吗]?|都?行|可以)[。.!！~]?\s*$"
    r"|,\s?(?:and |well )?(?:it|this|they|we) (?:is|does|has|do|have)\b"
)


def _asked(sentence: Sentence, place: tuple[int, int]) -> bool:
    """Tell whether words belong to a wish or a condition, which claims nothing itself.

    In Chinese and English the condition ends with its clause; what it leads to is claimed.
    """
    clause = sentence.clause(*place)
    if _ASKED.search(clause):
        return not _AFFIRMED.search(sentence.text[place[1] :])
    before = sentence.text[: place[0]]
    return bool(_ENUMERATED.search(before) and _ASKED.search(CLAUSE.split(before)[0]))


def _made_of(text: str) -> Iterator[Span]:
    """Yield materials of one character, which count only where a thing is said to be of them."""
    for one in _OF.finditer(text):
        name = "what" if one["what"] else "what2"
        code = lexicon().canonical("material", one[name])
        if code:
            yield Span(one.start(name), one.end(name), one[name], "material", code)


def _lettered(sentence: Sentence) -> Iterator[Span]:
    """Yield sizes of one letter, which the vocabulary leaves alone: "not in S", "an M"."""
    for one in _LETTER.finditer(sentence.text):
        place = sentence.span(*one.span("size"))
        code = lexicon().canonical("size", one["size"])
        if code and sentence.written[slice(*place)].isupper():
            yield Span(one.start("size"), one.end("size"), one["size"], "size", code)


def _in_service(text: str, one: Span) -> bool:
    around = text[max(0, one.start - 12) : one.end + 12]
    return any(
        found.start() < one.end - max(0, one.start - 12) for found in _SERVICE.finditer(around)
        if one.surface.casefold() in found[0]
    )  # fmt: skip


def _judged(
    sentence: Sentence, one: Span, products: tuple[ProductFacts, ...], spans: Sequence[Span]
) -> Found:
    before = sentence.before(one.start, 40)
    denied = denied_before(before, spans) and not (
        "不是" in before and _OR_NOT.match(sentence.text, one.end)  # 不是红色的嘛: it is
    )
    behind = _DENIED_BEHIND.match(sentence.after(one.end, 30))
    negated = bool(denied or behind or _NO.match(sentence.text, one.end))
    place, worst = (one.start, one.end), None
    for product in products:
        holds = _holds(product, one, negated=negated)
        told = sentence.ledger.locale if holds is True and not negated else ""
        fact = _fact(product, one, told=told)
        if holds is not True:
            worst = judged(place, one.dimension, holds, fact)
            if holds is False:
                return worst
    return worst or judged(place, one.dimension, True, fact)


def _fact(product: ProductFacts, one: Span, *, told: str) -> Fact:
    """Return what is stated of it, or the sentence that tells what is not stated.

    ``told``: the language of that sentence, nothing where only what is stated counts.
    """
    stated = sorted(product.ground.stated.get(one.dimension, ()))
    unstated = told and not _within(one.code, set(stated), one.dimension)
    if unstated and (words := product.ground.words(one.dimension, one.code, told)):
        return Fact(words, product.source)
    return Fact(", ".join(stated), f"{product.source}#{one.dimension}")


def _holds(product: ProductFacts, one: Span, *, negated: bool) -> bool | None:
    affirmed, denied = product.ground.told
    senses = [(one.dimension, one.code), *one.also]
    has = any(_within(code, product.ground.stated.get(name, set()), name) for name, code in senses)
    told = any(_within(code, _firm(product, affirmed, name), name) for name, code in senses)
    refused = any(code in denied.get(name, set()) for name, code in senses)
    if negated:
        return _not_so(product, one, has=has, told=told, refused=refused)
    if has or _both(product, one):
        return True
    if refused and not told:
        return False
    if told and not _rival_option(product, one):
        return True
    return _absent(product, one)


def _both(product: ProductFacts, one: Span) -> bool:
    """Tell whether two colours are two that it has, and no cloth of both: "black and white"."""
    parts = [lexicon().canonical("colour", part) for part in one.surface.casefold().split(" and ")]
    options = product.options("colour")
    return one.dimension == "colour" and len(parts) > 1 and all(part in options for part in parts)


def _firm(product: ProductFacts, affirmed: dict[str, set[str]], dimension: str) -> set[str]:
    """Return the codes that the shop's words affirm; "every season" adds nothing to stated ones."""
    codes = affirmed.get(dimension, set())
    stated = dimension == "season" and product.ground.stated.get("season")
    return codes - {"all-season"} if stated else codes


def _not_so(
    product: ProductFacts, one: Span, *, has: bool, told: bool, refused: bool
) -> bool | None:
    """Decide on a denial: true where the shop denies it too, or states another value."""
    if has or (told and not refused):
        return False if has else None
    return True if refused or _absent(product, one) is False else None


def _rival_option(product: ProductFacts, one: Span) -> bool:
    """Tell whether the word is an option that this product is not sold in, whatever texts say."""
    options = product.options(one.dimension)
    return one.dimension in ("colour", "size") and bool(options) and (
        one.dimension == "size" or len(options) > 1
    )  # fmt: skip


def _absent(product: ProductFacts, one: Span) -> bool | None:
    """Decide on what is not stated: wrong where another value is, else unknown."""
    stated = product.ground.stated.get(one.dimension, set())
    if one.dimension in CLOSED and stated - {"all-season"}:
        return False
    rivals = next((pair for pair in _RIVALS if one.code in pair), set())
    return False if rivals & stated - {one.code} else None


def plain_size(code: str) -> str:
    """Return a size as shops write it without its system: "43" of eu-43, "110" of height-110."""
    system, _dash, number = code.partition("-")
    return number if system in ("eu", "height", "size") else ""


def _within(code: str, held: set[str], dimension: str) -> bool:
    """Tell whether a value is among those held, or wider than one of them."""
    if code in held or (dimension == "size" and held & {_SIZES.get(code), plain_size(code)}):
        return True
    if dimension == "season" and "all-season" in held:
        return True
    if dimension == "audience" and "unisex" in held and code in ("men", "women"):
        return True
    known = lexicon().dimension(dimension)
    return any(one in known.values and known.within(one, code) for one in held)
