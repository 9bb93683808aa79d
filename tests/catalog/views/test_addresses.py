"""SKUs in addresses: one segment, any characters, the same on the way back."""

import pytest
from django.urls import resolve, reverse
from hypothesis import given
from hypothesis import strategies as st

from catalog.views.addresses import Sku

SKUS = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=100)


@given(SKUS)
def test_every_sku_comes_back(sku: str) -> None:
    segment = Sku().to_url(sku)
    assert "/" not in segment
    assert Sku().to_python(segment) == sku


@pytest.mark.parametrize("sku", ["A/B", "..", ".", "~2f", "a b", "%41", "é中文", "?x=1#y", "a\\b"])
def test_addresses_resolve_to_the_same_sku(sku: str) -> None:
    from urllib.parse import unquote

    address = reverse("product", args=["loom", sku])
    assert "/../" not in address and "?" not in address and "#" not in address
    assert resolve(unquote(address)).kwargs["sku"] == sku


@pytest.mark.parametrize("segment", ["\0", "a\nb", "~zz", "\ud800"])
def test_what_no_sku_can_be(segment: str) -> None:
    with pytest.raises(ValueError, match="no such SKU"):
        Sku().to_python(segment)
