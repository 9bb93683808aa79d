"""Read the rules of wording: what is banned, what of it is lawful, by which law, what to do."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from marketing.copy.wording.lexica import filled

FOLDER = Path(__file__).parent / "rules"
RULES = (
    "absolute", "medical", "financial", "green", "rivals", "dignity", "price", "authority",
    "decency",
)  # fmt: skip
BRANDS = "BRAND"
# Texts are folded before they are searched, and wide marks with them: what a class of marks says
# in Chinese holds for the narrow ones too.
_MARKS = {"，": "，,", "！": "！!", "？": "？?", "；": "；;", "：": "：:"}
_CLASS = re.compile(r"\[(?:\\.|[^\]\\])+\]")


@dataclass(frozen=True)
class Rule:
    """One rule. ``law`` and ``remedy`` by language; ``negation``: a denial of it is lawful.

    ``chinese``, ``english``: phrases; ``frames``: by language, patterns of classes of words, which
    have lawful uses of their own besides those of the phrases.
    """

    code: str
    law: dict[str, str]
    remedy: dict[str, str]
    chinese: tuple[re.Pattern[str], ...]
    english: tuple[re.Pattern[str], ...]
    lawful: tuple[re.Pattern[str], ...]
    frames: dict[str, tuple[re.Pattern[str], ...]]
    lawful_frames: tuple[re.Pattern[str], ...]
    negation: bool = False

    def told(self, what: str, locale: str) -> str:
        """Return the law or the remedy in the reader's language."""
        words = self.law if what == "law" else self.remedy
        return words["zh" if locale.casefold().startswith("zh") else "en"]


@cache
def rule(code: str) -> Rule:
    """Return a rule by its code, read once; KeyError for a code that is not in RULES."""
    if code not in RULES:
        raise KeyError(code)
    page = tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8"))
    return Rule(
        code,
        page["law"],
        page["remedy"],
        _compiled(page, "zh"),
        _compiled(page, "en"),
        (*_compiled(page, "zh", "lawful_"), *_compiled(page, "en", "lawful_")),
        {language: _compiled(page, language, "frames_") for language in ("zh", "en")},
        (*_compiled(page, "zh", "lawful_frames_"), *_compiled(page, "en", "lawful_frames_")),
        bool(page.get("negation")),
    )


def _compiled(page: dict[str, Any], language: str, before: str = "") -> tuple[re.Pattern[str], ...]:
    """Compile a list of patterns; English ones begin and end at words."""
    brands = "|".join(page.get(f"brands_{language}", ()))
    found = []
    for one in page.get(before + language, ()):
        pattern = filled(one, language)
        pattern = _CLASS.sub(lambda each: _bounded(each[0]), pattern)
        pattern = pattern.replace(BRANDS, brands) if brands else pattern
        if language == "en":
            pattern = rf"(?<![a-z])(?:{pattern})(?![a-z])"
        found.append(re.compile(pattern))
    return tuple(found)


def _bounded(marks: str) -> str:
    """Return a class of characters with the narrow mark beside each wide one.

    Where a class stands for all but the end of a sentence, the end of a line is one too.
    """
    within = marks.startswith("[^") and ("。" in marks or "." in marks)
    wide = "".join(_MARKS.get(one, one) for one in marks)
    return f"{wide[:-1]}\\n]" if within else wide
