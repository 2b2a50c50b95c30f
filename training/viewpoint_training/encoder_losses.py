"""What the encoder learns from: matching, dense points, relative pose, and whether the camera moved at all."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F

from .data import PairBatch
from .encoder import CAMERA_UNITS, EncoderConfig, EncoderOutput

MATCH_RADIUS_M = 0.08  # two visible points closer than this are the same point of the surface
NOWHERE_M = 1e3
AZIMUTH_SOFTNESS_DEG = 8.0
ELEVATION_SOFTNESS_DEG = 3.0
DISTANCE_SOFTNESS_LOG = 0.03
TURN_SOFTNESS_DEG = 1.5
# Weights of the terms, by the names of EncoderLosses.terms.
WEIGHTS = {
    "match": 0.3,
    "azimuth": 1.0,
    "elevation": 1.0,
    "distance": 0.5,
    "moved": 0.3,
    "turn": 0.3,
    "cameras": 0.5,
    "points": 2.0,
    "mask": 0.3,
    "refined": 0.5,
}


@dataclass
class EncoderLosses:
    total: torch.Tensor
    # Unweighted values by name, plus the shares "matchAccuracy" and, of the last matching when there are several,
    # "refinedAccuracy". "refined" is the mean over the later matchings.
    terms: dict[str, float]


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


def true_matches(points: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Every cell's nearest cell in the other view, (2, B, C), and whether both show the same point, (2, B, C) bool.

    points (B, 2, C, 3), mask (B, 2, C); A's cells first.
    """
    # Cells that show nothing are put out of everybody's reach, those of A and B at opposite ends.
    away = torch.tensor([NOWHERE_M, -NOWHERE_M], device=points.device).view(1, 2, 1, 1)
    a, b = torch.where(mask[..., None], points, away).unbind(1)
    gap = torch.cdist(a, b)  # (B, C, C)
    of_a, of_b = gap.min(2), gap.min(1)
    index = torch.stack([of_a.indices, of_b.indices])
    return index, torch.stack([of_a.values, of_b.values]) < MATCH_RADIUS_M


def match_loss(matches: torch.Tensor, index: torch.Tensor, seen: torch.Tensor) -> tuple[torch.Tensor, float]:
    """Cross entropy of every visible cell's true match, summed over both directions, and the share matched.

    matches (2, B, C, C) log-probabilities; index and seen (2, B, C) from `true_matches`.
    """
    chosen = matches.gather(-1, index[..., None])[..., 0]  # (2, B, C)
    count = seen.flatten(1).sum(1)  # (2,)
    loss = -((chosen * seen).flatten(1).sum(1) / count.clamp(min=1)).sum()
    hits = (matches.detach().argmax(-1) == index)[seen].sum().item()
    return loss, hits / max(count.sum().item(), 1)


def encoder_losses(out: EncoderOutput, batch: PairBatch, config: EncoderConfig) -> EncoderLosses:
    """All terms of one batch. The azimuth bins leave out pairs that did not move, for which the "moved" head speaks,
    and those whose side nobody can tell."""
    moved = batch.moved.float()
    has_azimuth = moved if batch.has_side is None else moved * batch.has_side
    device = out.azimuth.device
    azimuth_centres_deg = torch.tensor(config.azimuth_centres_deg(), device=device)
    elevation_centres_deg = torch.tensor(config.elevation_centres_deg(), device=device)
    distance_centres_log = torch.tensor(config.distance_centres_log(), device=device)
    cells = config.grid**2
    points = batch.points.reshape(batch.points.shape[0], 2, cells, 3)
    mask = batch.mask.reshape(batch.mask.shape[0], 2, cells)
    true = true_matches(points, mask)
    match, accuracy = match_loss(out.matches, *true)
    terms = {
        "match": match,
        "azimuth": soft_cross_entropy(
            out.azimuth, soft_targets(batch.azimuth_deg, azimuth_centres_deg, AZIMUTH_SOFTNESS_DEG, 360.0), has_azimuth
        ),
        "elevation": soft_cross_entropy(
            out.elevation, soft_targets(batch.elevation_deg, elevation_centres_deg, ELEVATION_SOFTNESS_DEG)
        ),
        "distance": soft_cross_entropy(
            out.distance, soft_targets(batch.distance_log, distance_centres_log, DISTANCE_SOFTNESS_LOG)
        ),
        "moved": F.binary_cross_entropy_with_logits(out.moved, moved),
        "points": (out.points[..., :3] - points)[mask].norm(dim=-1).mean(),
        "mask": F.binary_cross_entropy_with_logits(out.points[..., 3], mask.float()),
    }
    if out.turn is not None:
        turn_centres_deg = torch.tensor(config.turn_centres_deg(), device=device)
        target = soft_targets(batch.turned_deg, turn_centres_deg, TURN_SOFTNESS_DEG)
        terms["turn"] = soft_cross_entropy(out.turn, target)
    if out.cameras is not None:
        terms["cameras"] = (out.cameras - batch.cameras / torch.tensor(CAMERA_UNITS, device=device)).abs().mean()
    if out.refined:
        losses, accuracies = zip(*(match_loss(matches, *true) for matches in out.refined), strict=True)
        terms["refined"] = torch.stack(losses).mean()
    total = sum(WEIGHTS[name] * value for name, value in terms.items())
    values = {name: value.item() for name, value in terms.items()} | {"matchAccuracy": accuracy}
    if out.refined:
        values["refinedAccuracy"] = accuracies[-1]
    return EncoderLosses(total, values)
