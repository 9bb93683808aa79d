"""Versions, approval, and what shoppers get of them: the old text never after the new."""

import pytest
from django.db import ProgrammingError

from assistant.knowledge import answer, note_gap, suggest, tasks
from assistant.knowledge.articles import (
    Outdated,
    approve,
    cleaned,
    delete,
    restore,
    retire,
    revise,
    write,
)
from assistant.knowledge.encoding import encode_parts
from assistant.knowledge.gaps import close_gap, struck
from assistant.knowledge.terms import outdated, write_terms
from assistant.models import Article, ArticleVersion, Gap, PartVector, Passage, PassagePart
from catalog.models import ShippingMethod
from catalog.policies.terms import STANDARD, Rule
from catalog.policies.versions import write as write_policy
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.assistant.knowledge.conftest import ENCODER, live
from tests.catalog.factories import make_category, make_merchant

pytestmark = pytest.mark.django_db
ASKED = "How much is gift wrapping?"


def said(shop: Merchant, question: str = ASKED, language: str = "en") -> str | None:
    return answer(question, merchants=[shop], language=language, vector=None).text


def test_a_draft_is_nobodys_and_an_approval_is_at_once(shop: Merchant) -> None:
    article = write(shop, title="Gift wrapping", body="Gift wrapping is $3.", language="en")
    assert said(shop) is None and not Passage.objects.exists()
    approve(article)
    assert said(shop) == "Gift wrapping is $3."
    article = revise(article, title="Gift wrapping", body="Gift wrapping is $5.")
    assert said(shop) == "Gift wrapping is $3."
    for _twice in range(2):
        approve(article)
    assert said(shop) == "Gift wrapping is $5."
    assert not Passage.objects.filter(text__contains="$3").exists()
    retire(article)
    assert said(shop) is None and not PassagePart.objects.exists()


def test_an_earlier_version_comes_back_by_approval(shop: Merchant) -> None:
    article = live(shop, "Gift wrapping", "Gift wrapping is $3.")
    article = approve(revise(article, title="Gift wrapping", body="Gift wrapping is $5."))
    article = restore(article, 1)
    assert (article.live, article.latest) == (2, 3)
    assert said(shop) == "Gift wrapping is $5."
    approve(article)
    assert said(shop) == "Gift wrapping is $3."


def test_two_people_do_not_write_over_each_other(shop: Merchant) -> None:
    article = live(shop, "Gift wrapping", "Yes.")
    revise(article, title="Gift wrapping", body="Mine.", after=1)
    with pytest.raises(Outdated):
        revise(article, title="Gift wrapping", body="Theirs.", after=1)
    with as_merchant(shop):
        assert article.versions.count() == 2


def test_the_same_again_is_no_version_and_the_same_key_no_twin(shop: Merchant) -> None:
    for _time in range(2):
        found = write(shop, title="Q", body="A", language="en", key="k")
    assert found.latest == 1
    assert write(shop, title="Q", body="B", language="en", key="k").latest == 2


def test_unchanged_sentences_keep_their_vectors(shop: Merchant) -> None:
    body = "Wash it cold. Dry it flat. Never bleach it."
    article = live(shop, "Care", body)
    first = encode_parts(shop, encoder=ENCODER)
    assert first == 5 and encode_parts(shop, encoder=ENCODER) == 0
    approve(revise(article, title="Care", body=body.replace("cold", "warm")))
    assert encode_parts(shop, encoder=ENCODER) == 2  # the sentence and the whole
    assert PartVector.objects.count() == 5


def test_another_shop_sees_and_writes_nothing(shop: Merchant) -> None:
    rival = make_merchant("rival")
    article = write(shop, title="Plans", body="Secret.", language="en")
    live(shop, "Gift wrapping", "Gift wrapping is $3.")
    assert said(rival) is None
    with as_merchant(rival):
        assert not Article.objects.filter(pk=article.pk).exists()
        assert not Gap.objects.exists()
        assert Passage.objects.filter(merchant=shop).update(text="x") == 0
    with pytest.raises(ProgrammingError), as_merchant(rival):
        Article.objects.create(merchant=shop, language="en", title="x")


