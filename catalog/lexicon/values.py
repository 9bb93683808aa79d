"""The vocabulary as it is written down: dimensions, values and their names, read from TOML.

For `Lexicon`. It never matches text.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.lexicon import english
from catalog.lexicon.folding import HAN_CHARACTER, fold

WORDS = Path(__file__).parent / "words"
# Where one surface means several things, the earlier dimension is the first reading.
DIMENSIONS = (
    "category", "colour", "material", "size", "audience", "season", "occasion", "feature",
    "pattern", "fit", "neckline", "sleeve", "heel", "style",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """One thing a shop can say about a product, in both languages; the first name is shown."""

    dimension: str
    code: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    parent: str | None = None
    # A department rather than a kind of thing: what lies in it need not be like what is asked for.
    broad: bool = False
    # It serves things of a brand as often as it is of one: a case for a phone.
    serves: bool = False

    def names(self, locale: str) -> tuple[str, ...]:
        """Return the display name and the synonyms in ``locale`` (zh… or en…)."""
        return self.zh if locale.lower().startswith("zh") else self.en

    def display(self, locale: str) -> str:
        """Return the name that is shown in ``locale``."""
        return self.names(locale)[0]


@dataclass(frozen=True, slots=True)
class Dimension:
    """All values of one kind, by code."""

    name: str
    values: dict[str, Value]

    def names(self, locale: str) -> dict[str, str]:
        """Return code → display name."""
        return {code: value.display(locale) for code, value in self.values.items()}

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return the wider values of ``code``, nearest first."""
        chain: list[str] = []
        parent = self.values[code].parent if code in self.values else None
        while parent and parent not in chain:
            chain.append(parent)
            parent = self.values[parent].parent if parent in self.values else None
        return tuple(chain)

    def within(self, code: str, wider: str) -> bool:
        """Say whether ``code`` is ``wider`` or lies below it."""
        return code == wider or wider in self.ancestors(code)


@dataclass(frozen=True, slots=True)
class Guards:
    """Words that block, free or bind shorter words; see words/guards.toml."""

    zh: frozenset[str]
    en: frozenset[tuple[str, ...]]
    filler_zh: frozenset[str]
    free_zh: frozenset[str]
    bound_en: frozenset[tuple[str, ...]]
    final_en: frozenset[tuple[str, ...]]
    bound_under: tuple[str, ...]


def _value(dimension: str, code: str, entry: dict[str, Any]) -> Value:
    zh = list(entry["zh"])
    if dimension == "colour":
        zh += [name + "色" for name in entry["zh"] if not name.endswith(("色", "配", "系"))]
    return Value(
        dimension,
        code,
        tuple(dict.fromkeys(zh)),
        tuple(entry["en"]),
        entry.get("parent"),
        entry.get("broad", False),
        entry.get("serves", False),
    )


def _files(dimension: str) -> list[Path]:
    return sorted([*WORDS.glob(f"{dimension}.toml"), *WORDS.glob(f"{dimension}/*.toml")])


def load_dimensions() -> dict[str, Dimension]:
    """Read every dimension from the TOML files, in order of precedence."""
    dimensions = {}
    for name in DIMENSIONS:
        values: dict[str, Value] = {}
        for path in _files(name):
            for code, entry in tomllib.loads(path.read_text("utf-8")).items():
                values[code] = _value(name, code, entry)
        dimensions[name] = Dimension(name, values)
    return dimensions


def load_guards() -> Guards:
    """Read the words that keep a colour or material from being seen where none is."""
    raw = tomllib.loads((WORDS / "guards.toml").read_text("utf-8"))
    return Guards(
        zh=frozenset(fold(w) for w in raw["zh"]),
        en=frozenset(word_tuple(w) for w in raw["en"]),
        filler_zh=frozenset(raw["filler_zh"]),
        free_zh=frozenset(raw["free_zh"]),
        bound_en=frozenset(word_tuple(w) for w in raw["bound_en"]),
        final_en=frozenset(word_tuple(w) for w in raw["final_en"]),
        bound_under=tuple(raw["bound_under"]),
    )


def word_tuple(surface: str) -> tuple[str, ...]:
    """Split an English name into its normal words."""
    return tuple(word for word, _, _ in english.words(fold(surface)))


def has_han(surface: str) -> bool:
    """Say whether a surface is matched by characters (Chinese) rather than by words."""
    return HAN_CHARACTER.search(surface) is not None


def surfaces(value: Value) -> Iterator[str | tuple[str, ...]]:
    """Yield the forms ``value`` is found by: folded strings (Chinese), word tuples (English)."""
    for name in (*value.zh, *value.en):
        if has_han(name):
            yield re.sub(r"\s+", "", fold(name))
            continue
        words = word_tuple(name)
        yield words
        if value.dimension == "category" and (many := english.plural(words[-1])):
            yield (*words[:-1], many)
