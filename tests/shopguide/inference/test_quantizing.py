"""8-bit products: rounding, single products, and layers against fp32."""

import pytest
import torch

from shopguide.inference.bert import PackedBert, Product, pool
from shopguide.inference.loading import has_byte_products
from shopguide.inference.quantizing import SHORT, ByteProduct, Range, Rounding, quantized
from tests.shopguide.inference.tiny import random_model

pytestmark = pytest.mark.skipif(
    not has_byte_products(), reason="this processor has no 8-bit dot products (AVX512-VNNI, AMX)"
)


def test_rounding_covers_its_range_and_saturates_beyond() -> None:
    rounding = Rounding.over(Range(torch.tensor([-1.0, 0.0]), torch.tensor([2.0, 4.0])))
    x = torch.tensor([[-1.0, 4.0], [0.0, 100.0], [-100.0, 1.0]])
    rounded = rounding(x)
    assert rounded.dtype == torch.uint8
    back = (rounded.float() - rounding.zero) * rounding.step
    assert (back - x)[0].abs().max() <= rounding.step / 2 + 1e-6
    assert rounded.view(-1)[3] == 255
    assert rounded.view(-1)[4] == 0
    assert back[1, 0] == 0  # zero is exact: padding and silence add nothing


@pytest.mark.parametrize("tokens", [1, 7, SHORT, SHORT + 1, 300])
def test_both_forms_of_a_product_are_near_the_float_one(tokens: int) -> None:
    torch.manual_seed(tokens)
    x, product = torch.randn(tokens, 64), Product(torch.randn(32, 64), torch.randn(32))
    byte = ByteProduct(product, Rounding.over(Range(x.amin(0), x.amax(0))))
    rounded, exact = byte.rounding(x), product(x)
    for result in (byte.short(x), byte.long(rounded)):
        error = (result - exact).norm() / exact.norm()
        assert error < 0.02
    torch.testing.assert_close(byte.short(x), byte.long(rounded), atol=1e-3, rtol=1e-3)


def test_adding_happens_in_place() -> None:
    x, other = torch.rand(60, 64), torch.rand(60, 32)
    product = Product(torch.randn(32, 64), torch.randn(32))
    byte = ByteProduct(product, Rounding.over(Range(x.amin(0), x.amax(0))))
    rounded, before = byte.rounding(x), other.clone()
    result = byte.long_plus(rounded, other)
    torch.testing.assert_close(result, byte.long(rounded) + before, atol=1e-4, rtol=1e-4)


@torch.no_grad()
def test_layers_with_outliers_stay_near_fp32() -> None:
    model = random_model()
    for layer in model.encoder.layer:  # as trained models have: a few channels far larger
        layer.output.LayerNorm.weight[3] = 12
        layer.intermediate.dense.bias[5] = 25
    packed = PackedBert(model)
    generator = torch.Generator().manual_seed(4)
    texts = [
        [0, *torch.randint(4, 60, (length,), generator=generator).tolist(), 2]
        for length in sorted([3, 5, 8, 8, 12, 20, 40, 60] * 4)
    ]
    seen, unseen = texts[::2], texts[1::2]
    exact = pool(*packed(unseen), "mean")
    packed.layers = list(quantized(packed, seen))
    assert torch.cosine_similarity(exact, pool(*packed(unseen), "mean")).min() > 0.998
    short = pool(*packed(unseen[:1]), "mean")  # the path for few tokens computes the same
    assert torch.cosine_similarity(exact[:1], short).min() > 0.998
