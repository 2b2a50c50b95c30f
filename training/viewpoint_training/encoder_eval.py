"""How well the encoder's own heads know the pose, on pairs of the evaluation's range."""

import numpy as np
import torch

from .angles import wrap_deg
from .data import PairRule, ViewSet, draw_pairs, load_pairs
from .encoder import Encoder, EncoderConfig, EncoderOutput, decode_pose
from .family_pairs import FamilyPairs, draw_family_pairs, view_indices
from .movement import RISE_MIN_DEG, answer_codes
from .symmetry import encode_symmetric

EVALUATION_RULE = PairRule(min_azimuth_deg=20, max_azimuth_deg=100, max_elevation_deg=15)


@torch.no_grad()
def evaluate_encoder(encoder: Encoder, views: ViewSet, count: int, seed: int = 1, batch: int = 32) -> dict[str, float]:
    """Left/right and up/down accuracy (percent), median azimuth error (degrees), and "moved" told from still. Nothing
    for a count of 0."""
    if count == 0:
        return {}
    rng = np.random.default_rng(seed)
    still_rule = PairRule(still_share=1.0)
    side, averaged, error, rises, moved, still = [], [], [], [], [], []
    was_training = encoder.training
    encoder.eval()
    for start in range(0, count, batch):
        first, second = draw_pairs(views, min(batch, count - start), EVALUATION_RULE, rng)
        pairs = load_pairs(views, first, second, with_points=False).to(encoder.device)
        pose = decode_pose(encoder(pairs.a, pairs.b, with_points=False), encoder.config)
        side.append(pose.azimuth_deg.sign() == pairs.azimuth_deg.sign())
        error.append(wrap_deg(pose.azimuth_deg - pairs.azimuth_deg).abs())
        clear = pairs.elevation_deg.abs() >= RISE_MIN_DEG
        rises.append((pose.elevation_deg.sign() == pairs.elevation_deg.sign())[clear])
        moved.append(pose.moved)
        four = decode_pose(encode_symmetric(encoder, pairs.a, pairs.b), encoder.config)
        averaged.append(four.azimuth_deg.sign() == pairs.azimuth_deg.sign())
        first, second = draw_pairs(views, max(4, batch // 4), still_rule, rng)
        pairs = load_pairs(views, first, second, with_points=False).to(encoder.device)
        still.append(~decode_pose(encoder(pairs.a, pairs.b, with_points=False), encoder.config).moved)
    encoder.train(was_training)
    percent = {"leftRight": side, "leftRightFourLooks": averaged, "upDown": rises, "moved": moved, "still": still}
    report = {name: 100 * torch.cat(hits).float().mean().item() for name, hits in percent.items()}
    return report | {"medianErrorDeg": torch.cat(error).median().item()}


def head_codes(out: EncoderOutput, config: EncoderConfig) -> dict[str, torch.Tensor]:
    """Family -> the codes (movement.KEYS) that the heads answer with, (B,)."""

    def likeliest(logits: torch.Tensor, centres: list[float]) -> torch.Tensor:
        """−1, 0 or 1: the sign whose bins hold most of the probability."""
        probability, sign = logits.softmax(-1), torch.tensor(centres, device=logits.device).sign()
        shares = torch.stack([(probability * (sign == value)).sum(-1) for value in (-1, 0, 1)], -1)
        return shares.argmax(-1) - 1

    codes = {
        "vertical": likeliest(out.elevation, config.elevation_centres_deg()),
        "distance": likeliest(out.distance, config.distance_centres_log()),
    }
    if out.turn is not None:
        turn = likeliest(out.turn, config.turn_centres_deg())
        side = likeliest(out.azimuth, config.azimuth_centres_deg())
        codes["decoupled"] = torch.where(out.moved > 0, side, 2 * turn)
    return codes


@torch.no_grad()
def evaluate_families(encoder: Encoder, source: FamilyPairs, count: int, seed: int = 1, batch: int = 32) -> dict:
    """Accuracy (percent) of the heads by family on balanced pairs, `count` a family and four looks; of `decoupled` also
    whether the position was known to have changed."""
    rng, was_training = np.random.default_rng(seed), encoder.training
    encoder.eval()
    hits: dict[str, list[bool]] = {}
    for family in ("vertical", "distance", "decoupled"):
        for start in range(0, count, batch):
            drawn = draw_family_pairs(source, [family], [1.0], min(batch, count - start), rng)
            first, second = view_indices(drawn)
            pairs = load_pairs(source.views, first, second, with_points=False).to(encoder.device)
            out = encode_symmetric(encoder, pairs.a, pairs.b)
            found, right = head_codes(out, encoder.config), answer_codes(family, source.movement(first, second))
            if family in found:
                hits.setdefault(family, []).extend((found[family].cpu().numpy() == right).tolist())
            if family == "decoupled":
                hits.setdefault("decoupledMoved", []).extend(((out.moved > 0) == pairs.moved).tolist())
    encoder.train(was_training)
    return {name: 100 * float(np.mean(values)) for name, values in hits.items()}
