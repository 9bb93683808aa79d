"""Drafts about the demo's products with one planted error each, and their true twins.

A maker looks at a product and gives what is true and what is wrong of one kind, by an oracle of its
own: it reads the facts, never the checkers. Wordings are in ``wordings.toml``, those of one
manner of writing in ``styles/``; the style "words" writes the numbers of ``wordings.toml`` out.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from catalog.claims.facts import Ledger, ProductFacts, ShopFacts
from catalog.claims.numerals import numbers_of
from tests.catalog.claims import market
from tests.catalog.claims.making import CURRENCY, LOCALE, MAKERS
from tests.catalog.claims.spoken import in_words

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Draft:
    """A message: sentences, which is wrong (None in the twin), its ledger, its true twin."""

    kind: str
    language: str
    sentences: tuple[str, ...]
    planted: int | None
    ledger: Ledger
    held: bool
    twin: str = ""

    @property
    def text(self) -> str:
        """Return the message."""
        return ("" if self.language == "zh" else " ").join(self.sentences)


@lru_cache(maxsize=8)
def wordings(style: str = "") -> dict[str, dict[str, list[str]]]:
    """Return the wordings by kind and language, those of a style if one is given."""
    path = HERE / (f"styles/{style}.toml" if style not in ("", "words") else "wordings.toml")
    return tomllib.loads(path.read_text("utf-8"))


def drafts(
    count: int,
    *,
    held: bool | None = None,
    seed: int = 7,
    only: Sequence[str] = (),
    style: str = "",
) -> Iterator[Draft]:
    """Yield about so many drafts, each wrong one followed by its twin, over the kinds in turn."""
    chance = random.Random(seed)
    made, kinds, turn = 0, list(only or (one for one in MAKERS if one in wordings(style))), 0
    while made < count:
        kind, lang = kinds[turn // 2 % len(kinds)], ("zh", "en")[turn % 2]
        turn += 1
        for one in _drafts(kind, lang, chance, held, style):
            made += 1
            yield one


def _drafts(
    kind: str, lang: str, chance: random.Random, held: bool | None, style: str
) -> Iterator[Draft]:
    for _try in range(60):
        product = chance.choice(market.products())
        shop = next(one for one in market.shops().values() if one.pk == product.shop)
        pair = MAKERS[kind](product, shop, lang, chance)
        if pair:
            break
    else:
        return
    is_held = (chance.random() < 0.3) if held is None else held
    known = wordings(style)[kind]
    rows = known.get(f"{lang}_held" if is_held else lang) or known[lang]
    wording = chance.choice(rows)
    shared = {"name": product.titles[LOCALE[lang]], "shop": shop.names[lang == "en"]}
    ledger = market.ledger(product, *pair.others, currency=CURRENCY[lang], locale=LOCALE[lang])
    around = _around(product, shop, lang, chance) if not pair.others and not style else []
    place = chance.randint(0, len(around))
    written: list[tuple[str, ...] | None] = []
    for fills in (pair.wrong, pair.true):
        if fills is None:
            written.append(None)
            continue
        said = {n: in_words(v, lang) for n, v in fills.items()} if style == "words" else fills
        values = {**shared, **said}
        if f"attribute_{lang}" in values:
            values["attribute"] = values[f"attribute_{lang}"]
        sentence = wording.format(**values)
        sentence = sentence[:1].upper() + sentence[1:]
        written.append((*around[:place], sentence, *around[place:]))
    wrong, true = written
    if wrong:
        twin = true[place] if true else ""
        yield Draft(kind, lang, wrong, place, ledger, is_held, twin)
    if true:
        yield Draft(kind, lang, true, None, ledger, is_held)


def _around(p: ProductFacts, s: ShopFacts, lang: str, chance: random.Random) -> list[str]:
    """Return up to two true sentences to stand around."""
    found = []
    for kind in chance.sample(
        ["price", "weight", "rating", "returns", "plain", "stock", "plain"], 2
    ):
        pair = MAKERS[kind](p, s, lang, chance)
        if pair and chance.random() < 0.6:
            wording = chance.choice(wordings()[kind][lang])
            values = {
                "name": p.titles[LOCALE[lang]],
                "shop": s.names[lang == "en"],
                **(pair.true or {}),
            }
            found.append(wording.format(**values))
    return found


@dataclass
class Tally:
    """What became of drafts: wrong sentences that stayed, true ones that did not."""

    wrong: int = 0
    true: int = 0
    missed: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)  # into what is not true either

    @property
    def good(self) -> bool:
        """Tell whether the goals are met: missed at most 0.1 %, dropped at most 1 %."""
        return len(self.missed) <= self.wrong / 1000 and len(self.dropped) <= self.true / 100


def tally(chosen: Iterable[Draft]) -> Tally:
    """Check drafts and count what was let through and what was lost."""
    from catalog.claims import check

    found = Tally()
    for draft in chosen:
        clean = check(draft.text, language=LOCALE[draft.language], ledger=draft.ledger).clean
        for place, sentence in enumerate(draft.sentences):
            stayed = sentence.strip(" .。") in clean
            if place == draft.planted:
                found.wrong += 1
                found.missed += [f"{draft.kind}: {sentence}"] if stayed else []
                if not stayed and not _true_numbers(clean, draft):
                    found.mended.append(f"{draft.kind}: {sentence} → {clean}")
            else:
                found.true += 1
                found.dropped += [] if stayed else [f"{draft.kind}: {sentence}"]
    return found


def _true_numbers(clean: str, draft: Draft) -> bool:
    """Tell whether what is left has no number but those of the true twin and its neighbours."""
    if not clean.strip() or not draft.twin:
        return True
    others = [one for place, one in enumerate(draft.sentences) if place != draft.planted]
    known = {number for text in (draft.twin, *others) for number in numbers_of(text)}
    return known.issuperset(numbers_of(clean))
