"""``python -m bench``: run every measurement, or one by ``--only NAME``."""

import argparse
import importlib.util
import runpy
import sys

MEASUREMENTS = {
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
    """Run the chosen measurements one after the other; each prints its table."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", choices=sorted(MEASUREMENTS), help="run one measurement")
    chosen = parser.parse_known_args()[0].only
    for name in [chosen] if chosen else MEASUREMENTS:
        if importlib.util.find_spec(MEASUREMENTS[name]) is None:
            print(f"{name}: not written yet")
            continue
        print(f"== {name}", flush=True)
        sys.argv = [name]
        runpy.run_module(MEASUREMENTS[name], run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main())
