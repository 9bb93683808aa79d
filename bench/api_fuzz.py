"""Ten thousand requests that nobody means, against the whole schema of the API.

`python -m bench.api_fuzz` runs the suite's fuzzing (tests/shopguide/rest/test_fuzz.py) with more
random requests of each operation: examples, coverage of every constraint, fuzzing and random walks
through linked operations, in process, with all checks. Wanted: no 5xx, no answer outside of the
schema, nothing without its permission.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

RESULTS = Path(__file__).parent / "results" / "api_fuzz.json"
WANTED, EACH = 10_000, 170


def main() -> int:
    """Run, print a table, write JSON; 1 if anything was found."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.unlink(missing_ok=True)
    environment = os.environ | {
        "SHOPGUIDE_FUZZ_EACH": str(EACH),
        "SHOPGUIDE_FUZZ_REPORT": str(RESULTS),
        "SHOPGUIDE_FULL": "1",
    }
    test = "tests/shopguide/rest/test_fuzz.py"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", test]
    ran = subprocess.run(
        command, cwd=RESULTS.parents[2], env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if not RESULTS.exists():
        print(ran.stdout[-3_000:])
        return 1
    report = json.loads(RESULTS.read_text("utf-8"))
    for name in ("cases", "operations", "phases", "statuses", "seconds"):
        print(f"{name:<12} {report[name]}")
    print(f"{'findings':<12} {len(report['findings'])}")
    for line in report["findings"][:20]:
        print(f"  {line}")
    broken = any(int(code) >= 500 for code in report["statuses"])
    return int(broken or bool(report["findings"]) or report["cases"] < WANTED)


if __name__ == "__main__":
    sys.exit(main())
