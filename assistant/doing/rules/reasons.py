"""Why something is to come back and in which condition it is, by the words that say so."""

from __future__ import annotations

import re

from assistant.understanding.intents.rules import plain_answer
from catalog.policies.terms import Condition, Reason
from catalog.text import fold

# Something of it has not come along.
_LACKS = (r"without (?:its|the|any) \w+|missing|\b(?:only|just) (?:got|received|came with) \w+ of\b"
          r"|缺(?:了|少|件)|少(?:了|给|发|寄|配|装)|漏(?:发|寄|装|了[一个件])"
          r"|只(?:收到|收了|发了|寄了|给了|来了|有)"
          r".{0,2}[一两二三四五六\d][件个双条只包瓶]")  # fmt: skip
REASONS: tuple[tuple[Reason, str], ...] = (
    (Reason.CHANGED_MIND, r"ordered the wrong (?:one|size|colou?r|thing)"
     r"|my (?:own )?mistake|我(?:自己)?(?:拍|买|选)错"),
    (Reason.WRONG_ITEM, r"wrong (?:item|thing|colou?r|size sent|product)|not what i ordered"
     r"|sent me the wrong|发错|寄错|不是我(?:买|订)的|发成"),
    (Reason.NOT_AS_DESCRIBED, _LACKS),
    (Reason.DAMAGED, r"damaged|broken|smashed|crushed|torn|cracked|shattered|leak"
     r"|磕(?:碰|坏|了|破|痕)?|豁口|缺口|坏的|坏了|破了|碎|裂|压坏|漏了|烂了|摔坏|破损"),
    (Reason.FAULTY, r"fault|defect|doesn'?t work|not work|stopped|dead"
     r"|won'?t (?:turn|charge|start|close|open|stay|switch|light)|malfunction|flicker|no sound"
     r"|no longer works|(?:came|coming|falling|fell) (?:off|apart|loose)|peeling|rusty"
     r"|keeps? \w+ing off"
     r"|cuts? out|gone dead|bust\b|scratched|holes?\b in"
     r"|没(?:有)?声音|没声|不响|不亮|不转|不制冷|不加热|不通电|连不上|老是断|断连|断开|闪(?:烁|得)|一闪一闪"
     r"|掉(?:了一?个|色|漆|皮|毛严重)|起皮|开线|脱线|开胶|断了|卡住|生锈|发霉|变质|有洞|线头"
     r"|用不了|不能用|没法用|不[出吹冒喷]|(?:关|停|重启|断电)机?了?(?:好几次)?$|自己就?(?:关|停|断|重启)|自动关机|黑屏|死机|没反应|故障|失灵|不工作|开不了|充不进|质量问题|瑕疵|起火|冒烟"),
    (Reason.NOT_AS_DESCRIBED, r"not as described|different from|fake"
     r"|not like (?:the )?(?:photo|picture)"
     r"|与描述不符|(?:和|跟|与)(?:描述|图片|照片|页面|实物).{0,4}(?:不|差)|货不对板|不一样|色差|假货"),
    (Reason.DOES_NOT_FIT, r"(?:bit|slightly|rather|little) (?:small|big|large|tight|loose)"
     r"|(?:bit|slightly|rather|little) (?:long|short|wide|narrow)"
     r"|有点(?:大|小|长|短|紧|松|肥|瘦)|too (?:small|big|large|tight|loose|long|short)|wrong size"
     r"|(?:doesn|don|didn|won)'?t fit|not fit"
     r"|太小|太大|小了|大了|不合身|不合适|尺码不|紧了|松了|太紧|太松|偏大|偏小|穿不"),
    (Reason.CHANGED_MIND, r"changed my mind|don'?t (?:like|want|need)|no longer"
     r"|no (?:particular )?reason"
     r"|七天无理由|不喜欢|没什么原因|没(?:有)?(?:特别的?)?原因|(?:就是|单纯|只是)(?:想|要)退"
     r"|just (?:want|like) (?:to (?:return|send)|my money|it gone)"
     r"|不想要(?!钱|退)|不需要|后悔|无理由|不要了|拍错|买错|多买|[买拍订]多了"),
)  # fmt: skip
_USED = re.compile(
    r"\b(?:a|one|two|three|few|some) (?:days?|weeks?|months?) of (?:walking|wear\w*|use|running)\b"
    r"|\bused|worn|wore|washed|opened and used|用过|穿过|洗过|戴过|拆封用"
    r"|(?<!没)(?:穿着?)?走了|鞋底.{0,4}(?:脏|磨)|(?<!没)穿(?:出去|出门|着出去)|(?<!没)[穿用戴洗]了?[一两几][次天回周]"
)
_UNUSED = re.compile(
    r"没(?:有)?(?:穿|用|洗|戴)过?|未(?:穿|使用)|吊牌.{0,3}(?:没剪|没拆|还?在|齐)|试(?:穿|戴|过|了)"
    r"|\b(?:never|not|haven'?t|hasn'?t|un)[ -]?(?:been )?(?:used|worn|washed)\b"
    r"|\btags? (?:are |is )?(?:still )?(?:on|attached|there)\b|\bonly tried\b"
    r"|\bwith (?:the )?tags\b"
)
# Said again instead of a reason: 好，退吧.
_INSISTS = re.compile(
    r"^(?:好的?|行|嗯|那|对|就)?[，,\s]*(?:就)?(?:给我|帮我)?退(?:了|掉|货)?(?:吧|了|呗)?$"
    r"|^(?:yes|ok(?:ay)?|please)?,? ?(?:just )?(?:return|refund|send) (?:it|them|that)(?: back)?"
    r"(?: please)?$|^i just want to (?:return|send).{0,12}$"
)
_OPENED = re.compile(r"拆(?:封|开|了|过)|开封|\b(?:opened|unpacked|unwrapped)\b")
_SEALED = re.compile(r"unopened|sealed|未拆|没拆|没开封|未开封")


