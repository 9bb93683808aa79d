"""Answer a message: read it, decide in code, get facts, say them sentence by sentence.

For tasks and the ``ask`` command. The message's row is claimed by the caller; each sentence passes
the claim check before anybody sees it; the ending is written once, by the attempt that still has
the row. It runs no model itself: `Minds` does, or nobody.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.utils import translation

from assistant.arbitrating import arbitrated, the_one
from assistant.checking import Checker
from assistant.doing import hint
from assistant.doing.filling import kept_lines, open_things
from assistant.doing.outcome import Asker, Confirmation
from assistant.doing.owning import Owned, owned_by
from assistant.handing_over import hand_over
from assistant.keeping import fields_of, summary
from assistant.knowledge.answering import Read
from assistant.models import Conversation, Message
from assistant.naming import Directory
from assistant.planning import Move, Situation, planned
from assistant.remembering import (
    last_asked,
    last_choice,
    merchants_of,
    page_of,
    products_in,
    reasons_in,
    scope_of,
    troubled,
    unlisted,
    waiting_in,
)
from assistant.resuming import Asked, offering_a_person, resumed
from assistant.routing import carried_out
from assistant.ruling import kind_named
from assistant.safety import clean, screen
from assistant.several import (
    SERVED,
    Step,
    asked_in,
    joined,
    known_after,
    only_goes_on,
    state_between,
)
from assistant.state import State
from assistant.streaming import Tell, silent
from assistant.turns import Reply, Turn
from assistant.understanding import Reading, read
from assistant.understanding.aspects import in_general, of_all_shops
from assistant.understanding.explaining import asks_why_shown
from assistant.understanding.interpreting import nobody
from assistant.understanding.languages import plainly
from assistant.understanding.picking import of_picked
from assistant.understanding.placing import Placed, place_of, placed
from assistant.understanding.repeating import REPEATED, goes_on, repeated
from assistant.understanding.splitting import asks_in, clauses, in_one
from catalog.search.market import Market
from shopguide.accounts.tenancy import as_shopper
from shopguide.writing import Plan, Realiser, Writer
from shopguide.writing import joined as run_on

log = logging.getLogger(__name__)
# What only goes on: "do you also have umbrellas" asks what "do you have umbrellas" asks.
ALSO = re.compile(
    r"\b(do you (?:guys )?)(?:also|still|even|actually|happen to|by any chance) "
    r"(?=have|sell|carry|stock|offer|do|make|wrap|take|ship|send|deliver)",
    re.IGNORECASE,
)
# A line that names a product with its price, and why it is offered.
_LINE = re.compile(
    r"(?P<named>\n- (?:「[^」]+」(?:，[^，。]*\d[^，。]*)?|[^:\n]+?, [^:,\n]*\d))"
    r"(?:，|: ).+?(?P<end>[。.])",
    re.DOTALL,
)


@dataclass(frozen=True)
class Thought:
    """What a model made of a message: its intent with the chance it is right, and vectors.

    ``vectors``: by text, (dimensions,), unit length. ``feeling``: -1 to 1, None where no head of
    feelings was trained. ``site``: the topic of a question
    about the site itself and its chance, ("", 0) for any other message. ``odds``: of every intent.
    """

    intent: str = ""
    probability: float = 0.0
    vectors: Mapping[str, Sequence[float]] = field(default_factory=dict)
    model: str = ""
    feeling: float | None = None
    site: tuple[str, float] = ("", 0.0)
    odds: Mapping[str, float] = field(default_factory=dict)


class Think(Protocol):
    """Who thinks: a worker, this process, or nobody."""

    def __call__(self, texts: Sequence[str], where: Placed | None = None) -> Thought:
        """Return what some texts mean; ``where`` the first is said, if its intent is asked for."""
        ...


def thoughtless(texts: Sequence[str], where: Placed | None = None) -> Thought:
    """Think nothing: rules and words alone decide."""
    return Thought()


@dataclass(frozen=True)
class Minds:
    """Who thinks, for the first of some texts, who reads long passages, and who writes."""

    think: Think = thoughtless
    writer: Writer = field(default_factory=Realiser)
    reader: Read | None = None


@dataclass
class Job:
    """One attempt at one message, and what is known of it so far."""

    message: Message
    conversation: Conversation
    minds: Minds
    tell: Tell
    question: str = ""
    forced: str = ""
    before: State = field(default_factory=State)
    asked: Asked = field(default_factory=Asked)
    owned: tuple[Owned, ...] = ()
    picked: tuple[str, ...] = ()
    known: Mapping[str, int] | None = None
    waiting: Confirmation | None = None
    begun: float = field(default_factory=time.monotonic)
    times: dict[str, int] = field(default_factory=dict)
    thoughts: dict[str, Thought] = field(default_factory=dict)  # by the ask that was read
    directory: Directory | None = None

    def lap(self, name: str) -> None:
        """Note how long it took until here, in milliseconds."""
        self.times[name] = round((time.monotonic() - self.begun) * 1000)


def answer(message: Message, minds: Minds | None = None, tell: Tell = silent) -> bool:
    """Answer a claimed message; False if it was stopped or given up meanwhile."""
    conversation = message.conversation
    job = Job(message, conversation, minds or Minds(), tell)
    with as_shopper(conversation.shopper_id):
        burst = [ALSO.sub(r"\1", clean(one)) for one in message.said()]
        job.question = in_one(burst)
        before = State.from_json(conversation.state).on_page(page_of(conversation))
        job.owned = owned_by(conversation.shopper)
        job.before = replace(before, owned=tuple(one.seen for one in job.owned))
        job.asked = last_asked(conversation, job.before)
        message.say("")
    scope = scope_of(conversation)
    steps: list[Step] = []
    for ask, forced in asks_of(job, burst):
        step = answered(after(job, steps, ask, forced), scope)
        if steps and only_goes_on(steps[-1], step):
            whole = in_one([steps.pop().question, ask])
            step = answered(after(job, steps, whole, forced), scope)
        steps.append(step)
    job.lap("decided")
    one = joined(steps, job.question)
    turn, move = one.turn, one.move
    reply = offering_a_person(turn, one.reply)
    with translation.override(turn.language):
        said = spoken(job, turn, reply)
        return said is not None and ended(job, turn, move, reply, said)


def asks_of(job: Job, said: Sequence[str]) -> list[tuple[str, str]]:
    """Return what is answered one after the other, with what was clicked for it.

    ``said``: the messages that one answer is given to. What is refused stays whole.
    """
    forced = str(job.message.trace.get("forced", ""))
    if not screen(job.question).ok:
        return [(job.question, forced)]
    typed = in_one(said[:-1]) if forced else job.question
    asks = [(one, "") for one in asks_in(typed)]
    return [*asks, (in_one(said[-1:]), forced)] if forced else asks or [(job.question, "")]


def after(job: Job, steps: Sequence[Step], ask: str, forced: str) -> Job:
    """Return the job of answering one ask, once those before it were answered."""
    job = replace(job, question=ask, forced=forced, picked=())
    if not steps:
        return job
    step = steps[-1]
    return replace(
        job, before=state_between(job.before, step), asked=asked_in(step),
        known=known_after(step), waiting=step.reply.confirmation,
    )  # fmt: skip


def answered(job: Job, scope: Market) -> Step:
    """Read one ask, decide, and find out what to say."""
    reading, thought = understood(job, scope)
    if reading.found and (of_all_shops(job.question) or in_general(job.question)):
        reading = replace(reading, references=(), found=(), named=False)  # it is of no one thing
    back = str(job.asked.back.get("intent", ""))
    reading, job.picked = of_picked(reading, job.before, job.owned, back)
    job.lap("read")
    with translation.override(reading.language), as_shopper(job.conversation.shopper_id):
        turn = turn_of(job, reading, thought, scope)
        move = planned(reading, job.before, screen(job.question), situation(job, turn))
        reply = carried_out(turn, move)
        # What was called by name may be pointed at later; "my order number" names no thing.
        apart = reading.order_number or job.owned or job.before.visible
        found = () if apart else reading.found
        named = turn.products([one.sku for one in found])
        reply = replace(reply, products=tuple(dict.fromkeys((*reply.products, *named))))
        reply = of_a_kind(turn, move, reply)
        reply = resumed(turn, move, reply, before=job.before, asked=job.asked)
    job.thoughts[job.question] = thought
    return Step(turn, move, reply)


def of_a_kind(turn: Turn, move: Move, reply: Reply) -> Reply:
    """Remember the kind of goods that rules or sending were asked of, for what is asked next."""
    if move.kind not in SERVED or not turn.reading.said.of("category") or reply.state.kind:
        return reply
    return replace(reply, state=replace(reply.state, kind=kind_named(turn)))


def understood(job: Job, scope: Market) -> tuple[Reading, Thought]:
    """Read a message. One call to a model for the intent and both vectors, or none."""
    # A chip that was edited or removed has changed the state already; its words are no new wish.
    done = job.forced == "find"
    locale, text = job.conversation.language, "" if done else job.question
    if text and job.before.intent in REPEATED:
        with as_shopper(job.conversation.shopper_id):
            text = repeated(text, job.message.said_before(), job.before.intent)

    currency = job.conversation.currency or settings.CURRENCY_OF_LANGUAGE[locale]
    lookup = job.directory = Directory(scope, locale, currency, job.before.focus)

    def reading_by(
        predict: Callable[[str], tuple[str, float] | None], feeling: float | None = None
    ) -> Reading:
        words = scope.vocabulary
        return read(
            text, job.before, locale=locale, vocabulary=words, predict=predict, feeling=feeling,
            lookup=lookup,
        )  # fmt: skip

    again = (job.before.intent, 1.0) if text and text != job.question else None
    plain = reading_by(nobody)
    sentence = plain.need.sentence
    where = placed(plainly(text), plain.said, place_of(job.before))
    parts = clauses(text) if len(clauses(text)) > 1 else []
    wished = [one.words for one in plain.wishes]
    bare = plain.besides_names.strip()
    texts = [one for one in dict.fromkeys((text, sentence, bare, *wished, *parts)) if one]
    thought = job.minds.think(texts, where)
    if not thought.intent:
        felt = plain if thought.feeling is None else reading_by(nobody, thought.feeling)
        return felt, thought
    told = again or heard_of(job, text, where, thought, plain.language)
    reading = replace(reading_by(lambda _text: told, thought.feeling), site=thought.site)
    if goes_on(text, job.before, reading.references):
        reading = replace(reading, intent=job.before.intent, abstained=False)
    return reading, thought


def heard_of(
    job: Job, text: str, where: Placed, thought: Thought, language: str
) -> tuple[str, float]:
    """Return the intent of a message and its chance, weighed where one thing is talked of."""
    told = thought.intent, thought.probability
    if where.place != "one":
        return told
    with as_shopper(job.conversation.shopper_id):
        product = the_one(job.conversation, job.before)
        return arbitrated(
            told, thought.odds, text=text, where=where, vector=thought.vectors.get(text),
            product=product, language=language,
        )  # fmt: skip


def turn_of(job: Job, reading: Reading, thought: Thought, scope: Market) -> Turn:
    """Return everything a reply may lean on. To be called where the shopper's rows may be seen."""
    conversation, page = job.conversation, job.conversation.page
    later = job.known is not None  # an ask of the same message was answered already
    known = dict(job.known or products_in(conversation))
    why = asks_why_shown(reading.text, named=True)
    for one in job.owned:
        known.setdefault(one.seen.sku, one.product)
    if job.directory is not None:
        known |= {one.sku: job.directory.products[one.sku] for one in reading.found}
    known |= unlisted(job.before, known)
    state = troubled(job.before.after(reading), reading, job.before.focus).naming(reading)
    waiting = job.waiting if later else waiting_in(conversation, job.before)
    return Turn(
        asker=Asker(
            conversation.shopper,
            reading.language,
            conversation.currency or settings.CURRENCY_OF_LANGUAGE[reading.language],
            product=page.get("product"),
            merchant=page.get("merchant"),
            vectors=vectors_of(reading, thought),
        ),
        reading=reading,
        state=state,
        market=scope,
        vector=vector_of(job, thought, reading.need.sentence),
        text_vector=thought.vectors.get(job.question),
        known=known,
        seed=f"{conversation.pk}.{job.before.turn}",
        waiting=waiting,
        merchants=merchants_of(conversation, known, state, job.owned),
        owned=job.owned,
        picked=job.picked,
        kept=kept_lines(waiting.arguments if waiting else {}) or kept_lines(job.asked.back),
        open=open_things(job.asked.back),
        reader=job.minds.reader,
        earlier=str(job.asked.back.get("words", "")),
        reasons=reasons_in(conversation) if why else {},
        choice=last_choice(conversation) if why else {},
    )


