"""What a question calls a thing, before it is looked for."""

import pytest

from assistant.pinpointing import in_order, leading, name_in


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("is the cycling backpack big enough for a 15 inch laptop?", ["cycling", "backpack"]),
        ("is the city rain jacket really waterproof?", ["city", "rain", "jacket"]),
        ("城市通勤电脑双肩包能装下15.6寸的电脑吗", ["城市通勤电脑双肩包"]),
        ("请问智能手表能游泳吗", ["智能手表"]),
        ("is it waterproof?", []),
    ],
)
def test_a_thing_stands_first_or_after_its_article(text: str, name: list[str]) -> None:
    assert name_in(text) == name


def test_what_is_set_beside_something_stands_last() -> None:
    assert name_in("what's the difference to the city one", last=True) == ["city", "one"]
    assert name_in("跟城市通勤那款有什么区别", last=True) == ["城市通勤"]


def test_a_name_is_told_by_its_first_words_or_its_signs_in_order() -> None:
    assert leading(["cycling", "backpack", "big"], {"waterproof", "cycling", "backpack"}) == 2
    assert leading(["big", "backpack"], {"cycling", "backpack"}) == 0
    assert in_order("城市双肩包", "城市通勤电脑双肩包")
    assert not in_order("双肩城市", "城市通勤电脑双肩包")
