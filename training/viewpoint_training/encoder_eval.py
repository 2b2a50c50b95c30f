"""How well the encoder's own heads know the pose, on pairs of the evaluation's range."""

import numpy as np
import torch

from .angles import wrap_deg
from .data import PairRule, ViewSet, draw_pairs, load_pairs
from .encoder import Encoder, decode_pose
from .movement import RISE_MIN_DEG
from .symmetry import encode_symmetric

EVALUATION_RULE = PairRule(min_azimuth_deg=20, max_azimuth_deg=100, max_elevation_deg=15)


@torch.no_grad()
def evaluate_encoder(encoder: Encoder, views: ViewSet, count: int, seed: int = 1, batch: int = 32) -> dict[str, float]:
    """Left/right and up/down accuracy (percent), median azimuth error (degrees), and "moved" told from still."""
    rng = np.random.default_rng(seed)
    still_rule = PairRule(still_share=1.0)
    side, averaged, error, rises, moved, still = [], [], [], [], [], []
    was_training = encoder.training
    encoder.eval()
    for start in range(0, count, batch):
        first, second = draw_pairs(views, min(batch, count - start), EVALUATION_RULE, rng)
        pairs = load_pairs(views, first, second, with_points=False)
        pose = decode_pose(encoder(pairs.a, pairs.b, with_points=False), encoder.config)
        side.append(pose.azimuth_deg.sign() == pairs.azimuth_deg.sign())
        error.append(wrap_deg(pose.azimuth_deg - pairs.azimuth_deg).abs())
        clear = pairs.elevation_deg.abs() >= RISE_MIN_DEG
        rises.append((pose.elevation_deg.sign() == pairs.elevation_deg.sign())[clear])
        moved.append(pose.moved)
        four = decode_pose(encode_symmetric(encoder, pairs.a, pairs.b), encoder.config)
        averaged.append(four.azimuth_deg.sign() == pairs.azimuth_deg.sign())
        first, second = draw_pairs(views, max(4, batch // 4), still_rule, rng)
        pairs = load_pairs(views, first, second, with_points=False)
        still.append(~decode_pose(encoder(pairs.a, pairs.b, with_points=False), encoder.config).moved)
    encoder.train(was_training)
    percent = {"leftRight": side, "leftRightFourLooks": averaged, "upDown": rises, "moved": moved, "still": still}
    report = {name: 100 * torch.cat(hits).float().mean().item() for name, hits in percent.items()}
    return report | {"medianErrorDeg": torch.cat(error).median().item()}
