"""Symmetric 4-bit weights in blocks along the input dimension, rounded as onnxruntime's MatMulNBits quantizer rounds.

A block of w has scale = (its entry of largest magnitude, with sign) / -8 and q = clip(round(w / scale) + 8, 0, 15), so
the largest entry is q = 0 exactly and quantizing a dequantized weight gives the same integers. Training sees rounded
weights and hands its gradients straight through to the full-precision ones (FakeQuantizer).
"""

from collections.abc import Iterable, Sequence
from types import TracebackType

import numpy as np
import torch

BITS = 4
BLOCK_SIZE = 32
ZERO_POINT = 8
MAX_CODE = 15


def quantize_numpy(weight: np.ndarray, block_size: int = BLOCK_SIZE) -> tuple[np.ndarray, np.ndarray]:
    """weight float32 (out, in) -> codes uint8 (out, in) in 0…15, scales float32 (out, in / block_size)."""
    out_features, in_features = weight.shape
    blocks = weight.astype(np.float32).reshape(out_features, in_features // block_size, block_size)
    peak = np.take_along_axis(blocks, np.abs(blocks).argmax(-1, keepdims=True), -1)  # (out, blocks, 1)
    scales = peak / np.float32(-ZERO_POINT)
    ratio = np.divide(blocks, scales, out=np.zeros_like(blocks), where=scales != 0)
    codes = np.clip(np.round(ratio) + ZERO_POINT, 0, MAX_CODE).astype(np.uint8)
    return codes.reshape(out_features, in_features), scales[..., 0]


def dequantize_numpy(codes: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """Codes (out, in) and scales (out, blocks) -> float32 (out, in)."""
    blocks = codes.reshape(*scales.shape, -1).astype(np.float32) - ZERO_POINT
    return (blocks * scales[..., None]).reshape(codes.shape)


def _codes_and_scales(weight: torch.Tensor, block_size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """weight (out, in) -> signed codes −8…7 (out · blocks, block) and scales (out · blocks, 1), both float32."""
    blocks = weight.reshape(-1, block_size)
    high, low = blocks.amax(-1, keepdim=True), blocks.amin(-1, keepdim=True)
    scales = torch.where(high >= -low, high, low) / -ZERO_POINT
    safe = torch.where(scales == 0, torch.ones_like(scales), scales)
    return torch.clamp(torch.round(blocks / safe), -ZERO_POINT, MAX_CODE - ZERO_POINT), scales


def fake_quantize(weight: torch.Tensor, block_size: int = BLOCK_SIZE) -> torch.Tensor:
    """The float32 weight that 4 bits can hold, same shape (out, in)."""
    codes, scales = _codes_and_scales(weight, block_size)
    return (codes * scales).reshape(weight.shape)


@torch.no_grad()
def codes_of(parameters: Iterable[torch.nn.Parameter]) -> list[torch.Tensor]:
    """Signed 4-bit codes of every weight, int8 (out · blocks, block) each: a byte a weight, to be compared later."""
    return [_codes_and_scales(p, BLOCK_SIZE)[0].to(torch.int8) for p in parameters]


def changed_share(before: Sequence[torch.Tensor], after: Sequence[torch.Tensor]) -> float:
    """Share 0…1 of the codes that differ between two lists of codes_of. Only scales moved where it stays 0."""
    changed = sum(int((old != new).sum()) for old, new in zip(before, after, strict=True))
    return changed / sum(old.numel() for old in before)


def quantized_parameters(model: torch.nn.Module) -> list[torch.nn.Parameter]:
    """What the export stores in 4 bits: every linear of the decoder layers and the tied embedding/head."""
    found = [m.weight for layer in model.model.layers for m in layer.modules() if isinstance(m, torch.nn.Linear)]
    return [*found, model.model.embed_tokens.weight]


def rounding_strength(progress: float, start: float, over: float) -> float:
    """Share of the way to rounded weights, for a run that begins to move there at `start` and arrives `over` later.

    All three are shares of the run. What is learnt in full precision is lost when weights are rounded at once, and
    stays when they move there slowly (training/LOG.md).
    """
    if progress < start:
        return 0.0
    return min(1.0, (progress - start) / over) if over else 1.0


class FakeQuantizer:
    """`with quantizer: forward, backward`: inside, the weights are the rounded ones; outside, the full-precision ones.

    Gradients computed inside belong to the same parameters, so an optimizer step outside is the straight-through
    estimator without any extra autograd nodes. `strength` below 1 moves the weights only that share of the way to the
    rounded ones, so that a model can get used to them.
    """

    def __init__(self, parameters: Iterable[torch.nn.Parameter], strength: float = 1.0) -> None:
        self.parameters = list(parameters)
        self.strength = strength
        self._full: list[torch.Tensor] = []

    @torch.no_grad()
    def __enter__(self) -> "FakeQuantizer":
        self._full = [p.data for p in self.parameters]
        for p in self.parameters:
            rounded = fake_quantize(p.data)
            p.data = rounded if self.strength == 1 else torch.lerp(p.data, rounded, self.strength)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for p, full in zip(self.parameters, self._full, strict=True):
            p.data = full
        self._full = []
