"""The vocabulary of the gold queries, built once, and short ways to ask for slots."""

from collections.abc import Callable

import pytest

from catalog.search.understanding import Need, Vocabulary, understand
from tests.catalog.search.understanding import gold

Read = Callable[..., Need]
HAN = ("\u3400", "\u9fff")


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return gold.vocabulary()


@pytest.fixture(scope="session")
def read(vocabulary: Vocabulary) -> Read:
    """Understand a query in the locale its script suggests."""

    def ask(query: str, *, words: Vocabulary = vocabulary, correct: bool = True) -> Need:
        chinese = any(HAN[0] <= char <= HAN[1] for char in query)
        locale, currency = ("zh-hans", "CNY") if chinese else ("en", "USD")
        return understand(
            query, vocabulary=words, locale=locale, currency=currency, correct=correct
        )

    return ask
