"""Read values that are said in a pattern rather than in one word of the lexicon.

"free of alcohol and fragrance", "不含酒精、香精", "oven, microwave and dishwasher safe", "dry or
sensitive skin", "送妈妈", "仿羊巴皮". For `propose`.
"""

import re
from collections.abc import Iterator

from catalog.extraction.schema import Found

_SUBSTANCES = {
    "酒精": "alcohol-free", "香精": "fragrance-free", "香料": "fragrance-free",
    "防腐剂": "paraben-free", "双酚a": "bpa-free", "双酚 a": "bpa-free", "乳糖": "lactose-free",
    "糖": "sugar-free", "蔗糖": "sugar-free", "麸质": "gluten-free", "甲醛": "non-toxic",
    "脂肪": "low-fat", "bpa": "bpa-free", "alcohol": "alcohol-free", "fragrance": "fragrance-free",
    "fragrances": "fragrance-free", "perfume": "fragrance-free", "parabens": "paraben-free",
    "paraben": "paraben-free", "preservatives": "paraben-free", "gluten": "gluten-free",
    "lactose": "lactose-free", "dairy": "lactose-free", "sugar": "sugar-free",
    "added sugar": "sugar-free", "formaldehyde": "non-toxic", "odor": "non-toxic",
    "smell": "non-toxic",
}  # fmt: skip
_NAMES = "|".join(sorted((re.escape(n) for n in _SUBSTANCES), key=len, reverse=True))
_NAME = re.compile(rf"(?<![a-z])(?:{_NAMES})(?![a-z])")
_FREE_OF = re.compile(
    rf"(?:不含有?|不添加|不加|未添加|无添加|无|零|0)(?:[任何的]{{0,2}}(?:{_NAMES})[、和及与或/,]?)+"
    rf"|(?<![a-z])(?:no|without|free (?:of|from)|zero|0%)(?: (?:added|artificial|any))?"
    rf"(?:(?:,? (?:or |and |& )?|/)?(?: ?[a-z]+,)*(?: (?:or|and))? ?(?:{_NAMES})(?![a-z]))+"
    rf"|(?:(?<![a-z])(?:{_NAMES})(?:,| and| &|/|, and)\s?)+(?:{_NAMES})[ -]free(?![a-z])"
)
_SAFE = re.compile(
    r"(?:(?:oven|microwave|freezer|fridge|dishwasher)(?:,? (?:and |& |or )?|/))+"
    r"(?:oven|microwave|freezer|fridge|dishwasher)[ -]safe"
)
_SAFE_IN = {"oven": "oven-safe", "microwave": "microwave-safe", "dishwasher": "washable"}
_SKIN = re.compile(
    r"(?<![a-z])((?:(?:very |extra )?(?:dry|oily|sensitive|combination|normal|mature)"
    r"(?:,? (?:and |or |& |to )?|/))+)skin(?![a-z])"
)
_SKINS = {"dry": "dry-skin", "oily": "oily-skin", "sensitive": "sensitive-skin"}
_GIVEN = re.compile(
    r"送(?=(?:给)?(?:爸|妈|父|母|男|女|老|长辈|朋友|闺蜜|爷|奶|外|孩子|儿|同学|同事|客户|礼|人|领导|媳妇|婆))"
)
_PARENTS = re.compile(r"爸妈|父母|爹妈")
_IMITATION = re.compile(r"仿[\u4e00-\u9fff]{1,2}皮(?!肤)")


def patterned(folded: str) -> Iterator[Found]:
    """Yield the values said by patterns in folded text."""
    yield from _listed(folded, _FREE_OF, _NAME, _SUBSTANCES, "feature")
    yield from _listed(folded, _SAFE, re.compile("|".join(_SAFE_IN)), _SAFE_IN, "feature")
    yield from _listed(folded, _SKIN, re.compile("|".join(_SKINS)), _SKINS, "audience")
    for match in _GIVEN.finditer(folded):
        yield Found("occasion", "gift", None, match.start(), match.end(), 0.85)
    for match in _PARENTS.finditer(folded):
        yield Found("audience", "mother", None, match.start(), match.end(), 0.85)
        yield Found("audience", "father", None, match.start(), match.end(), 0.85)
    for match in _IMITATION.finditer(folded):
        yield Found("material", "faux-leather", None, match.start(), match.end(), 0.9)


def _listed(
    folded: str,
    whole: re.Pattern[str],
    part: re.Pattern[str],
    codes: dict[str, str],
    attribute: str,
) -> Iterator[Found]:
    """Yield one value for each listed part, with the whole phrase as evidence."""
    for phrase in whole.finditer(folded):
        for found in part.finditer(folded, phrase.start(), phrase.end()):
            start, end = phrase.start(), phrase.end()
            yield Found(attribute, codes[found[0]], None, start, end, 0.85)
