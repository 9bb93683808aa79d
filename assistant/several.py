"""Several asks in one message, or in a burst of them: each is answered, and the answers are one.

For answering, which reads, plans and carries out one ask after the other, each in the light of what
the one before it left. Here they are put together: nothing is said twice, what no page tells is
named by the words it was asked in, what waits for a yes and who takes over come last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.moves import Move
from assistant.resuming import Asked
from assistant.state import State
from assistant.turns import Reply, Turn, listed
from assistant.understanding.splitting import of_service
from shopguide.writing import Plan

# Answers that tell nothing of what was asked.
EMPTY = frozenset({"unknown", "not_understood", "out_of_scope"})
# What is said once, at the end.
LAST = ("back_to", "clarify", "confirm", "hand_over")
# Answers of a service desk, and what is looked for on shelves; "confirm" has been carried out.
SERVED = frozenset({"know", "aspect", "order", "complain"})
OF_GOODS = frozenset({"find", "others", "more", "gift", "like", "recommend", "bundle", "product",
                      "compare", "choose", "pair", "sum", "unsure", "clarify"})  # fmt: skip
NAMING = frozenset({"category", "brand", "audience", "occasion"})
# What is said to an upset customer once, whatever else is asked.
ONCE = frozenset({"apology"})
COURTEOUS = frozenset({"thanks", "praise", "greeting", "small_talk", "noted"})
FELT = ("calm", "upset", "angry")


@dataclass(frozen=True)
class Step:
    """One ask, as it was read, decided upon and answered."""

    turn: Turn
    move: Move
    reply: Reply

    @property
    def question(self) -> str:
        """Return the words of the ask."""
        return self.turn.reading.text


def state_between(before: State, step: Step) -> State:
    """Return the state in which the next ask of a message is read; it is still the same turn."""
    return replace(step.reply.state, turn=before.turn, upset_turns=before.upset_turns)


def asked_in(step: Step) -> Asked:
    """Return what an answer asked, which the next ask may say."""
    if step.reply.state.pending is None:
        return Asked()
    plans = [{"act": one.act, "facts": dict(one.facts)} for one in step.reply.plans]
    return Asked.of(plans, {"facts": dict(step.reply.trace)})


def known_after(step: Step) -> dict[str, int]:
    """Return the products that may be pointed at once an ask was answered, by SKU."""
    language = step.turn.language
    offered = {one.seen(language).sku: one.hit.product for one in step.reply.picks}
    return {**step.turn.known, **offered}


def only_goes_on(before: Step, step: Step) -> bool:
    """Tell whether an ask, read by itself, sounds like goods though the one before was none.

    "Is the invoice a paper one, or electronic?" is one question. Nothing that writes is redone.
    """
    served = before.move.kind in SERVED
    said = {slot.kind for slot in step.turn.reading.said.slots}
    names = bool(said & NAMING or step.turn.reading.references)
    return served and not names and step.move.kind in OF_GOODS and not of_service(step.question)


def joined(steps: Sequence[Step], question: str) -> Step:
    """Return the answers to all asks of a message as the answer to it."""
    if len(steps) == 1:
        return steps[0]
    first, last = steps[0], steps[-1]
    feeling = max((one.turn.reading.emotion for one in steps), key=FELT.index)
    reading = replace(first.turn.reading, text=question, emotion=feeling)
    upset = max(one.reply.state.upset_turns for one in steps)
    waiting = next((one.reply for one in reversed(steps) if one.reply.confirmation), None)
    people = next((one.reply for one in steps if one.reply.hand_over), None)
    reply = Reply(
        plans=tuple(in_order(told_once(spoken(steps)))),
        state=replace(last.reply.state, upset_turns=upset, emotion=feeling,
                      pending=waiting.state.pending if waiting else last.reply.state.pending),
        picks=tuple({one.hit.product: one for step in steps for one in step.reply.picks}.values()),
        products=_all(step.reply.products for step in steps),
        merchants=_all(step.reply.merchants for step in steps),
        citations=tuple(one for step in steps for one in step.reply.citations),
        actions=_distinct(one for step in steps for one in step.reply.actions),
        confirmation=waiting.confirmation if waiting else None,
        hand_over=people.hand_over if people else "",
        hand_to=people.hand_to if people else None,
        trace={name: value for step in steps for name, value in step.reply.trace.items()},
    )  # fmt: skip
    return Step(replace(last.turn, reading=reading), first.move, reply)


def spoken(steps: Sequence[Step]) -> list[Plan]:
    """Return what is said to each ask; what is not known is named by its words, once."""
    answers = [one for one in steps if not _is_empty(one.reply)]
    unmet = [one.turn.reading.text.strip(" ?？.。!！") for one in steps if _is_empty(one.reply)]
    if not answers:
        return list(steps[0].reply.plans)
    plans = [plan for one in answers for plan in one.reply.plans]
    if len(answers) > 1:
        plans = [one for one in plans if one.act not in COURTEOUS] or plans
    return [*plans, steps[-1].turn.plan("unanswered", asked=unmet)] if unmet else plans


def told_once(plans: Sequence[Plan]) -> Iterator[Plan]:
    """Yield plans without what was said before; a person is offered by the last of them only."""
    said: set[str] = set()
    offers = [place for place, one in enumerate(plans) if one.facts.get("person") is True]
    for place, plan in enumerate(plans):
        facts = dict(plan.facts)
        if place in offers[:-1]:
            facts.pop("person")
        if plan.act == "each_shop" and any(one.act == plan.act for one in plans[place + 1 :]):
            facts["asks_later"] = True  # which shop is meant
        if says := listed(facts.get("says")):
            facts["says"] = [one for one in says if repr(one) not in said]
            said |= set(map(repr, says))
            if not facts["says"]:
                continue
        if any(_same(plan, one) for one in plans[:place]):
            continue
        key = f"{plan.act} {sorted(facts.items(), key=str)!r}"
        if key not in said:
            said.add(key)
            yield replace(plan, facts=facts)


def in_order(plans: Iterator[Plan]) -> list[Plan]:
    """Put what waits for an answer, and who takes over, behind what is told; each of them once."""
    found = list(plans)
    ends = {one.act: one for one in found if one.act in LAST}
    if {"clarify", "confirm"} & set(ends):
        ends.pop("back_to", None)
    told = [one for one in found if one.act not in LAST]
    return [*told, *(ends[act] for act in LAST if act in ends)]


def _same(plan: Plan, before: Plan) -> bool:
    """Tell whether an upset customer was sorry for already, or an order told."""
    told = plan.act == "order_status" and plan.text("number") == before.text("number")
    return plan.act == before.act and (told or plan.act in ONCE)


def _is_empty(reply: Reply) -> bool:
    return bool(reply.plans) and reply.plans[0].act in EMPTY


def _all(found: Iterator[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one for some in found for one in some))


def _distinct(found: Iterator[Mapping[str, object]]) -> tuple[Mapping[str, object], ...]:
    return tuple({repr(sorted(one.items(), key=str)): one for one in found}.values())