def vectors_of(reading: Reading, thought: Thought) -> Mapping[str, Sequence[float]]:
    """Return the vectors of what was asked; it means the same without a thing's name."""
    whole = thought.vectors.get(reading.text)
    bare = {} if whole is None else {reading.besides_names.strip(): whole}
    return {**bare, **thought.vectors}


def situation(job: Job, turn: Turn) -> Situation:
    """Return what planning must know besides."""
    product = job.conversation.page.get("product")
    page = next((sku for sku, pk in turn.known.items() if pk == product), "")
    listing = job.before.pending is not None and job.before.pending.kind == "listing"
    back = {} if listing and not (job.picked or turn.reading.order_number) else job.asked.back
    kinds = any(one.known for one in turn.reading.said.of("category"))
    about = hint(product, turn.reading.text, names_kind=kinds) if page else ""
    tool = turn.waiting.tool if turn.waiting else ""
    asked = "" if turn.waiting else str(back.get("intent", ""))
    return Situation(page, turn.waiting is not None, tool, job.forced, asked, about)


def vector_of(job: Job, thought: Thought, sentence: str) -> Sequence[float] | None:
    """Return the vector of what is searched for; asked for again only where reading changed it."""
    if not sentence or not thought.vectors:
        return None
    kept = thought.vectors.get(sentence)
    return kept or job.minds.think([sentence]).vectors.get(sentence)


