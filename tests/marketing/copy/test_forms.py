"""The form of copy: lengths, lines, markup, contacts, language, repetition."""

import pytest

from marketing.copy.channels import CHANNELS, channels_of
from marketing.copy.forms import faults, standing


def codes(channel: str, locale: str, **parts: str) -> set[str]:
    """Return what is wrong with a text."""
    return {one.code for one in faults(parts, CHANNELS[channel], locale, names=["Xerox 006R"])}


def test_a_text_that_keeps_to_its_place_has_no_fault() -> None:
    """In both languages, at the very limit too."""
    assert not codes("title", "en", title="A" + "b" * 149)
    assert not codes("search_ad", "zh-hans", headline="保" * 15, description="暖" * 45)


@pytest.mark.parametrize(
    ("channel", "locale", "parts", "code"),
    [
        ("search_ad", "zh-hans", {"headline": "保" * 16, "description": "暖"}, "length"),
        ("search_ad", "en", {"headline": "b" * 31, "description": "warm wool"}, "length"),
        ("bullets", "en", {"bullets": "\n".join(f"point {n}" for n in range(6))}, "length"),
        ("bullets", "en", {"bullets": "b" * 181}, "length"),
        ("banner", "en", {"headline": "Warm", "line": "", "button": "Go"}, "empty"),
        ("title", "en", {"title": "Warm", "price": "9"}, "unknown_part"),
        ("title", "en", {"title": "Warm <b>scarf</b>"}, "markup"),
        ("title", "en", {"title": "Warm &amp; soft"}, "markup"),
        ("title", "en", {"title": "<script>alert(1)</script>"}, "markup"),
        ("title", "en", {"title": "[here](/x) it is"}, "markup"),
        ("title", "en", {"title": "See https://example.com/x"}, "contact"),
        ("title", "zh-hans", {"title": "加微信领券：abc123"}, "contact"),
        ("title", "zh-hans", {"title": "围巾 13812345678"}, "contact"),
        ("title", "en", {"title": "write to me@example.com"}, "contact"),
        ("title", "en", {"title": "Warm\u200bscarf"}, "control"),
        ("title", "en", {"title": "Warm scarf 围巾"}, "language"),
        ("title", "zh-hans", {"title": "Very warm woollen scarf 好"}, "language"),
        ("title", "en", {"title": "Warm scarf!!! Now"}, "shouting"),
        ("description", "en", {"description": "It is warm. It is warm."}, "repetition"),
    ],
)  # fmt: skip
def test_each_fault_is_found(channel: str, locale: str, parts: dict[str, str], code: str) -> None:
    """By its own code, with a rule and a remedy."""
    found = faults(parts, CHANNELS[channel], locale)
    assert code in {one.code for one in found}
    assert all(one.rule and one.remedy for one in found)


def test_names_may_stand_in_another_script() -> None:
    """A brand, a model and a unit are no other language."""
    assert not codes("title", "zh-hans", title="Xerox 006R 硒鼓 USB 接口 250 g")


def test_places_are_those_of_the_text() -> None:
    """What is marked is what stands there."""
    words = "Soft. See www.example.com for more."
    (one,) = faults({"title": words}, CHANNELS["title"], "en")
    assert words[one.start : one.end] == one.text == "www.example.com"


def test_latin_words_stand_only_whole() -> None:
    """ "art" does not stand in "smart"."""
    assert not list(standing(["art"], "a smart start"))
    assert list(standing(["art", "棉"], "pure art，纯棉")) == [(5, 8), (10, 11)]


def test_each_channel_has_a_limit_for_each_of_its_languages() -> None:
    """And speaks at least one."""
    for one in CHANNELS.values():
        assert one.locales
        for locale in one.locales:
            assert all(part.limit(locale) > 0 for part in one.parts.values())
    assert "social_en" not in [one.code for one in channels_of("zh-hans")]
