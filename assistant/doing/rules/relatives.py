"""For whom a present is, by what they are to the giver: 我爸, "my grandson".

Search looks for men's things where a father is named; a present may be stated for fathers.
"""

from __future__ import annotations

import re

from catalog.text import fold

_RELATIVES: tuple[tuple[str, str], ...] = (
    ("grandparents", r"爷爷|奶奶|外公|外婆|姥[姥爷]|grand(?:ma|pa|mother|father|parents)\b"),
    ("kids", r"孙[子女]|外孙|侄|外甥|grand(?:son|daughter|child)|niece|nephew"),
    ("mother", r"妈|母亲|婆婆|岳母|\b(?:mom|mum|mother|mommy)"),
    ("father", r"爸|父亲|公公|岳父|\b(?:dad|father|daddy)"),
    ("girlfriend", r"女朋?友|老婆|妻子|媳妇|\b(?:girlfriend|wife)\b"),
    ("teacher", r"老师|班主任|导师|教练|\b(?:teacher|coach|tutor)s?\b"),
    ("boyfriend", r"男朋?友|老公|丈夫|\b(?:boyfriend|husband)\b"),
)


def relative_of(words: str) -> str:
    """Return the audience that a relative's name stands for, "" where none is named."""
    folded = fold(words)
    return next((code for code, said in _RELATIVES if re.search(said, folded)), "")
