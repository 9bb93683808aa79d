"""The documentation says what is so."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    source = (ROOT / "shopguide" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', source))
    read |= set(re.findall(r'database\(\s*"([A-Z_]+)"', source))
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    told = {name for row in re.findall(r"^\| (.*?) \|", page, re.M)
            for name in re.findall(r"`([A-Z_]+)`", row)}  # fmt: skip
    assert read == told


def test_links_of_the_documentation_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []
