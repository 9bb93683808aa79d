"""What goes with what is talked of: what its shop names beside it, else what has the same use.

For routing. The reason is told and true: the shop relates them, or states the same occasion of
both. What others merely bought is no such reason. Things of the same kind do not go with each
other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext as _

from assistant.finding import SHOWN, Found, find, hits_in
from assistant.heeding import kinds_in
from assistant.planning import Move
from assistant.reasons import Pick, reasoned
from assistant.replying import clarify, search
from assistant.storied import within
from assistant.turns import Reply, Turn, offered, wish_of
from assistant.understanding.summing import last_of
from catalog.lexicon import lexicon
from catalog.models import Product, RelatedProduct
from catalog.search.offering import Hit
from catalog.search.understanding import Slot
from catalog.text import fold

MOST = 60
# Uses that say little of what belongs together.
ALONE = frozenset(("women", "men", "girls", "boys", "kids"))
EVERYDAY = frozenset(("daily", "home", "gift", "work", "outdoor", "travel", "commute"))


def pair(turn: Turn, move: Move) -> Reply:
    """Offer what goes with what is meant; of a kind that is named, or of any other kind."""
    beside_what, wanted = told_apart(turn)
    anchors = turn.products(beside_what or move.skus)
    move = replace(move, skus=beside_what or move.skus)
    known = [one for one in wanted if one.known]
    if wanted and not known and anchors and (named_so := of_the_name(turn, move, anchors, wanted)):
        return named_so
    if not anchors:
        return (
            search(turn, move) if known else clarify(turn, Move("clarify", "what", about="product"))
        )
    if known:
        return of_a_kind(turn, move, anchors, wanted)
    lacking = [one.surface for one in wanted]
    picks = related(turn, anchors) or of_the_same_use(turn, anchors)
    if not picks:
        return Reply(
            (
                turn.plan(
                    "nothing_beside",
                    product=title_of(turn, move),
                    limit=turn.reading.said.price is not None,
                ),
            ),
            turn.state,
        )
    rows = [one.row(turn.language) for one in picks]
    plan = turn.plan("goes_with", products=rows, product=title_of(turn, move), lacking=lacking)
    return naming(offered(turn, Found(picks, len(picks)), plan), anchors)


def naming(reply: Reply, anchors: Sequence[int]) -> Reply:
    """Let the claim check know what is named beside what is offered."""
    return replace(reply, products=(*reply.products, *anchors))


def told_apart(turn: Turn) -> tuple[tuple[str, ...], list[Slot]]:
    """Return what something is to go with, where it is named, and the kinds that are looked for.

    和四件套一起买哪个毛巾 looks for towels; the bedding was shown before.
    """
    kinds = list(turn.reading.said.of("category"))
    folded = fold(turn.reading.text)
    pool = [*turn.state.visible, *turn.state.earlier]
    for one in kinds:
        joined = re.search(
            rf"(?:[和跟与]|\bwith (?:the |my )?){re.escape(fold(one.surface))}", folded
        )
        seen = last_of(pool, one.surface) if joined and len(kinds) > 1 else None
        if seen:
            return (seen.sku,), [other for other in kinds if other is not one]
    return (), kinds


def of_a_kind(turn: Turn, move: Move, anchors: Sequence[int], wanted: Sequence[Slot]) -> Reply:
    """Offer things of the named kind, first those that the shop names beside what is meant.

    They are for whom that is for, where it is stated for women or men alone.
    """
    need, values = turn.reading.said, {one.value for one in wanted}  # not what is shown already
    slots = [one for one in need.slots if one.kind != "category" or one.value in values]
    if not need.of("audience") and (whom := worn_by(anchors)):
        slots.append(Slot("audience", whom))
    need = replace(need, slots=tuple(slots), sort="relevance")
    found = find(replace(wish_of(turn, gone=move.skus), need=need), most=MOST)
    if not found.picks:
        return search(turn, move)
    first = {pk: place for place, pk in enumerate(beside(anchors))}
    picks = sorted(found.picks, key=lambda one: first.get(one.hit.product, len(first)))[:SHOWN]
    told = tuple(
        replace(one, reason=named_beside()) if one.hit.product in first else one for one in picks
    )
    rows = [one.row(turn.language) for one in told]
    plan = turn.plan("goes_with", products=rows, product=title_of(turn, move))
    return naming(offered(turn, replace(found, picks=told), plan), anchors)


def worn_by(anchors: Sequence[int]) -> str:
    """Return for whom alone a thing is stated, "" where it is for anybody. One query."""
    rows = Product.objects.live().filter(pk__in=anchors).values_list("attributes", flat=True)
    stated = next((one.get("audience") for one in rows), None)
    codes = stated if isinstance(stated, list) else [stated]
    return next((str(one) for one in codes if one in ALONE and len(codes) == 1), "")


def of_the_name(
    turn: Turn, move: Move, anchors: Sequence[int], wanted: Sequence[Slot]
) -> Reply | None:
    """Offer things of a kind that has no shelf but stands in titles: socks; None where none do."""
    need = replace(turn.reading.need, slots=tuple(wanted), sort="relevance")
    found = find(replace(wish_of(turn, gone=move.skus), need=need, vector=None), most=MOST)
    codes = {one.value for one in wanted}
    picks = tuple(
        one for one in found.picks
        if any(codes & kinds_in(fold(title)) for title in one.hit.titles.values())
    )[:SHOWN]  # fmt: skip
    if not picks:
        return None
    rows = [one.row(turn.language) for one in picks]
    plan = turn.plan("goes_with", products=rows, product=title_of(turn, move))
    return naming(offered(turn, Found(picks, len(picks)), plan), anchors)


def title_of(turn: Turn, move: Move) -> str:
    """Return what is talked of by name, "" where it is several."""
    titles = [one.title for one in turn.state.visible if one.sku in move.skus]
    return titles[0] if len(titles) == 1 == len(move.skus) else ""


def named_beside() -> str:
    """Return why a thing is offered that its shop relates."""
    return _("the shop names it beside this one")


def beside(anchors: Sequence[int]) -> list[int]:
    """Return what the shops relate to some products, either way. One query."""
    rows = RelatedProduct.objects.filter(Q(product__in=anchors) | Q(other__in=anchors))
    found: dict[int, None] = {}
    for product, other in rows.order_by("position").values_list("product_id", "other_id"):
        found.setdefault(other if product in anchors else product)
    return [one for one in found if one not in anchors]


def related(turn: Turn, anchors: Sequence[int]) -> tuple[Pick, ...]:
    """Return what the shops relate, of other kinds than what is meant. At most six queries."""
    own = set(kinds_of(anchors).values())
    there = beside(anchors)
    kinds = kinds_of(there)
    other = [one for one in there if kinds.get(one) not in own]
    hits = hits_in(other, turn.market.currency(turn.asker.currency))
    return tuple(Pick(hit, named_beside()) for hit in left_of(turn, hits)[:SHOWN])


def left_of(turn: Turn, hits: Sequence[Hit]) -> list[Hit]:
    """Return what is in stock, was not refused, and is within the limit that was said."""
    return [
        hit for hit in hits
        if hit.in_stock and hit.sku not in turn.state.refused and within(hit, turn.reading.said)
    ]  # fmt: skip


def kinds_of(products: Sequence[int]) -> dict[int, int | None]:
    """Return the category of each product. One query."""
    rows = Product.objects.live().filter(pk__in=products)
    return dict(rows.values_list("pk", "category_id"))


def of_the_same_use(turn: Turn, anchors: Sequence[int]) -> tuple[Pick, ...]:
    """Return things of other kinds that are stated for the same occasion, the best liked first."""
    anchor = Product.objects.live().filter(pk=anchors[0]).select_related("category").first()
    stated = anchor.attributes.get("occasion") if anchor else None
    uses = [one for one in (stated if isinstance(stated, list) else [stated]) if one]
    for use in [one for one in uses if one not in EVERYDAY]:
        rows = Product.objects.live().filter(attributes__occasion__contains=[use])
        others = rows.exclude(category=anchor.category if anchor else None)
        others = others.filter(merchant=anchor.merchant_id) if anchor else others
        hits = hits_in(list(others.values_list("pk", flat=True)[:MOST]),
                       turn.market.currency(turn.asker.currency))  # fmt: skip
        kept = left_of(turn, hits)
        kept.sort(key=lambda hit: (-(hit.rating or 0) * min(hit.reviews, 20), hit.product))
        kinds = kinds_of([hit.product for hit in kept])
        each = list({kinds[hit.product]: hit for hit in reversed(kept)}.values())[::-1]
        if each:
            return tuple(
                Pick(one.hit, _("also listed for %(use)s") % {"use": use_name(turn, use)})
                for one in reasoned(each[:SHOWN], turn.reading.need)
            )
    return ()


def use_name(turn: Turn, code: str) -> str:
    """Return an occasion in the reader's words."""
    value = lexicon().value("occasion", code)
    names = (value.zh if turn.language == "zh-hans" else value.en) if value else ()
    return names[0] if names else code
