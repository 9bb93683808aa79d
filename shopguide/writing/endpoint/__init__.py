"""A writer behind any OpenAI-compatible address. Off unless the settings name one.

`calling` speaks the protocol and streams, `guarding` holds the circuit breaker and the budget.
Whatever goes wrong there, the shopper reads the realiser's sentences, and within the same time.
Each call leaves a line in the log ``shopguide.egress``: where to, how much, how long; no content.
"""

from shopguide.writing.endpoint.calling import Endpoint, endpoint_writer
from shopguide.writing.endpoint.guarding import Breaker, Budget, Counts, MemoryCounts

__all__ = ["Breaker", "Budget", "Counts", "Endpoint", "MemoryCounts", "endpoint_writer"]
