"""Which shops hear something new: what there was when they were last weighed, and what there is.

For the sweep. A shop's state is counts and hashes of its judgements and the day, so nothing has to
remember to ring: new words, another model, a cleared doubt or midnight change it by themselves.
"""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from marketing.listening.watching import weigh
from marketing.models import Listening, OpinionAlert
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone, as_merchant

STATES = """
SELECT m.id, concat_ws('|', %(day)s::text,
    (SELECT concat_ws(',', count(*), sum(hashtextextended(o.text_hash || o.model, o.review_id))
        %% 1000000007) FROM catalog_reviewopinion o WHERE o.merchant_id = m.id),
    (SELECT concat_ws(',', count(*), sum(hashtextextended(n.text_hash || n.model, n.id))
        %% 1000000007) FROM marketing_mention n WHERE n.merchant_id = m.id AND n.feeling <> ''),
    (SELECT count(*) FROM marketing_suspicion s
        WHERE s.merchant_id = m.id AND s.cleared_at IS NOT NULL)) AS state
FROM accounts_merchant m WHERE m.suspended_at IS NULL AND %(shop)s IN (0, m.id)
"""


def states(shop: int = 0) -> dict[int, str]:
    """Return what each active shop's voices are now, or one's. One query, an index scan a shop."""
    with as_everyone(), connection.cursor() as cursor:
        cursor.execute(STATES, {"day": timezone.localdate(), "shop": shop})
        return dict(cursor.fetchall())


def changed_shops() -> list[int]:
    """Return the shops whose voices are not what was last weighed."""
    now = states()
    with as_everyone():
        weighed = dict(Listening.objects.values_list("merchant_id", "state"))
    return [pk for pk, state in now.items() if weighed.get(pk) != state and not _silent(state)]


def _silent(state: str) -> bool:
    """Tell whether a shop has heard nothing at all."""
    _day, reviews, mentions, _cleared = state.split("|")
    return reviews.startswith("0") and mentions.startswith("0")


def weigh_shop(merchant: Merchant) -> list[OpinionAlert]:
    """Weigh a shop's voices and remember what they were; return the alerts that are new."""
    state = states(merchant.pk).get(merchant.pk, "")
    found = weigh(merchant)
    with as_merchant(merchant):
        Listening.objects.update_or_create(
            merchant=merchant, defaults={"state": state, "weighed_at": timezone.now()}
        )
    return found
