"""The assistant's tasks: answers on ``chat``, what a model must read on ``interactive``.

A task carries an id and claims the row; it may be lost, doubled or late. The chat worker loads no
model: one call to ``interactive`` brings the intent and the vectors, and where nobody answers in
time, rules and words do.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from celery import shared_task
from celery.exceptions import TimeoutError as CeleryTimeout
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import translation
from kombu.exceptions import OperationalError

from assistant.answering import Minds, Thought, answer
from assistant.doing.evidence.tasks import encode_sayings, ring_sayings
from assistant.knowledge.reading import ask_reader
from assistant.knowledge.tasks import encode_articles, refresh_terms, ring_knowledge
from assistant.models import Message
from assistant.streaming import Teller
from assistant.understanding.placing import Placed
from assistant.understanding.sited import heard_as, topic_in
from assistant.warming import SAID
from catalog.tasks import vector_key
from shopguide.accounts.tenancy import as_everyone, as_shopper
from shopguide.backends import phraser
from shopguide.writing import Plan, Realiser, joined

# Celery finds the tasks of an app in this module.
__all__ = ["answer_message", "encode_articles", "encode_sayings", "learn_intents", "read_message",
           "refresh_terms", "ring_answers", "ring_intents", "ring_knowledge",
           "ring_sayings"]  # fmt: skip
log = logging.getLogger(__name__)
MOST_THOUGHT = 6
VECTOR_CACHE_S = 7 * 24 * 3600


def think(texts: Sequence[str], where: Placed | None = None) -> Thought:
    """Ask ``interactive`` once for the first text's intent and the vectors of all."""
    told = (list(texts)[:MOST_THOUGHT], where.as_json() if where else None)
    try:
        asked = read_message.apply_async(told, expires=10, retry=False)
        found: dict[str, Any] = asked.get(
            timeout=settings.QUERY_VECTOR_WAIT_S, interval=0.01, disable_sync_subtasks=False
        )
    except (CeleryTimeout, OperationalError, OSError) as error:
        log.warning("nobody thought in time: %s", type(error).__name__)
        return kept_vectors(texts)
    except Exception as error:  # a failing worker, whatever its reason, is an absent one
        log.warning("nobody thought: %s", type(error).__name__)
        return kept_vectors(texts)
    thought = thought_of(texts, found)
    kept = {vector_key(text): one for text, one in thought.vectors.items()}
    cache.set_many(kept, VECTOR_CACHE_S)
    return thought


def think_here(texts: Sequence[str], where: Placed | None = None) -> Thought:
    """Think in this process, for commands; without weights nothing."""
    from shopguide.inference.errors import InferenceError

    try:
        told = where.as_json() if where else None
        return thought_of(texts, read_message.run(list(texts)[:MOST_THOUGHT], told))
    except InferenceError as error:
        log.warning("reading by rules only: %s", error)
        return Thought()


def thought_of(texts: Sequence[str], found: dict[str, Any]) -> Thought:
    """Return what `read_message` told as a thought."""
    vectors = dict(zip(texts, found["vectors"], strict=False))
    return Thought(
        found["intent"], found["probability"], vectors, found["model"], found.get("feeling"),
        heard_as(found.get("site")), found.get("odds") or {},
    )  # fmt: skip


def kept_vectors(texts: Sequence[str]) -> Thought:
    """Return the vectors that are still known of earlier questions."""
    kept = cache.get_many([vector_key(text) for text in texts])
    by_key = {vector_key(text): text for text in texts}
    return Thought(vectors={by_key[key]: list(vector) for key, vector in kept.items()})


@shared_task(ignore_result=False)
def read_message(texts: list[str], where: dict[str, Any] | None = None) -> dict[str, Any]:
    """Read texts by models: the first one's intent and feeling, vectors of all.

    ``where``: the first one's place in its conversation, as `Placed.as_json` tells it. On
    ``interactive``. Cost: 10 ms a text; the feeling, where a head was trained, another 10.
    """
    from assistant.understanding import intents
    from shopguide.backends import encoder

    vectors, middles = encoder().encode_queries_twice(texts)
    places = [Placed.of(where)] if where else []
    twice = vectors[:1], middles[:1]
    found = intents.hear(texts[:1], twice, places)  # None before anything was learned
    heard = found[0] if found else None
    intent, probability = (heard.intent, heard.chance) if heard else ("", 0.0)
    return {
        "intent": intent,
        "probability": float(probability),
        "odds": dict(heard.odds) if heard else {},
        "model": intents.version() if intent else "",
        "feeling": felt(texts[0]) if texts else None,
        "site": topic_in(texts[0], vectors[:1]) if texts else ("", 0.0),
        "vectors": [[round(float(one), 6) for one in vector] for vector in vectors.tolist()],
    }


