"""Compile the message catalogues, which are kept as text only."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from shopguide.embedded.addresses import ROOT


def translate(root: Path) -> int:
    """Compile every catalogue below ``root`` that is newer than its compiled form; count them."""
    done = 0
    for folder in root.glob("*/locale/*/LC_MESSAGES"):
        for source in folder.glob("*.po"):
            compiled = source.with_suffix(".mo")
            if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
                continue
            with source.open("rb") as text:
                catalogue = read_po(text, locale=folder.parent.name)
            draft = source.with_suffix(".mo.new")
            with draft.open("wb") as binary:
                write_mo(binary, catalogue)
            draft.replace(compiled)
            done += 1
    return done


if __name__ == "__main__":
    print(f"{translate(ROOT)} message catalogues compiled")
