"""What is read out of a text: the parts of an address, as forms and carriers want them."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

CHINESE = ("CN", "HK", "MO", "TW")
WIDE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Place:
    """One address. Empty is not said: nothing is made up but a province that its city proves.

    ``street`` holds town, road and number, ``building`` what stands there, ``room`` the door.
    """

    name: str = ""
    phone: str = ""
    country: str = ""
    region: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    building: str = ""
    room: str = ""
    postal_code: str = ""

    @property
    def whole_street(self) -> str:
        """Return street, building and room on one line, as the order of the language has them."""
        parts = [part for part in (self.street, self.building, self.room) if part]
        if any(WIDE.search(part) for part in parts):
            return "".join(parts)
        return ", ".join(parts)

    def form(self) -> dict[str, str]:
        """Return the fields of an address form; only those that were said."""
        found = {each.name: str(getattr(self, each.name)) for each in fields(self)}
        for part in ("building", "room"):
            del found[part]
        found["street"] = self.whole_street[:200]
        found["phone"] = " ".join(re.sub(r"[^\d+ -]", " ", self.phone).split())[:25]
        return {name: said for name, said in found.items() if said}

    @property
    def lacking(self) -> list[str]:
        """Return which fields that a parcel cannot do without are still empty."""
        needed = ["name", "phone", "city", "street"]
        needed += ["region"] if self.country in ("CN", "US", "CA", "AU") else []
        needed += ["district"] if self.country == "CN" and self.city not in UNDIVIDED else []
        needed += ["postal_code"] if self.country not in (*CHINESE, "", "IE") else []
        return [name for name in needed if not getattr(self, name)]


UNDIVIDED = ("东莞市", "中山市", "儋州市", "三沙市", "嘉峪关市")
