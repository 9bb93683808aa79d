"""How well and how fast texts are held against the facts: ``python -m bench --only claims``.

Drafts about the demo's 180 bilingual products with one planted error each, and their true twins;
wordings that were worked on, that were held back, and other manners of writing are told apart. Time
is that of the processor for one message, its product's words read anew as in a fresh ledger.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
# Manners of writing. Each was measured once before it was worked on (docs/writing.md).
STYLES = (
    "seller", "prose", "service", "lists", "mixed", "words", "last", "stream", "enquiry", "counter",
    "forum", "radio", "friend", "trade", "letter", "notice", "channel", "broker", "desk", "clerk",
    "tester", "chatbot", "adviser", "grader", "bystander",
)  # fmt: skip
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Measure and print a table; write it beside the other results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drafts", type=int, default=2_400, help="how many, of each sort")
    count = parser.parse_args().drafts
    import django

    django.setup()
    rows = {"worked on": measured(count, held=False), "held back": measured(count, held=True)}
    rows |= {style: measured(count // 4, held=False, style=style) for style in STYLES}
    heads = ("wrong", "missed", "mended", "true", "dropped", "p50 ms", "p95 ms")
    print(f"{'wordings':12} " + " ".join(f"{head:>7}" for head in heads))
    for name, row in rows.items():
        shares = f"{row['missed']:7.2%} {row['mended']:7.2%} {row['true']:7} {row['dropped']:7.2%}"
        print(f"{name:12} {row['wrong']:7} {shares} {row['p50_ms']:7.1f} {row['p95_ms']:7.1f}")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "claims.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")


def measured(count: int, *, held: bool, style: str = "") -> dict[str, float]:
    """Return what became of so many drafts, and how long one took."""
    from catalog.claims import check
    from tests.catalog.claims.drafting import LOCALE, drafts, tally

    chosen = list(drafts(count, held=held, seed=1, style=style))
    found = tally(chosen)
    times = []
    for draft in chosen[:600]:
        fresh = replace(draft.ledger, products=tuple(replace(one) for one in draft.ledger.products))
        begun = time.process_time()
        check(draft.text, language=LOCALE[draft.language], ledger=fresh)
        times.append((time.process_time() - begun) * 1000)
    times.sort()
    return {
        "drafts": len(chosen),
        "wrong": found.wrong,
        "missed": len(found.missed) / found.wrong,
        "mended": len(found.mended) / found.wrong,  # into what is not true either
        "true": found.true,
        "dropped": len(found.dropped) / found.true,
        "p50_ms": times[len(times) // 2],
        "p95_ms": times[int(len(times) * 0.95)],
    }


if __name__ == "__main__":
    main()
