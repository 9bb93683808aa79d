"""Hold each sentence against the database before anybody sees it.

For answering. What is contradicted or unknown is taken out or mended by `catalog.claims`; what is
left of a sentence is what is said. What a tool has reckoned for this answer is true by being made
by code; what products and shops state is read anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.turns import Reply, Turn
from catalog.claims import Ledger, check
from catalog.claims.claim import Fact
from shopguide.writing import Plan

# Of these acts only counts and the shopper's wishes are taken as given: products are looked up.
FOUND = frozenset(("search_results", "other_results", "recommend", "nothing_found", "no_more",
                   "at_the_edge", "goes_with", "further_results", "nearest",
                   "leaning", "not_sold", "recalled", "explained",
                   "unstated"))  # fmt: skip
# Acts whose facts are sentences that code has made from an order, a rule or a warranty.
RECKONED = frozenset(("apology", "confirm", "aspects", "each_shop", "policy", "done"))
# So many lines back a product may have been named.
LINES = 3
LOOKED_UP = frozenset(("products", "reason", "because"))


@dataclass(frozen=True)
class Checked:
    """What may be said of a sentence, and the claims that were found in it, as JSON."""

    text: str
    claims: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Checker:
    """The facts that one answer leans on, read once."""

    language: str
    ledger: Ledger

    @classmethod
    def of(cls, reply: Reply, turn: Turn) -> Checker:
        """Read what the answer's products and shops state. At most 11 queries."""
        ledger = Ledger.of(
            products=reply.products,
            merchants=reply.merchants,
            currency=turn.market.currency(turn.asker.currency),
            locale=turn.language,
            given=list(given(reply.plans)),
            said=[turn.reading.text, turn.reading.need.query],
            reckoned=[
                text
                for one in reply.plans
                if one.act in RECKONED
                for value in one.facts.values()
                for text in texts(value)
            ],
            passages=[
                Fact(str(one["text"]), f"assistant.article:{one['article']}")
                for one in reply.citations
            ],
        )
        return cls(turn.language, ledger)

    def check(self, sentence: str, before: str = "", *, unread: bool = True) -> Checked:
        """Return what may be said of a sentence. About 1 ms for each that is looked at.

        ``before``: what has just been said; a sentence that names no product is about that one's.
        ``unread``: code wrote it, or a model whose wording has been held against the facts already.
        """
        context = "\n".join(before.split("\n")[-LINES:]) if before else ""
        apart = "" if not context or sentence.startswith("\n") else "\n"
        begun = context + apart
        how: Any = {"language": self.language, "ledger": self.ledger, "unread": unread,
                    "mends": not unread}  # fmt: skip
        found = check(begun + sentence, **how)
        if not found.clean.startswith(context):
            begun = ""
            found = check(sentence, **how)
        clean = found.clean[len(begun) :]
        lost = "\n" if sentence.startswith("\n") and clean and not clean.startswith("\n") else ""
        claims = [one.as_json() for one in found.claims if one.start >= len(begun)]
        return Checked(lost + clean, claims)


def given(plans: Iterable[Plan]) -> Iterator[str]:
    """Yield the facts that code has made for an answer."""
    for plan in plans:
        for name, value in plan.facts.items():
            if (plan.act, name) == ("stock", "options"):
                continue  # they say which variant is meant, so they are read
            if plan.act not in FOUND or name not in LOOKED_UP:
                yield from texts(value)


def texts(value: object) -> Iterator[str]:
    """Yield every text and number of a fact."""
    if isinstance(value, Mapping):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts(one)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
