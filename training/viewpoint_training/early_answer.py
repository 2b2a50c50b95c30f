"""The answer before the options: a middle layer is taught to know it where the stem ends.

A letter takes two steps: what is the answer, and beside which letter does it stand? The second was learned from drills,
whose stem is the answer itself. Where the first is only finished in the last layers (answers in words ask for no more),
no layer is left for the second: letters then follow a question's options and not its stem. A linear head on a middle
layer asks for the first step in time (deep supervision, Lee et al., arXiv 1409.5185). It learns with the language model
and is not exported.
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import nn

from .language_model import TextCodec
from .packing import IGNORED, PackedBatch
from .prompts import Prompts
from .questions import MAGNITUDE_RANGE_DEG, Question

# An angle's label is its nearest multiple of this: about what the encoder tells apart.
ANGLE_STEP_DEG = 10


class EarlyAnswers:
    """Which answers a head can say (`keys`), and where in a prompt it is asked."""

    def __init__(self, prompts: Prompts, codec: TextCodec, families: Sequence[str]) -> None:
        self.codec = codec
        self.options = {
            family: {text: key for key, text in prompts.option_texts(family).items()}
            for family in families
            if family in prompts.with_fixed_options()
        }
        self.keys: list[str | int] = sorted({key for keys in self.options.values() for key in keys.values()})
        if "magnitude" in families:
            low, high = (angle_key(bound) for bound in MAGNITUDE_RANGE_DEG)
            self.keys += [sign * size for size in range(low, high + 1, ANGLE_STEP_DEG) for sign in (-1, 1)]

    def find(self, question: Question, stem_text: str, prompt: list[int]) -> tuple[int, int]:
        """Place of the stem's last token in the prompt, and the index of the right key: an option's, or the angle in
        steps. ValueError when the prompt cuts the stem into other tokens."""
        stem = self.codec.encode(stem_text)
        if prompt[: len(stem)] != stem:
            raise ValueError(f"{stem_text!r} is cut into other tokens beside what follows it")
        if question.angle_deg is None:
            key = self.options[question.family][question.right]
        else:
            key = angle_key(question.angle_deg)
        return len(stem) - 1, self.keys.index(key)


def angle_key(angle_deg: float) -> int:
    return round(angle_deg / ANGLE_STEP_DEG) * ANGLE_STEP_DEG


class EarlyHead(nn.Module):
    """Linear head on the hidden states after layer `layer`, counted from 1."""

    def __init__(self, hidden: int, answers: int, layer: int) -> None:
        super().__init__()
        self.layer = layer
        self.linear = nn.Linear(hidden, answers)

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        """(N, hidden) -> logits (N, answers), whatever the states' size."""
        return self.linear(F.rms_norm(hidden.float(), hidden.shape[-1:]))


def early_loss(
    head: EarlyHead, states: tuple[torch.Tensor, ...], packed: PackedBatch
) -> tuple[torch.Tensor, dict[str, list[bool]]]:
    """Mean cross entropy where stems end, and "family/early" -> was the right answer the first choice.

    states[i] (B, L, hidden) are the hidden states after layer i.
    """
    where = packed.early != IGNORED
    labels = packed.early[where]
    right: dict[str, list[bool]] = {}
    if not len(labels):
        return states[0].new_zeros(()), right
    logits = head(states[head.layer][where])
    asked = [segment.kind.split("/")[0] for segment in packed.segments if segment.early]
    for family, hit in zip(asked, (logits.argmax(-1) == labels).tolist(), strict=True):
        right.setdefault(f"{family}/early", []).append(hit)
    return F.cross_entropy(logits, labels), right
