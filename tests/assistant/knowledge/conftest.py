"""A shop with a few articles, encoded by the fake encoder."""

import pytest
from pytest_django import Settings

from assistant.knowledge.articles import approve, write
from assistant.models import Article
from shopguide.accounts.models import Merchant
from shopguide.inference.fakes import FakeEncoder
from tests.catalog.factories import make_merchant

ENCODER = FakeEncoder()


@pytest.fixture(autouse=True)
def fake_encoder(settings: Settings) -> None:
    """Let the fake encoder be the one in use."""
    settings.ENCODER_ID = ENCODER.id


@pytest.fixture
def shop(db: None) -> Merchant:
    """Return a shop."""
    return make_merchant()


def live(shop: Merchant, title: str, body: str, language: str = "en", **also: str) -> Article:
    """Write and approve an article."""
    return approve(write(shop, title=title, body=body, language=language, **also))
