"""Names of people in a pasted address: beside a label, before the place, or behind it."""

from __future__ import annotations

import re

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘"
    "祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟"
    "艾尤时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬"
    "师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封谈匡惠荆乐冀郁胥南班储原栗燕楚傅肖"
    "阎萧钮昌花水云项奚居展海郎凤"
)
DOUBLE = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "皇甫",
    "东方",
    "令狐",
    "慕容",
    "司徒",
    "夏侯",
    "尉迟",
    "公孙",
)
TITLE = re.compile(r"(?:先生|女士|小姐|老师|同学|太太|经理|阿姨|大哥|师傅|医生|姐|哥)$")
PLACE_LETTERS = re.compile(r"[路街道巷弄号室栋幢楼层镇乡村庄苑厦场县区市省园城店校院馆站港桥]|\d")
LATIN = re.compile(r"[A-Za-z][A-Za-z.'-]*(?: [A-Za-z][A-Za-z.'-]*){0,2}")
RECEIVES = re.compile(r"\s*[(\[]?\s*(?:亲)?收(?:件|货)?\s*[)\]]?$")


def name_of(text: str) -> str:
    """Return what stands behind the label of a name, nothing if that is no name."""
    said = RECEIVES.sub("", text.strip().split(" ")[0] if wide(text.strip()[:1]) else text.strip())
    said = said.strip("()[]:-/ ")
    if LATIN.fullmatch(said) or (1 <= len(said) <= 12 and not re.search(r"\d", said)):
        return said
    return ""


def wide(text: str) -> bool:
    """Tell whether a text begins with a Chinese letter."""
    return bool(re.match(r"[㐀-鿿]", text))


def likely(token: str) -> float:  # noqa: PLR0911 -- a ladder of forms
    """Return how much a token looks like a person's name, 0 to 3."""
    bare = RECEIVES.sub("", token).strip("()-/: ")
    receives = bare != token.strip("()-/: ")
    if not bare or len(bare) > 12:
        return 0.0
    titled = TITLE.search(bare)
    if titled and wide(bare) and 2 <= len(bare) <= 6 and not PLACE_LETTERS.search(bare[:-2]):
        return 3.0
    if receives and wide(bare) and 1 < len(bare) <= 5:
        return 3.0
    if not re.fullmatch(r"[㐀-鿿·]+", bare):
        return 1.0 if LATIN.fullmatch(bare) and len(bare) > 2 else 0.0
    if "·" in bare:
        return 2.5
    if len(bare) in (3, 4) and bare.startswith(DOUBLE):
        return 2.5
    if bare[0] in "小阿老" and len(bare) in (2, 3) and not PLACE_LETTERS.search(bare):
        return 1.5
    if bare[0] in SURNAMES and len(bare) in (2, 3) and not PLACE_LETTERS.search(bare[1:]):
        return 2.0
    if bare[0] in SURNAMES and len(bare) in (2, 3) and bare[-1] in "村城园桥港":
        return 1.0  # 李城 and 王园 are names too, where nothing else is
    return 0.0


def named(before: str, after: str, labelled: str) -> tuple[str, str, str]:
    """Return the name, and what is left of the texts before and after the divisions."""
    first, last = before.split(" "), after.split(" ")
    first, last = [t for t in first if t.strip("()-/: ")], [t for t in last if t.strip("()-/: ")]
    if labelled:
        first = [token for token in first if token != labelled]
        return labelled, " ".join(first), " ".join(last)
    scored = [(likely(token) + 0.2, "first", n) for n, token in enumerate(first)]
    alone = len(first) == 1 and re.fullmatch(r"[㐀-鿿]{2,4}", first[0])
    if alone and not PLACE_LETTERS.search(first[0]):
        scored.append((1.2, "first", 0))
    # Within the place itself only its end may be a name, unless nothing is said without it.
    scored += [
        (likely(token) - (0.0 if n in (len(last) - 1, 0) else 0.6), "last", n)
        for n, token in enumerate(last)
        if n > 0 or len(last) > 1
    ]
    best = max(scored, default=(0.0, "", 0), key=lambda one: one[0])
    if best[0] < 0.9:
        return "", " ".join(first), " ".join(last)
    tokens = first if best[1] == "first" else last
    token = tokens.pop(best[2])
    if LATIN.fullmatch(token):  # a Latin name has more than one word
        while len(tokens) > best[2] and LATIN.fullmatch(tokens[best[2]]):
            token += " " + tokens.pop(best[2])
    return RECEIVES.sub("", token).strip("()-/: "), " ".join(first), " ".join(last)
