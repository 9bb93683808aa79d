"""Pages of allauth in English: words in sentence case, as our own have them."""

import itertools
import re
from pathlib import Path

import allauth
from django.utils import translation

ROOT = Path(allauth.__file__).parent / "templates"
LITERAL = re.compile(r"""\{%\s*trans(?:late)?\s+["']([^"']+)["']""")
BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\s*%\}([^{%]+)\{%")
NAMES = {"JavaScript"}


def _shouts(text: str) -> bool:
    """Whether a short text writes a word after its first with a capital that no sentence starts."""
    words = re.findall(r"[^\s(-]+", text)
    later = itertools.pairwise(words)
    return any(
        re.match(r"[A-Z][a-z]", word) and word.rstrip(".") not in NAMES
        for before, word in later
        if before[-1] not in ".?!"
    )


def test_english_of_allauth_is_in_sentence_case() -> None:
    texts = set[str]()
    for app in ("account", "mfa", "usersessions"):
        for file in (ROOT / app).rglob("*.html"):
            page = file.read_text()
            texts |= {*LITERAL.findall(page), *(block.strip() for block in BLOCK.findall(page))}
    assert len(texts) > 100
    with translation.override("en"):
        assert translation.gettext("Sign In") == "Sign in"
        assert [text for text in sorted(texts) if _shouts(translation.gettext(text))] == []
