"""Tests of questions about the site and of aspects: what they catch, and what they leave alone."""

import pytest

from assistant.understanding.aspects import BACK, PARCEL, aspects_in
from assistant.understanding.siting import site_topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("am I chatting with a robot", "bot"),
        ("你们会把我的电话泄露出去吗", "selling"),
        ("please delete all the data you hold on me", "erase"),
        ("不登录能下单吗", "guest"),
        ("do I need an account to order", "guest"),
        ("are these reviews genuine", "reviews"),
        ("好评是不是刷出来的", "reviews"),
        ("does anybody read what I write here", ""),
        ("is this a machine?", "bot"),
        ("你们保护隐私吗", "data"),
        ("keep this one for later", "saving"),
        ("save it", "saving"),
    ],
)
def test_questions_about_the_site_have_their_topic(text: str, topic: str) -> None:
    assert site_topic(text) == topic


@pytest.mark.parametrize(
    "text",
    ["what is this made of", "a watch for me", "a cookie cutter", "好的我看看再说",
     "track my order",
     "is it genuine leather", "fake plants for the office", "would it look good on me",
     "remove the stain for me", "is it machine washable", "is this a robot vacuum",
     "never mind, keep them", "I want to talk to a real person", "original price?"],
)  # fmt: skip
def test_shopping_is_no_question_about_the_site(text: str) -> None:
    assert site_topic(text) == ""


@pytest.mark.parametrize(
    ("text", "aspects"),
    [
        ("退款几天到账", ("refund_time",)),
        ("how long until the money is back", ("refund_time",)),
        ("who pays for the return postage?", ("pays",)),
        ("运费谁出", ("pays",)),
        ("do I need the original box", ("packaging",)),
        ("is it too late to return it", ("deadline",)),
        ("来得及送到吗", ()),
    ],
)
def test_an_aspect_of_giving_back_is_heard(text: str, aspects: tuple[str, ...]) -> None:
    assert aspects_in(text, BACK) == aspects


def test_what_becomes_of_a_lost_parcel_goes_before_whether_it_is() -> None:
    assert aspects_in("会不会丢了", PARCEL) == ("lost",)
    assert aspects_in("丢了谁负责", PARCEL) == ("answers",)
    assert aspects_in("can my neighbour take it?", PARCEL) == ("handing",)
