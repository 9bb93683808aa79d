"""What a page of voices is asked for, as its address says it: cleaned, and back to an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from catalog.models import Feeling
from catalog.presenting.opinions import ASPECT_NAMES
from catalog.search.addressing import LARGEST_ID, clean_number
from marketing.listening.voices import Asked, last_days
from marketing.models import Source

PERIODS = (7, 28, 90)
USUAL = 28
DOUBTFUL = "doubtful"
POLARITIES = {"good": 1, "bad": -1}


@dataclass(frozen=True)
class Filters:
    """The filters of the pages; empty ones narrow nothing."""

    days: int = USUAL
    product: int = 0
    aspect: str = ""
    source: str = ""
    only: str = ""
    said: str = ""

    @classmethod
    def of(cls, params: Mapping[str, str]) -> Filters:
        """Read what an address asks for; what makes no sense is left out."""
        days = params.get("days", "")
        source, only = params.get("source", ""), params.get("only", "")
        said = params.get("said", "")
        return cls(
            int(days) if days in map(str, PERIODS) else USUAL,
            int(clean_number(params.get("product", ""), LARGEST_ID) or 0),
            aspect if (aspect := params.get("aspect", "")) in ASPECT_NAMES else "",
            source if source in Source.values else "",
            only if only in {*Feeling.values, DOUBTFUL} else "",
            said if said in POLARITIES else "",
        )

    @property
    def asked(self) -> Asked:
        """Return which voices are meant."""
        doubtful = self.only == DOUBTFUL
        return last_days(self.days, product=self.product, source=self.source, doubtful=doubtful)

    @property
    def polarity(self) -> int:
        """Return whether praise (1), complaints (-1) or both (0) of an aspect are meant."""
        return POLARITIES.get(self.said, 0)

    def query(self, **other: Any) -> str:
        """Return these filters as the end of an address, some of them otherwise."""
        page = other.pop("page", "")
        wanted = vars(replace(self, **other)) | {"page": page}
        usual = vars(Filters())
        kept = {name: value for name, value in wanted.items()
                if value and value != usual.get(name)}  # fmt: skip
        return f"?{urlencode(kept)}" if kept else ""
