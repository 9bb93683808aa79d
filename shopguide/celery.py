"""The Celery application: four queues, so that short work never stands behind long work.

``default`` database and network work · ``chat`` answering · ``interactive`` models a person waits
for · ``inference`` bulk encoding. A task carries ids only: the row is the job, it is the doorbell.
"""

import os
from typing import Any

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopguide.settings")

app = Celery("shopguide")
# What is rung for, and every how many seconds.
SCHEDULE: dict[str, dict[str, Any]] = {
    "ring-people": {
        "task": "shopguide.accounts.tasks.ring_people",
        "schedule": 15.0,
    },
    "learn-neighbours": {
        "task": "profiles.tasks.learn_neighbours",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "ring-shoppers": {
        "task": "profiles.tasks.ring_shoppers",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "ring-lessons": {
        "task": "profiles.sequence.tasks.ring_lessons",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "watch-sequence": {
        "task": "profiles.sequence.tasks.watch_sequence",
        "schedule": 120.0,
        "options": {"expires": 120},
    },
    "watch-experiments": {"task": "profiles.tasks.watch_experiments", "schedule": 900.0},
    "ring-leaving": {"task": "profiles.tasks.ring_leaving", "schedule": 60.0},
    "ring-overdue-work": {"task": "catalog.tasks.ring_overdue", "schedule": 15.0},
    "ring-intents": {"task": "assistant.tasks.ring_intents", "schedule": 60.0},
    "ring-unjudged-reviews": {"task": "catalog.tasks.ring_unjudged", "schedule": 60.0},
    # A ring that comes late is of no use: the next one is there.
    "ring-answers": {
        "task": "assistant.tasks.ring_answers",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "send-letters": {
        "task": "catalog.tasks.send_letters",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "ring-sayings": {
        "task": "assistant.doing.evidence.tasks.ring_sayings",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "ring-knowledge": {
        "task": "assistant.knowledge.tasks.ring_knowledge",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "note-sold-out": {
        "task": "marketing.stocking.tasks.note_sold_out",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "ring-forecasts": {
        "task": "marketing.stocking.tasks.ring_forecasts",
        "schedule": 900.0,
        "options": {"expires": 900},
    },
    "refresh-terms": {
        "task": "assistant.knowledge.tasks.refresh_terms",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "ring-refunds": {
        "task": "catalog.tasks.ring_refunds",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "tell-alerts": {
        "task": "catalog.tasks.tell_alerts",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "count-searches": {"task": "catalog.tasks.count_searches", "schedule": 60.0},
    "forget-kept-answers": {
        "task": "shopguide.rest.tasks.forget_answers",
        "schedule": 3600.0,
    },
    "publish-planned-copy": {
        "task": "marketing.copy.tasks.publish_planned",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "reach-out": {
        "task": "marketing.reaching.tasks.reach_out",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "mind-trials": {"task": "marketing.trials.tasks.mind_trials", "schedule": 300.0},
    "ring-copy": {"task": "marketing.copy.tasks.ring_copy", "schedule": 15.0},
    "ring-listening": {
        "task": "marketing.listening.tasks.ring_listening",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "listen-to-chats": {
        "task": "marketing.listening.tasks.listen_to_chats",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "forget-what-is-old": {"task": "catalog.tasks.forget_what_is_old", "schedule": 3600.0},
    "forget-old-events": {
        "task": "shopguide.accounts.tasks.forget_old_events",
        "schedule": 3600.0,
    },
}


def configure() -> None:
    """Configure the application from Django's settings."""
    from django.conf import settings

    app.conf.update(
        broker_url=settings.BROKER_URL,
        result_backend=settings.RESULT_URL,
        task_default_queue="default",
        task_routes={
            "assistant.tasks.answer_message": {"queue": "chat"},
            "assistant.tasks.read_message": {"queue": "interactive"},
            "assistant.tasks.learn_intents": {"queue": "inference"},
            "catalog.tasks.encode_query": {"queue": "interactive"},
            "profiles.tasks.read_words": {"queue": "interactive"},
            "profiles.tasks.refresh_taste": {"queue": "interactive"},
            "profiles.tasks.learn_neighbours": {"queue": "inference"},
            "profiles.sequence.tasks.teach_sequence": {"queue": "inference"},
            "profiles.sequence.tasks.watch_sequence": {"queue": "inference"},
            "profiles.tasks.learn_shoppers": {"queue": "inference"},
            "catalog.tasks.encode_products": {"queue": "inference"},
            "catalog.tasks.judge_reviews": {"queue": "inference"},
            "catalog.tasks.learn_feelings": {"queue": "inference"},
            # Somebody waits for a brief; hundreds of products stand behind nobody's letters.
            "marketing.copy.tasks.write_brief": {"queue": "chat"},
            "marketing.copy.tasks.write_many": {"queue": "inference"},
            "marketing.copy.tasks.read_drafts": {"queue": "inference"},
            "marketing.copy.tasks.learn_wording": {"queue": "inference"},
            "marketing.listening.tasks.judge_mentions": {"queue": "inference"},
            "assistant.knowledge.tasks.encode_articles": {"queue": "inference"},
            "assistant.doing.evidence.tasks.encode_sayings": {"queue": "inference"},
            "assistant.knowledge.tasks.read_passages": {"queue": "interactive"},
        },
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_track_started=False,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_send_task_events=False,
        # A killed main process gives its tasks back within seconds, not after the default 100.
        broker_transport_options={
            "visibility_timeout": 600,
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
            "global_keyprefix": "shopguide:",
            "socket_timeout": 5,
            "socket_connect_timeout": 2,
        },
        result_backend_transport_options={
            "global_keyprefix": "shopguide:",
            # Without the backend a request goes on without its answer, not 19 s later.
            "retry_policy": {
                "max_retries": 1,
                "interval_start": 0,
                "interval_step": 0.1,
                "interval_max": 0.1,
            },
        },
        result_expires=300,
        broker_connection_retry_on_startup=True,
        task_serializer="json",
        accept_content=["json"],
        timezone=settings.TIME_ZONE,
        beat_schedule=SCHEDULE,
    )


configure()
app.autodiscover_tasks()
app.autodiscover_tasks(
    [
        "assistant.knowledge",
        "marketing.copy",
        "marketing.stocking",
        "marketing.listening",
        "marketing.trials",
        "profiles.sequence",
    ]
)
