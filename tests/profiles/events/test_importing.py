"""Files of other people's deeds: three formats, packed or not, odd lines counted."""

import gzip
from pathlib import Path

import pytest

from profiles.events.importing import UnknownFormat, read_acts, sniff
from profiles.lab.reading import read_material
from profiles.sources.cleaning import Act, cleaned
from shopguide.reading import BadFile

ROWS, START = 200, 1_511_544_070
LINES = {
    "taobao": "{n},{item},7,{act},{at}",
    "amazon": '{{"reviewerID": "A{n}", "asin": "B{item}", "unixReviewTime": {at}, "overall": 5}}',
    "plain": "u{n}\ti{item}\t{at}\tview",
}


def text_of(form: str) -> str:
    """Return a file of 200 rows of a format."""
    acts = ["pv", "fav", "cart", "buy"]
    return "\n".join(
        LINES[form].format(
            n=n % 9, item=n % 17, act=acts[n % 4], at=START + 60 * n + n * n * 37 % 997
        )
        for n in range(ROWS)
    )


@pytest.mark.parametrize("form", LINES)
@pytest.mark.parametrize("packed", [False, True])
def test_each_format_is_known_and_read(form: str, packed: bool, tmp_path: Path) -> None:
    path = tmp_path / f"file{'.gz' if packed else '.txt'}"
    if packed:
        path.write_bytes(gzip.compress(text_of(form).encode()))
    else:
        path.write_text(text_of(form) + "\n\n")
    assert sniff(path) == form
    acts = list(read_acts(path))
    assert len(acts) == ROWS and None not in acts
    assert len({act.user for act in acts if act}) == 9
    assert [act.at for act in acts if act][1] == 1_511_544_167.0


def test_newer_reviews_and_ratings_alone(tmp_path: Path) -> None:
    path = tmp_path / "new.jsonl"
    path.write_text('{"user_id": "A1", "parent_asin": "B2", "timestamp": 1588687728923}\n')
    assert list(read_acts(path)) == [Act("A1", "B2", 1588687728.923, "review")]
    path.write_text("A1,B2,5.0,1588687728\n")
    assert list(read_acts(path, "amazon")) == [Act("A1", "B2", 1588687728.0, "review")]


def test_odd_lines_are_none_and_doubles_are_one(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("1,2,3,pv,1511544070\n1,2,3,pv,1511544071\n1,2,3,fly,9\n1,2\n1,2,3,pv,nan\n")
    acts = list(read_acts(path))
    assert acts.count(None) == 3
    assert len(cleaned([act for act in acts if act])) == 1


def test_what_is_none_of_these_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "poem.txt"
    path.write_text("Roses are red\n")
    with pytest.raises(UnknownFormat, match=r"poem\.txt is neither"):
        list(read_acts(path))
    with pytest.raises(UnknownFormat, match="is no format"):
        list(read_acts(path, "excel"))
    path.write_text("")
    with pytest.raises(UnknownFormat):
        sniff(path)


def test_the_lab_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "taobao.csv"
    path.write_text(text_of("taobao"))
    found = read_material(path, form="taobao")
    assert len(found.histories) == 9 and len(found.names) == 17
    with pytest.raises(BadFile, match="No line of"):
        read_material(path, form="amazon")
