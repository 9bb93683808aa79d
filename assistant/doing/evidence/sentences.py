"""The sentences of a product's page, as one reads them and as they are quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST = 60  # sentences of a page that are read
_CHINESE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]*")
_ENGLISH = re.compile(r"[^\n]+?(?:[.!?]+(?=\s|$)|(?=\n)|$)")


def sentences_in(text: str, *, chinese: bool) -> Iterator[str]:
    """Yield the sentences of a text, in their order."""
    for match in (_CHINESE if chinese else _ENGLISH).finditer(text):
        if told := match[0].strip():
            yield told


def sentences_of(text: str, locale: str) -> list[str]:
    """Return the first sentences of a text in a language."""
    return list(sentences_in(text, chinese=locale.startswith("zh")))[:MOST]
