"""8-bit matrix products for packed BERT layers, exact enough to share vectors with fp32.

For ``PackedEncoder`` on processors with 8-bit dot products (AVX512-VNNI, AMX). Weights get one
scale per output channel, inputs one scale per product, found by running calibration texts once.
Three things keep the cosine to fp32 above .999, where plain dynamic int8 has .973 to .997:
channels are evened out before rounding where inputs have outliers (Xiao et al. 2022,
"SmoothQuant", equation 4); the few inner channels that outgrow the rest stay in fp32 (Dettmers
et al. 2022, "LLM.int8()"); and inputs are rounded with an offset, for GELU gives next to no
negatives.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor

from shopguide.inference.bert import Attend, FloatLayer, PackedBert, Product, attention
from shopguide.inference.packing import runs_of

# Deprecated in favour of three passes over memory where this is one; torch's version is pinned.
warnings.filterwarnings("ignore", message="torch.quantize_per_tensor", category=UserWarning)

SMOOTHING = 0.65  # measured .5 to .8: .99970, .99975, .99970 mean cosine
KEPT_CHANNELS = 16  # 4, 16, 32: .99973, .99975, .99976
MARGIN = 1.1
GELU_MINIMUM = -0.17
SHORT = 40  # tokens up to which oneDNN's set-up costs more than its packed weights save


@dataclass
class Range:
    """The smallest and largest value that each channel has taken: (in,) each."""

    low: Tensor
    high: Tensor

    def divided(self, by: Tensor) -> Range:
        """Scale every channel."""
        return Range(self.low / by, self.high / by)

    def without(self, channels: Tensor) -> Range:
        """Forget some channels."""
        keep = torch.ones_like(self.low, dtype=torch.bool)
        keep[channels] = False
        return Range(self.low[keep], self.high[keep])


@dataclass(frozen=True)
class Rounding:
    """An affine map to 0..255: value = (byte - zero) * step."""

    step: float
    zero: int

    @classmethod
    def over(cls, channels: Range) -> Rounding:
        """Cover a range, with a margin, and zero."""
        low = min(channels.low.min().item() * MARGIN, 0.0)
        high = max(channels.high.max().item() * MARGIN, low + 1e-6)
        step = (high - low) / 255
        return cls(step, round(-low / step))

    def __call__(self, x: Tensor) -> Tensor:
        """Round to bytes, saturating: (t, in) fp32 -> (t, in) uint8."""
        rounded = torch.quantize_per_tensor(x, self.step, self.zero, torch.quint8)
        # The same bytes as a plain tensor; ``int_repr`` would copy them one by one.
        plain = torch.empty(0, dtype=torch.uint8)
        return plain.set_(rounded.untyped_storage(), 0, rounded.shape, rounded.stride())


class ByteProduct:
    """A linear map whose products are 8-bit and whose result is fp32 or bytes again."""

    def __init__(self, product: Product, rounding: Rounding) -> None:
        weight = product.weight
        self.rounding, self.bias = rounding, product.bias
        self.scales = weight.abs().amax(1).clamp_(min=1e-8) / 127
        plain = (weight / self.scales[:, None]).round_().to(torch.int8)
        self.packed = torch.ops.onednn.qlinear_prepack(plain, None)
        self.zeros = torch.zeros(len(self.scales), dtype=torch.int32)
        # For short inputs: y = bytes @ weight * step * scale + (bias - zero * ...), (in, out)
        self.transposed = plain.t()
        self.short_scale = self.scales * rounding.step
        column_sums = plain.sum(1, dtype=torch.float32)
        self.short_bias = product.bias - rounding.zero * self.short_scale * column_sums

    def short(self, x: Tensor) -> Tensor:
        """Multiply few tokens: (t, in) uint8 -> (t, out) fp32."""
        sums = torch._int_mm(x, self.transposed).float()
        return torch.addcmul(self.short_bias, sums, self.short_scale)

    def long(self, x: Tensor) -> Tensor:
        """Multiply many tokens: (t, in) uint8 -> (t, out) fp32."""
        step, zero = self.rounding.step, self.rounding.zero
        return torch.ops.onednn.qlinear_pointwise.default(
            *(x, step, zero, self.packed, self.scales, self.zeros, self.bias),
            *(1.0, 0, torch.float32, "none", [], ""),
        )

    def long_plus(self, x: Tensor, other: Tensor) -> Tensor:
        """Multiply many tokens and add in place: (t, in) uint8, (t, out) fp32 -> (t, out)."""
        step, zero = self.rounding.step, self.rounding.zero
        return torch.ops.onednn.qlinear_pointwise.binary(
            *(x, step, zero, self.packed, self.scales, self.zeros, other, self.bias),
            *(1.0, 0, torch.float32, 1.0, 0, "sum", 1.0, "none", [], ""),
        )

    def gelu_bytes(self, x: Tensor, out: Rounding) -> Tensor:
        """Multiply, apply GELU and round again: (t, in) uint8 -> (t, out) uint8."""
        step, zero = self.rounding.step, self.rounding.zero
        return torch.ops.onednn.qlinear_pointwise.default(
            *(x, step, zero, self.packed, self.scales, self.zeros, self.bias),
            *(out.step, out.zero, torch.uint8, "gelu", [], "none"),
        )


class ByteLayer:
    """One transformer layer with 8-bit products; residuals, norms and attention stay fp32."""

    def __init__(self, layer: FloatLayer, ranges: dict[str, Range]) -> None:
        self.norm_mixed, self.norm_fed = layer.norm_mixed, layer.norm_fed
        self.even_qkv, self.qkv = _evened(layer.qkv, ranges["qkv"])
        self.mix = ByteProduct(layer.mix, Rounding.over(ranges["mix"]))
        self.even_widen, self.widen = _evened(layer.widen, ranges["widen"])
        inner = ranges["narrow"]
        kept = inner.high.topk(min(KEPT_CHANNELS, len(inner.high))).indices
        self.kept_in, self.kept_bias = (
            layer.widen.weight[kept].t().contiguous(),
            layer.widen.bias[kept],
        )
        self.kept_out = layer.narrow.weight[:, kept].t().contiguous()
        rest = inner.without(kept)
        rest.low.clamp_(min=GELU_MINIMUM / MARGIN)
        weight = layer.narrow.weight.clone()
        weight[:, kept] = 0
        self.narrow = ByteProduct(Product(weight, layer.narrow.bias), Rounding.over(rest))

    def __call__(self, x: Tensor, attend: Attend) -> Tensor:
        """Run the layer: (t, hidden) -> (t, hidden), fp32."""
        short = len(x) <= SHORT
        rounded = self.qkv.rounding(x * self.even_qkv)
        context = attend(self.qkv.short(rounded) if short else self.qkv.long(rounded))
        x = self.norm_mixed(self._plus(self.mix, self.mix.rounding(context), x, short))
        rounded = self.widen.rounding(x * self.even_widen)
        inner = self.widen.gelu_bytes(rounded, self.narrow.rounding)
        kept = F.gelu(torch.addmm(self.kept_bias, x, self.kept_in))
        return self.norm_fed(self._plus(self.narrow, inner, x.addmm_(kept, self.kept_out), short))

    @staticmethod
    def _plus(product: ByteProduct, x: Tensor, other: Tensor, short: bool) -> Tensor:
        """Multiply and add to ``other`` in place, which is a residual that nobody needs again."""
        return product.short(x).add_(other) if short else product.long_plus(x, other)


def quantized(model: PackedBert, texts: Sequence[Sequence[int]]) -> list[ByteLayer]:
    """Make 8-bit layers of an fp32 model's, calibrated on n token id lists.

    Cost: one fp32 pass over the texts, all at once.
    """
    runs = runs_of([len(ids) for ids in texts])
    x = model.embed(texts)
    layers: list[ByteLayer] = []
    for layer in cast(list[FloatLayer], model.layers):
        ranges: dict[str, Range] = {}

        def observe(name: str, values: Tensor, ranges: dict[str, Range] = ranges) -> None:
            ranges[name] = Range(values.amin(0), values.amax(0))

        x = layer(x, lambda qkv: attention(qkv, runs, model.heads), observe)
        layers.append(ByteLayer(layer, ranges))
    return layers


def _evened(product: Product, channels: Range) -> tuple[Tensor, ByteProduct]:
    """Move input outliers into the weights: a factor for x (in,), and the product for x * it."""
    size = torch.maximum(channels.high, -channels.low).clamp_(min=1e-5)
    strength = product.weight.abs().amax(0).clamp_(min=1e-5)
    by = size**SMOOTHING / strength ** (1 - SMOOTHING)
    evened = Product(product.weight * by, product.bias)
    return 1 / by, ByteProduct(evened, Rounding.over(channels.divided(by)))
