"""Poses from four looks at a pair: as it is, A and B exchanged, both mirrored, and both.

Exchanging the views negates the movement; mirroring the pictures negates its left and right. An encoder that had
learned geometry perfectly would obey both by itself; averaging the four looks makes it obey, so that asking the other
way round flips the answer, and answers a little better on objects it has never seen (training/LOG.md, "Four looks").
"""

from dataclasses import replace

import torch

from .encoder import Encoder, EncoderOutput


def _mean_logits(*logits: torch.Tensor) -> torch.Tensor:
    """Geometric mean of distributions: mean of log-probabilities, (B, bins)."""
    return torch.stack([one.log_softmax(-1) for one in logits]).mean(0)


def encode_symmetric(encoder: Encoder, a: torch.Tensor, b: torch.Tensor) -> EncoderOutput:
    """EncoderOutput of (a, b) whose pose heads are averaged over the four looks; tokens are those of the pair as it is.

    a, b (B, 3, S, S). Every head's bins are symmetric around 0, so negating a value reverses its bins.
    """
    batch = a.shape[0]
    mirrored_a, mirrored_b = a.flip(-1), b.flip(-1)
    out = encoder(
        torch.cat([a, b, mirrored_a, mirrored_b]), torch.cat([b, a, mirrored_b, mirrored_a]), with_points=False
    )
    azimuth = out.azimuth.split(batch)
    elevation = out.elevation.split(batch)
    distance = out.distance.split(batch)
    moved = torch.stack(out.moved.split(batch)).mean(0)
    turn = None if out.turn is None else out.turn.split(batch)
    return replace(
        out,
        class_tokens=out.class_tokens[:batch],
        patches=out.patches[:batch],
        azimuth=_mean_logits(azimuth[0], azimuth[1].flip(-1), azimuth[2].flip(-1), azimuth[3]),
        elevation=_mean_logits(elevation[0], elevation[1].flip(-1), elevation[2], elevation[3].flip(-1)),
        distance=_mean_logits(distance[0], distance[1].flip(-1), distance[2], distance[3].flip(-1)),
        moved=moved,
        turn=turn and _mean_logits(turn[0], turn[1].flip(-1), turn[2].flip(-1), turn[3]),
        matches=out.matches[:, :batch],
        refined=tuple(matches[:, :batch] for matches in out.refined),
        cameras=None if out.cameras is None else out.cameras[:batch],
        points=None,
    )
