"""Changes to a batch of pairs that multiply the variety of objects without changing what is true about the pair."""

import torch
import torch.nn.functional as F

from .data import PairBatch


def mirror(batch: PairBatch, which: torch.Tensor) -> None:
    """Mirror both pictures of the pairs in `which` (B,) bool: columns flip; x, Δ azimuth, turn change sign."""
    for name in ("a", "b"):
        images = getattr(batch, name)
        setattr(batch, name, torch.where(which[:, None, None, None], images.flip(-1), images))
    batch.azimuth_deg = torch.where(which, -batch.azimuth_deg, batch.azimuth_deg)
    batch.turned_deg = torch.where(which, -batch.turned_deg, batch.turned_deg)
    if batch.points is not None:
        flipped = batch.points.flip(3) * torch.tensor([-1.0, 1.0, 1.0])
        batch.points = torch.where(which[:, None, None, None, None], flipped, batch.points)
        batch.mask = torch.where(which[:, None, None, None], batch.mask.flip(3), batch.mask)


def recolour(batch: PairBatch, generator: torch.Generator) -> None:
    """Shuffle channels, scale and shift colours: the same for both views up to small differences. In place."""
    count = batch.a.shape[0]

    def uniform(shape: tuple[int, ...], low: float, high: float) -> torch.Tensor:
        return torch.rand(shape, generator=generator) * (high - low) + low

    order = torch.rand(count, 3, generator=generator).argsort(1)  # (B, 3)
    keep = torch.rand(count, generator=generator) < 0.5
    order = torch.where(keep[:, None], torch.arange(3), order)[:, :, None, None]
    gain, shift = uniform((count, 3, 1, 1), 0.8, 1.2), uniform((count, 1, 1, 1), -0.1, 0.1)
    contrast = uniform((count, 1, 1, 1), 0.9, 1.1)
    for name in ("a", "b"):
        images = getattr(batch, name)
        images = torch.gather(images, 1, order.expand_as(images))
        own = uniform((count, 1, 1, 1), 0.95, 1.05)
        images = ((images + 1) * gain * own - 1) * contrast + shift
        setattr(batch, name, images.clamp(-1, 1))


def roughen(batch: PairBatch, generator: torch.Generator, share: float = 0.25) -> None:
    """Slight blur or pixel noise on a share of the pairs. In place."""
    count = batch.a.shape[0]
    blurred = (torch.rand(count, generator=generator) < share / 2)[:, None, None, None]
    noisy = (torch.rand(count, generator=generator) < share / 2)[:, None, None, None]
    for name in ("a", "b"):
        images = getattr(batch, name)
        images = torch.where(blurred, F.avg_pool2d(images, 3, stride=1, padding=1, count_include_pad=False), images)
        if noisy.any():
            images = images + noisy * torch.randn(images.shape, generator=generator) * 0.04
        setattr(batch, name, images.clamp(-1, 1))


def augment(batch: PairBatch, generator: torch.Generator, repaint_share: float = 1.0) -> PairBatch:
    """Mirror half of the pairs; recolour the whole batch and roughen some of it, in this share of the batches."""
    mirror(batch, torch.rand(batch.a.shape[0], generator=generator) < 0.5)
    if torch.rand((), generator=generator) < repaint_share:
        recolour(batch, generator)
        roughen(batch, generator)
    return batch
