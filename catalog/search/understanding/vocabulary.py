"""The words understanding knows: the lexicon, and what this shop has (brands, categories, SKUs).

Immutable after it is built, so that one instance serves all threads. The lexicon's part is built
once for the process; a shop's own part takes milliseconds. It knows no database.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from catalog.lexicon import Lexicon, lexicon
from catalog.lexicon.values import load_guards, surfaces
from catalog.search.understanding.pieces import Piece, is_han, surface_pieces
from catalog.search.understanding.trie import Found, Sense, Trie

Names = Mapping[str, str]
# id, names by locale, further names, and (where the shop's tree is known) the parent's id
CategoryRow = tuple[str, Names, Iterable[str]] | tuple[str, Names, Iterable[str], str | None]
# A category's id → a type of the lexicon that its name says → the type that is meant by it
Meant = Mapping[str, Mapping[str, str]]
Brand = str | tuple[str, Iterable[str]]
# Whom a gift is worn or used by: products are made for women, not for girlfriends.
WORN_BY = {
    "girlfriend": "women", "mother": "women", "boyfriend": "men", "father": "men",
    "grandparents": "seniors",
}  # fmt: skip
# Whom departments of a shop are for: their goods state it by standing there.
FOR_WHOM = frozenset(("audience", code) for code in ("men", "women", "boys", "girls", "kids"))
# What a type is also found as, in a shop that has no category of the type itself.
ALSO = {"watch": ("smartwatch",)}
_SEVERAL = re.compile(r"\s*(?:&|/|,|，|、|与|和|及|\band\b)\s*")
# What blocks a word in a product's description may be the very wish of a query.
_NO_GUARDS = frozenset({"皮沙发"})
_NO_GUARDS_EN = frozenset({("shoe", "size"), ("to", "wear"), ("wear", "for")})
_SPOKEN = Path(__file__).parent / "spoken.toml"
_BRAND_NAMES = Path(__file__).parent / "brand_names.toml"


@lru_cache(maxsize=1)
def brand_names() -> dict[str, tuple[str, ...]]:
    """Return the names well-known brands have in the other language, by folded name."""
    rows = tomllib.loads(_BRAND_NAMES.read_text("utf-8"))["names"]
    by_name: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for name in row:
            by_name[_key(name)] = tuple(row)
    return by_name


def _key(name: str) -> str:
    return " ".join(surface_pieces(name))


@dataclass(frozen=True, eq=False)
class Shared:
    """The lexicon as a trie, the same for every shop."""

    lexicon: Lexicon
    trie: Trie
    guards: Trie


@lru_cache(maxsize=4)
def shared(words: Lexicon) -> Shared:
    """Build the lexicon's part; about 0.2 s, once for a process."""
    trie, guards = Trie(), Trie()
    for dimension in words.dimensions.values():
        for value in dimension.values.values():
            for surface in surfaces(value):
                path = surface_pieces(surface) if isinstance(surface, str) else surface
                trie.add(path, (value.dimension, value.code))
    spoken = tomllib.loads(_SPOKEN.read_text("utf-8"))
    for name in spoken.pop("guard"):
        guards.add(surface_pieces(name), ("", "guard"))
    for dimension_name, codes in spoken.items():
        for code, names in codes.items():
            for name in names:
                trie.put(surface_pieces(name), (dimension_name, code))
    written = load_guards()
    for word in written.zh - _NO_GUARDS:
        if (path := surface_pieces(word)) and not trie.exact(path):
            guards.add(path, ("", "guard"))
    for phrase in written.en - _NO_GUARDS_EN:
        if not trie.exact(phrase):
            guards.add(phrase, ("", "guard"))
    return Shared(words, trie, guards)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All names that can be understood, and what they stand for in this shop."""

    shared: Shared
    own: Trie = field(default_factory=Trie)
    category_ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    category_names: Mapping[str, Names] = field(default_factory=dict)
    brands: frozenset[str] = frozenset()
    skus: Callable[[str], str | bool | None] | None = None
    has_categories: bool = False
    # Product types that the shop has no category of, only one of a wider type.
    widened: frozenset[str] = frozenset()

    @classmethod
    def from_lexicon(
        cls, brands: Iterable[Brand] = (), skus: Callable[[str], str | bool | None] | None = None
    ) -> Vocabulary:
        """Build a vocabulary whose categories are the lexicon's own product types."""
        return cls.build(lexicon(), brands=brands, skus=skus)

    @classmethod
    def build(
        cls,
        words: Lexicon,
        *,
        brands: Iterable[Brand] = (),
        categories: Iterable[CategoryRow] | None = None,
        skus: Callable[[str], str | bool | None] | None = None,
        meant: Meant | None = None,
    ) -> Vocabulary:
        """Build a shop's vocabulary. About 40 µs for each brand and category.

        ``categories``: (id, {"zh-hans": name, "en": name}, aliases[, parent id]); None for the
        lexicon's own product types. A type of the lexicon is found in the shop's category of that
        name, else in the nearest wider one. ``meant``: where a category's name means another type
        than it says, by its id. ``skus`` says whether a word is a SKU, or returns how
        it is written.
        """
        base, own = shared(words), Trie()
        kept = _with_brands(own, brands)
        if categories is None:
            return cls(base, own, brands=kept, skus=skus)
        rows = list(categories)
        names, ids = _with_categories(own, base, rows, meant or {})
        parents = {str(row[0]): _parent(row) for row in rows}
        found = _widened(words, ids, parents)
        wider = frozenset(code for code in found if code not in ids)
        return cls(base, own, found, names, kept, skus, has_categories=True, widened=wider)

    def find(self, text: str, pieces: Sequence[Piece], first: int) -> Iterator[Found]:
        """Yield every name, guard included, that begins at ``pieces[first]``."""
        yield from self.own.find(text, pieces, first)
        yield from self.shared.trie.find(text, pieces, first)
        yield from self.shared.guards.find(text, pieces, first)

    def exact(self, path: Sequence[str]) -> tuple[Sense, ...]:
        """Return what one whole name stands for, the shop's own meanings first."""
        return (*self.own.exact(path), *self.shared.trie.exact(path))

    def knows(self, word: str) -> bool:
        """Say whether an English word occurs in any name."""
        return word in self.shared.trie.words or word in self.own.words

    def categories_of(self, code: str) -> tuple[tuple[str, bool], ...]:
        """Return the category ids for a product type, and whether the shop has them."""
        if not self.has_categories:
            return ((code, True),)
        return tuple((one, True) for one in self.category_ids.get(code, ())) or ((code, False),)

    def names_of(self, kind: str, value: str) -> tuple[str, str]:
        """Return the Chinese and English display names of what the lexicon does not name."""
        names = self.category_names.get(value) if kind == "category" else None
        if names is None:
            return "", ""
        return names.get("zh-hans", ""), names.get("en", "")

    def within(self, code: str, wider: str) -> bool:
        """Say whether a product type lies below another."""
        return self.shared.lexicon.dimension("category").within(code, wider)


