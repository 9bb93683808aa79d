"""Evidence: sentences, signs, thresholds, vectors of pages, and what tools do with them."""

from typing import Any

import numpy as np
import pytest

from assistant.doing.evidence import evidence_for, measuring, page_of
from assistant.doing.evidence.encoding import encode_pages, reader_id
from assistant.doing.evidence.finding import Page, lacks_measure
from assistant.doing.evidence.judging import best_of, scale_for
from assistant.doing.evidence.sentences import sentences_of
from assistant.doing.evidence.signs import WORDS, signs_of
from assistant.doing.witnessing import age_told
from assistant.models import Sayings
from catalog.models import ProductText
from shopguide.accounts.tenancy import as_merchant
from shopguide.inference.fakes import FakeEncoder
from tests.catalog.factories import make_merchant, make_product


def test_sentences_are_those_one_reads() -> None:
    """A decimal point ends nothing; a Chinese semicolon does."""
    assert sentences_of("It weighs 2.1 kg. Wash it cold!", "en") == [
        "It weighs 2.1 kg.",
        "Wash it cold!",
    ]
    assert sentences_of("重2.1公斤；冷水洗。好用", "zh-hans") == ["重2.1公斤；", "冷水洗。", "好用"]


def test_the_sentence_that_answers_is_found_by_words_alone() -> None:
    """Without vectors matters and kinds of answers decide."""
    page = Page(("泵声约30分贝，放卧室也行。", "滤芯每月换，棉片和活性炭。", "接口是USB。"))
    assert evidence_for("吵不吵", page, None).text == page.sentences[0]
    assert evidence_for("滤芯多久换一次", page, None).text == page.sentences[1]
    assert not evidence_for("有几种颜色", page, None).answers
    assert not evidence_for("吵不吵", Page(()), None).bears


def test_what_was_learned_holds_on_questions_that_taught_nothing() -> None:
    """By words alone, as without a worker: the learned weights are those of the file."""
    asked = [one for one in measuring.questions() if one.voice in measuring.HELD]
    assert len(asked) >= 400
    found = measuring.figures(measuring.tried(asked, None, None), scale_for("", with_sense=False))
    assert found["hit@1"] >= 0.6
    assert found["quoted_wrong"] + found["false_answers"] <= 0.05


def test_what_is_rarely_wrong_is_quoted_and_what_only_bears_is_not() -> None:
    """The threshold leaves few wrong ones, an unanswered question counting as several."""
    judged = [(0.9, True, True), (0.8, False, False), (0.7, True, True), (0.6, False, True)]
    assert measuring.threshold(judged * 10, 0.0) == 0.9
    assert measuring.threshold(judged * 10, 1.0) == 0.6


def test_every_sign_of_every_sentence_is_a_number() -> None:
    """So that no weight meets a sign that is missing."""
    signs = signs_of("is it loud", ["It hums.", "It is red."], [0.9, 0.8])
    assert all(set(WORDS) < set(one) for one in signs)
    assert signs[0]["over"] == 1.0
    assert best_of([], scale_for("", with_sense=False)) == (-1, 0.0)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("is it safe for a two-year-old", "From three years, because of the magnets."),
        ("一岁能玩吗", "适合三到八岁。"),
        ("is it loud", ""),
    ],
)
def test_a_page_that_names_an_age_decides_of_ages(question: str, found: str) -> None:
    """Whatever else it says: food grade is no age."""
    page = Page(
        ("Painted with food-grade colours.", "From three years, because of the magnets.")
        if question.isascii()
        else ("水性漆，食品级。", "适合三到八岁。")
    )
    assert age_told(page, question) == found


@pytest.mark.django_db
def test_pages_are_read_once_and_anew_when_their_words_change() -> None:
    """A row a text; another revision with the same words costs no encoding."""
    shop = make_merchant("loom")
    product = make_product(shop, "A", title="Lamp", description="It is quiet. It weighs 2 kg.")
    encoder = FakeEncoder(8)
    count = ProductText.objects.filter(product=product).count()
    assert encode_pages(shop, encoder=encoder, limit=9) == count
    assert encode_pages(shop, encoder=encoder, limit=9) == 0
    row = Sayings.objects.get(text__product=product, text__locale="en")
    assert len(bytes(row.vectors)) == 2 * 8 * 2
    with as_merchant(shop):
        ProductText.objects.filter(product=product, locale="en").update(description="It hums.")
    page = page_of(product.pk, "en")
    assert page.sentences == ("It hums.",)
    assert page.vectors is None
    assert encode_pages(shop, encoder=encoder, limit=9) == count
    row.refresh_from_db()
    assert len(bytes(row.vectors)) == 8 * 2
    assert not Sayings.objects.missing(reader_id(encoder.id)).exists()


@pytest.mark.django_db
def test_vectors_are_of_the_words_as_they_stand(settings: Any) -> None:
    """A page comes with its vectors where the encoder in use has read it."""
    shop = make_merchant("loom")
    product = make_product(shop, "A", title="Lamp", description="It is quiet. It weighs 2 kg.")
    encoder = FakeEncoder(8)
    encoder.id = settings.ENCODER_ID
    encode_pages(shop, encoder=encoder, limit=9)
    page = page_of(product.pk, "en")
    assert page.vectors is not None
    assert page.vectors.shape == (2, 8)
    wanted = encoder.encode_documents(["It is quiet."])[0]
    assert np.allclose(page.vectors[0], wanted, atol=2e-3)


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [("big enough for a 15 inch laptop?", "Reach the laptop from the top.", True),
     ("big enough for a 15 inch laptop?", "A sleeve for 16 inches.", False),
     ("能装下A4的本子吗", "可以水洗，里面有课表袋。", True),
     ("能装下A4的本子吗", "放得下A4。", False),
     ("is it loud?", "It hums softly.", False), ("能装多少", "能装十本书。", False)],
)  # fmt: skip
def test_whether_a_size_goes_in_wants_a_measure(question: str, sentence: str, lacks: bool) -> None:
    assert lacks_measure(question, sentence) is lacks
