"""Quote what shops have written: with its title and place, in short where several have.

For consulting. Words of a page are never changed; of a table the rows asked about are told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assistant.knowledge import Answer, Passage
from assistant.knowledge import answer as known_answer
from assistant.turns import Reply, Turn
from catalog.lexicon import lexicon
from catalog.models import Product
from catalog.text import fold

MOST_PAGES, FEWEST_PAGES, LONGEST_LINE, FEWEST_LETTERS = 8, 2, 120, 8
AS_GOOD = 0.85  # of the best page's score: below that a page answers something else


def of_pages(turn: Turn) -> Reply | None:
    """Tell what each shop has written, where several have; one of them does not speak for all."""
    found = {
        shop: known_answer(turn.reading.text, merchants=(shop,), language=turn.language,
                           vector=turn.text_vector)
        for shop in tuple(turn.market.shops)[:MOST_PAGES]
    }  # fmt: skip
    best = max((one.passages[0].score for one in found.values() if one.text), default=0.0)
    said = {
        shop: one
        for shop, one in found.items()
        if one.text and one.passages[0].score >= AS_GOOD * best
    }
    if len(said) < FEWEST_PAGES:
        return None
    rows = [
        {"shop": turn.market.shops[shop].names[turn.language], "says": in_short(one.text or "")}
        for shop, one in said.items()
    ]
    cited = tuple(citation(turn, one.passages[0]) for one in said.values())
    return Reply((turn.plan("pages", shops=rows),), turn.state,
                 merchants=tuple(said), citations=cited)  # fmt: skip


def in_short(text: str) -> str:
    """Return the first sentence of a page, as one of a list; "Yes." is none by itself."""
    said = [one for one in re.split(r"(?<=[。！？])|(?<=[.!?])\s+|\n+", text.strip()) if one]
    space = " " if text.isascii() else ""
    sentence = space.join(said[:2]) if len(said[0]) < FEWEST_LETTERS else said[0]
    if len(sentence) <= LONGEST_LINE:
        return sentence
    parts = re.split(r"(?<=[，；、,;:：])", sentence[:LONGEST_LINE])
    whole = "".join(parts[:-1]) or sentence[:LONGEST_LINE].rpartition(" ")[0]
    return f"{whole.rstrip('，；、,;:： ')}…"


def without_goods(turn: Turn) -> str:
    """Return a question without the name of the goods it is about, which no page knows."""
    text = turn.reading.text
    if len(turn.merchants) != 1:
        return text
    for slot in turn.reading.said.of("category"):
        text = text.replace(slot.surface, " ") if len(slot.surface) > 1 else text
    return text.strip()


def names_of(turn: Turn) -> tuple[str, ...]:
    """Return what the thing that is talked of is called. One query, or none."""
    product = next(iter(turn.products(turn.state.focus)), turn.asker.product)
    rows = Product.objects.live().filter(pk=product) if product else None
    return tuple(rows.values_list("texts__title", flat=True)) if rows is not None else ()


def of_other_goods(turn: Turn, title: str) -> bool:
    """Tell whether a page's title names goods that the thing talked of is none of. One query.

    By kind, where the two have no wider kind in common; by what it is made of, where that is all
    the title names: how to season a clay pot is no answer for a glass one.
    """
    product = next(iter(turn.products(turn.state.focus)), turn.asker.product)
    own = Product.objects.live().filter(pk=product).first() if product else None
    kinds, stuffs = _named_in(title, "category"), _named_in(title, "material")
    if own is None or not (kinds or stuffs):
        return False
    told = " ".join(names_of(turn))
    own_kinds = _named_in(told, "category")
    if kinds:
        return bool(own_kinds) and not _widest(kinds) & _widest(own_kinds)
    made_of = {*own.attributes.get("material", ())} | _named_in(told, "material")
    return bool(made_of) and not stuffs & made_of


def _named_in(text: str, dimension: str) -> set[str]:
    """Return what a text names of a dimension of the lexicon, as codes."""
    return {span.code for span in lexicon().match(fold(text)) if span.dimension == dimension}


def _widest(kinds: set[str]) -> set[str]:
    """Return the widest kinds that some kinds belong to."""
    dimension = lexicon().dimension("category")
    return {[one, *dimension.ancestors(one)][-1] for one in kinds}


def titled(turn: Turn, passage: Passage) -> str:
    """Return a page's title, with its shop where it could be another's."""
    shop = turn.market.shops.get(passage.merchant_id)
    if shop is None or turn.asker.merchant == passage.merchant_id:
        return passage.title
    return f"{shop.names[turn.language]} · {passage.title}"


def under(passage: Passage, text: str) -> str:
    """Return a rule under its heading: what holds "for all other goods" holds for no more."""
    heading = passage.heading.split(" › ")[-1]
    if passage.kind != "policy" or not heading or heading in text:
        return text
    # One sentence, so that what each part holds for is read with it.
    if passage.language == "zh-hans":
        return f"{heading}：{text.rstrip('。').replace('。', '；')}。"
    return f"{heading}: {text}"


def citation(turn: Turn, passage: Passage) -> Mapping[str, Any]:
    """Return where an answer stands, as a message keeps it."""
    return {
        "title": titled(turn, passage),
        "url": passage.url,
        "text": passage.text[passage.start : passage.end],
        "article": passage.article_id,
        "version": passage.version,
    }


def passages_of(found: Answer) -> list[dict[str, Any]]:
    """Return the passages that were looked at, for the trace."""
    return [
        {"article": one.article_id, "version": one.version, "score": round(one.score, 4)}
        for one in found.passages
    ]
