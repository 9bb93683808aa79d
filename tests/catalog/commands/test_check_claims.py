"""``manage.py check_claims``: the contract's JSON, and mistakes told in a line."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalog.search.market import Market

pytestmark = pytest.mark.django_db


def ask(text: str, **options: Any) -> dict[str, Any]:
    """Return what the last line of the output says."""
    output = StringIO()
    call_command("check_claims", text, json=True, stdout=output, **options)
    answer: dict[str, Any] = json.loads(output.getvalue().splitlines()[-1])
    return answer


def test_the_shape_of_the_contract(demo_market: Market) -> None:
    answer = ask("续航38小时，只要99元。重255克。", sku="NI-HP-101")
    assert set(answer) == {"claims", "clean"}
    assert {"text", "kind", "verdict", "fact"} <= set(answer["claims"][0])
    assert {one["text"]: one["verdict"] for one in answer["claims"]} == {
        "38小时": "supported", "99元": "contradicted", "255克": "supported",
    }  # fmt: skip
    assert answer["clean"] == "续航38小时，只要499元。重255克。"


def test_people_read_it_too(demo_market: Market) -> None:
    output = StringIO()
    call_command("check_claims", "It costs $1. It is made of silk.", sku="CL-TS-101", stdout=output)
    assert "contradicted" in output.getvalue()
    assert "May be said: (nothing)" in output.getvalue()


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("x", {"sku": "NONE-1"}, "No product on sale"),
        (" ", {"sku": "CL-TS-101"}, "from 1 to 8,000 characters"),
        ("x", {"sku": "CL-TS-101", "merchant": "tingbu"}, "in tingbu"),
    ],
)
def test_mistakes_are_told(
    demo_market: Market, text: str, options: dict[str, str], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        ask(text, **options)
