"""Patterns that know where a Latin word ends beside Chinese: 「Gray那款in stock」."""

from __future__ import annotations

import re


def worded(written: str) -> re.Pattern[str]:
    r"""Compile a pattern for which a Chinese character is no letter of a word, so \b parts them."""
    return re.compile(written, re.ASCII)
