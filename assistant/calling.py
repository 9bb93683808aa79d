"""What of a search's results is called just as it was said: coffee filters, among all of coffee.

For finding. The vocabulary's kinds are wide; a name that is written down more closely
(``catalog/lexicon/words/names.toml``) is held against the titles, in both languages.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.fulfilling import generic_names
from assistant.understanding.following import leftover
from catalog.lexicon.naming import names_in, names_thing, other_names
from catalog.search.offering import Hit
from catalog.search.understanding import Need
from catalog.text import fold, index_terms


def called_closely(hits: Sequence[Hit], need: Need) -> list[Hit]:
    """Return only the hits that bear the close name of the thing that is looked for, if any does.

    Coffee filters are no coffee, and the names of a whole kind (headphones) leave none out.
    """
    names = close_name(need) if need.sort == "relevance" else ()
    named = [hit for hit in hits if any(bears(one, names) for one in hit.titles.values())]
    return named or list(hits)


def close_name(need: Need) -> tuple[str, ...]:
    """Return the close name of what is looked for, with what it is called besides; () for none."""
    wanted = [one for one in need.of("category") if not one.negated]
    plain = {name for one in wanted for name in generic_names(one)}
    said = [fold(one.surface) for one in wanted]
    close = [(one, *other_names(one)) for one in said if other_names(one)]
    close += [(name, *others) for name, others in names_in(fold(leftover(need)))]
    close = [one for one in close if names_thing(one[0]) and one[0].removesuffix("s") not in plain]
    return close[-1] if close else ()


def bears(title: str, names: Sequence[str]) -> bool:
    """Tell whether a title has all the words of one of some names."""
    folded, terms = fold(title), frozenset(index_terms(title))
    return any(
        terms.issuperset(index_terms(one)) if one.isascii() else one in folded for one in names
    )
