"""Angles in degrees, and from which difference on two poses are different."""

from typing import TypeVar

import numpy as np
import torch

Angle = TypeVar("Angle", float, np.ndarray, torch.Tensor)

# Poses that went through a file, and through float32, are still the same: 180° in float32 is exact to 1.5e-5.
SAME_DEG = 1e-4
SAME_LOG = 1e-6


def wrap_deg(angle_deg: Angle) -> Angle:
    """Degrees to −180…180 (180 becomes −180); floats, numpy arrays or tensors of any shape."""
    return (angle_deg + 180) % 360 - 180
