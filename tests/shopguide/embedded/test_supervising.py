"""The supervisor that stands in for the kernel where it does not watch for dead parents."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from shopguide.embedded.addresses import ROOT
from shopguide.embedded.children import spawn, stop
from shopguide.embedded.processes import alive

PARENT = """
import sys, time
from pathlib import Path
from shopguide.embedded.children import spawn
kernel = sys.argv[2] == "kernel"
child = spawn("sleeper", ["/bin/sh", "-c", "echo $$ && exec sleep 300"], log=Path(sys.argv[1]),
              kernel_watches=kernel)
time.sleep(300)
"""


def first_number(log: Path) -> int:
    """Wait for the process number that the child writes."""
    deadline = time.monotonic() + 10
    while not log.exists() or not log.read_text().strip():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return int(log.read_text().split()[0])


def ends(pid: int, within_s: float = 5) -> bool:
    """Wait until a process is gone."""
    deadline = time.monotonic() + within_s
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not alive(pid)


def test_child_dies_with_its_killed_parent(tmp_path: Path) -> None:
    ways = ["kernel", "supervisor"] if sys.platform == "linux" else ["supervisor"]
    for way in ways:
        log = tmp_path / f"{way}.log"
        parent = subprocess.Popen([sys.executable, "-c", PARENT, str(log), way], cwd=ROOT)
        child = first_number(log)
        parent.kill()
        parent.wait()
        assert ends(child), way


def test_supervised_child_hears_the_signal_and_gives_its_code(tmp_path: Path) -> None:
    script = "trap 'exit 7' TERM; echo $$; while true; do sleep 0.05; done"
    child = spawn("listener", ["/bin/sh", "-c", script], log=tmp_path / "log", kernel_watches=False)
    first_number(child.log)
    assert stop([child], wait_s=5) == []
    assert child.code == 7


def test_supervised_child_that_was_killed_is_told_as_killed(tmp_path: Path) -> None:
    child = spawn(
        "victim",
        ["/bin/sh", "-c", "echo $$; exec sleep 300"],
        log=tmp_path / "log",
        kernel_watches=False,
    )
    os.kill(first_number(child.log), signal.SIGKILL)
    assert child.process.wait(5) == -signal.SIGKILL
    assert child.ending() == "victim was killed by signal 9"


def test_stubborn_child_and_its_own_children_are_killed(tmp_path: Path) -> None:
    script = "trap '' TERM; sleep 300 & echo $!; while true; do sleep 0.05; done"
    child = spawn("stubborn", ["/bin/sh", "-c", script], log=tmp_path / "log")
    grandchild = first_number(child.log)
    assert stop([child], wait_s=0.3) == [child]
    assert ends(grandchild)
