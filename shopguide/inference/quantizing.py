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
from typing import Any, cast

import torch
import torch.nn.functional as F
from torch import Tensor

from shopguide.inference.bert import Attend, FloatLayer, PackedBert, Product, attention
from shopguide.inference.packing import runs_of

# Deprecated in favour of three passes over memory where this is one; torch's version is pinned.
warnings.filterwarnings(
    "ignore", message="torch.(quantize_per_tensor|_make_per_channel)", category=UserWarning
)

SMOOTHING = 0.65  # measured .5 to .8: .99970, .99975, .99970 mean cosine
KEPT_CHANNELS = 16  # 4, 16, 32: .99973, .99975, .99976
MARGIN = 1.1
GELU_MINIMUM = -0.17
SHORT = 48  # tokens up to which oneDNN's set-up costs more than its speed saves
TO_FLOAT = (1.0, 0, torch.float32)

_multiply_few = torch.ops.quantized.linear_with_input_q_dq_qweight_dq_output_fp32
_multiply_many = torch.ops.onednn.qlinear_pointwise.default
_multiply_and_add = torch.ops.onednn.qlinear_pointwise.binary


@dataclass
class Range:
    """The smallest and largest value that each channel has taken: (in,) each."""

    low: Tensor
    high: Tensor

    def divided(self, by: Tensor) -> Range:
        """Scale every channel."""
        return Range(self.low / by, self.high / by)


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
    """A linear map whose products are 8-bit and whose result is fp32 or bytes again.

    Kept in the two packings that torch has: oneDNN's is the fastest for many tokens and costs
    70 microseconds a call to set up, FBGEMM's is the faster one up to ``SHORT`` tokens.
    """

    def __init__(self, product: Product, rounding: Rounding) -> None:
        self.rounding, self.bias = rounding, product.bias
        self.scales = product.weight.abs().amax(1).clamp_(min=1e-8) / 127
        plain = (product.weight / self.scales[:, None]).round_().to(torch.int8)
        self.zeros = torch.zeros(len(self.scales), dtype=torch.int32)
        self.many = torch.ops.onednn.qlinear_prepack(plain, None)
        self.few = _packed_for_few(plain, self.scales, product.bias)

    def short(self, x: Tensor) -> Tensor:
        """Round and multiply few tokens: (t, in) fp32 -> (t, out) fp32."""
        step, zero = self.rounding.step, self.rounding.zero
        return _multiply_few(x, step, zero, self.few)

    def long(self, x: Tensor) -> Tensor:
        """Multiply many tokens: (t, in) uint8 -> (t, out) fp32."""
        return _multiply_many(*self._inputs(x), self.bias, *TO_FLOAT, "none", [], "")

    def long_plus(self, x: Tensor, other: Tensor) -> Tensor:
        """Multiply many tokens and add in place: (t, in) uint8, (t, out) fp32 -> (t, out)."""
        adding: tuple[Any, ...] = (1.0, 0, "sum", 1.0, "none", [], "")
        return _multiply_and_add(*self._inputs(x), other, self.bias, *TO_FLOAT, *adding)

    def gelu_bytes(self, x: Tensor, out: Rounding) -> Tensor:
        """Multiply, apply GELU and round again: (t, in) uint8 -> (t, out) uint8."""
        to_bytes = (out.step, out.zero, torch.uint8)
        return _multiply_many(*self._inputs(x), self.bias, *to_bytes, "gelu", [], "none")

    def _inputs(self, x: Tensor) -> tuple[object, ...]:
        return x, self.rounding.step, self.rounding.zero, self.many, self.scales, self.zeros


class ByteLayer:
    """One transformer layer with 8-bit products; residuals, norms and attention stay fp32."""

    def __init__(self, layer: FloatLayer, ranges: dict[str, Range]) -> None:
        self.norm_mixed, self.norm_fed = layer.norm_mixed, layer.norm_fed
        self.even_qkv, self.qkv = _evened(layer.qkv, ranges["qkv"])
        self.mix = ByteProduct(layer.mix, Rounding.over(ranges["mix"]))
        # Inner channels in falling order of their largest value: the kept ones come first.
        inner = ranges["narrow"]
        order = inner.high.argsort(descending=True)
        self.kept = min(KEPT_CHANNELS, len(order))
        widen = Product(layer.widen.weight[order], layer.widen.bias[order])
        narrow = layer.narrow.weight[:, order]
        self.even_widen, self.widen = _evened(widen, ranges["widen"])
        self.kept_in = widen.weight[: self.kept].t().contiguous()
        self.kept_bias = widen.bias[: self.kept].clone()
        self.kept_out = narrow[:, : self.kept].t().contiguous()
        narrow[:, : self.kept] = 0
        rest = order[self.kept :]
        low = inner.low[rest].clamp_(min=GELU_MINIMUM / MARGIN)
        rounding = Rounding.over(Range(low, inner.high[rest]))
        self.narrow = ByteProduct(Product(narrow, layer.narrow.bias), rounding)

    def __call__(self, x: Tensor, attend: Attend) -> Tensor:
        """Run the layer: (t, hidden) -> (t, hidden), fp32."""
        return self._short(x, attend) if len(x) <= SHORT else self._long(x, attend)

    def _short(self, x: Tensor, attend: Attend) -> Tensor:
        context = attend(self.qkv.short(x * self.even_qkv))
        x = self.norm_mixed(self.mix.short(context).add_(x))
        inner = F.gelu(self.widen.short(x * self.even_widen))
        rest = self.narrow.short(inner)
        return self.norm_fed(x.addmm_(inner[:, : self.kept], self.kept_out).add_(rest))

    def _long(self, x: Tensor, attend: Attend) -> Tensor:
        context = attend(self.qkv.long(self.qkv.rounding(x * self.even_qkv)))
        # Adding happens in place: what ``x`` was is needed by nobody after this.
        x = self.norm_mixed(self.mix.long_plus(self.mix.rounding(context), x))
        rounded = self.widen.rounding(x * self.even_widen)
        inner = self.widen.gelu_bytes(rounded, self.narrow.rounding)
        kept = F.gelu(torch.addmm(self.kept_bias, x, self.kept_in))
        return self.norm_fed(self.narrow.long_plus(inner, x.addmm_(kept, self.kept_out)))


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


def _packed_for_few(weight: Tensor, scales: Tensor, bias: Tensor) -> torch.ScriptObject:
    """Pack (out, in) bytes for FBGEMM, whichever engine the process uses otherwise."""
    engine = torch.backends.quantized.engine
    torch.backends.quantized.engine = "fbgemm"
    try:
        zeros = torch.zeros(len(scales), dtype=torch.long)
        signed = torch._make_per_channel_quantized_tensor(weight, scales.double(), zeros, 0)
        return torch.ops.quantized.linear_prepack(signed, bias)
    finally:
        torch.backends.quantized.engine = engine
