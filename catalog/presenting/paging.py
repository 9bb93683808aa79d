"""Links to the pages of a list: first, last, and those around the one that is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

NEAR = 1


def page_links(current: int, pages: int, url: Callable[[int], str]) -> dict[str, Any]:
    """Return what the pagination shows; nothing to click where there is one page."""
    if pages < 2:
        return {"previous_url": "", "next_url": "", "numbers": []}
    shown = sorted({1, pages, *range(max(1, current - NEAR), min(pages, current + NEAR) + 1)})
    numbers: list[dict[str, Any]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number == before + 2:
            numbers.append(_link(number - 1, current, url))
        elif number > before + 2:
            numbers.append({"gap": True})
        numbers.append(_link(number, current, url))
    return {
        "previous_url": url(current - 1) if current > 1 else "",
        "next_url": url(current + 1) if current < pages else "",
        "numbers": numbers,
    }


def _link(number: int, current: int, url: Callable[[int], str]) -> dict[str, Any]:
    return {"label": number, "url": url(number), "current": number == current}
