"""Opinion rows: derived by hash and model, stored once, never of words that have changed."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from pytest_django import Settings

from catalog.models import AspectMention, Product, Review, ReviewOpinion
from catalog.opinions.judges import HeadJudge, Judgement, WordJudge, judge_id, judged_by
from catalog.opinions.judging import judge_reviews
from catalog.tasks import judge_reviews as task
from catalog.tasks import ring_unjudged
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from shopguide.inference.fakes import FakeEncoder
from tests.catalog.factories import make_merchant, make_product

pytestmark = pytest.mark.django_db


def write(product: Product, title: str, body: str = "", stars: int = 5) -> Review:
    """Save a review."""
    with as_merchant(product.merchant):
        return Review.objects.create(
            merchant=product.merchant, product=product, stars=stars, title=title, body=body,
            language="en", source_id=f"{title}{body}"[:64],
        )  # fmt: skip


@pytest.fixture
def shop() -> Merchant:
    """Return a shop."""
    return make_merchant()


@pytest.fixture
def product(shop: Merchant) -> Product:
    """Return one live product."""
    return make_product(shop, "A1")


def rows(shop: Merchant) -> list[tuple[str, str]]:
    """Return what is stored: title and feeling."""
    with as_merchant(shop):
        return list(
            ReviewOpinion.objects.order_by("review_id").values_list("review__title", "feeling")
        )


def test_judges_what_is_written_once(shop: Merchant, product: Product) -> None:
    write(product, "Perfect", "The fabric is soft, but it runs small.")
    write(product, "Terrible", "Awful smell.")
    write(product, "", "")
    judge = WordJudge()
    assert judge_reviews(shop, judge=judge) == 2
    assert judge_reviews(shop, judge=judge) == 0
    assert rows(shop) == [("Perfect", "positive"), ("Terrible", "negative")]
    with as_merchant(shop):
        found = set(AspectMention.objects.values_list("aspect", "polarity"))
        mention = AspectMention.objects.select_related("review").get(aspect="fit")
    assert found == {("comfort", 1), ("fit", -1), ("quality", 1), ("smell", -1)}
    assert mention.review.text[mention.start : mention.end] == "it runs small"


def test_changed_words_are_judged_anew(shop: Merchant, product: Product) -> None:
    review = write(product, "Perfect", "Soft fabric.")
    judge_reviews(shop, judge=WordJudge())
    with as_merchant(shop):
        Review.objects.filter(pk=review.pk).update(title="Terrible", body="Awful smell.")
    assert judge_reviews(shop, judge=WordJudge()) == 1
    assert rows(shop) == [("Terrible", "negative")]
    with as_merchant(shop):
        assert [*AspectMention.objects.values_list("aspect", flat=True)] == ["smell"]


def test_another_model_judges_all_anew(shop: Merchant, product: Product) -> None:
    write(product, "Perfect")
    judge_reviews(shop, judge=WordJudge())

    class Other(WordJudge):
        id = "other"

    assert judge_reviews(shop, judge=Other()) == 1
    with as_merchant(shop):
        assert ReviewOpinion.objects.get().model == "other"


def test_words_that_change_meanwhile_are_not_stored(shop: Merchant, product: Product) -> None:
    review = write(product, "Perfect")

    class Slow(WordJudge):
        def judge(self, texts: Sequence[str]) -> list[Judgement]:
            with as_merchant(shop):
                Review.objects.filter(pk=review.pk).update(title="Terrible")
            return super().judge(texts)

    judge_reviews(shop, judge=Slow(), limit=1)
    assert rows(shop) == []


def test_a_review_that_goes_takes_its_rows_along(shop: Merchant, product: Product) -> None:
    review = write(product, "Perfect", "Soft fabric.")
    judge_reviews(shop, judge=WordJudge())
    with as_merchant(shop):
        Review.objects.get(pk=review.pk).delete()
        assert not AspectMention.objects.exists() and not ReviewOpinion.objects.exists()


def test_shops_judge_their_own(shop: Merchant, product: Product) -> None:
    rival = make_merchant("rival")
    write(make_product(rival, "B1"), "Perfect")
    assert judge_reviews(shop, judge=WordJudge()) == 0


def test_the_head_decides_by_both_chances() -> None:
    class Head:
        labels = ("negative", "positive")
        card: dict[str, object] = {}

        def read(self, encoder: FakeEncoder, texts: Sequence[str]) -> tuple[object, None]:
            return encoder.encode_documents(texts), None

        def chances(self, texts: Sequence[str], vectors: object, states: object) -> object:
            import numpy as np

            return np.array([[0.1, 0.9], [0.5, 0.5], [0.95, 0.05]])[: len(texts)]

    judge = HeadJudge("v1", Head(), FakeEncoder())  # type: ignore[arg-type]
    feelings = [one.feeling for one in judge.judge(["a\n", "b\n", "c\n"])]
    assert feelings == ["positive", "neutral", "negative"]
    assert judge.judge([]) == [] and judge.id == judged_by("v1")


def test_the_judge_in_use_is_read_off_the_disk(tmp_path: Path) -> None:
    assert judge_id(tmp_path, "e5") == WordJudge.id
    version = tmp_path / "sentiment/sentiment-abc--e5"
    version.mkdir(parents=True)
    (tmp_path / "sentiment/current").write_text(version.name)
    assert judge_id(tmp_path, "e5") == judged_by(version.name)
    assert judge_id(tmp_path, "another-encoder") == WordJudge.id


def test_the_task_and_the_sweep(
    shop: Merchant, product: Product, settings: Settings, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    settings.MODELS_DIR = tmp_path
    write(product, "Perfect")
    rung: list[int] = []
    monkeypatch.setattr(task, "delay", rung.append)
    ring_unjudged()
    assert rung == [shop.pk]
    task(shop.pk)
    rung.clear()
    ring_unjudged()
    assert rung == [] and rows(shop) == [("Perfect", "positive")]
