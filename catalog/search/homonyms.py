"""Which of two things a shop's category means whose name is of both: paper or computer notebooks.

For the market. What its products state decides; where they state nothing, the plainer one holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from catalog.text import fold


@dataclass(frozen=True)
class Homonym:
    """A type that is also called as another one, and the facts that only its goods state."""

    plain: str
    other: str
    facts: tuple[str, ...]


HOMONYMS = {
    "notebook": Homonym("notebook", "laptop", (
        "processor", "processor_model", "processor_family", "processor_cores", "internal_memory",
        "ram", "cpu", "operating_system_installed", "CPU型号", "内存容量", "硬盘容量",
    )),
}  # fmt: skip
# More than half of a category's products state one of the facts.
STATED = """
SELECT place FROM catalog_searchdocument d CROSS JOIN LATERAL unnest(d.categories) AS place
WHERE d.categories && %(places)s::bigint[] AND place = ANY(%(places)s)
GROUP BY place HAVING 2 * count(*) FILTER (WHERE d.facets ?| %(facts)s) > count(*)
"""


def meant(names: Mapping[int, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return for a category's id which type its name means instead of which.

    ``names``: by id and language. A query for each name that some category bears, mostly none.
    """
    found: dict[str, dict[str, str]] = {}
    for name, one in HOMONYMS.items():
        plurals = {name, f"{name}s"}
        places = [pk for pk, said in names.items() if plurals & set(map(fold, said.values()))]
        if not places:
            continue
        with connection.cursor() as cursor:
            cursor.execute(STATED, {"places": places, "facts": list(one.facts)})
            for (place,) in cursor.fetchall():
                found.setdefault(str(place), {})[one.plain] = one.other
    return found
