"""What was understood, as chips that can be taken away; and what to give up if nothing fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.presenting.frame import Frame
from catalog.presenting.money import money
from catalog.presenting.naming import reader, value_name
from catalog.search.addressing import Address
from catalog.search.asking import slot_key
from catalog.search.constraining import Constraint
from catalog.search.relaxing import Relaxation


def chips_of(frame: Frame) -> list[dict[str, Any]]:
    """Return a chip for each thing that was understood; one word, one chip."""
    hard = {place for one in frame.results.constraints for place in one.slots}
    chips: dict[str, dict[str, Any]] = {}
    for place, slot in enumerate(frame.results.asked.need.slots):
        key, label = slot_key(slot), replace(slot, negated=False).label(reader())
        chip = chips.setdefault(
            key,
            {
                "labels": {},
                "kind": slot.kind,
                "negated": slot.negated,
                "hard": False,
                "remove_url": frame.address.plus("no", key).url(),
            },
        )
        chip["hard"] = chip["hard"] or place in hard
        # Shops that share a market place may write the same category a little differently.
        chip["labels"].setdefault(label.casefold(), label)
    return [{**chip, "label": " / ".join(chip["labels"].values())} for chip in chips.values()]


def corrections_of(frame: Frame) -> list[dict[str, str]]:
    """Return the words that were read as others, with the address that takes them as written."""
    undo = frame.address.minus("no").having(exact="1").url()
    return [
        {"from": one.said, "to": one.read, "undo_url": undo}
        for one in frame.results.asked.need.corrections
    ]


def relaxations_of(frame: Frame) -> list[dict[str, Any]]:
    """Return what to give up, in words, with the search that results from it."""
    return [
        {
            "text": "; ".join(texts_of(frame, relaxation)),
            "url": relaxed(frame, relaxation).url(),
            "gain_count": relaxation.gain,
        }
        for relaxation in frame.results.relaxed
    ]


def texts_of(frame: Frame, relaxation: Relaxation) -> Iterable[str]:
    """Yield in words what each given-up condition comes to."""
    for constraint in relaxation.without:
        if constraint.kind == "price":
            yield price_text(constraint, relaxation)
        elif constraint.slots:
            yield from said_texts(frame, constraint)
        else:
            yield clicked_text(frame, constraint)


def price_text(constraint: Constraint, relaxation: Relaxation) -> str:
    """Return at which price there is something: from the lowest or up to the highest."""
    bound, lowest, highest = constraint.filters.price, relaxation.lowest, relaxation.highest
    if bound and lowest is not None and bound.maximum is not None and bound.maximum < lowest:
        return _("At any price: from %(price)s") % {"price": money(lowest, relaxation.currency)}
    if bound and highest is not None and bound.minimum is not None and bound.minimum > highest:
        return _("At any price: up to %(price)s") % {"price": money(highest, relaxation.currency)}
    return _("At any price")


def said_texts(frame: Frame, constraint: Constraint) -> Iterable[str]:
    """Yield for what was said: without what is wanted, or with what is not."""
    slots = [frame.results.asked.need.slots[place] for place in constraint.slots]
    labels = [replace(slot, negated=False).label(reader()) for slot in slots]
    if slots and slots[0].negated:
        yield _("%(name)s too") % {"name": " / ".join(dict.fromkeys(labels))}
    else:
        yield _("Without “%(name)s”") % {"name": " / ".join(dict.fromkeys(labels))}


def clicked_text(frame: Frame, constraint: Constraint) -> str:
    """Return what a click comes to when it is taken back."""
    kind, filters = constraint.kind, constraint.filters
    if kind == "in_stock":
        return _("What is out of stock too")
    if kind == "category":
        names = [frame.category_name(pk) for pk in filters.categories]
    elif kind == "brand":
        names = list(filters.brands)
    elif kind == "rating":
        names = [_("%(stars)s stars and up") % {"stars": filters.rating}]
    else:
        names = [value_name(name, code) for name, codes in filters.any_of for code in codes]
    return _("Without “%(name)s”") % {"name": " / ".join(names)}


def relaxed(frame: Frame, relaxation: Relaxation) -> Address:
    """Return the address of the search without what is given up; prices nearest first."""
    address = frame.address
    for constraint in relaxation.without:
        for place in constraint.slots:
            address = address.plus("no", slot_key(frame.results.asked.need.slots[place]))
        if not constraint.slots:
            address = unclicked(frame, constraint, address)
        if constraint.kind == "price":
            address = address.having(sort=nearest_first(constraint, relaxation))
    return address


def unclicked(frame: Frame, constraint: Constraint, address: Address) -> Address:
    """Return the address without a click; a category page's own category leads to the search."""
    names = {"price": ("min", "max", "cur"), "in_stock": ("stock",)}
    if constraint.kind == "category" and frame.category and not address.first("category"):
        return address.on(reverse("search"))
    return address.without(names.get(constraint.kind, (constraint.kind,)))


def nearest_first(constraint: Constraint, relaxation: Relaxation) -> str:
    """Return the order in which what just misses the price comes first."""
    bound = constraint.filters.price
    if bound and bound.maximum is not None and relaxation.lowest is not None:
        return "price_asc"
    return "price_desc" if bound and bound.minimum is not None else ""
