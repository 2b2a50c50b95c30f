"""From the encoder's tokens to the language model's: T tokens a view.

One class token and 3 × 3 pooled patches through an MLP, and four *soft words*: the mean of learned vectors under a pose
head's probabilities, each vector starting as the language model's own embedding of the words for its bin. The language
model reads the pose from the soft words within minutes; from projected patches alone it did not (training/LOG.md).
"""

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import nn

from .encoder import Encoder, EncoderConfig, EncoderOutput
from .symmetry import encode_symmetric

POOLED_SIDE = 3
# Soft words a view, in order. "side" and "yaw" are left/right words, the amounts are numbers.
SOFT_WORDS = (("side", "azimuth", "moved", "yaw"), ("vertical", "elevation", "nearness", "distance"))
SOFT_WORDS_WITH_TURN = (SOFT_WORDS[0], ("vertical", "elevation", "nearness", "turn"))
TOKENS_PER_VIEW = 1 + POOLED_SIDE**2 + len(SOFT_WORDS[0])
PATCH_GAIN = 0.1  # projected tokens start quiet beside the soft words


@dataclass(frozen=True)
class ConnectorConfig:
    hidden: int = 576  # width of the language model
    tokens_per_view: int = TOKENS_PER_VIEW

    def to_json(self) -> dict:
        return asdict(self)


def soft_words(config: EncoderConfig) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The soft words of view A's tokens and of view B's. An encoder that knows turns says them in the place of how much
    the distance changed, which no question asks."""
    return SOFT_WORDS_WITH_TURN if config.turn_bins else SOFT_WORDS


def soft_word_texts(config: EncoderConfig) -> dict[str, list[str]]:
    """Soft word -> the text of each of its bins. Azimuth words have one bin more, the last one: not moved."""
    azimuth, elevation = config.azimuth_centres_deg(), config.elevation_centres_deg()
    ratios, turns = config.distance_centres_log(), config.turn_centres_deg()

    def signed(values: list[float], negative: str, zero: str, positive: str) -> list[str]:
        return [zero if v == 0 else positive if v > 0 else negative for v in values]

    def amount(value: float) -> str:
        return str(round(abs(value) / 5) * 5)

    texts = {
        "side": [*signed(azimuth, " left", " none", " right"), " none"],
        "azimuth": [*(amount(v) for v in azimuth), "0"],
        "moved": [" same", " moved"],
        "yaw": [*signed(azimuth, " right", " none", " left"), " none"],
        "vertical": signed(elevation, " down", " same", " up"),
        "elevation": [amount(v) for v in elevation],
        "nearness": signed(ratios, " closer", " same", " farther"),
        "distance": [amount(100 * (math.exp(v) - 1)) for v in ratios],
        "turn": signed(turns, " left", " none", " right"),
    }
    return {word: texts[word] for view in soft_words(config) for word in view}


def soft_word_probabilities(out: EncoderOutput) -> dict[str, torch.Tensor]:
    """Soft word -> probabilities over its bins, (B, bins)."""
    moved = out.moved.sigmoid()[:, None]
    azimuth = torch.cat([out.azimuth.softmax(-1) * moved, 1 - moved], -1)
    elevation, distance = out.elevation.softmax(-1), out.distance.softmax(-1)
    probabilities = {
        "side": azimuth,
        "azimuth": azimuth,
        "moved": torch.cat([1 - moved, moved], -1),
        "yaw": azimuth,
        "vertical": elevation,
        "elevation": elevation,
        "nearness": distance,
        "distance": distance,
    }
    return probabilities if out.turn is None else probabilities | {"turn": out.turn.softmax(-1)}


class Connector(nn.Module):
    """EncoderOutput -> image features (B, 2, T, hidden)."""

    def __init__(self, config: ConnectorConfig, encoder_config: EncoderConfig) -> None:
        super().__init__()
        self.config, self.encoder_config = config, encoder_config
        width, hidden = encoder_config.width, config.hidden
        self.norm = nn.LayerNorm(width)
        self.up = nn.Linear(width, hidden)
        self.out = nn.Linear(hidden, hidden)
        self.position = nn.Parameter(torch.zeros(2, config.tokens_per_view, hidden))
        texts = soft_word_texts(encoder_config)
        self.words = nn.ParameterDict({w: nn.Parameter(torch.randn(len(t), hidden) * 0.02) for w, t in texts.items()})
        pool = pooling_matrix(encoder_config.tokens_side, POOLED_SIDE)
        self.register_buffer("pool", pool, persistent=False)  # (9, N)

    @torch.no_grad()
    def start_from_words(self, embed: Callable[[str], torch.Tensor]) -> None:
        """Set every soft-word vector to the language model's embedding of its text; embed: text -> (hidden,)."""
        for word, texts in soft_word_texts(self.encoder_config).items():
            self.words[word].copy_(torch.stack([embed(text) for text in texts]))

    def forward(self, out: EncoderOutput) -> torch.Tensor:
        """Features of both views (B, 2, T, hidden), T = 1 class token + 9 pooled patches + 4 soft words.

        `out` must come from an encoder of the config given at the start: other sizes fail (RuntimeError).
        """
        seen = torch.cat([out.class_tokens[:, :, None], self.pool @ out.patches], 2)  # (B, 2, 1 + 9, D)
        seen = self.out(F.gelu(self.up(self.norm(seen)))) * PATCH_GAIN
        probabilities = soft_word_probabilities(out)
        words = [
            torch.stack([probabilities[w] @ self.words[w] for w in of_view], 1)
            for of_view in soft_words(self.encoder_config)
        ]  # 2 × (B, 4, hidden)
        return torch.cat([seen, torch.stack(words, 1)], 2) + self.position


def pooling_matrix(side: int, pooled: int) -> torch.Tensor:
    """Averages side × side tokens into pooled × pooled ones, windows as in adaptive pooling. (pooled², side²)"""
    one = torch.zeros(pooled, side)
    for i in range(pooled):
        start, stop = i * side // pooled, -((-(i + 1) * side) // pooled)
        one[i, start:stop] = 1 / (stop - start)
    return torch.kron(one, one)


class VisionEncoder(nn.Module):
    """What is exported: pixel_values (2, 3, S, S), view A then B -> image_features (2, T, hidden)."""

    def __init__(self, encoder: Encoder, connector: Connector) -> None:
        super().__init__()
        self.encoder, self.connector = encoder, connector

    def forward(self, pixel_values: torch.Tensor) -> torch.Tensor:
        return self.connector(encode_symmetric(self.encoder, pixel_values[0:1], pixel_values[1:2]))[0]
