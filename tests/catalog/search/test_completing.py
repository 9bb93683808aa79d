"""Names by their beginnings, written and spoken."""

from catalog.search.completing import Completions, Name, vocabulary_words

NAMES = [
    Name("category", "1", "蓝牙耳机", "zh-hans"),
    Name("category", "2", "Bluetooth Headphones", "en"),
    Name("brand", "Loom", "Loom & Co", ""),
    Name("category", "3", "保温杯", "zh-hans"),
]


def texts(typed: str) -> list[str]:
    """Return the names that begin so."""
    return [one.name.text for one in Completions(NAMES).of(typed)]


def test_beginnings_of_names_and_of_words_inside() -> None:
    assert texts("blue") == ["Bluetooth Headphones"]
    assert texts("HEAD") == ["Bluetooth Headphones"]
    assert texts("蓝牙") == ["蓝牙耳机"]
    assert texts("耳") == ["蓝牙耳机"]
    assert texts("co") == ["Loom & Co"]


def test_pinyin_and_initials() -> None:
    assert texts("lanya") == ["蓝牙耳机"]
    assert texts("lan ya") == ["蓝牙耳机"]
    assert texts("erji") == ["蓝牙耳机"]
    assert texts("bwb") == ["保温杯"]


def test_pinyin_only_where_nothing_is_written_so() -> None:
    both = Completions([*NAMES, Name("brand", "Lanyard", "Lanyard", "")])
    assert [one.name.text for one in both.of("lany")] == ["Lanyard"]


def test_the_closest_comes_first() -> None:
    close = Completions(
        [Name("brand", text, text, "") for text in ("Tea time", "Green tea", "Tea")]
    )
    assert [one.name.text for one in close.of("tea")] == ["Tea", "Tea time", "Green tea"]


def test_nothing_typed_finds_nothing() -> None:
    for typed in ("", " ", "\0", "zzzz", "'", "蓝x"):
        assert texts(typed) == []


def test_the_vocabulary_is_there_in_both_languages() -> None:
    for typed in ("蓝牙", "lanya", "bluetooth"):
        assert any(one.name.value == "feature/bluetooth" for one in vocabulary_words().of(typed))
