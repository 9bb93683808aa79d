"""Which texts belong together: what products say of themselves, and what was searched and taken.

For `train encoder`. Titles belong to what is said below them, a sentence to the rest of its text,
a title to the text in the other language, and words searched for to what was taken after them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings

from catalog.models import ProductText, SearchPassage
from catalog.opinions.labelled import read_rows
from catalog.text import fold
from profiles.consenting import agreed
from profiles.models import Event, Kind, Purpose
from profiles.sources.cleaning import is_machine
from profiles.sources.material import WINDOW
from shopguide.accounts.tenancy import as_everyone
from shopguide.reading import BadFile

if TYPE_CHECKING:
    from shopguide.inference.contrast.pairs import Pair

TAKEN = (Kind.VIEW, Kind.CLICK, Kind.SAVE, Kind.CART, Kind.PURCHASE)
SOON = timedelta(minutes=30)  # what is taken later was not looked for by these words
FEWEST_PEOPLE = 2  # what one person alone searches for may say who they are
MOST_PRODUCTS, MOST_DEEDS, MOST_LABELLED = 5_000, 200_000, 20_000
MOST_UNRELATED = 500
SHORTEST, LONGEST = 12, 200  # characters of a sentence that can stand for its product
ENDS = re.compile(r"(?<=[。！？!?])|(?<=[.;])\s+|\n+")
HAN = re.compile("[\u4e00-\u9fff]")
QUERY_COLUMNS = ("query", "question", "search", "text")
PRODUCT_COLUMNS = ("product", "document", "title", "label")


@dataclass(frozen=True)
class Searched:
    """Pairs of searching, of how many people, and how many questions one person alone asked."""

    pairs: list[Pair]
    people: int
    left_out: int


def market_pairs() -> list[Pair]:
    """Return pairs of live products' texts, of at most 5,000 products. Two queries."""
    with as_everyone():
        passages = list(
            SearchPassage.objects.values_list("document", "locale", "text").order_by("document")
        )
        chosen = set(sampled({row[0] for row in passages}))
        texts = {
            (product, locale): (title, description)
            for product, locale, title, description in ProductText.objects.filter(
                product__in=chosen, arm=""
            ).values_list("product", "locale", "title", "description")
        }
    written: dict[int, dict[str, str]] = defaultdict(dict)
    for product, locale, text in passages:
        if (product, locale) in texts:
            written[product][locale] = text
    return [
        pair
        for product, by_locale in written.items()
        for locale, passage in by_locale.items()
        for pair in pairs_of(product, locale, passage, texts, by_locale)
    ]


def sampled(products: Iterable[int]) -> list[int]:
    """Return at most `MOST_PRODUCTS`, by a hash: the same ones each time."""
    return sorted(products, key=lambda pk: sha256(str(pk).encode()).digest())[:MOST_PRODUCTS]


def pairs_of(
    product: int,
    locale: str,
    passage: str,
    texts: dict[tuple[int, str], tuple[str, str]],
    by_locale: dict[str, str],
) -> Iterator[Pair]:
    """Yield what one language of a product teaches."""
    from shopguide.inference.contrast.pairs import Pair

    title, description = texts[product, locale]
    group, short = f"product {product}", locale[:2]
    below = passage.removeprefix(title).lstrip("。. ")
    if len(below) >= SHORTEST:
        yield Pair(title, below, group, f"title {short}")
    said = sentence(description, passage)
    if said:
        rest = passage.replace(said, " ")
        yield Pair(said, rest, group, f"sentence {short}")
    for other, theirs in by_locale.items():
        if other != locale:
            yield Pair(title, theirs, group, f"across {short}-{other[:2]}")


def sentence(description: str, passage: str) -> str:
    """Return the longest of a description's sentences that can be asked for; empty without one."""
    parts = [re.sub(r"\s+", " ", one).strip() for one in ENDS.split(description) if one]
    fit = [one for one in parts if SHORTEST <= len(one) <= LONGEST and one in passage]
    return max(fit, key=lambda one: (len(one), one), default="")


