"""Facets over the demo market place: every link finds as many products as it says."""

import pytest
from django.utils import translation

from catalog.presenting.facets import facets_of, price_form, selected
from catalog.search.market import Market
from tests.catalog.presenting.test_needs import frame_of

pytestmark = pytest.mark.django_db
PAGES = [
    "/search/?q=shoes",
    "/search/?category=1",
    "/search/",
    "/search/?q=黑色包&size=m",
    "/search/?q=black hoodie under $60&size=l",
    "/search/?q=礼物&brand=Cloudloom",
]


@pytest.mark.parametrize("url", PAGES)
def test_every_value_finds_what_it_counts(demo_market: Market, url: str) -> None:
    with translation.override("en"):
        frame = frame_of(demo_market, url)
        for facet in facets_of(frame):
            for value in facet["values"][:4]:
                if value["selected"] or facet["code"] == "shop":
                    continue  # a shop has a vocabulary of its own: it is asked anew
                found = frame_of(demo_market, value["url"]).results
                if (
                    facet["code"] != "category" and f"{facet['code']}=" in url
                ):  # one more of the same facet adds to it
                    assert (
                        frame.results.total <= found.total <= frame.results.total + value["count"]
                    )
                else:
                    assert found.total == value["count"], (facet["code"], value)


def test_a_chosen_value_leads_back(demo_market: Market) -> None:
    with translation.override("en"):
        frame = frame_of(demo_market, "/search/?q=hoodie&colour=black")
        (chosen,) = [
            value for facet in facets_of(frame) for value in facet["values"] if value["selected"]
        ]
    assert (chosen["label"], chosen["url"]) == ("Black", "/search/?q=hoodie")


def test_categories_are_those_on_which_results_part(demo_market: Market) -> None:
    with translation.override("en"):
        categories = next(
            facet for facet in facets_of(frame_of(demo_market, "/search/"))
            if facet["code"] == "category"
        )  # fmt: skip
        assert {"Clothing", "Shoes"} <= {value["label"] for value in categories["values"]}
        shoes = next(value for value in categories["values"] if value["label"] == "Shoes")
        below = facets_of(frame_of(demo_market, shoes["url"]))[0]["values"]
    assert below[0]["selected"] and below[0]["label"] == "Shoes"
    assert "Running shoes" in {value["label"] for value in below[1:]}


def test_what_was_clicked_can_be_taken_back(demo_market: Market) -> None:
    url = (
        "/search/?q=a&shop=tingbu&category=10&brand=X&colour=red"
        "&min=5&max=9&cur=CNY&rating=4&stock=1"
    )
    with translation.override("en"):
        chosen = selected(frame_of(demo_market, url))
        labels = [one["label"] for one in chosen]
        assert labels[2:] == ["X", "Red", "CN¥5.00 – CN¥9.00", "4 stars and up", "In stock only"]
        price = next(one for one in chosen if "CN¥" in one["label"])
    assert not {"min=", "max=", "cur="} & {part[:4] for part in price["remove_url"].split("&")}


def test_the_price_form_keeps_the_rest(demo_market: Market) -> None:
    with translation.override("zh-hans"):
        form = price_form(frame_of(demo_market, "/search/?q=杯&stock=1&page=2", locale="zh-hans"))
    assert form is not None
    assert form["currency"] == "CNY"
    assert form["hidden"] == [("q", "杯"), ("stock", "1"), ("cur", "CNY")]
