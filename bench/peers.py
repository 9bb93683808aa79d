"""The environment of the peers: ``bench/.venv-peers``, made on demand and shared by benchmarks.

Peers are not dependencies of the product, so they live apart. A benchmark that measures peer and
product in one process runs itself again with that environment's Python.
"""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

BENCH = Path(__file__).resolve().parent
ENVIRONMENT = BENCH / ".venv-peers"
REQUIREMENTS = BENCH / "requirements-peers.txt"
STAMP = ENVIRONMENT / "requirements.sha256"


def python() -> Path:
    """Return the peers' interpreter, installing what is missing first."""
    interpreter = ENVIRONMENT / "bin" / "python"
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if interpreter.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return interpreter
    print(f"installing peers into {ENVIRONMENT.name} …", file=sys.stderr, flush=True)
    if not interpreter.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    install = [str(interpreter), "-m", "pip", "install", "--quiet", "-r", str(REQUIREMENTS)]
    subprocess.run(install, check=True)
    STAMP.write_text(wanted)
    return interpreter


def run_there(module: str, arguments: list[str]) -> int:
    """Run one of our modules in the peers' environment; return its exit code."""
    command = [str(python()), "-W", "ignore", "-m", module, *arguments]
    return subprocess.run(command, cwd=BENCH.parent, check=False).returncode
