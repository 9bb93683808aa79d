"""What goods are asked to hold is heard as such, and what is looked for is not."""

import pytest

from assistant.understanding.contents import asked_inside


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("有没有甲醛", "formaldehyde"),
        ("里面有坚果吗", "nuts"),
        ("含不含防腐剂", "preservatives"),
        ("any parabens?", "preservatives"),
        ("do they contain latex", "latex"),
        ("is there any sugar in it?", "sugar"),
        ("so is it free of alcohol?", "alcohol"),
    ],
)
def test_what_is_in_it_is_asked(text: str, name: str) -> None:
    found = asked_inside(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "text",
    [
        "有坚果吗",  # which are sold
        "有没有不含酒精的",
        "do you have one without nuts?",
        "something free of alcohol",
        "无糖零食",
        "any nuts?",
        "推荐几款坚果",
        "how do I clean it with alcohol",
    ],
)
def test_what_is_looked_for_is_not_asked_inside(text: str) -> None:
    assert asked_inside(text) is None
