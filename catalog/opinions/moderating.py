"""What in a buyer's words needs a look before everybody sees it. Plain Python, no Django.

For the writing of reviews. It judges no opinion: an angry review is shown like a happy one. Only
links and ways to reach somebody, insults, and text that is no text are held back.
"""

from __future__ import annotations

import re
import unicodedata

LINK = re.compile(
    r"https?://|www\.|\b[\w-]{2,}\.(?:com|cn|net|org|info|shop|top|xyz|site|online|ru|io)\b", re.I
)
CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)"
    r"|(?:微信|薇信|vx|wechat|whatsapp|telegram|qq|加群|加我)\s*(?:号|id)?\s*[:：]?\s*[\w-]{4,}",
    re.I,
)
# Insults of persons; words for bad goods are not among them.
INSULTS_ZH = ("傻逼", "傻b", "煞笔", "操你", "草泥马", "去死", "狗东西", "王八蛋", "贱人", "他妈的",
              "滚蛋", "杂种", "畜生", "脑残", "婊子")  # fmt: skip
INSULTS_EN = re.compile(
    r"\b(?:f+u+c+k+(?:ing|er|ers|ed)?|motherf\w*|bitch(?:es)?|bastards?|assholes?|cunts?|retards?|"
    r"kill yourself|go die|n[i1]gg\w+|f[a4]gg?[o0]ts?|whores?|sluts?)\b",
    re.I,
)
MARKUP = re.compile(r"<\s*/?\s*[a-z!][^>]*>|javascript:|\{\{|\bon\w+\s*=", re.I)
REPEATED = re.compile(r"(.)\1{11,}", re.S)
LOUD_FROM = 24


def concerns(text: str) -> tuple[str, ...]:
    """Return why a text needs a look: link, contact, insult, markup, noise; nothing if it is fine.

    Cost: linear in the text.
    """
    plain = unicodedata.normalize("NFKC", text)
    bare = "".join(letter for letter in plain if unicodedata.category(letter) not in ("Cf", "Zs"))
    found = {
        "link": LINK.search(CONTACT.sub(" ", plain)),
        "contact": CONTACT.search(plain),
        "insult": INSULTS_EN.search(plain) or any(one in bare.lower() for one in INSULTS_ZH),
        "markup": MARKUP.search(plain),
        "noise": REPEATED.search(bare) or loud(bare),
    }
    return tuple(name for name, hit in found.items() if hit)


def loud(text: str) -> bool:
    """Tell whether it is all capitals, or marks without words."""
    letters = [letter for letter in text if letter.isalpha()]
    cased = [letter for letter in letters if letter.lower() != letter.upper()]
    if len(text) >= LOUD_FROM and len(letters) < len(text) / 4:
        return True
    capitals = sum(letter.isupper() for letter in cased)
    return len(cased) >= LOUD_FROM and capitals > 0.9 * len(cased)
