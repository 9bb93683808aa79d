"""English word forms that mean the same in a shop: British spellings, plurals, possessives.

For lexicon, index and query. It never stems; stemming is `catalog.text`'s business.
"""

import re
import unicodedata
from functools import lru_cache

Word = tuple[str, int, int]  # normal form, start, end
# "wifi6" and "upf50" are a word and a number; "4k", "s925" and "pt950" stay whole.
WORD = re.compile(r"[a-z]{3,}(?=\d)|[a-z0-9]+(?:['’]s?(?![a-z0-9]))?")
_ACCENTS = {
    code: base[0]
    for code in range(0xC0, 0x250)
    if len(base := unicodedata.normalize("NFD", chr(code))) > 1 and base[0].isascii()
}
_SPELLING = {
    "grey": "gray", "greys": "grays", "jewellery": "jewelry", "aluminium": "aluminum",
    "tyre": "tire", "tyres": "tires", "woollen": "woolen", "fibre": "fiber", "fibres": "fibers",
    "litre": "liter", "litres": "liters", "metre": "meter", "metres": "meters",
    "centre": "center", "theatre": "theater", "mould": "mold", "moulds": "molds",
    "moulded": "molded", "odour": "odor", "odours": "odors", "favourite": "favorite",
    "cancelling": "canceling", "cancelled": "canceled", "travelling": "traveling",
    "traveller": "traveler", "pyjamas": "pajamas", "pyjama": "pajama", "ageing": "aging",
    "enamelled": "enameled", "cosy": "cozy", "doughnut": "donut", "moisturisers": "moisturizers",
    "microfibre": "microfiber", "labelled": "labeled", "flavour": "flavor",
    "flavours": "flavors", "flavoured": "flavored", "vapour": "vapor", "levelling": "leveling",
    "disc": "disk", "programme": "program", "cheque": "check", "sulphate": "sulfate",
}  # fmt: skip
_IZE = re.compile(
    r"^(moistur|organ|personal|custom|stabil|volum|deodor|steril|energ|minim|optim|maxim|sanit|"
    r"polar|texturi?|neutral|galvan|anod|revital|tenderi?)is(e|es|ed|er|ers|ing|able|ation)$"
)
_COLOUR = re.compile(r"^(multi)?colour(s|ed|ful|fast|block|ing)?$")
_PLURALS = {
    "man": "men", "woman": "women", "child": "children", "foot": "feet", "tooth": "teeth",
    "mouse": "mice", "knife": "knives", "scarf": "scarves", "shelf": "shelves",
    "loaf": "loaves", "leaf": "leaves", "wolf": "wolves", "half": "halves",
}  # fmt: skip
_SINGULARS = {plural: singular for singular, plural in _PLURALS.items()}


def unaccented(text: str) -> str:
    """Replace accented Latin letters by plain ones, one for one."""
    return text if text.isascii() else text.translate(_ACCENTS)


@lru_cache(maxsize=65536)
def normal(word: str) -> str:
    """Give the one spelling of a folded English word: American, without possessive."""
    word = word.split("'", maxsplit=1)[0].split("’", maxsplit=1)[0]
    if word in _SPELLING:
        return _SPELLING[word]
    if match := _COLOUR.match(word):
        return f"{match[1] or ''}color{match[2] or ''}"
    return _IZE.sub(r"\1iz\2", word)


def plural(word: str) -> str | None:
    """Give the plural of a singular noun; None for words that already end in one s."""
    if word in _PLURALS:
        return _PLURALS[word]
    if word.endswith(("ss", "x", "ch", "sh", "lens")):
        return word + "es"
    if word.endswith("s") or not word[-1:].isalpha():
        return None
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    return word + "s"


def regular(word: str) -> str:
    """Turn an irregular plural into its singular, so that both get one stem."""
    return _SINGULARS.get(word, word)


def words(text: str) -> list[Word]:
    """List the normal words of folded text with their places."""
    return [(normal(m[0]), m.start(), m.end()) for m in WORD.finditer(unaccented(text))]