def _with_brands(own: Trie, brands: Iterable[Brand]) -> frozenset[str]:
    known = brand_names()
    kept = set()
    for brand in brands:
        name, aliases = (brand, ()) if isinstance(brand, str) else brand
        if not (path := surface_pieces(name)):
            continue
        kept.add(name)
        own.add(path, ("brand", name))
        for alias in (*aliases, *known.get(_key(name), ())):
            own.add(surface_pieces(alias), ("brand", name))
    return frozenset(kept)


def _with_categories(
    own: Trie, base: Shared, categories: Iterable[CategoryRow], meant: Meant
) -> tuple[dict[str, Names], dict[str, list[str]]]:
    """Add the shop's category names; return names by id and ids by product type of the lexicon.

    A department that is called as those it is for ("Women", 男装) says for whom, and is no kind.
    """
    names_by_id: dict[str, Names] = {}
    ids: dict[str, list[str]] = {}
    for identifier, names, aliases, *_ in categories:
        names_by_id[str(identifier)] = names
        for name in dict.fromkeys(filter(None, (*names.values(), *aliases))):
            for part in dict.fromkeys((name, *_SEVERAL.split(name))):
                path = surface_pieces(part)
                senses = _typed(base, path)
                other = meant.get(str(identifier), {})
                codes = [other.get(code, code) for kind, code in senses if kind == "category"]
                for code in codes:
                    if str(identifier) not in ids.setdefault(code, []):
                        ids[code].append(str(identifier))
                if any(sense in FOR_WHOM for sense in senses):
                    continue
                if (part == name or not codes) and _is_name(path, part == name):
                    own.add(path, ("shop-category", str(identifier)))
    return names_by_id, ids


def _typed(base: Shared, path: Sequence[str]) -> tuple[Sense, ...]:
    """Look a category name up as it is, then with its last word in the other number."""
    from catalog.search.understanding.trie import forms

    for form, _ in forms(path[-1]) if path else ():
        if senses := base.trie.exact((*path[:-1], form)):
            return senses
    return ()


def _is_name(path: Sequence[str], whole: bool) -> bool:
    """Refuse parts of names that are no names: single letters and characters."""
    return bool(path) and (whole or len(path) > 1 or (not is_han(path[0]) and len(path[0]) > 3))


def _parent(row: CategoryRow) -> str:
    """Return the parent's id: as given, or from an id that is a path."""
    given = row[3] if len(row) > 3 else None
    return str(given) if given else str(row[0]).rpartition("/")[0]


def _widened(
    words: Lexicon, ids: Mapping[str, list[str]], parents: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Give each product type its own categories, or those of the nearest wider type.

    A department (sports gear, electronics) is no kind: a dumbbell is not found by its being there.
    """
    dimension = words.dimension("category")
    found: dict[str, tuple[str, ...]] = {}
    for code, value in dimension.values.items():
        wider = [one for one in dimension.ancestors(code) if not dimension.values[one].broad]
        for one in (value.code, *ALSO.get(code, ()), *wider):
            if one in ids:
                found[code] = _narrowest(ids[one], parents)
                break
    return found


def _narrowest(ids: Iterable[str], parents: Mapping[str, str]) -> tuple[str, ...]:
    """Drop categories that contain another one of the same list."""
    kept = dict.fromkeys(ids)
    above: set[str] = set()
    for one in kept:
        parent = parents.get(one, "")
        while parent and parent not in above:
            above.add(parent)
            parent = parents.get(parent, "")
    return tuple(one for one in kept if one not in above) or tuple(kept)
