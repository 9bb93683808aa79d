"""Environments of what is measured beside the product, made on demand: ``bench/.venv-NAME``.

Peers are not dependencies of the product, so they live apart. A benchmark that measures peer and
product in one process runs itself again with that environment's Python.
"""

import hashlib
import json
import os
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

BENCH = Path(__file__).resolve().parent


def python(name: str = "peers") -> Path:
    """Return the interpreter of ``requirements-NAME.txt``, installing what is missing first."""
    environment, requirements = BENCH / f".venv-{name}", BENCH / f"requirements-{name}.txt"
    interpreter, stamp = environment / "bin" / "python", environment / "requirements.sha256"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if interpreter.exists() and stamp.exists() and stamp.read_text() == wanted:
        return interpreter
    print(f"installing into {environment.name} …", file=sys.stderr, flush=True)
    if not interpreter.exists():
        venv.create(environment, with_pip=True)
    install = [str(interpreter), "-m", "pip", "install", "--quiet", "-r", str(requirements)]
    subprocess.run(install, check=True)
    stamp.write_text(wanted)
    return interpreter


def run_there(module: str, arguments: list[str]) -> int:
    """Run one of our modules in the peers' environment; return its exit code."""
    command = [str(python()), "-W", "ignore", "-m", module, *arguments]
    return subprocess.run(command, cwd=BENCH.parent, check=False).returncode


class Child:
    """A module of ours in another environment: commands and answers, a line of JSON each."""

    def __init__(
        self, module: str, name: str = "peers", environ: Mapping[str, str] | None = None
    ) -> None:
        self.command = [str(python(name)), "-W", "ignore", "-m", module]
        alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self.environ = os.environ | alone | (environ or {})

    def __enter__(self) -> "Child":
        self.process = subprocess.Popen(
            self.command, cwd=BENCH.parent, env=self.environ, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.wait()

    def ask(self, *command: object) -> Any:
        """Send a command and return its answer."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        if not (line := self.process.stdout.readline()):
            raise SystemExit("the peer's process ended; its words are above")
        return json.loads(line)
