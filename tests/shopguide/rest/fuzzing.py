"""Asking the API whatever its schema allows, and much that it does not, without any socket.

schemathesis drives the WSGI application in this process; its threads share the test's connection,
so that all they do is taken back in the end.
"""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connections
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.transport.wsgi import WSGITransport

from shopguide.rest.schema import UUID

SCHEMA = "/api/v1/schema/"
SEED = 20_261_122
# What is right by the schema may still meet the state: taken, stale, declined, sent before.
ACCEPTED = ["2xx", "3xx", "401", "402", "404", "409", "412", "422", "429"]
# Whoever shows an old mark hears of that first.
REFUSED = ["400", "401", "403", "404", "405", "406", "409", "412", "415", "422", "428", "429"]
# These have rules that no schema says: postal codes by country, email addresses, cursors, words
# or a choice.
BEYOND_SCHEMA = [
    "order_place", "order_address", "order_invoice_ask", "address_add", "address_change",
    "alert_add", "orders", "returns", "own_reviews", "product_reviews", "shop_orders",
    "conversation_begin", "message_say", "events_send", "return_picture_add",
    "review_picture_add", "reviews_waiting", "deeds_forget", "chip_edit", "taste_start",
]  # fmt: skip
# Members that are none of the schema mean nothing; of these alone the tool makes some up and wants
# them refused.
LEARNT = [
    "address_add", "address_change", "taste_say", "taste_start", "conversation_begin",
    "message_say",
]  # fmt: skip
# It is there once somebody has asked for it, not with the order.
LATER = ["order_invoice"]
BARE = "0"
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


@dataclass
class Report:
    """What was asked and what came of it."""

    cases: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    operations: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def total(self) -> int:
        """Return how many requests were made."""
        return sum(self.cases.values())

    def as_json(self) -> dict[str, Any]:
        """Return the report for a table."""
        return {
            "cases": self.total,
            "phases": dict(self.cases),
            "statuses": {str(code): count for code, count in sorted(self.statuses.items())},
            "operations": len(self.operations),
            "findings": self.findings,
            "seconds": round(self.seconds, 1),
        }


def shared(application: Application) -> Application:
    """Return the application on the connection of the thread that calls this, which it keeps."""
    held = connections["default"]
    held.inc_thread_sharing()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        connections["default"] = held
        if environ.get("HTTP_IDEMPOTENCY_KEY") == UUID:  # the example's: each is meant anew
            environ["HTTP_IDEMPOTENCY_KEY"] = str(uuid.uuid4())
        if environ.get("HTTP_IF_MATCH") == BARE:  # what stands for any header, whatever its pattern
            environ["HTTP_IF_MATCH"] = f'"{BARE}"'
        return application(environ, start_response)

    return answer


def send(self: WSGITransport, case: Any, **given: Any) -> Any:
    """Send a request without what only a network's client knows."""
    known = {name: value for name, value in given.items() if name in KNOWN}
    return SEND(self, case, **known)


KNOWN = (
    "app",
    "session",
    "headers",
    "params",
    "cookies",
    "timeout",
    "base_url",
    "data",
    "json",
    "files",
)
SEND = WSGITransport.send
WSGITransport.send = send  # type: ignore[method-assign]


def fuzz(
    *,
    headers: dict[str, str],
    each: int,
    stateful: int,
    coverage: bool,
    only: Sequence[str] = (),
    seed: int = SEED,
) -> Report:
    """Run the phases; ``each``: random requests of an operation, ``stateful``: random walks.

    ``coverage``: besides, every limit of every parameter and member on both of its sides.
    ``only``: these operations, all of them where none is named.
    """
    config = SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "continue-on-failure": True,
            "headers": headers,
            "generation": {"database": "none", "no-shrink": True, "allow-x00": False},
            "checks": {
                "positive_data_acceptance": {"expected-statuses": ACCEPTED},
                "negative_data_rejection": {"expected-statuses": REFUSED},
            },
            "operations": [
                {
                    "include-operation-id": name,
                    "checks": {"positive_data_acceptance": {"enabled": False}},
                }
                for name in BEYOND_SCHEMA
                if name not in LEARNT
            ]
            + [
                {
                    "include-operation-id": name,
                    "checks": {
                        "positive_data_acceptance": {"enabled": name not in BEYOND_SCHEMA},
                        "negative_data_rejection": {"enabled": False},
                    },
                }
                for name in LEARNT
            ]
            + [
                {
                    "include-operation-id": name,
                    "checks": {"ensure_resource_availability": {"enabled": False}},
                }
                for name in LATER
            ],
            "phases": {
                "examples": {"fill-missing": True},
                "coverage": {"enabled": coverage, "unexpected-methods": ["trace", "put", "delete"]},
                "fuzzing": {"generation": {"max-examples": each}},
                "stateful": {"generation": {"max-examples": stateful}},
            },
        }
    )
    schema = schemathesis.openapi.from_wsgi(SCHEMA, shared(get_wsgi_application()), config=config)
    if only:
        schema = schema.include(operation_id=list(only))
    report, start = Report(), time.monotonic()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            note(report, event)
        elif isinstance(event, events.NonFatalError):
            report.findings.append(f"{event.label}: {event.value}"[:2_000])
        elif isinstance(event, events.FatalError):
            report.findings.append(repr(event.exception)[:2_000])
    report.seconds = time.monotonic() - start
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    return report


def note(report: Report, event: events.ScenarioFinished) -> None:
    """Count a scenario's requests and keep what was found wrong."""
    recorder = event.recorder
    for case_id, interaction in recorder.interactions.items():
        report.cases[event.phase.value] += 1
        if interaction.response is not None:
            report.statuses[interaction.response.status_code] += 1
        if case_id in recorder.cases:
            report.operations[recorder.cases[case_id].value.operation.label] += 1
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                value = recorder.cases[case_id].value
                said = check.failure_info.failure
                shown = value.as_curl_command()[:1_500]
                interaction = recorder.interactions.get(case_id)
                response = interaction.response if interaction else None
                answered = response.content.decode("utf-8", "replace")[:400] if response else ""
                report.findings.append(
                    f"{value.operation.label}: {check.name}: {said.title}: {said.message[:500]}\n"
                    f"    {shown}\n    {answered}"
                )
