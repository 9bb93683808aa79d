"""The pieces of the one command: address, stages, browser, catalogues, watching."""

import gettext
import os
import signal
import socket
import sys
from pathlib import Path

import pytest

from shopguide.embedded import EmbeddedError, browsing, listening, stages, working
from shopguide.embedded.children import spawn
from shopguide.embedded.places import Places
from shopguide.embedded.product import Product
from shopguide.embedded.telling import Teller
from shopguide.embedded.translating import translate


@pytest.fixture
def teller() -> Teller:
    """Return a teller of one stage."""
    return Teller(("Stage", "Models"))


def test_address_is_a_name_unless_another_machine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOST", raising=False)
    monkeypatch.delenv("PORT", raising=False)
    assert listening.address() == "http://localhost:8000"
    monkeypatch.setenv("PORT", "8123")
    monkeypatch.setenv("HOST", "0.0.0.0")  # noqa: S104
    assert listening.address() == "http://localhost:8123"
    assert listening.probe_url("/readyz") == "http://127.0.0.1:8123/readyz"
    assert listening.allowed_hosts() == "*"
    monkeypatch.setenv("HOST", "shop.lan")
    assert listening.address() == "http://shop.lan:8123"
    assert "shop.lan" in listening.allowed_hosts()


@pytest.mark.parametrize("asked", ["http", "0", "70000", "-1"])
def test_wrong_port_is_refused(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.setenv("PORT", asked)
    with pytest.raises(EmbeddedError, match="is no port"):
        listening.check_port_free()


def test_port_in_use_is_refused_with_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(number))
        monkeypatch.delenv("HOST", raising=False)
        with pytest.raises(EmbeddedError, match="in use") as refused:
            listening.check_port_free()
    assert f"PORT={number % 65535 + 1}" in refused.value.remedy
    listening.check_port_free()


def test_stage_is_done_once_for_the_same_inputs(
    tmp_path: Path, teller: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    stamps, made = stages.Stamps(tmp_path / "stamps"), tmp_path / "made"
    command = ["/bin/sh", "-c", f"echo working; echo x >> {made}"]
    for wanted in ("one", "one", "two"):
        stages.stage(teller, stamps, "Stage", "making", command, wanted=wanted)
    assert made.read_text() == "x\nx\n"
    told = capsys.readouterr().out
    assert told.count("working") == 2
    assert told.count("up to date") == 1


def test_failed_stage_shows_its_last_words_and_is_done_again(
    tmp_path: Path, teller: Teller
) -> None:
    stamps = stages.Stamps(tmp_path / "stamps")
    command = ["/bin/sh", "-c", "echo the disk is full >&2; exit 3"]
    for _ in range(2):
        with pytest.raises(EmbeddedError, match="exit code 3: the disk is full"):
            stages.stage(teller, stamps, "Stage", "making", command, wanted="one")


def test_fingerprint_passes_over_bytecode(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(stages, "ROOT", tmp_path)
    (tmp_path / "a.py").write_text("1")
    base = stages.fingerprint("**/*")
    kept = tmp_path / "__pycache__"
    kept.mkdir()
    (kept / "a.pyc").write_bytes(b"1")
    assert stages.fingerprint("**/*") == base
    (tmp_path / "b.py").write_text("1")
    assert stages.fingerprint("**/*") != base


def test_fingerprint_follows_content_names_and_context() -> None:
    base = stages.fingerprint("requirements/*.txt")
    assert base == stages.fingerprint("requirements/*.txt")
    assert base != stages.fingerprint("requirements/*.in")
    assert base != stages.fingerprint("requirements/*.txt", also="another database")


def test_dead_process_is_told_with_its_last_words(tmp_path: Path) -> None:
    product = Product(Places(tmp_path, tmp_path), {})
    script = "import sys; sys.exit('cannot reach the moon')"
    child = spawn("web", [sys.executable, "-c", script], log=tmp_path / "web.log")
    product.children.append(child)
    child.process.wait()
    with pytest.raises(EmbeddedError, match=r"web ended with exit code 1.*\n.*reach the moon"):
        product.check()


def test_catalogues_are_compiled_when_their_text_is_newer(tmp_path: Path) -> None:
    folder = tmp_path / "shopguide" / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "%(n)s product"\nmsgid_plural "%(n)s products"\nmsgstr[0] "%(n)s 件商品"\n'
    )
    assert translate(tmp_path) == 1
    assert translate(tmp_path) == 0
    with (folder / "django.mo").open("rb") as compiled:
        chinese = gettext.GNUTranslations(compiled)
    assert chinese.ngettext("%(n)s product", "%(n)s products", 5) == "%(n)s 件商品"
    os.utime(source, (2**31, 2**31))
    assert translate(tmp_path) == 1


def test_missing_browser_gets_the_exact_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browsing, "candidates", lambda: iter([Path("/absent/chromium")]))
    monkeypatch.setattr(browsing, "chinese_font", lambda: True)
    monkeypatch.setattr(browsing.sys, "platform", "linux")
    monkeypatch.setattr(browsing.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert browsing.missing() == ["chromium"]
    assert browsing.install_line(browsing.missing()) == (
        "sudo apt-get update && sudo apt-get install -y chromium"
    )
    monkeypatch.setattr(browsing.shutil, "which", lambda name: name == "dnf")
    assert "google-noto-sans-cjk-fonts" in browsing.install_line(["fonts-noto-cjk"])


def test_named_browser_that_does_not_start_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(broken))
    assert browsing.chromium() != broken
    broken.write_text("#!/bin/sh\necho Chromium 140\n")
    assert browsing.chromium() == broken


def test_model_is_warmed_and_a_failure_is_only_logged(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setenv(working.MARKS, str(tmp_path / "interactive"))
    monkeypatch.setenv(working.WARM, "platform:machine")
    working.tell_ready()
    assert {path.name for path in tmp_path.iterdir()} == {"interactive.ready", "interactive.warm"}
    assert not caplog.records
    working.warm("platform:no_such_function")
    assert "could not be warmed" in caplog.text
    assert signal.getsignal(signal.SIGTERM) == before
