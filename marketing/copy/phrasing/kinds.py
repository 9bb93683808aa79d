"""What kind of thing a product is: by the words of its title, and by what its shop filed it as."""

from __future__ import annotations

import re

from catalog.claims.facts import ProductFacts
from catalog.lexicon import Span, lexicon
from marketing.copy.channels import CHINESE

LONGEST_WORD = 24  # signs of a Chinese title without a space; what is longer is a heap
LONGEST_TITLE = 30  # signs of a whole one


# Behind an amount of storage stands a part of the thing: "3 GB DDR3, 320 GB HDD".
_PART = re.compile(r"\d\s?(?:[KMGT]B|[MG]Hz)\s$", re.IGNORECASE)


def kind_in(title: str, facts: ProductFacts | None = None) -> Span | None:
    """Return the word of the title that says what it is: the last of its main part.

    A title that is a heap of words names other things too ("phone case … lens"): what agrees with
    the category comes first.
    """
    spans = [one for one in _things(main_part(title)) if not _PART.search(title[: one.start])]
    names = facts.category_names if facts else ()
    filed = {one.code for name in names for one in lexicon().match(name, ("category",))}
    known = lexicon().dimension("category")
    agreeing = [one for one in spans if {one.code, *known.ancestors(one.code)} & filed]
    found = agreeing or spans
    if not found:
        return None
    if agreeing and heaped(title):  # a baseball cap before a hat
        return max(found, key=lambda one: len(known.ancestors(one.code)))
    return found[-1]


def fitting(kind: Span | None, facts: ProductFacts) -> Span | None:
    """Return a kind, unless the product's category says that it is another thing.

    A plant for bookshelves is no bookshelf, and a drip bag of coffee no bag.
    """
    named = [one for name in facts.category_names for one in lexicon().match(name, ("category",))]
    if kind is None or not named:
        return kind
    return kind if _shelf(kind.code) in {_shelf(one.code) for one in named} else None


def filed_as(facts: ProductFacts) -> str:
    """Return the kind that the name of a product's own category says, the widest of several."""
    names = facts.category_names[-1:]
    codes = [one.code for name in names for one in lexicon().match(name, ("category",))]
    known = lexicon().dimension("category")
    wide = [one for one in codes if not set(known.ancestors(one)) & set(codes)]
    return next((one for one in wide if known.ancestors(one)), "")


def displayed(code: str, locale: str) -> str:
    """Return the name of a kind in a language."""
    value = lexicon().value("category", code) if code else None
    if value is None:
        return ""
    named = value.display(locale)
    if locale == CHINESE:
        return named
    pair = value.code.endswith("s") and not named.endswith("s")  # earrings come as two
    return f"{named}s" if pair else named


def heaped(title: str) -> bool:
    """Tell whether a Chinese title is a heap of search words and no name."""
    return len(title) > LONGEST_TITLE or max(map(len, title.split(" "))) > LONGEST_WORD


def main_part(title: str) -> str:
    """Return a title without what it is for and with."""
    return re.split(r"[,，|/]| for | with | in (?!-)", title)[0]


def _shelf(code: str) -> str:
    return (lexicon().dimension("category").ancestors(code) or (code,))[-1]


def _things(title: str) -> list[Span]:
    """Return the kinds of goods that a title names; that it is a set says nothing of what it is."""
    return [one for one in lexicon().match(title, ("category",))
            if not re.search(r"[\u4e00-\u9fff]件套$|^套装$|^set$", one.surface)]  # fmt: skip
