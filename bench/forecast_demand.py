"""How well demand is forecast: simulated series with a known truth, and a real shop's orders.

    python bench/forecast_demand.py [--products 400] [--orders .../online_retail.csv.xz]

Outer backtest: everything (choice of methods, bounds) is made of what was known on a day; the four
weeks after it are held against it. Several such days, none of them seen before.
"""

import argparse
import csv
import datetime
import json
import lzma
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from marketing.stocking.demand.choosing import LOOK, History, naive_error, outlook, weekly
from marketing.stocking.demand.simulating import simulate


def orders(path: Path, most: int) -> History:
    """Read the order lines of an export: pieces sold by product and day, the best sellers."""
    sums: Counter[tuple[str, str]] = Counter()
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            count = int(row["Quantity"])
            code = row["StockCode"]
            if count > 0 and not row["InvoiceNo"].startswith("C") and code[:5].isdigit():
                sums[code, row["InvoiceDate"][:10]] += count
    days = sorted({day for _code, day in sums})
    first, last = (datetime.date.fromisoformat(day) for day in (days[0], days[-1]))
    sold_on = Counter(code for code, _day in sums)
    codes = {code: number for number, (code, _n) in enumerate(sold_on.most_common(most))}
    counts = np.zeros((len(codes), (last - first).days + 1))
    for (code, day), count in sums.items():
        if code in codes:
            counts[codes[code], (datetime.date.fromisoformat(day) - first).days] += count
    return History(counts, first)


def measure(history: History, origins: int = 4) -> dict[str, float]:
    """Forecast as of several days and return what came of it."""
    length, began = history.counts.shape[1], time.perf_counter()
    scaled, inside, total, above, ends = [], 0, 0, {80: 0, 95: 0}, 0
    for number in range(origins):
        day = length - LOOK * (number + 1)
        known = history.until(day)
        found = outlook(known)
        real = weekly(history.counts[:, day : day + LOOK])
        said = weekly(found.ahead[:, :LOOK])
        scale = naive_error(known.counts)
        kept = scale > 1e-6
        scaled.append((np.abs(real - said).mean(axis=1)[kept] / scale[kept]).mean())
        width = found.band * found.spread[:, None] * np.sqrt(np.maximum(said, 0.25))
        inside += int((np.abs(real - said) <= width).sum())
        total += real.size
        mean, came = said.sum(axis=1), real.sum(axis=1)
        for level in above:
            bound = found.upper[level][3] * found.spread * np.sqrt(np.maximum(mean, 0.25))
            above[level] += int((came <= mean + bound).sum())
        ends += len(mean)
    return {
        "products": len(history.counts),
        "days": length,
        "mase": round(float(np.mean(scaled)), 4),
        "mases": [round(float(each), 3) for each in scaled],
        "coverage_80": round(inside / total, 4),
        "four_weeks_below_80": round(above[80] / ends, 4),
        "four_weeks_below_95": round(above[95] / ends, 4),
        "inner_mase": outlook(history).mase,
        "inner_coverage": outlook(history).coverage,
        "seconds": round(time.perf_counter() - began, 1),
    }


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=400)
    parser.add_argument("--orders", type=Path)
    asked = parser.parse_args()
    found = {"simulated": measure(simulate(asked.products, 540, seed=7).history)}
    if asked.orders:
        found["orders"] = measure(orders(asked.orders, asked.products), origins=3)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
