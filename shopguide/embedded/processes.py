"""What the kernel says about processes that are not our children."""

import os
import signal
import subprocess
import sys
from pathlib import Path


def alive(pid: int) -> bool:
    """Tell whether a process exists and has not ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True


def working_directory(pid: int) -> Path | None:
    """Return where a process works; None where the system does not say."""
    if sys.platform != "linux":
        return None
    try:
        return Path(f"/proc/{pid}/cwd").readlink()
    except OSError:
        return None


def works_in(pid: int, directory: Path) -> bool:
    """Tell whether a process is the server of a directory, by where it works or its command."""
    if (at := working_directory(pid)) is not None:
        return at == directory
    asked = ["ps", "-o", "command=", "-p", str(pid)]
    told = subprocess.run(asked, check=False, capture_output=True, text=True)
    return str(directory) in told.stdout


def kill_server_of(directory: Path, pid: int) -> None:
    """Kill a process if it is still the server of that directory."""
    if alive(pid) and works_in(pid, directory):
        os.kill(pid, signal.SIGKILL)
