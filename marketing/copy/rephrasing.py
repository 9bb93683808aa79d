"""Let a writer put copy into other words, sentence by sentence, under the same ledger.

It is given what the assistant's writers are given: sentences with a slot for each name and figure,
one call a text. What comes back takes a sentence's place if it is true, lawful and fits; headlines,
lists of facts and quotes stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from marketing.copy.channels import Channel
from marketing.copy.forms import sentences
from marketing.copy.phrasing.pen import Pen
from shopguide.writing import Plan, Writer

ACT = "copy"
SHORTEST = 10
_KEPT = ("button", "subject", "title", "headline")
_LAYOUT = re.compile(r"^[·#✨▫🤍📌◎]|^.{1,12}[：:]|“")


def worth_rewording(parts: Mapping[str, str], place: Channel) -> list[tuple[str, str]]:
    """Return the sentences that may be put into other words, each with its part."""
    return [
        (name, one)
        for name in place.parts
        if name not in _KEPT
        for one in sentences(parts.get(name, ""))
        if len(one) >= SHORTEST and not _LAYOUT.search(one)
    ]


def plan_of(pen: Pen) -> Plan:
    """Return what a writer is told of a text: its language, and the names that become slots."""
    name = pen.material.name
    facts = {"product": name.short, "brand": name.brand, "kind": pen.this()}
    return Plan(ACT, pen.material.locale, facts, seed=pen.seed)


def rephrased(
    parts: Mapping[str, str], pen: Pen, place: Channel, writer: Writer
) -> tuple[dict[str, str], str]:
    """Return the parts in the writer's words where those hold, and who wrote."""
    material = pen.material
    asked = worth_rewording(parts, place)
    told = writer.holding(pen.allowed)
    plan = plan_of(pen)
    found = dict(parts)
    for (name, one), said in zip(
        asked, told.reworded([one for _, one in asked], plan), strict=True
    ):
        words = found[name].replace(one, said.strip(), 1)
        if place.parts[name].length(words) <= place.parts[name].limit(material.locale):
            found[name] = words
    return found, told.name
