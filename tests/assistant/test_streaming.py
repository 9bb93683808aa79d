"""Where a reader stands, and what they lack."""

import json

import pytest

from assistant.streaming import Place, event_of, words, written


@pytest.mark.parametrize("odd", ["", "x", "1", "1.2.3", "-1.2", "1.99999999", "１.２", "1.2\n3"])
def test_an_odd_event_id_is_the_beginning(odd: str) -> None:
    assert Place.of(odd) == Place(0, 0)


def test_an_event_id_says_attempt_and_place() -> None:
    assert Place.of(str(Place(2, 57))) == Place(2, 57)


def told(place: Place, text: str, at: int) -> list[dict[str, object]]:
    found = []
    for _after, event in words(place, text, at):
        data = event.decode().split("data: ")[1]
        found.append(json.loads(data))
    return found


def test_a_reader_gets_what_they_lack_once() -> None:
    assert told(Place(1, 0), "Hello", 0) == [{"at": 0, "text": "Hello"}]
    assert told(Place(1, 3), "Hello", 0) == [{"at": 3, "text": "lo"}]
    assert told(Place(1, 5), "Hello", 0) == []
    # What is told before it can be joined waits for the row.
    assert told(Place(1, 2), " there", 5) == []


def test_words_in_any_script_are_counted_in_characters() -> None:
    assert told(Place(1, 2), "您好，欢迎", 0) == [{"at": 2, "text": "，欢迎"}]


def test_an_event_has_id_and_name_and_one_line_of_data() -> None:
    event = written("words", {"text": "two\nlines"}, Place(1, 9)).decode()
    assert event == 'id: 1.9\nevent: words\ndata: {"text": "two\\nlines"}\n\n'


def test_an_entry_of_the_stream_is_read_leniently() -> None:
    entry = {b"attempt": b"2", b"at": b"5", b"text": "好".encode(), b"over": b"1"}
    assert event_of(entry) == {"attempt": 2, "at": 5, "text": "好", "over": True}
    assert event_of({}) == {"attempt": 0, "at": 0, "text": "", "over": False}
