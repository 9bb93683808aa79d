"""``python -m bench``: run every measurement, or one by ``--only NAME``."""

import argparse
import runpy
import sys

MEASUREMENTS = {
    "answers": "bench.answers",
    "api-fuzz": "bench.api_fuzz",
    "claims": "bench.claims",
    "clients": "bench.clients",
    "encode": "bench.encode",
    "import": "bench.import_catalog",
    "pages": "bench.pages",
    "recommend": "bench.recommend",
    "search": "bench.search",
    "terms": "bench.terms",
    "understand": "bench.understand",
}


def main() -> int:
    """Run the chosen measurements one after the other; its table each; 1 if one fell short."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", choices=sorted(MEASUREMENTS), help="run one measurement")
    asked, rest = parser.parse_known_args()
    chosen = asked.only
    failed = False
    for name in [chosen] if chosen else MEASUREMENTS:
        print(f"== {name}", flush=True)
        sys.argv = [name, *rest] if chosen else [name]
        try:
            runpy.run_module(MEASUREMENTS[name], run_name="__main__")
        except SystemExit as ended:
            failed |= bool(ended.code)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