def warm_reading() -> None:
    """Read a message of each language, so that the first shopper finds every model in memory.

    For ``interactive``'s start: the encoder, both heads of intents, the heads of feelings.
    """
    for text in SAID:
        read_message.run([text], Placed().as_json())


def felt(text: str) -> float | None:
    """Return how a text feels by the trained head of reviews, -1 to 1; None where there is none."""
    from catalog.opinions.judges import SHELF, HeadJudge, suffix
    from shopguide.backends import encoder, head

    kept = head(SHELF)
    if kept is None or not kept[0].endswith(suffix(settings.ENCODER_ID)):
        return None
    return round(HeadJudge(kept[0], kept[1], encoder()).judge([text])[0].score, 4)


@shared_task(ignore_result=True)
def learn_intents() -> None:
    """Learn our own utterances on ``inference``, where no head of this encoder is in use."""
    from assistant.understanding.intents.training import lacks_a_head, learn_lacking
    from shopguide.backends import FAKE, encoder

    real = settings.ENCODER["model"] != FAKE
    if real and lacks_a_head(settings.MODELS_DIR, settings.ENCODER_ID):
        learn_lacking(settings.MODELS_DIR, encoder=encoder())


@shared_task(ignore_result=True)
def ring_intents() -> None:
    """Ring for the utterances that have still to be learned here."""
    from assistant.understanding.intents.training import lacks_a_head
    from shopguide.backends import FAKE

    real = settings.ENCODER["model"] != FAKE
    if real and lacks_a_head(settings.MODELS_DIR, settings.ENCODER_ID):
        learn_intents.apply_async(expires=60)


def ring(pk: int) -> None:
    """Ring for an answer once its row is there; without a broker the sweep rings later."""
    transaction.on_commit(lambda: answer_message.delay(pk), robust=True)


@shared_task(ignore_result=True)
def answer_message(pk: int) -> None:
    """Answer one message. A failure is said to the shopper in words, and why in the log."""
    with as_everyone():
        message: Message | None = Message.objects.select_related(
            "conversation__shopper__user"
        ).claim(pk)
    if message is None:
        failed_quietly(pk)
        return
    teller = Teller(message.pk, message.attempts)
    with message.leased():
        try:
            answer(message, Minds(think, phraser(), ask_reader), teller)
        except Exception:
            log.exception("message %s could not be answered", pk)
            excused(message, teller)


def excused(message: Message, teller: Teller) -> None:
    """Say that it did not work; the row says failed."""
    language = message.conversation.language
    with translation.override(language):
        text = joined(Realiser().write(Plan("failed", language)), language)
        with as_shopper(message.conversation.shopper_id):
            ended = message.complete(state="failed", text=text, act="failed",
                                     failure="An error; see the worker's log.")  # fmt: skip
    if ended:
        teller("", at=len(text), over=True)


def failed_quietly(pk: int) -> None:
    """Give words to an answer that ran out of attempts, so that nobody waits for it."""
    with as_everyone():
        rows = Message.objects.filter(pk=pk, state="failed", act="")
        message = rows.select_related("conversation").first()
        if message is not None:
            plan = Plan("failed", message.conversation.language)
            text = joined(Realiser().write(plan), plan.language)
            rows.update(text=text, act="failed")
    if message is not None:
        Teller(pk, message.attempts)("", at=0, over=True)


@shared_task(ignore_result=True)
def ring_answers() -> None:
    """Ring again for answers that nobody works on: lost messages, dead workers."""
    with as_everyone():
        waiting = list(Message.objects.overdue().values_list("pk", flat=True)[:100])
    for pk in waiting:
        answer_message.delay(pk)