def test_a_suspended_shop_answers_nothing(shop: Merchant) -> None:
    live(shop, "Gift wrapping", "Gift wrapping is $3.")
    Merchant.objects.filter(pk=shop.pk).update(suspended_at="2026-01-01T00:00:00Z")
    assert said(shop) is None


def test_a_deleted_article_leaves_nothing(shop: Merchant) -> None:
    article = live(shop, "Gift wrapping", "Gift wrapping is $3.")
    encode_parts(shop, encoder=ENCODER)
    delete(article)
    with as_merchant(shop):
        assert not Article.objects.exists() and not PartVector.objects.exists()


def test_an_answer_from_a_chat_waits_for_a_person(shop: Merchant) -> None:
    found = suggest(shop, question="Gift wrapping?", answer="It is $3.", language="en")
    assert found.waits and said(shop) is None


def test_what_cannot_be_seen_is_not_kept() -> None:
    assert cleaned("a\u200b\u202eb\x00\r\n\n\n\nc \u3000\n") == "ab\n\nc"


def test_rules_write_articles_and_write_them_again(shop: Merchant) -> None:
    with as_merchant(shop):
        ShippingMethod.objects.create(
            merchant=shop, code="p", name_en="Parcel", name_zh="快递", currency="CNY", amount="8",
            free_from="99",
        )  # fmt: skip
    assert write_terms(shop) == 10 and not outdated(shop) and write_terms(shop) == 0
    assert "CN¥99.00" in (said(shop, "From what sum is shipping free?") or "")
    assert "¥8.00" in (said(shop, "运费多少，满多少包邮？", "zh-hans") or "")
    write_policy(shop, STANDARD.__class__(rules=(Rule("standard", return_days=45),)))
    assert outdated(shop)
    write_terms(shop)
    assert "45 days" in (said(shop, "Within how many days can I return something?") or "")
    assert not Passage.objects.filter(text__contains="within 7 days").exists()


def test_a_category_that_is_not_in_the_tree_is_told_to_nobody(shop: Merchant) -> None:
    make_category("beauty", name_en="Beauty", name_zh="美妆")
    write_terms(shop)
    with as_merchant(shop):
        bodies = ArticleVersion.objects.filter(article__key="terms:returns:en")
        body = bodies.get().body
    assert "These goods: Beauty" in body and "clothing/underwear" not in body
    assert "groceries" not in body, "a rule for nothing that is sold"


def test_only_shops_whose_terms_have_moved_are_asked(
    shop: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Merchant] = []
    monkeypatch.setattr(tasks, "outdated", lambda one: asked.append(one) or outdated(one))
    monkeypatch.setattr(tasks.encode_articles, "delay", lambda _pk: None)
    other = make_merchant("other")
    for _minute in range(3):
        tasks.refresh_terms()
    assert asked == [shop, other, shop, other]  # written, found right, and left alone
    write_policy(other, STANDARD.__class__(rules=(Rule("standard", return_days=45),)))
    tasks.refresh_terms()
    assert asked[4:] == [other]
    assert "45 days" in (said(other, "Within how many days can I return something?") or "")


def test_gaps_are_counted_without_who_asked(shop: Merchant) -> None:
    note_gap("Student discount? 13812345678 or a@b.example", merchant=shop, language="en")
    note_gap("a discount for students", merchant=shop, language="en-gb")
    with as_merchant(shop):
        found = Gap.objects.get()
    assert found.times == 2 and "138" not in found.question and "@" not in found.question
    close_gap(found)
    note_gap("student discount", merchant=shop, language="en")
    with as_merchant(shop):
        assert Gap.objects.get().closed_at is None
    note_gap(" \u200b ", merchant=shop, language="en")
    assert struck("see https://x.example/y my order ABC123-XYZ89") == "see … my order …"
