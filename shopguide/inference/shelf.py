"""Versions of a trained model on disk, one of them in use.

``<shelf>/<version>/`` holds a model, ``<shelf>/current`` names the one in use. Reading which one
that is loads no model, so pages and sweeps may ask. Going back to an older version is one write.
"""

from __future__ import annotations

from pathlib import Path

POINTER = "current"
KEPT = 5


def current(shelf: Path) -> Path | None:
    """Return the directory of the version in use, None without one."""
    try:
        name = (shelf / POINTER).read_text("utf-8").strip()
    except (OSError, UnicodeError):
        return None
    found = shelf / name
    return found if name and Path(name).name == name and found.is_dir() else None


def taught(shelf: Path, base: str) -> Path | None:
    """Return the version in use of what was taught from ``base``, None where there is none.

    Another base's versions are another model's, so a change of the base leaves them all behind.
    """
    found = current(shelf)
    return found if found is not None and found.name.startswith(f"{base}+") else None


def use(shelf: Path, version: str) -> None:
    """Put a version in use, at once for all who ask from now on."""
    partial = shelf / f"{POINTER}.partial"
    partial.write_text(version, "utf-8")
    partial.replace(shelf / POINTER)


def versions(shelf: Path) -> list[str]:
    """Return the versions there are, the newest first."""
    found = [one for one in shelf.glob("*/card.json") if not one.parent.name.endswith(".partial")]
    found.sort(key=lambda one: one.stat().st_mtime_ns, reverse=True)
    return [one.parent.name for one in found]
