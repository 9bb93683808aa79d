"""What the assistant does: typed tools over catalogue, cart, orders and policies, by code alone.

Reads answer at once. Writes only ever return a `Confirmation`; `confirm` does what was confirmed,
by the same verbs as the pages and under the same rules, once. No model decides, chooses or writes
anything here; other people's orders are as unknown as orders that do not exist.
"""

from assistant.doing.confirming import confirm
from assistant.doing.hinting import hint
from assistant.doing.outcome import Asker, BadArguments, Confirmation, Outcome
from assistant.doing.responding import HANDLED, respond
from assistant.doing.tempering import Tone, soothe, tone_of

__all__ = [
    "HANDLED",
    "Asker",
    "BadArguments",
    "Confirmation",
    "Outcome",
    "Tone",
    "confirm",
    "hint",
    "respond",
    "soothe",
    "tone_of",
]
