"""The house itself: what may lean on what, what is migrated, what the web process loads."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


def tracked_files() -> list[Path]:
    """Return the text files of the repository that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def test_floors_of_the_house() -> None:
    lint = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert lint.returncode == 0, lint.stdout


@pytest.mark.django_db(databases=["default", "owner"])
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_web_process_loads_no_model_library() -> None:
    """Torch in the web process would cost seconds at start and hundreds of megabytes a worker."""
    script = (
        "import sys\n"
        "import shopguide.asgi\n"
        "from django.urls import get_resolver\n"
        "get_resolver().url_patterns\n"
        "import catalog.views, catalog.tasks, catalog.search.searching\n"
        "heavy = {'torch', 'transformers', 'jieba'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr


def test_repository_names_no_machine_and_no_registry() -> None:
    """The text must hold anywhere: no path of one machine, no package registry's host."""
    forbidden = re.compile(
        r"/(?:wor|roo)[kt]/|/[t]mp/[a-z]|pypi[.]org|npm[j]s[.]|debian[.]org|python[h]osted"
    )
    offenders = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in tracked_files()
        if path.suffix not in {".webp", ".png", ".gz", ".xz"}
        and (found := forbidden.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert offenders == []


def test_each_direct_dependency_has_its_reason() -> None:
    for name in ("base.in", "dev.in"):
        for line in (ROOT / "requirements" / name).read_text().splitlines():
            if line and not line.startswith(("#", "-r")):
                assert " # " in line, f"{name}: {line} has no reason"


def test_every_python_version_named_is_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["project"]["requires-python"] == ">=3.11"
    assert project["tool"]["ruff"]["target-version"] == "py311"
