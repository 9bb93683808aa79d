"""What templates, style sheets and scripts promise, read from their source."""

import gzip
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.contrib.staticfiles import finders
from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CATALOGUE = ROOT / "shopguide" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
# What shoppers load, as it travels, pictures left out.
MOST_PAGE, MOST_SCRIPT = 120_000, 30_000
TRANSLATED = re.compile(r"""\{%\s*trans(?:late)?\s+(?:"([^"]+)"|'([^']+)')""")
PLACEHOLDER = re.compile(r"%\(\w+\)s")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Error pages speak both languages at once; the header names each language in itself.
BILINGUAL = {
    "_error.html",
    "_header.html",
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "429.html",
}
BILINGUAL |= {"500.html", "offline.html", "style.html"}


@pytest.mark.urls("tests.journeys.gallery")
@pytest.mark.parametrize("path", ["/", "/search/", "/category/", "/product/"])
def test_pages_are_light(path: str):
    """A full page with its style sheets and scripts, compressed, stays within 120 kB."""
    page = Client().get(path).content
    parts = re.findall(rb'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', page)
    files = {part.decode(): finders.find(part.decode()) for part in parts}
    assert len(files) >= 8 and all(files.values())
    sizes = {name: len(gzip.compress(Path(str(at)).read_bytes())) for name, at in files.items()}
    scripts = sum(size for name, size in sizes.items() if name.endswith(".js"))
    assert scripts <= MOST_SCRIPT
    assert len(gzip.compress(page)) + sum(sizes.values()) <= MOST_PAGE


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_template_needs_no_unsafe_policy(file: Path):
    """No inline style, script or handler, and no address outside the site."""
    text = file.read_text("utf-8")
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:", text)
    assert not re.search(r"<script(?![^>]*(?:src=|type=\"application/ld\+json\"))", text)
    assert not re.search(r"(?:href|src|action)=\"(?:https?:)?//", text)


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_template_speaks_through_the_catalogue(file: Path):
    """Chinese words stand in the message catalogue, not in templates."""
    if file.name not in BILINGUAL:
        assert not CHINESE.search(file.read_text("utf-8"))


def test_every_message_is_translated():
    """Each message has a Chinese text with the same placeholders, and templates use no other."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans")
    wrong = []
    for message in catalogue:
        if not message.id:
            continue
        english = message.id[0] if message.pluralizable else message.id
        chinese = message.string[0] if message.pluralizable else message.string
        # Chinese has one form, for any number: it says what the English plural says.
        whole = message.id[1] if message.pluralizable else message.id
        if not chinese or sorted(PLACEHOLDER.findall(whole)) != sorted(
            PLACEHOLDER.findall(chinese)
        ):
            wrong.append(english)
    known = {message.id[0] if message.pluralizable else message.id for message in catalogue}
    used = {a or b for file in TEMPLATES for a, b in TRANSLATED.findall(file.read_text("utf-8"))}
    assert wrong == []
    assert used - known == set()


def test_style_sheets_use_tokens_only():
    """Colours are named in the tokens file; Django's admin does not load it and names its own."""
    for file in (ROOT / "static" / "css").glob("*.css"):
        if file.name not in {"tokens.css", "operator.css"}:
            assert not re.search(r": [^;{]*#[0-9a-f]{3,8}\b|hsl\(|rgb\(", file.read_text()), (
                file.name
            )


def test_both_dark_blocks_are_the_same():
    """Dark by system and dark by switch are one set of colours."""
    text = (ROOT / "static" / "css" / "tokens.css").read_text()
    blocks = re.findall(r"color-scheme: dark;(.*?)\}", text, re.S)
    assert len(blocks) == 2
    assert len({re.sub(r"\s+", "", block) for block in blocks}) == 1


def test_what_is_busy_turns_whole_wherever_it_stands():
    """In a line of text a width holds only for what is a block of its own."""
    text = (ROOT / "static" / "css" / "components.css").read_text()
    sign = re.search(r'\[aria-busy="true"\]::after \{(.*?)\}', text, re.S)
    assert sign and "display: inline-block;" in sign[1]
