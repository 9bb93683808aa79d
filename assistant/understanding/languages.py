"""Which language to answer in, and the message as it is read: pinyin becomes Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understanding.sounding import chinese_of
from catalog.text import fold, language_of

ZH, EN = "zh-hans", "en"
_WORD = re.compile(r"[a-z']{2,}")
# Single English words that tell the language by themselves; "M", "XL", "iPhone" do not.
_TELLING = re.compile(
    "hello|hi|hey|thanks?|please|yes|yeah|yep|no|nope|okay|sorry|help|what|where|when|why|how|"
    "cheaper|more|cancel|refund|return|exchange|human|agent|goodbye|bye|great|perfect|delivery|"
    "shipping|price|orders?|invoice"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What to answer in, and the words as they are read."""

    language: str
    text: str


def plainly(text: str) -> str:
    """Return a message as models and rules know it: pinyin and traditional become Chinese."""
    chinese = chinese_of(text)
    if chinese is not None:
        return chinese
    return fold(text) if language_of(text).language == "zh-hant" else text


def spoken(text: str, *, locale: str, before: str = "") -> Spoken:
    """Tell the language of one message: mixed text by its heavier part, traditional as Chinese.

    ``before``: the language of the message before, which holds where this one has none of its own
    ("M", "42", "iPhone 15", French).
    """
    usual = before if before in (ZH, EN) else ZH if locale.lower().startswith("zh") else EN
    plain = plainly(text)
    if plain != text:
        return Spoken(ZH, plain)
    guess = language_of(text).language
    if guess.startswith("zh"):
        return Spoken(ZH, text)
    if re.search("[\u3400-\u9fff]", text) and not _english_sentence(text):
        return Spoken(ZH, text)
    return Spoken(EN if guess == EN and _english(text) else usual, text)


def _english(text: str) -> bool:
    words = _WORD.findall(text.lower())
    return len(words) > 1 or any(_TELLING.fullmatch(word) for word in words)


def _english_sentence(text: str) -> bool:
    """Tell an English sentence with Chinese names in it from Chinese with English names in it."""
    common = {"the", "is", "are", "do", "does", "have", "for", "to", "my", "i", "can", "you", "in"}
    return len(common & set(_WORD.findall(text.lower()) + text.lower().split())) > 1
