"""Lists that are shown to whoever follows their owner, under a name that the owner chooses.

Off for every list until its owner says under which name. Followers are shown only what the owner
put there themselves: others on the list agreed to the list, not to this. Closing the list, taking
the name or a product away, and putting somebody out hold at once, for nothing is copied.
"""

from __future__ import annotations

from marketing.models import GroupList
from profiles.models import Following
from profiles.sources.following import follow, follows, register_shared
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone

LONGEST = 40

SHOWN_SQL = """
SELECT g.shopper_id, i.product_id AS product, g.shown_as::text AS name, i.at
FROM marketing_grouplist g
JOIN marketing_groupitem i ON i.group_id = g.id AND i.shopper_id = g.shopper_id
WHERE g.revoked_at IS NULL AND g.shown_as <> ''
    AND NOT EXISTS (SELECT FROM marketing_groupmember m WHERE m.group_id = g.id
                    AND m.shopper_id = %(shopper)s AND m.gone_at IS NOT NULL)
"""


def register_lists() -> None:
    """Let what stands on such lists be a source of recommendations."""
    register_shared("lists", SHOWN_SQL)


def show_as(code: str, shopper: Shopper, name: str) -> bool:
    """Show one's own list to followers under a name, or to none without one; False if not own."""
    with as_everyone():
        mine = GroupList.objects.filter(code=code, shopper=shopper)
        return bool(mine.update(shown_as=name.strip()[:LONGEST]))


def follow_owner(group: GroupList, shopper: Shopper) -> Following | None:
    """Follow the owner of a list that one sees; None if it is not shown to followers."""
    if not group.shown_as or group.revoked_at:
        return None
    return follow(shopper, group.shopper)


def following_owner(group: GroupList, shopper: Shopper | None) -> Following | None:
    """Return that somebody follows the owner of a list. One query."""
    return follows(shopper, group.shopper)