# --- Saying it ------------------------------------------------------------------------------------
@dataclass
class Said:
    """The words so far, and the claims that were found in them."""

    text: str = ""
    claims: list[dict[str, Any]] = field(default_factory=list)
    dropped: int = 0


def spoken(job: Job, turn: Turn, reply: Reply) -> Said | None:
    """Say a reply sentence by sentence, each checked; None if it was stopped."""
    said = Said()
    with as_shopper(job.conversation.shopper_id):
        checker = Checker.of(reply, turn)
    writer = job.minds.writer.holding(lambda one: checker.check(one, unread=False).text == one)
    for sentence in sentences(writer, reply.plans):
        checked = checker.check(sentence, said.text)
        if not checked.text.strip() and (brief := without_reason(sentence)):
            checked = checker.check(brief, said.text)
        said.claims += checked.claims
        said.dropped += checked.text != sentence
        if checked.text.strip(" \n-") and not told_on(job, turn, said, checked.text):
            return None
    if not said.text:
        for sentence in Realiser().write(turn.plan("unknown")):
            told_on(job, turn, said, sentence)
    job.lap("said")
    return said


def without_reason(sentence: str) -> str:
    """Return a product's line without what is told of it; "" for any other sentence."""
    line = _LINE.fullmatch(sentence)
    return f"{line['named']}{line['end']}" if line else ""


