"""How a product's SKU stands in an address: in one path segment, whatever characters it has."""

import re
import unicodedata

ESCAPED = {"~": "~7e", "/": "~2f"}
PLAIN = {escaped: plain for plain, escaped in ESCAPED.items()} | {"~2e": "."}


class Sku:
    """Path converter: a slash and a tilde are written ~2f and ~7e, and "." and ".." in full."""

    regex = "[^/]{1,400}"

    def to_python(self, value: str) -> str:
        """Return the SKU; ValueError (a 404) for what no SKU can be."""
        sku = re.sub("~..", lambda match: PLAIN.get(match[0], "\0"), value)
        if any(unicodedata.category(c) in ("Cc", "Cs") for c in sku):
            raise ValueError("no such SKU")
        return sku

    def to_url(self, value: str) -> str:
        """Return the SKU as it stands in a path; quoting of odd characters is Django's."""
        if value in (".", ".."):  # browsers would take these for folders
            return "~2e" * len(value)
        return re.sub("[~/]", lambda match: ESCAPED[match[0]], value)
