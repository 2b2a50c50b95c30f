"""A tiny random model, ready for the export."""

from pathlib import Path

import torch
from test_language_model import SPECIALS, small_description
from torch import nn

from viewpoint_training.export.package import Source
from viewpoint_training.language_model import Base, prune_vocabulary, tiny_language_model, write_tokenizer
from viewpoint_training.prompts import Prompts

IMAGE_SIZE_PX = 16
TOKENS_PER_VIEW = 3
HIDDEN = 64


class TinyTower(nn.Module):
    """Stands for encoder and connector."""

    def __init__(self) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(3, 4, 4, stride=4)
        self.out = nn.Linear(4 * 16, TOKENS_PER_VIEW * HIDDEN)

    def forward(self, pixel_values: torch.Tensor) -> torch.Tensor:
        seen = torch.relu(self.convolution(pixel_values)).flatten(1)  # [2, 64]
        return self.out(seen).view(2, TOKENS_PER_VIEW, HIDDEN)


def tiny_source(tokenizer_folder: Path) -> Source:
    """A random model of two layers whose tokenizer is written into `tokenizer_folder`."""
    torch.manual_seed(0)
    prompts, description = Prompts.load(), small_description()
    base = Base(tiny_language_model(len(description["model"]["vocab"]), hidden=HIDDEN), description)
    prune_vocabulary(base, len(SPECIALS) + 256 + 2, prompts.image_token)
    write_tokenizer(base.tokenizer, tokenizer_folder, prompts.image_token, TOKENS_PER_VIEW, max_positions=1024)
    return Source(
        llama=base.model.eval(),
        tower=TinyTower().eval(),
        tokenizer_folder=tokenizer_folder,
        prompts=prompts,
        image_size_px=IMAGE_SIZE_PX,
        image_mean=[0.5, 0.5, 0.5],
        image_std=[0.5, 0.5, 0.5],
        image_tokens_per_view=TOKENS_PER_VIEW,
        training_commit="0" * 40,
    )
