"""Chromium and a Chinese font for the browser tests: found, installed by root, or asked for.

Installs only with apt-get and only as root; anybody else gets the exact line.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from shopguide.embedded.stages import run
from shopguide.embedded.telling import Teller

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
CJK = ("*CJK*", "*cjk*", "*wqy*", "*SourceHan*", "*NotoSansSC*", "*uming*", "*ukai*")
PACKAGES = ("chromium", "fonts-noto-cjk")
TIMEOUT_S = 20


def candidates() -> Iterator[Path]:
    """Yield browsers that may be there: the one named by CHROMIUM, then the known names."""
    if named := os.environ.get("CHROMIUM"):
        yield Path(named)
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    yield MAC


def chromium() -> Path | None:
    """Return a Chromium that starts, or None."""
    for path in candidates():
        try:
            asked = subprocess.run(
                [path, "--version"], capture_output=True, timeout=TIMEOUT_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if asked.returncode == 0:
            return path
    return None


def chinese_font() -> bool:
    """Tell whether a font with Chinese characters is installed."""
    if sys.platform == "darwin":
        return True  # every macOS has PingFang
    if shutil.which("fc-list"):
        listed = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False)
        return bool(listed.stdout.strip())
    folders = [Path(folder).expanduser() for folder in FONTS]
    return any(next(folder.rglob(name), None) for folder in folders for name in CJK)


def missing() -> list[str]:
    """Name the Debian packages that would bring what is missing."""
    there = (chromium() is not None, chinese_font())
    return [package for package, found in zip(PACKAGES, there, strict=True) if not found]


def install_line(packages: list[str]) -> str:
    """Return the exact line that brings what is missing on this system."""
    if sys.platform == "darwin":
        return "brew install --cask chromium"
    if shutil.which("apt-get"):
        return f"sudo apt-get update && sudo apt-get install -y {' '.join(packages)}"
    if shutil.which("dnf"):
        named = {"chromium": "chromium", "fonts-noto-cjk": "google-noto-sans-cjk-fonts"}
        return f"sudo dnf install -y {' '.join(named[package] for package in packages)}"
    return f"install {' and '.join(packages)} with your package manager"


def provide(teller: Teller) -> list[str]:
    """Install what is missing where we may; return what is still missing."""
    packages = missing()
    if not packages or os.geteuid() != 0 or not shutil.which("apt-get"):
        return packages
    teller.note(f"installing {' and '.join(packages)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(teller, ["apt-get", "update", "-qq"], env=quiet)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    run(teller, [*install, *packages], env=quiet)
    return missing()
