"""What the encoder learns from: matching, dense points, relative pose, and whether the camera moved at all."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F

from .data import PairBatch
from .encoder import EncoderConfig, EncoderOutput

MATCH_RADIUS_M = 0.08  # two visible points closer than this are the same point of the surface
AZIMUTH_SOFTNESS_DEG = 8.0
ELEVATION_SOFTNESS_DEG = 3.0
DISTANCE_SOFTNESS_LOG = 0.03
# Weights of the terms, in the order of EncoderLosses.
WEIGHTS = {
    "match": 0.3,
    "azimuth": 1.0,
    "elevation": 0.25,
    "distance": 0.15,
    "moved": 0.3,
    "points": 2.0,
    "mask": 0.3,
    "refined": 0.5,
}


@dataclass
class EncoderLosses:
    total: torch.Tensor
    terms: dict[str, float]  # unweighted values by name, plus "matchAccuracy"


def soft_targets(
    value: torch.Tensor, centres: torch.Tensor, softness: float, period: float | None = None
) -> torch.Tensor:
    """Probabilities (B, bins) that fall off with the distance between value (B,) and bin centre."""
    gap = value[:, None] - centres
    if period is not None:
        gap = (gap + period / 2) % period - period / 2
    return torch.softmax(-((gap / softness) ** 2) / 2, -1)


def soft_cross_entropy(logits: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None) -> torch.Tensor:
    """Mean over the batch of the cross entropy with probabilities; `weight` (B,) leaves rows out."""
    each = -(target * logits.log_softmax(-1)).sum(-1)
    return each.mean() if weight is None else (each * weight).sum() / weight.sum().clamp(min=1)


def match_loss(correlation: torch.Tensor, points: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, float]:
    """Cross entropy of every visible cell's true match in the other view, both directions, and the share matched.

    correlation (B, C, C) logits; points (B, 2, C, 3); mask (B, 2, C).
    """
    gap = torch.cdist(points[:, 0], points[:, 1])  # (B, C, C)
    gap = gap.masked_fill(~(mask[:, 0, :, None] & mask[:, 1, None, :]), torch.inf)
    loss, hits, total = correlation.sum() * 0, 0.0, 0
    for logits, distances in ((correlation, gap), (correlation.transpose(1, 2), gap.transpose(1, 2))):
        nearest = distances.min(-1)
        seen = nearest.values < MATCH_RADIUS_M  # (B, C)
        if seen.any():
            rows = logits[seen]
            loss = loss + F.cross_entropy(rows, nearest.indices[seen])
            hits += (rows.argmax(-1) == nearest.indices[seen]).sum().item()
            total += rows.shape[0]
    return loss, hits / max(total, 1)


def encoder_losses(out: EncoderOutput, batch: PairBatch, config: EncoderConfig) -> EncoderLosses:
    """All terms of one batch. Pairs that did not move leave the azimuth bins out: the "moved" head speaks for them."""
    moved = batch.moved.float()
    azimuth = torch.tensor(config.azimuth_centres_deg())
    elevation = torch.tensor(config.elevation_centres_deg())
    distance = torch.tensor(config.distance_centres_log())
    cells = config.grid**2
    points = batch.points.reshape(batch.points.shape[0], 2, cells, 3)
    mask = batch.mask.reshape(batch.mask.shape[0], 2, cells)
    match, accuracy = match_loss(out.correlation, points, mask)
    terms = {
        "match": match,
        "azimuth": soft_cross_entropy(
            out.azimuth, soft_targets(batch.azimuth_deg, azimuth, AZIMUTH_SOFTNESS_DEG, 360.0), moved
        ),
        "elevation": soft_cross_entropy(
            out.elevation, soft_targets(batch.elevation_deg, elevation, ELEVATION_SOFTNESS_DEG)
        ),
        "distance": soft_cross_entropy(out.distance, soft_targets(batch.distance_log, distance, DISTANCE_SOFTNESS_LOG)),
        "moved": F.binary_cross_entropy_with_logits(out.moved, moved),
        "points": (out.points[..., :3] - points)[mask].norm(dim=-1).mean(),
        "mask": F.binary_cross_entropy_with_logits(out.points[..., 3], mask.float()),
    }
    if out.refined is not None:
        terms["refined"], refined_accuracy = match_loss(out.refined, points, mask)
    total = sum(WEIGHTS[name] * value for name, value in terms.items())
    values = {name: value.item() for name, value in terms.items()} | {"matchAccuracy": accuracy}
    if out.refined is not None:
        values["refinedAccuracy"] = refined_accuracy
    return EncoderLosses(total, values)
