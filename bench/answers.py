"""How long a shopper waits for the assistant: for its first words, and for all of them.

`python -m bench.answers --at http://127.0.0.1:8000` talks with a shop that runs (`make demo`), over
the API and its event streams as an app does: the web process, the broker, the workers, the models
and the database are all in what is timed. What is said are the shopper's sides of scripted
dialogues, both languages by turns; each dialogue is somebody new. Beside each answer the shop's
own search is asked the same words over the same wire, as the yardstick of the machine.

A shop lets one address say `CHAT_RATE_IP` things a minute (120/60): start it with more for several
shoppers at once, or this waits its turn between dialogues and times nothing of that.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results" / "answers.json"
CASES = HERE.parent / "tests" / "assistant" / "cases"
FILES = ("shopper", "talk", "goods", "wishes", "stories", "asked")
# What a shopper is promised: first words within a second, for 95 of 100 answers.
FIRST_S = 1.0
FIGURES = (
    "first_p50_ms", "first_p95_ms", "all_p50_ms", "all_p95_ms", "search_p50_ms", "search_p95_ms",
)  # fmt: skip


@dataclass
class Times:
    """Seconds of each answer's first words and last, and of each search; answers that failed."""

    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    search: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __iadd__(self, other: Times) -> Times:
        for name in ("first", "whole", "search", "failed"):
            getattr(self, name).extend(getattr(other, name))
        return self


class App:
    """A shopper's app: a stranger with the token that the shop gave on the first word."""

    def __init__(self, address: str, language: str) -> None:
        self.place = urlsplit(address)
        self.headers = {"Accept-Language": language, "Content-Type": "application/json"}

    def ask(self, method: str, path: str, body: Any = None) -> http.client.HTTPResponse:
        """Send a request over a connection of its own, as phones do after a pause."""
        there = http.client.HTTPConnection(self.place.hostname or "", self.place.port, timeout=30)
        there.request(method, path, json.dumps(body) if body else None, self.headers)
        answer = there.getresponse()
        if token := answer.headers.get("Shopper-Token"):
            self.headers["Shopper-Token"] = token
        return answer

    def say(self, text: str, conversation: str) -> tuple[str, int]:
        """Say something; return the conversation and the answer's number. 429 waits its turn."""
        path = f"/api/v1/conversations/{conversation}/messages/" if conversation else BEGIN
        while True:
            answer = self.ask("POST", path, {"text": text})
            told = json.load(answer)
            if answer.status != 429:
                break
            time.sleep(float(answer.headers.get("Retry-After", 5)))
        if answer.status != 201:
            raise SystemExit(f"{path} answers {answer.status}: {told}")
        return told["conversation"]["id"], told["answer"]["id"]

    def heard(self, conversation: str, answer: int) -> float:
        """Read an answer's events to their end; return when its first words came."""
        first = 0.0
        path = f"/api/v1/conversations/{conversation}/messages/{answer}/events/"
        events = self.ask("GET", path)
        for line in events:
            first = first or (time.perf_counter() if line.startswith(b"event: words") else 0.0)
            if line.startswith(b"event: over"):
                break
        events.close()
        return first


BEGIN = "/api/v1/conversations/"


def dialogues(count: int) -> list[dict[str, Any]]:
    """Return as many scripted dialogues of strangers on no page, both languages by turns."""
    rows = [
        json.loads(line)
        for name in FILES
        for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    sides = [
        [
            {"language": language, "turns": one["turns"]}
            for one in rows
            if one.get("language", "en") == language and not {"page", "orders"} & set(one)
        ]
        for language in ("zh-hans", "en")
    ]
    for side in sides:
        random.Random(1).shuffle(side)
    return [one for pair in zip(*sides, strict=False) for one in pair][:count]


def talked(address: str, dialogue: dict[str, Any]) -> Times:
    """Hold one dialogue; return its times."""
    app, conversation, times = App(address, dialogue["language"]), "", Times()
    for turn in dialogue["turns"]:
        words = turn.get("say")
        if not words:
            break
        began = time.perf_counter()
        conversation, answer = app.say(words, conversation)
        first = app.heard(conversation, answer)
        if first:
            times.first.append(first - began)
            times.whole.append(time.perf_counter() - began)
        else:
            times.failed.append(words)
        began = time.perf_counter()
        app.ask("GET", f"/api/v1/search/?{urlencode({'q': words[:200]})}").read()
        times.search.append(time.perf_counter() - began)
    return times


def part(of: list[float], share: float) -> int:
    """Return a quantile in milliseconds."""
    ordered = sorted(of)
    return round(1e3 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]) if ordered else 0


def main() -> int:
    """Talk, print a table, write JSON; 1 if answers failed or first words came too late."""
    parser = argparse.ArgumentParser(prog="python -m bench.answers", description=__doc__)
    parser.add_argument("--at", default="http://127.0.0.1:8000", help="where the shop runs")
    parser.add_argument("--dialogues", type=int, default=60, help="how many for each row")
    parser.add_argument("--shoppers", default="1,4", help="how many talk at once, a row each")
    asked = parser.parse_args()
    talks = dialogues(asked.dialogues)
    try:
        for one in talks[:2]:
            talked(asked.at, one)  # the first answer of each language is nobody's measure
    except OSError as error:
        print(f"No shop answers at {asked.at} ({error}): start one by `make demo`.")
        return 1
    rows, late = [], False
    print(f"{'shoppers':>8} {'answers':>8} {'first p50':>10} {'p95':>6} {'all p50':>8} {'p95':>6}"
          f" {'search p50':>11} {'p95':>6} {'failed':>7}")  # fmt: skip
    for at_once in map(int, asked.shoppers.split(",")):
        times = Times()
        with ThreadPoolExecutor(at_once) as several:
            for one in several.map(lambda d: talked(asked.at, d), talks):
                times += one
        figures = [part(of, share) for of in (times.first, times.whole, times.search)
                   for share in (0.5, 0.95)]  # fmt: skip
        print(f"{at_once:>8} {len(times.first):>8} {figures[0]:>10} {figures[1]:>6} "
              f"{figures[2]:>8} {figures[3]:>6} {figures[4]:>11} {figures[5]:>6} "
              f"{len(times.failed):>7}", flush=True)  # fmt: skip
        row = {"shoppers": at_once, "answers": len(times.first), "failed": times.failed}
        rows.append(row | dict(zip(FIGURES, figures, strict=True)))
        late |= bool(times.failed) or (at_once == 1 and figures[1] > FIRST_S * 1e3)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    return int(late)


if __name__ == "__main__":
    sys.exit(main())
