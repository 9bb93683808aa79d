"""What may come in: invisible characters stripped, harm and orders to the machine told apart.

For every message before it is answered. Rules name an act and its object: "a bomber jacket",
"killer heels" and 杀菌 are shopping; a refusal carries its rule for the log and a topic for the
words. Whatever passes is data all the same: nothing a shopper, product or review says is obeyed,
for tools check who asks. It asks no model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understanding.cues import cues
from assistant.understanding.unseen import clean
from catalog.text import fold

__all__ = ["Verdict", "clean", "screen"]
LONGEST = 4_000  # characters that are looked at
# Topics that answers have words for.
TOPICS = {"self_harm": "self_harm", "privacy": "privacy"}
HARM, INSTRUCTIONS = "harm", "instructions"
_SPACED = re.compile(r"(?<=[\u3400-\u9fff])[\s.。·*_-]+(?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a message may be answered as asked; else the rule that says no, and its topic.

    ``rule``: "harm.weapons", "injection.override", … ``topic``: harm, self_harm, privacy,
    instructions.
    """

    ok: bool
    rule: str = ""
    topic: str = ""


def screen(text: str) -> Verdict:
    """Tell whether a message may be answered as asked. About 0.3 ms."""
    folded = fold(clean(text)[:LONGEST])
    closed = _SPACED.sub("", folded)
    for name, cue in cues("safety").items():
        if cue.search(folded) or (closed != folded and cue.search(closed)):
            return Verdict(False, name, _topic(name))
    return Verdict(True)


def _topic(rule: str) -> str:
    family, _, name = rule.partition(".")
    return INSTRUCTIONS if family == "injection" else TOPICS.get(name, HARM)
