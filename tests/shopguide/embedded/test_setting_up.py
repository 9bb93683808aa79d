"""Set-up: what is asked of pip, how far it is, and what is skipped."""

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from shopguide.embedded import setting_up
from shopguide.embedded.addresses import ROOT

WORDS = """
Collecting amqp==5.4.2 (from -r base.txt (line 7))
  Downloading amqp-5.4.2-py3-none-any.whl (55 kB)
Processing /somewhere/anyio-4.16.0-py3-none-any.whl (from -r base.txt (line 19))
"""


def test_progress_counts_against_the_lock_file() -> None:
    assert setting_up.summary("", 82) == "0 of 82 packages"
    assert setting_up.summary(WORDS, 82) == (
        "2 of 82 packages, processing anyio-4.16.0-py3-none-any.whl"
    )
    unpacking = WORDS + "Installing collected packages: amqp, anyio\n"
    assert setting_up.summary(unpacking, 82) == "2 of 82 packages fetched, unpacking them"


def test_lock_files_are_counted_and_torch_is_not_locked() -> None:
    assert setting_up.pins("base") > 50
    assert setting_up.pins("dev") > setting_up.pins("base")
    assert setting_up.pins("torch") == 0


@pytest.mark.parametrize("name", ["base", "dev", "production"])
def test_lock_files_hold_hashes_and_nothing_of_the_machine_that_made_them(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    pins = [line for line in text.splitlines() if line and not line.startswith(("#", " "))]
    assert all(line.endswith("\\") for line in pins)
    assert text.count("--hash=sha256:") >= len(pins)
    for word in ("file://", "://", "--find-links", "--index-url", "\nnvidia-", "\ntorch=="):
        assert word not in text


def test_lock_files_agree_on_every_package() -> None:
    def versions(name: str) -> dict[str, str]:
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        lines = [line.split(" ")[0] for line in text.splitlines() if "==" in line[:60]]
        return dict(line.split("==") for line in lines if not line.startswith("#"))

    base = versions("base")
    for other in (versions("dev"), versions("production")):
        assert {name: other.get(name) for name in base} == base


def test_direct_dependencies_are_all_locked() -> None:
    for name in ("base", "dev", "production"):
        locked = (ROOT / "requirements" / f"{name}.txt").read_text().lower()
        for line in (ROOT / "requirements" / f"{name}.in").read_text().lower().splitlines():
            package = line.split("#")[0].strip()
            if package and not package.startswith("-r"):
                bare = package.split(">")[0].split("=")[0].split("<")[0].split("[")[0].strip()
                assert f"\n{bare.replace('_', '-')}==" in locked, bare


@pytest.mark.parametrize("version", ["3.11.2", "3.12.5", "3.13.1", "3.14.0"])
@pytest.mark.parametrize("system", [("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64")])
def test_locks_hold_what_other_pythons_and_systems_need(
    version: str, system: tuple[str, str]
) -> None:
    place = {
        "python_version": version.rpartition(".")[0],
        "python_full_version": version,
        "sys_platform": system[0],
        "platform_system": system[0].capitalize(),
        "platform_machine": system[1],
        "extra": "",
    }
    text = (ROOT / "requirements" / "base.txt").read_text()
    locked = {canonicalize_name(name) for name in re.findall(r"(?m)^([\w.-]+)==", text)}
    for name in sorted(locked):
        for line in distribution(name).requires or []:
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate(place):
                assert canonicalize_name(needed.name) in locked, f"{name} needs {line}"


def test_changed_lock_or_torch_index_asks_for_an_installation(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(setting_up, "VENV", tmp_path)
    monkeypatch.delenv("TORCH_INDEX_URL", raising=False)
    assert setting_up.stamp("torch") == ""
    setting_up.stamp_file("torch").write_text(setting_up.wording("torch"))
    assert setting_up.stamp("torch") == setting_up.wording("torch")
    monkeypatch.setenv("TORCH_INDEX_URL", "https://index.example/cpu")
    assert setting_up.stamp("torch") != setting_up.wording("torch")
    assert setting_up.torch_arguments()[-1] == "https://index.example/cpu"


def test_what_the_suite_needs_has_all_that_the_demo_needs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(setting_up, "VENV", tmp_path)
    monkeypatch.setattr(setting_up, "make_venv", lambda _teller: None)
    monkeypatch.setattr(setting_up, "pip_install", lambda _teller, name, _said: asked.append(name))
    setting_up.install(setting_up.Teller(["Packages"]), with_dev=True)
    assert asked == ["dev", "torch"]
    setting_up.install(setting_up.Teller(["Packages"]), with_dev=False)
    assert asked == ["dev", "torch"]
