"""The demo shops' knowledge: their rules by code, the rest as people wrote it. For `load_demo`."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.knowledge.articles import approve, write
from assistant.knowledge.terms import write_terms
from assistant.models.article import Kind, Source
from shopguide.accounts.models import Merchant

HERE = Path(__file__).parent / "demo"
LANGUAGES = {"zh": "zh-hans", "en": "en"}


@lru_cache(maxsize=8)
def entries(slug: str) -> tuple[dict[str, Any], ...]:
    """Return a demo shop's articles, none for another shop."""
    path = HERE / f"{slug}.toml"
    return tuple(tomllib.loads(path.read_text("utf-8"))["article"]) if path.is_file() else ()


def load_knowledge(merchant: Merchant) -> int:
    """Write and approve a demo shop's articles; return how many changed. Twice is as once."""
    changed = write_terms(merchant)
    for entry in entries(merchant.slug):
        for code, language in LANGUAGES.items():
            article = write(
                merchant, title=entry[code]["title"], body=entry[code]["body"],
                asked=entry[code].get("asked", ""), language=language,
                kind=entry.get("kind", Kind.FAQ), source=Source.DEMO, key=f"demo:{entry['key']}",
            )  # fmt: skip
            if article.live != article.latest:
                approve(article)
                changed += 1
    return changed