def search_pairs(until: datetime) -> Searched:
    """Return what people who agreed searched for and took after it, up to a moment. Three queries.

    Nothing of machines, and nothing that fewer than two people searched for.
    """
    from shopguide.inference.contrast.pairs import Pair

    people = [UUID(one) for one in agreed(Purpose.TRAINING)]
    with as_everyone():
        rows = list(
            Event.objects.filter(
                shopper__in=people, kind__in=(Kind.SEARCH, *TAKEN), at__gt=until - WINDOW,
                at__lte=until,
            ).order_by("-at", "-pk").values_list("shopper", "at", "kind", "words", "product")
            [:MOST_DEEDS]
        )  # fmt: skip
    rows.reverse()
    taken: dict[tuple[str, int], set[UUID]] = defaultdict(set)
    askers: dict[str, set[UUID]] = defaultdict(set)
    for shopper, deeds in by_shopper(rows).items():
        for words, product in sought(deeds):
            askers[words].add(shopper)
            taken[words, product].add(shopper)
    passages = passages_of({product for _words, product in taken})
    pairs = [
        Pair(words, best(words, passages[product]), f"product {product}", "searches", shared=True)
        for words, product in sorted(taken)
        if product in passages and len(askers[words]) >= FEWEST_PEOPLE
    ]
    alone = sum(len(theirs) < FEWEST_PEOPLE for theirs in askers.values())
    return Searched(pairs, len({one for theirs in taken.values() for one in theirs}), alone)


def by_shopper(rows: Sequence[Any]) -> dict[UUID, list[Any]]:
    """Return each person's deeds in their order, without machines."""
    theirs: dict[UUID, list[Any]] = defaultdict(list)
    for shopper, *deed in rows:
        theirs[shopper].append(deed)
    return {
        who: deeds
        for who, deeds in theirs.items()
        if not is_machine([at.timestamp() for at, *_rest in deeds])
    }


def sought(deeds: Sequence[Any]) -> Iterator[tuple[str, int]]:
    """Yield words and what was taken within half an hour, before other words were tried."""
    words, since = "", None
    for at, kind, said, product in deeds:
        if kind == Kind.SEARCH:
            words, since = fold(said).strip(), at
        elif words and product is not None and since is not None and at - since <= SOON:
            yield words, product


def passages_of(products: set[int]) -> dict[int, dict[str, str]]:
    """Return the passages of live products by language. One query."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    with as_everyone():
        rows = SearchPassage.objects.filter(document__in=products)
        for product, locale, text in rows.values_list("document", "locale", "text"):
            found[product][locale] = text
    return dict(found)


def best(words: str, by_locale: dict[str, str]) -> str:
    """Return the passage in the language of the words, or any."""
    wanted = "zh" if HAN.search(words) else "en"
    return next((text for one, text in sorted(by_locale.items()) if one.startswith(wanted)),
                min(by_locale.values()))  # fmt: skip


def labelled_pairs(path: Path, *, text_column: str, label_column: str) -> list[Pair]:
    """Read pairs of a question and a product's text from CSV or JSONL.

    Errors: BadFile with what to do.
    """
    from shopguide.inference.contrast.pairs import Pair

    rows = read_rows(path, most=MOST_LABELLED)
    names = {*rows[0]} if rows else set()
    asked = column(text_column, QUERY_COLUMNS, names, path, "--text-column")
    found = column(label_column, PRODUCT_COLUMNS, names - {asked}, path, "--label-column")
    pairs = []
    for row in rows:
        question, product = row.get(asked, "").strip(), row.get(found, "").strip()
        if question and product:
            group = f"labelled {sha256(product.encode('utf-8', 'replace')).hexdigest()}"
            pairs.append(Pair(question, product, group, "labelled", shared=True))
    if not pairs:
        raise BadFile(f"{path.name} has no row with both {asked} and {found}. Fill them.")
    return pairs


def column(asked: str, usual: Sequence[str], names: set[str], path: Path, option: str) -> str:
    """Return which column is meant. Errors: BadFile."""
    found = asked if asked else next((one for one in usual if one in names), "")
    if not found or found not in names:
        raise BadFile(
            f"{path.name} has no column {asked or ' or '.join(usual)}. "
            f"Name one with {option}: {', '.join(sorted(names)) or 'the file has no rows'}"
        )
    return found


def unrelated_pairs() -> list[Pair]:
    """Return sentences of our own pages in both languages, which speak of no product.

    They teach nothing: an encoder that still finds one language's by the other's has not
    forgotten what it knew. Empty where the pages' Chinese was not compiled.
    """
    from babel.messages.mofile import read_mo

    from shopguide.inference.contrast.pairs import Pair

    path = settings.BASE_DIR / "shopguide" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo"
    if not path.is_file():
        return []
    with path.open("rb") as file:
        said = [(one.id, one.string) for one in read_mo(file)]
    fit = {
        english: chinese
        for english, chinese in said
        if isinstance(english, str) and isinstance(chinese, str)
        and 30 <= len(english) <= 160 and "%" not in english and "{" not in english
    }  # fmt: skip
    kept = sorted(fit, key=lambda one: sha256(one.encode()).digest())[:MOST_UNRELATED]
    return [
        pair
        for english in kept
        for pair in (
            Pair(fit[english], english, english, "unrelated zh-en"),
            Pair(english, fit[english], english, "unrelated en-zh"),
        )
    ]
