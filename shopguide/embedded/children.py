"""Child processes that never outlive their parent, however it ends.

On Linux the kernel signals a child when its parent dies. Elsewhere a small supervisor between
the two watches for it (``supervising``). Parents that spawn stay single-threaded: the kernel's
promise is bound to the thread that forked.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from shopguide.embedded.addresses import ROOT
from shopguide.embedded.places import Account

SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of <linux/prctl.h>
LOG_LIMIT = 10 * 1024 * 1024
KERNEL_WATCHES = sys.platform == "linux"


@dataclass
class Child:
    """One running child, its log and the signal that ends it in good order."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM

    @property
    def code(self) -> int | None:
        """The exit code, or None while it runs."""
        return self.process.poll()

    def ending(self) -> str:
        """Say how the child ended."""
        code = self.code
        if code is not None and code < 0:
            return f"{self.name} was killed by signal {-code}"
        return f"{self.name} ended with exit code {code}"

    def tail(self, lines: int = 15) -> str:
        """Return the last lines of its log."""
        return tail(self.log, lines)


def tail(log: Path, lines: int = 15) -> str:
    """Return the last lines of a log file."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 16_384))
            text = file.read().decode(errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])


def die_with_parent(parent: int, death_signal: signal.Signals) -> Callable[[], None]:
    """Return what a child must call between fork and exec, so that the kernel watches for us."""
    libc = ctypes.CDLL(None)

    def ask_kernel() -> None:
        libc.prctl(SET_PARENT_DEATH_SIGNAL, int(death_signal))
        if os.getppid() != parent:  # the parent died before the kernel knew
            os._exit(1)

    return ask_kernel


def spawn(  # one seam for every process that we start
    name: str,
    args: Sequence[str | Path],
    *,
    log: Path,
    stop_signal: signal.Signals = signal.SIGTERM,
    death_signal: signal.Signals = signal.SIGKILL,
    account: Account | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    keep_fds: Sequence[int] = (),
    kernel_watches: bool = KERNEL_WATCHES,
) -> Child:
    """Start a child in a session of its own that dies by ``death_signal`` when we die."""
    command = [str(argument) for argument in args]
    options: dict[str, object] = {}
    if kernel_watches:
        options["preexec_fn"] = die_with_parent(os.getpid(), death_signal)
        options |= as_account(account)
    else:
        command = supervised(command, death_signal, account)
        cwd = ROOT
    with fresh_log(log) as output:
        process = subprocess.Popen(  # type: ignore[call-overload]
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=dict(env) if env is not None else None,
            cwd=cwd,
            pass_fds=tuple(keep_fds),
            **options,
        )
    return Child(name, process, log, stop_signal)


def before_exec(death_signal: signal.Signals) -> Callable[[], None] | None:
    """Return what a child of ours must call before exec; None where the kernel does not watch."""
    return die_with_parent(os.getpid(), death_signal) if KERNEL_WATCHES else None


def follow_make() -> None:
    """Ask the kernel to end us in good order when the ``make`` that runs us is killed."""
    if KERNEL_WATCHES and "MAKELEVEL" in os.environ:
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, int(signal.SIGTERM))


def as_account(account: Account | None) -> dict[str, object]:
    """Return what makes a child run as that account."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def supervised(
    command: list[str], death_signal: signal.Signals, account: Account | None
) -> list[str]:
    """Wrap a command in the supervisor that watches for our death."""
    who = f"{account.uid}:{account.gid}" if account else "-"
    module = "shopguide.embedded.supervising"
    return [sys.executable, "-m", module, str(int(death_signal)), who, "--", *command]


def fresh_log(log: Path) -> BinaryIO:
    """Open a log for appending; one that has grown large is put aside once."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    return log.open("ab")


def stop(children: Sequence[Child], *, wait_s: float) -> list[Child]:
    """Ask the children to end, all at once; kill what is left after ``wait_s``, and return it."""
    for child in children:
        if child.code is None:
            child.process.send_signal(child.stop_signal)
    deadline = time.monotonic() + wait_s
    stubborn = [child for child in children if not ends_by(child, deadline)]
    for child in stubborn:
        child.process.kill()
        child.process.wait()
    for child in children:
        sweep(child)
    return stubborn


def ends_by(child: Child, deadline: float) -> bool:
    """Wait until a child ends or the clock passes ``deadline``."""
    try:
        child.process.wait(max(0.01, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return False
    return True


def sweep(child: Child) -> None:
    """Kill what an ended child left behind in its session (pool processes of a worker)."""
    try:
        os.killpg(child.process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
