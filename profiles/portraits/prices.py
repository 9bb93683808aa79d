"""How dear a price is among its kind: the prices of each kind as a ladder, read now and then."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from django.core.cache import cache
from django.db import connection

Ladders = dict[tuple[int, str], list[float]]
KEY, KEPT_S = "portraits:ladders", 900
STEPS = 11
# Of fewer prices nothing is dear.
LEAST = 3

LADDERS_SQL = """
SELECT d.categories[1], m.currency,
       percentile_cont(%(steps)s::float8[]) WITHIN GROUP (ORDER BY m.amount::float8)
FROM (SELECT product_id, currency, min(amount) AS amount FROM catalog_searchoffer
      WHERE amount IS NOT NULL GROUP BY product_id, currency) m
JOIN catalog_searchdocument d ON d.product_id = m.product_id
WHERE d.categories[1] IS NOT NULL
GROUP BY 1, 2 HAVING count(*) >= %(least)s
"""


def ladders() -> Ladders:
    """Return the prices of each kind and currency from the lowest to the highest, in tenths.

    One scan of the offers every fifteen minutes, nothing in between.
    """
    found: Ladders | None = cache.get(KEY)
    if found is None:
        with connection.cursor() as cursor:
            steps = [step / (STEPS - 1) for step in range(STEPS)]
            cursor.execute(LADDERS_SQL, {"steps": steps, "least": LEAST})
            found = {(kind, code): list(rungs) for kind, code, rungs in cursor.fetchall()}
        cache.set(KEY, found, KEPT_S)
    return found


def dear_of(category: int | None, amounts: Mapping[str, float], known: Ladders) -> float | None:
    """Return a price's place among its kind, 0 the lowest, 1 the highest; None for no ladder."""
    for currency in sorted(amounts):
        rungs = known.get((category or 0, currency))
        if rungs and rungs[-1] > rungs[0]:
            return float(np.interp(amounts[currency], rungs, np.linspace(0, 1, len(rungs))))
    return None
