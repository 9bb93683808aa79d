"""Load at the first request what a shopper would otherwise wait for: words, dictionary, market.

For the web process, whose first request is the health check. It runs in a thread beside it, and
its failure is nobody's: whatever it did not load is loaded when it is asked for.
"""

import gc
import logging
import threading

from django.core.signals import request_started
from django.db import connection

log = logging.getLogger(__name__)
# One Chinese, one spoken, one English: each loads a table of its own.
SENTENCES = ("蓝牙耳机 300元以内", "lanya erji", "bluetoth headphones under $60")


def warm_up() -> None:
    """Read the market and understand a sentence of each kind. About two seconds."""
    from catalog.search.market import market
    from catalog.search.suggesting import suggestions
    from catalog.search.understanding import understand
    from catalog.search.wording import units_of

    everywhere = market()
    for sentence in SENTENCES:
        need = understand(sentence, vocabulary=everywhere.vocabulary, locale="en", currency="USD")
        units_of(need.text)
        suggestions(sentence, everywhere)
    # What was loaded stays for good: the collector need not walk through it again and again.
    gc.collect()
    gc.freeze()


def warm_up_beside(**_signal: object) -> None:
    """Warm up in a thread of its own, at the first request; connected to Django's signal."""
    request_started.disconnect(warm_up_beside)

    def run() -> None:
        try:
            warm_up()
        except Exception as error:
            log.warning("not warmed up: %s", type(error).__name__)
        finally:
            connection.close()

    threading.Thread(target=run, daemon=True, name="warm-up").start()