def sentences(writer: Writer, plans: Sequence[Plan]) -> Iterator[str]:
    """Yield what the writer makes of plans; a writer that fails is taken over by the realiser."""
    for place, plan in enumerate(plans):
        written = 0
        try:
            for sentence in writer.write(plan):
                apart = place and not written and not sentence.startswith("\n")
                written += 1
                yield f"\n{sentence}" if apart else sentence
        except Exception:
            log.exception("the writer failed; the realiser goes on")
            yield from list(Realiser().write(plan))[written:]


def told_on(job: Job, turn: Turn, said: Said, sentence: str) -> bool:
    """Add a sentence to the row and to the stream; False if the answer is not ours any more."""
    before = said.text
    said.text = run_on([before, sentence] if before else [sentence], turn.language).lstrip("\n")
    if "first" not in job.times:
        job.lap("first")
    with as_shopper(job.conversation.shopper_id):
        ours = job.message.say(said.text)
    if ours:
        job.tell(said.text[len(before) :], at=len(before))
    return ours


# --- Ending it ------------------------------------------------------------------------------------
def ended(job: Job, turn: Turn, move: Move, reply: Reply, said: Said) -> bool:
    """Write the answer's end and the dialogue's state, both or neither."""
    with as_shopper(job.conversation.shopper_id), transaction.atomic():
        held = Conversation.objects.select_for_update().get(pk=job.conversation.pk)
        kept = job.message.complete(**fields_of(job, turn, move, reply, said))
        if kept:
            held.state = reply.state.as_json()
            held.save(update_fields=["state"])
            if reply.hand_to is not None:
                hand_over(held, reply.hand_to, reason=reply.hand_over, summary=summary(held, turn))
    if kept:
        job.tell("", at=len(said.text), over=True)
    return kept
