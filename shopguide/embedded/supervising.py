"""Between a parent and one child, where the kernel does not watch for a dead parent (macOS).

``python -m shopguide.embedded.supervising SIGNAL UID:GID|- -- COMMAND…`` runs the command, passes
signals on, ends it when the parent is gone, and ends the way the command ended.
"""

import os
import signal
import subprocess
import sys
import time

POLL_S = 0.2
PATIENCE_S = 10
PASSED_ON = (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGHUP)


def start(who: str, command: list[str]) -> subprocess.Popen[bytes]:
    """Start the command, as another user if one is named."""
    if who == "-":
        return subprocess.Popen(command, close_fds=False)
    uid, gid = (int(number) for number in who.split(":"))
    return subprocess.Popen(command, close_fds=False, user=uid, group=gid, extra_groups=[], cwd="/")


def end(child: subprocess.Popen[bytes], death_signal: int) -> None:
    """End the command of a dead parent, by force if it does not listen."""
    child.send_signal(death_signal)
    try:
        child.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def main(arguments: list[str]) -> int:
    """Run the command until it ends or our parent does."""
    parent = os.getppid()
    child = start(arguments[1], arguments[3:])
    for number in PASSED_ON:
        signal.signal(number, lambda received, frame: child.send_signal(received))
    while (code := child.poll()) is None:
        if os.getppid() != parent:
            end(child, int(arguments[0]))
        time.sleep(POLL_S)
    if code < 0:
        signal.signal(-code, signal.SIG_DFL) if -code != signal.SIGKILL else None
        os.kill(os.getpid(), -code)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
