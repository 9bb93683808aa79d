"""Pictures come from their folder and nowhere else."""

from pathlib import Path

import pytest
from django.http import Http404
from django.test import RequestFactory

from shopguide.pictures import serve

PAGE = RequestFactory().get("/media/")


def test_a_file_is_sent(tmp_path: Path) -> None:
    (tmp_path / "tea.webp").write_bytes(b"a cup")
    sent = serve(PAGE, "tea.webp", str(tmp_path))
    assert b"".join(sent.streaming_content) == b"a cup"  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ["none.webp", "", "a" * 300, "a/" * 2500])
def test_what_names_no_file_is_not_there(path: str, tmp_path: Path) -> None:
    with pytest.raises(Http404):
        serve(PAGE, path, str(tmp_path))
