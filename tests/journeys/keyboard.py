"""A person without a mouse: Tab until the focus is there, then Enter, Space, arrows and letters."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

MOST_TABS = 160
FITS = "s => document.activeElement !== null && document.activeElement.matches(s)"


class Keys:
    """Does with keys alone what others click."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # A busy machine draws a first page slowly; what is asked here is not how fast.
        page.set_default_timeout(60_000)
        page.set_default_navigation_timeout(180_000)

    def reach(self, selector: str) -> None:
        """Press Tab until the focus is on what the selector names, once around the page."""
        if self.page.evaluate(FITS, selector):
            return
        for _press in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(FITS, selector):
                return
        pytest.fail(f"Tab never reaches {selector} on {self.page.url}")

    def enter(self, selector: str) -> None:
        """Reach a link or button, press Enter, and wait for the page that follows."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, selector: str, text: str) -> None:
        """Reach a field and write into it, in place of what it held."""
        self.reach(selector)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, selector: str, value: str) -> None:
        """Reach a list or the radios of a group and press the arrow until a value is chosen."""
        self.reach(selector)
        for key in ("ArrowDown", "ArrowUp"):
            for _press in range(40):
                if self.page.evaluate("document.activeElement.value") == value:
                    self.tick(value)
                    return
                self.page.keyboard.press(key)
        pytest.fail(f"the arrows never reach {value} of {selector}")

    def tick(self, value: str) -> None:
        """Press Space where the focus is on a box or radio that is not ticked."""
        ticked = self.page.evaluate(
            "document.activeElement.type in {radio: 1, checkbox: 1}"
            " ? document.activeElement.checked : true"
        )
        if not ticked:
            self.page.keyboard.press("Space")
