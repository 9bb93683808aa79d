"""What is told of somebody, written as the wish that it is: "I don't drink caffeine".

For needs. Pure patterns; nothing is decided here.
"""

from __future__ import annotations

import re

# What only plants are said to need, or not: 不用天天浇水的.
_OF_PLANTS = re.compile(
    r"^(?P<what>[^，。]{0,4}(?:不(?:用|需要|怎么|太)(?:天天|经常|太多|怎么|常)?"
    r"(?:晒太阳|晒|浇水|光照|阳光)|耐阴|喜阴|耐旱)(?:多)?)的?"
    r"(?![^，。]{0,4}(?:花|草|植|盆|绿|肉))"
)
_OF_PLANTS_EN = re.compile(
    r"\b(?:something|anything|one|ones) (?=(?:that|which) (?:(?:doesn't|does not|don't)"
    r" (?:need|want|like)|can (?:take|live with|do with(?:out)?)|(?:needs?|likes?|wants?)"
    r"|survives?|grows?)(?: too| so)?"
    r" ?(?:much|little|less|no|any|a lot of|direct|full|in)?"
    r" ?(?:sun(?:light)?|shade|watering)\b)",
    re.IGNORECASE,
)
# What is told of somebody and wished for of the thing: "I don't drink caffeine", 别送吃的.
_RETOLD: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:i|he|she|they|we) (?:don't|doesn't|do not|can't|cannot|mustn't) "
                r"(?:drink|eat|have|take|tolerate|like|want) (?:anything|things|stuff|drinks|food)"
                r" (?:with|containing|that has|made with) (?:any )?(?P<what>[a-z]+)\b",
                re.IGNORECASE), r"without \g<what>"),
    (re.compile(r"\b(?:for )?(?:someone|somebody|people) who (?:don't|doesn't|can't|cannot|mustn't)"
                r" (?:drink|eat|have|take|tolerate) (?:any |much )?(?P<what>[a-z]+)\b",
                re.IGNORECASE), r"without \g<what>"),
    (re.compile(r"\b(?:he|she|they) (?:doesn't|don't|can't|cannot|mustn't)"
                r" (?:drink|eat|have|take|tolerate) (?:any |much )?(?P<what>[a-z]+)\b",
                re.IGNORECASE), r"without \g<what>"),
    (re.compile(r"\bi (?:don't|do not|can't|cannot|mustn't) (?:drink|eat|have|take|tolerate|use|do)"
                r" (?:any |much )?(?P<what>[a-z]+)\b(?: (?:after|before|in|at) [a-z]+)?",
                re.IGNORECASE), r"without \g<what>"),
    (re.compile(r"\b(?:he|she|they|i|we|who)(?:'s|'ve)? already (?:has|have|got|own|owns)(?: got)?"
                r" (?:an? |some |the |lots of |plenty of )?(?P<what>[a-z]+)\b", re.IGNORECASE),
     r"no \g<what>"),
    (re.compile(r"\b(?:he|she|they|i|we)(?:'s|'ve)? (?:has|have|got|own|owns)(?: got)?"
                r" (?:enough|plenty of|too many|lots of|loads of|tons of) (?P<what>[a-z]+)\b",
                re.IGNORECASE), r"no \g<what>"),
    (re.compile(r"\b(?:he|she|they|i|we)(?:'s|'ve)? (?:has|have|got|own|owns)(?: got)?"
                r" (?:an? |some |the )?(?P<what>[a-z]+)(?: already| at home)\b", re.IGNORECASE),
     r"no \g<what>"),
    (re.compile(r"\bfor (?:an? |the |my |our )?[a-z' ]{2,20}?(?:\.\.\.|…|,| -) ?"
                r"(?:no|sorry|wait|actually|i mean)\b[, ]*(?=for )", re.IGNORECASE), ""),
    (re.compile(r"电磁炉(?:上)?(?:也)?(?:能|可以|可)(?:使)?用"), "电磁炉可用"),
    (re.compile(r"(?<=[脚掌皮肤脸发肩腰腿])(?:有点儿?|比较|偏|稍微|挺|很|特别|太)"
                r"(?=[宽胖肥窄干油薄瘦粗])"), ""),
    (re.compile(r"\b(?P<who>he|she|they) (?:drinks?|eats?|reads?|plays?|collects?|wears?)"
                r" (?:a lot of |lots of |only |mostly |much )?(?=[a-z])", re.IGNORECASE),
     r"\g<who> likes "),
    (re.compile(r"\b(?:nothing|not(?: anything)?|isn't|isn't anything|no) (?:that(?:'s| is) )?"
                r"(?:edible|eatable|to eat|(?:she|he|they|you|one) (?:can )?eats?)\b",
                re.IGNORECASE), "no food"),
    (re.compile(r"(?:不要|别送?|不是|不送|除了)(?:能|可以)?(?:食品|零食|吃的?喝的?|食物|食用的)"),
     "不要吃的"),
    (re.compile(r"\b(?:is |has |'s |just |about to )*turn(?:s|ed|ing)? (?P<age>\d{1,2}|one|two"
                r"|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
                r"(?! ?(?:%|on|off|into))",
                re.IGNORECASE), r" is \g<age> years old"),
    (re.compile(r"(?:别|不要|不想)(?:再)?(?:送|买)(?=[\u3400-\u9fff])"), "不要"),
    (re.compile(r"(?:已经|家里|他|她)(?:都)?有(?P<what>[\u3400-\u9fff]{1,4})了"), r"不要\g<what>"),
    (re.compile(r"(?<=[白黑灰红蓝绿粉黄紫色花领袖棉款女男])t(?![恤a-z血])", re.IGNORECASE), "T恤"),
    (_OF_PLANTS_EN, "plants "),
    (_OF_PLANTS, r"\g<what>的植物"),
    (re.compile(r"逗(?P<what>猫|狗)的?(?!棒)"), r"\g<what>"),
)  # fmt: skip


def retold(text: str) -> str:
    """Write what is told of a person, or of a pet's play, as the wish that it is."""
    for pattern, wish in _RETOLD:
        text = pattern.sub(wish, text)
    return text
