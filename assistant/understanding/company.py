"""For how many a thing is to be: 我和老公两个人带一个娃, "two adults and one kid".

For reading wishes. Who comes along is nobody a present is for.
"""

from __future__ import annotations

import re

from assistant.understanding.cues import NUMERALS

_N = r"\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|a|an"
_N_ZH = r"\d{1,2}|[一二两三四五六七八九十仨俩]"
_YOUNG = r"(?:kids?|child(?:ren)?|toddlers?|bab(?:y|ies)|teens?|teenagers?|sons?|daughters?)"
_YOUNG_ZH = r"(?:娃|孩子?|小孩子?|小朋友|宝宝|儿子|女儿|小家伙)"
_OTHER_ZH = (
    r"(?:我?(?:老公|老婆|爱人|媳妇|先生|太太|男朋友|女朋友|对象|朋友|闺蜜|同学|室友"
    r"|爸|妈|哥|姐|弟|妹))"
)
_COMPANY = re.compile(
    rf"(?P<adults_zh>{_N_ZH})个?大人?(?P<young_zh>{_N_ZH})个?(?:小孩?|娃|孩子)"
    rf"|(?:我们?|咱们?)?一家(?:子)?(?P<house_zh>{_N_ZH})口(?:人)?"
    rf"|(?:就|只有)?(?:我|我们|咱们?)(?:和|跟|与)?{_OTHER_ZH}?[，,]?(?:(?P<people_zh>{_N_ZH})(?:个人|个|人)|(?P<both_zh>[俩仨]))"
    rf"(?:[，,]?(?:还|再|另外|外加)?(?:要|得)?(?:带|加)(?:上|着|了)?(?P<more_zh>{_N_ZH})?个?{_YOUNG_ZH})?"
    rf"|(?P<folk_zh>{_N_ZH})(?:-\d|到[\d一-十])?个?人(?=用|住|睡|的|去|帐|徒步|露营|登山|爬山|旅[行游]|出[行游门]|野餐|[喝吃坐盖]|[，,。]|$)"
    rf"|\b(?P<adults>{_N}) adults?(?:(?:,| and| plus| with)+ (?P<young>{_N}) {_YOUNG})?"
    rf"|\bfamily of (?P<house>{_N})\b"
    r"|\b(?:for|sleeps|fits|we are|we're|there(?:'s| are| will be)) (?:a group of )?"
    rf"(?P<people>{_N}) (?:people|persons?|of us|adults|campers|hikers)\b"
    rf"|\b(?P<folk>{_N})[- ](?:person|people|man)\b"
    rf"|\b(?:just|only|the|there(?:'s| are| will be)) (?:the )?(?P<few>{_N}) of us\b"
    r"|\b(?:just )?(?:me|my (?:wife|husband|partner|girlfriend|boyfriend|friend)) and (?:me|i|my"
    r" (?:wife|husband|partner|girlfriend|boyfriend|friend))\b"
    rf"(?P<pair>(?:,| and| plus| with)+ (?:(?P<more>{_N})|our|my) {_YOUNG})?",
    re.IGNORECASE,
)
FEWEST = 2


def company_in(query: str) -> tuple[tuple[int, int], int] | None:
    """Return where a folded message says for how many, and how many; None for one or nobody."""
    for match in _COMPANY.finditer(query):
        said = {name: words for name, words in match.groupdict().items() if words}
        if not said.keys() - {"pair", "more"}:  # "me and my wife"
            count = 2 + (number(said["more"]) if "more" in said else "pair" in said)
        else:
            count = sum(map(number, said.values()))
            child = said.keys() & {"people_zh", "both_zh"} and "more_zh" not in said
            count += bool(child and re.search(_YOUNG_ZH, match[0]))
        if count >= FEWEST:
            return match.span(), count
    return None


def number(words: str) -> int:
    """Return a small number said in digits or words, 0 for none."""
    return int(words) if words.isdigit() else NUMERALS.get(words, 0)
