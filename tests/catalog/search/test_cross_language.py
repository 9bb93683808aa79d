"""A question in one language finds what is described in the other only."""

import json
from pathlib import Path

import pytest

from catalog.encoding import encode_products
from catalog.models import Product
from catalog.search.constraining import Asked
from catalog.search.market import Market
from catalog.search.searching import search
from catalog.search.understanding import understand
from shopguide.accounts.models import Merchant

SOME = 2  # shops, of six
PAIRS = Path(__file__).with_name("cross_language_pairs.jsonl")


@pytest.mark.model
@pytest.mark.django_db
def test_a_question_finds_products_of_the_other_language(demo_market: Market, full: bool) -> None:
    from shopguide.backends import encoder

    room = encoder()
    shops = list(Merchant.objects.order_by("slug"))[: None if full else SOME]
    for shop in shops:
        encode_products(shop, encoder=room)
    encoded = set(Product.objects.filter(merchant__in=shops).values_list("sku", flat=True))
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    assert len(pairs) == 100
    pairs = [pair for pair in pairs if pair["sku"] in encoded]
    assert len(pairs) >= (100 if full else 20)
    missed = []
    for pair in pairs:
        need = understand(
            pair["query"],
            vocabulary=demo_market.vocabulary,
            locale=pair["locale"],
            currency="CNY",
        )
        vector = room.encode_queries([need.sentence or pair["query"]])[0].tolist()
        asked = Asked(need=need, locale=pair["locale"], currency="CNY", size=10)
        found = search(asked, demo_market, vector=vector, encoder_id=room.id, facets=False)
        if pair["sku"] not in [hit.sku for hit in found.hits]:
            missed.append(pair["query"])
    assert len(missed) <= len(pairs) / 5, missed
