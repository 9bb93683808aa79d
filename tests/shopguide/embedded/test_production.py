"""What the deployment files name must exist: settings, queues, SQL, folders, commands."""

import re
from typing import Any

import yaml

from shopguide.embedded.addresses import ROOT
from shopguide.embedded.product import QUEUES
from shopguide.embedded.working import WARM

SETTINGS = (ROOT / "shopguide" / "settings.py").read_text()
PAGE = (ROOT / "docs" / "deployment.md").read_text()
FOREIGN = {"POSTGRES_DB", "POSTGRES_PASSWORD", "POSTGRES_INITDB_ARGS", "DOMAIN", WARM}


def compose() -> dict[str, Any]:
    """Return the compose file."""
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def commands() -> list[str]:
    """Return every command of the compose file as one line."""
    lines = []
    for service in compose()["services"].values():
        command = service.get("command", "")
        lines.append(command if isinstance(command, str) else " ".join(command))
    return lines


def test_every_variable_of_a_process_is_one_that_the_settings_read() -> None:
    named = {name for one in compose()["services"].values() for name in one.get("environment", {})}
    unknown = {name for name in named - FOREIGN if f'"{name}"' not in SETTINGS}
    assert named and unknown == set()


def test_page_lists_only_settings_that_exist() -> None:
    table = PAGE.split("## Settings")[1].split("## ")[0]
    listed = set(re.findall(r"`([A-Z][A-Z_]{4,})`", table))
    assert len(listed) > 10
    assert {name for name in listed if f'"{name}"' not in SETTINGS} == set()


def test_every_queue_has_a_worker_here_and_on_the_page() -> None:
    for queue, pool in QUEUES.items():
        flags = f"{pool[0]} {pool[1]}"
        for place in ("\n".join(commands()), PAGE):
            assert re.search(rf"worker {flags}[^\n]* -Q {queue} ", place), queue


def test_exactly_one_clock() -> None:
    assert sum(" beat " in command for command in commands()) == 1


def test_files_that_are_mounted_or_copied_exist() -> None:
    mounted = re.findall(r"- \./(\S+?):/", (ROOT / "compose.yaml").read_text())
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    paths = mounted + [path for line in copied for path in line.split()]
    assert len(paths) > 8
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_management_commands_that_are_called_exist() -> None:
    from django.core.management import get_commands

    text = PAGE + "\n".join(commands())
    called = set(re.findall(r"manage\.py ([a-z_]+)", text))
    assert called and called <= set(get_commands())


def test_web_processes_are_limited_as_in_the_one_command() -> None:
    from shopguide.embedded.product import WEB

    for name in ("pages", "streams"):
        environment = compose()["services"][name]["environment"]
        assert {key: environment[key] for key in WEB} == WEB
