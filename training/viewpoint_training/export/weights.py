"""The language model as the graphs need it: matrices in 4-bit blocks, norms and rotary tables in float32."""

from dataclasses import dataclass

import numpy as np

from ..quantization import MAX_CODE


@dataclass(frozen=True)
class DecoderShape:
    """Sizes of a Llama-style decoder."""

    vocab_size: int
    hidden_size: int
    intermediate_size: int
    layers: int
    heads: int
    kv_heads: int
    head_size: int
    norm_epsilon: float
    rope_theta: float
    max_positions: int
    block_size: int


@dataclass(frozen=True)
class QuantizedMatrix:
    """A linear layer's weight [N, K] (N outputs) as q = 0…15 and one scale per block: w = (q − 8) · scale."""

    codes: np.ndarray  # uint8 [N, K]
    scales: np.ndarray  # float32 [N, K / block]

    def __post_init__(self) -> None:
        rows, columns = self.codes.shape
        if self.scales.shape[0] != rows or columns % self.scales.shape[1]:
            raise ValueError(f"scales {self.scales.shape} do not divide the codes {self.codes.shape} into whole blocks")
        if self.codes.dtype != np.uint8 or self.codes.max(initial=0) > MAX_CODE:
            raise ValueError(f"codes must be uint8 in 0…{MAX_CODE}")

    @property
    def block_size(self) -> int:
        return self.codes.shape[1] // self.scales.shape[1]

    def packed(self) -> np.ndarray:
        """Two codes a byte, the earlier one low: uint8 [N, K / block, block / 2], as MatMulNBits stores them."""
        low, high = self.codes[:, 0::2], self.codes[:, 1::2]
        return (low | (high << 4)).reshape(self.codes.shape[0], -1, self.block_size // 2)

    @staticmethod
    def from_packed(packed: np.ndarray, scales: np.ndarray) -> "QuantizedMatrix":
        """The matrix that gave `packed` [N, K / block, block / 2]; scales in any shape of N · K / block values."""
        codes = np.stack([packed & 0x0F, packed >> 4], -1).reshape(packed.shape[0], -1)
        return QuantizedMatrix(codes, scales.reshape(packed.shape[:2]))


def rows_joined(*matrices: QuantizedMatrix) -> QuantizedMatrix:
    """Linear layers over the same input as one. Blocks run along the input, so no code changes."""
    return QuantizedMatrix(
        np.concatenate([matrix.codes for matrix in matrices]),
        np.concatenate([matrix.scales for matrix in matrices]),
    )


@dataclass(frozen=True)
class DecoderWeights:
    """All tensors of the decoder by name. `head` is tied: it is the input embedding too."""

    shape: DecoderShape
    matrices: dict[str, QuantizedMatrix]
    norms: dict[str, np.ndarray]  # float32 [hidden_size]

    @property
    def head(self) -> QuantizedMatrix:
        return self.matrices["head"]


def rotary_tables(shape: DecoderShape) -> tuple[np.ndarray, np.ndarray]:
    """Cosines and sines of the rotary angles, float32 [max_positions, head_size / 2] each, halves not interleaved."""
    exponents = np.arange(0, shape.head_size, 2, dtype=np.float64) / shape.head_size
    angles = np.arange(shape.max_positions, dtype=np.float64)[:, None] * shape.rope_theta**-exponents
    return np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)
