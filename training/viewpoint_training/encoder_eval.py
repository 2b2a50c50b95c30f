"""How well the encoder's own heads know the pose, on pairs of the evaluation's range."""

import numpy as np
import torch

from .data import PairRule, ViewSet, draw_pairs, load_pairs
from .encoder import Encoder, expected_azimuth_deg
from .symmetry import encode_symmetric

EVALUATION_RULE = PairRule(min_azimuth_deg=20, max_azimuth_deg=100, max_elevation_deg=15)


@torch.no_grad()
def evaluate_encoder(encoder: Encoder, views: ViewSet, count: int, seed: int = 1, batch: int = 32) -> dict[str, float]:
    """Left/right and up/down accuracy (percent), median azimuth error (degrees), and "moved" told from still."""
    rng = np.random.default_rng(seed)
    centres = torch.tensor(encoder.config.azimuth_centres_deg())
    elevations = torch.tensor(encoder.config.elevation_centres_deg())
    still_rule = PairRule(still_share=1.0)
    side, averaged, error, rises, moved, still = [], [], [], [], [], []
    was_training = encoder.training
    encoder.eval()
    for start in range(0, count, batch):
        first, second = draw_pairs(views, min(batch, count - start), EVALUATION_RULE, rng)
        pairs = load_pairs(views, first, second, with_points=False)
        out = encoder(pairs.a, pairs.b, with_points=False)
        guess = expected_azimuth_deg(out.azimuth, centres)
        side.append(guess.sign() == pairs.azimuth_deg.sign())
        error.append(((guess - pairs.azimuth_deg + 180) % 360 - 180).abs())
        clear = pairs.elevation_deg.abs() >= 8
        rise = (out.elevation.softmax(-1) * elevations).sum(-1)
        rises.append((rise.sign() == pairs.elevation_deg.sign())[clear])
        moved.append(out.moved > 0)
        four = encode_symmetric(encoder, pairs.a, pairs.b)
        averaged.append(expected_azimuth_deg(four.azimuth, centres).sign() == pairs.azimuth_deg.sign())
        first, second = draw_pairs(views, max(4, batch // 4), still_rule, rng)
        pairs = load_pairs(views, first, second, with_points=False)
        still.append(encoder(pairs.a, pairs.b, with_points=False).moved < 0)
    encoder.train(was_training)
    percent = {"leftRight": side, "leftRightFourLooks": averaged, "upDown": rises, "moved": moved, "still": still}
    report = {name: 100 * torch.cat(hits).float().mean().item() for name, hits in percent.items()}
    return report | {"medianErrorDeg": torch.cat(error).median().item()}