def reason_of(question: str) -> Reason | None:
    """Return why something is to come back, None if it is not said."""
    text = fold(question)
    return next((reason for reason, words in REASONS if re.search(words, text)), None)


# What says that it came so, or what is to be seen of it, as against that it no longer works.
_TO_BE_SEEN = re.compile(
    r"damaged|smashed|crushed|torn|cracked|shattered|leak|arriv|came|box|parcel|package|deliver"
    r"|磕|豁口|缺口|破|碎|裂|压|漏|烂|摔|收到|到货|寄来|送来|路上|快递|打开就|拆开就|一开箱"
)


def reason_after(question: str, before: Reason | None) -> Reason | None:
    """Return why something is to come back, where ``before`` was told already.

    What had stopped working and is now called broken did not arrive so.
    """
    said = reason_of(question)
    vague = said == Reason.DAMAGED and not _TO_BE_SEEN.search(fold(question))
    return before if vague and before == Reason.FAULTY else said


def only_opened(question: str) -> bool:
    """Tell whether something is said to have been opened, and not to have been used."""
    text = fold(question)
    return bool(_OPENED.search(text)) and not _USED.search(text)


def lacks(question: str) -> bool:
    """Tell whether it is said that something of it has not come along."""
    return bool(re.search(_LACKS, fold(question)))


def condition_of(question: str) -> Condition | None:
    """Return in which condition something is said to be."""
    text = fold(question)
    if _SEALED.search(text):
        return Condition.SEALED
    if _UNUSED.search(text):
        return Condition.UNUSED
    return Condition.USED if _USED.search(text) else None


def insists(question: str) -> bool:
    """Tell whether, asked for a reason, somebody only says again that it is to come back."""
    asked, _line, last = fold(question).rpartition("\n")
    plain = plain_answer(last) == "confirm"
    return bool(asked) and (plain or bool(_INSISTS.search(last.strip(" 。.!！~"))))
