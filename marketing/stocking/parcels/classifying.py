"""The kind of a delivery note and who must act on it, with the words by which it was told.

For the parcels page. Rules first, so that a shop can read why a note stands where it stands; our
own sentences are learnt beside them for what rules have no word for. A person may say otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from marketing.stocking.parcels.kinds import BY_CODE, KINDS, OTHER, OVER, UNDONE
from marketing.stocking.parcels.learning import learnt

LONGEST = 500
# How much the second opinion counts against the rules; chosen on sentences that neither knew.
SHARE = 0.6
# What went wrong, rather than where a parcel is.
EXCEPTIONS = ("customs", "lost", "damaged", "refused", "returned", "address", "absent", "delayed")


@dataclass(frozen=True)
class Told:
    """A kind, who must act ("" is nobody), and the words that told it."""

    kind: str
    acts: str
    because: str = ""


def classify(text: str) -> Told:
    """Tell what a carrier's text is about. A millisecond; never raises."""
    said = " ".join(unicodedata.normalize("NFKC", text[:LONGEST]).split())
    found = weights_of(said)
    weights = {code: weight for code, (weight, _words) in found.items()}
    for code, score in learnt().scores(said).items():
        weights[code] = weights.get(code, 0.0) + SHARE * score
    if not weights:
        return Told(OTHER.code, OTHER.acts)
    order = [kind.code for kind in (*KINDS, OTHER)]
    best = max(weights, key=lambda code: (weights[code], -order.index(code)))
    return Told(best, BY_CODE[best].acts, found.get(best, (0.0, ""))[1][:120])


def weights_of(said: str) -> dict[str, tuple[float, str]]:
    """Return the kinds whose words occur: their weight, and the words."""
    found: dict[str, tuple[float, str]] = {}
    for code, weight, pattern in compiled():
        for match in pattern.finditer(said):
            if UNDONE.search(said[: match.start()]):
                continue
            held = found.get(code, (0.0, match[0]))
            found[code] = (max(held[0], weight), held[1])
    if "customs" in found and OVER.search(said):
        words = found.pop("customs")[1]
        found.setdefault("transit", (2.0, words))
    # It came back because of something: the shop has the parcel to expect, and that is what counts.
    if "returned" in found and not {"customs", "lost", "damaged", "refused"} & set(found):
        found["returned"] = (found["returned"][0] + 2, found["returned"][1])
    if "delivered" in found and not set(EXCEPTIONS[:5]) & set(found):
        found["delivered"] = (found["delivered"][0] + 3, found["delivered"][1])
    return found


@cache
def compiled() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    """Compile the patterns once a process."""
    return tuple(
        (kind.code, weight, re.compile(pattern, re.IGNORECASE))
        for kind in (*KINDS, OTHER)
        for weight, pattern in kind.patterns
    )
