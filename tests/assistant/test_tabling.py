"""Tests of tables in quotes."""

from assistant.tabling import tabled

ROWS = (
    "生产日期印在瓶底。\n"
    "品类 精华，未开封 2 年，开封后 6 个月\n品类 口红，未开封 3 年，开封后 18 个月"
)


def test_rows_are_a_list_without_the_name_of_their_column() -> None:
    assert tabled(ROWS, "开封后多久") == (
        "生产日期印在瓶底。\n- 精华：未开封 2 年，开封后 6 个月。"
        "\n- 口红：未开封 3 年，开封后 18 个月。"
    )


def test_the_row_that_is_asked_about_is_told_alone() -> None:
    assert tabled(ROWS, "开封后多久", ["保湿精华"]).endswith(
        "。\n- 精华：未开封 2 年，开封后 6 个月。"
    )
    english = "Kind Serums; Sealed 2 years\nKind Clay pots; Sealed 9 years"
    assert tabled(english, "how long do serums keep?") == "- Serums: Sealed 2 years."


def test_what_is_no_table_stays_as_it_is() -> None:
    warranty = "The warranty is 3 months: money back.\n\nThe warranty covers faults, not damage."
    for text in (warranty, "Wash at 30 °C. Dry flat.", "We ship.\nWe reply, mostly at once.", ""):
        assert tabled(text, "how?") == text
