"""Pictures of an import that lie at addresses: fetched once, by the one way out, then as any other.

For the importer. A host that fails again and again is not asked for the rest of the import. What a
product has from the same address already is not fetched again.
"""

from collections import Counter
from urllib.parse import urlsplit

from catalog.feeds.images import MOST_FILE_BYTES, Pictures, Shelf, Stored
from catalog.feeds.problems import Bad, Fault
from catalog.models import Media
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from shopguide.outbound import Blocked, Outbound, TooLarge, fetch

MOST_FAILURES = 3
MOST_KNOWN = 50_000
TIMEOUT_S = 10.0
ACCEPT = "image/avif,image/webp,image/png,image/jpeg,image/gif"


class Web(Shelf):
    """The open Internet, and nothing inside."""

    def __init__(self) -> None:
        self._failures: Counter[str] = Counter()

    def read(self, name: str) -> bytes | None:
        """Return what lies at an address; `Bad` says why not."""
        host = urlsplit(name).netloc
        if self._failures[host] >= MOST_FAILURES:
            raise Bad(Fault.PICTURE_UNREACHABLE, name)
        try:
            return fetch(
                name, most_bytes=MOST_FILE_BYTES, timeout_s=TIMEOUT_S, accept=ACCEPT
            ).content
        except TooLarge:
            raise Bad(Fault.PICTURE_LARGE, name) from None
        except Blocked:
            raise Bad(Fault.PICTURE_INSIDE, name) from None
        except Outbound:
            self._failures[host] += 1
            raise Bad(Fault.PICTURE_UNREACHABLE, name) from None


class RemotePictures(Pictures):
    """Stores one shop's pictures from addresses."""

    def __init__(self, merchant: Merchant) -> None:
        super().__init__(Web(), merchant.pk)
        with as_merchant(merchant):
            rows = Media.objects.filter(merchant=merchant, source__startswith="http")
            for each in rows.only("source", "file", "width", "height")[:MOST_KNOWN]:
                self._known[each.source] = Stored(each.file, each.width, each.height)

    def _find(self, name: str) -> bytes:
        content = self._shelf.read(name)
        if content is None:
            raise Bad(Fault.PICTURE_MISSING, name)
        return content
