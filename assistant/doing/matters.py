"""What an aspect is asked of, and what is known of it: an own order, a thing, a shop's rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.doing.outcome import Asker
from assistant.doing.telling import phrase
from catalog.models import Order
from catalog.orders.asking import LineNow
from catalog.policies.deciding import Bought, Decision, rule_for
from catalog.policies.terms import FAULTS, Condition, Payer, Policy, Reason, Rule


@dataclass(frozen=True)
class Matter:
    """What an aspect is asked of. ``order`` and ``now``: an own order and its line, if any.

    ``reason``: why it comes back, where that was told; ``swaps``: an exchange is talked of.
    """

    asker: Asker
    policy: Policy
    bought: Bought
    shop: str
    merchant: int
    question: str = ""
    order: Order | None = None
    now: LineNow | None = None
    reason: Reason | None = None
    swaps: bool = False

    def rule(self, reason: Reason | None = None) -> Rule | None:
        """Return the rule for a reason, else for the one that was told, else for none at all."""
        return rule_for(self.policy, self.bought, reason or self.reason or Reason.CHANGED_MIND)

    def decision(self, reason: Reason) -> Decision | None:
        """Return whether it may come back for a reason now; None without an order."""
        if self.now is None:
            return None
        decide = self.now.exchanges if self.swaps else self.now.returns
        return decide(reason, condition=Condition.USED if reason in FAULTS else Condition.SEALED)

    def say(self, chinese: str, english: str, **values: object) -> str:
        """Return one of two phrases, filled."""
        return phrase(self.asker, chinese, english, **values)


@dataclass(frozen=True)
class Told:
    """What is known of an aspect, and whether a person would know more."""

    says: Sequence[str]
    person: bool = False


def payer_told(matter: Matter, payer: Payer, *, inside: bool = False) -> str:
    """Return who pays, as a sentence, or as its second half."""
    if payer == Payer.SHOP:
        text = matter.say("寄回的运费由店铺承担。", "the shop pays for the way back.")
    else:
        text = matter.say("寄回的运费由您承担。", "you pay for the way back.")
    return text if inside else text[:1].upper() + text[1:]
