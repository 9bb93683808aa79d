"""The last question again: of another thing, or of another state of the same thing."""

import pytest

from assistant.understanding.repeating import repeated


@pytest.mark.parametrize(
    ("said", "before", "meant"),
    [
        ("那拆开以后呢", "能放多久", "拆开以后 能放多久"),
        ("and after opening?", "how long does it keep", "after opening how long does it keep"),
        ("for how long?", "does it keep coffee warm", "for how long does it keep coffee warm"),
        ("那第二个呢", "防水吗", "那第二个 防水吗"),
        ("那边玩边充呢", "厚不厚", "那边玩边充呢"),  # asks something of its own
        ("and the price?", "how heavy is it", "and the price?"),
        ("那黑色呢", "有货吗", "那黑色呢"),
    ],
)
def test_a_fragment_asks_the_last_question_of_another_state(
    said: str, before: str, meant: str
) -> None:
    assert repeated(said, before, "attribute") == meant
