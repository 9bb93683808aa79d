"""Days as each language writes them."""

import datetime

import pytest
from django.utils import formats, translation


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh-hans", ["5月9日", "2026年5月9日"]), ("en", ["May 9", "May 9, 2026"])],
)
def test_days(language: str, said: list[str]) -> None:
    day = datetime.date(2026, 5, 9)
    with translation.override(language):
        assert [
            formats.date_format(day, name) for name in ("MONTH_DAY_FORMAT", "DATE_FORMAT")
        ] == said
