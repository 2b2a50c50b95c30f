"""Several questions about one pair in one sequence, masked from each other.

A row is a prefix (the image tokens) followed by segments. A segment sees the prefix and itself, nothing else, and its
positions restart after the prefix, so that every question is answered exactly as if it stood alone. A segment that does
not see the prefix (a letter drill) starts at position 0.
"""

from dataclasses import dataclass, replace

import torch

IGNORED = -100


@dataclass(frozen=True)
class Segment:
    """One exercise: prompt ids, then answer ids; only the answer is learned."""

    prompt: list[int]
    answer: list[int]
    sees_prefix: bool = True
    weight: float = 1.0  # of the whole answer in the loss
    kind: str = ""  # for logs
    early: tuple[int, int] | None = None  # place in the prompt, and what a middle layer shall know there


@dataclass
class PackedBatch:
    """B rows padded to length L."""

    ids: torch.Tensor  # (B, L)
    positions: torch.Tensor  # (B, L)
    mask: torch.Tensor  # (B, 1, L, L) bool, True = may look
    labels: torch.Tensor  # (B, L) IGNORED outside answers; labels[t] is the token at t, predicted from t − 1
    weights: torch.Tensor  # (B, L) loss weight of the label at t
    owner: torch.Tensor  # (B, L) index of the segment in `segments` of an answer token, else −1
    early: torch.Tensor  # (B, L) what a middle layer shall know at this place (early_answer.py), else IGNORED
    segments: list[Segment]

    def to(self, device: torch.device) -> "PackedBatch":
        """The same on `device`; itself where it is there already."""
        if self.ids.device == device:
            return self
        moved = {name: value.to(device) for name, value in vars(self).items() if isinstance(value, torch.Tensor)}
        return replace(self, **moved)


def pack(rows: list[tuple[list[int], list[Segment]]], pad_id: int) -> PackedBatch:
    """rows: (prefix ids, segments) each."""
    length = max(len(prefix) + sum(len(s.prompt) + len(s.answer) for s in segments) for prefix, segments in rows)
    shape = (len(rows), length)
    ids, positions = torch.full(shape, pad_id), torch.zeros(shape, dtype=torch.long)
    labels, weights = torch.full(shape, IGNORED), torch.zeros(shape)
    block = torch.full(shape, -1)  # 0 prefix, 1… segments, −1 padding
    sees = torch.zeros(shape, dtype=torch.bool)
    owner, early = torch.full(shape, -1), torch.full(shape, IGNORED)
    flat: list[Segment] = []
    for r, (prefix, segments) in enumerate(rows):
        at = len(prefix)
        ids[r, :at] = torch.tensor(prefix, dtype=torch.long)
        positions[r, :at] = torch.arange(at)
        block[r, :at] = 0
        for number, segment in enumerate(segments, start=1):
            tokens = segment.prompt + segment.answer
            stop, answer_at = at + len(tokens), at + len(segment.prompt)
            ids[r, at:stop] = torch.tensor(tokens)
            first = len(prefix) if segment.sees_prefix else 0
            positions[r, at:stop] = torch.arange(first, first + len(tokens))
            block[r, at:stop] = number
            sees[r, at:stop] = segment.sees_prefix
            if segment.answer:
                labels[r, answer_at:stop] = torch.tensor(segment.answer)
                weights[r, answer_at:stop] = segment.weight / len(segment.answer)
            owner[r, answer_at:stop] = len(flat)
            if segment.early:
                place, label = segment.early
                early[r, at + place] = label
            flat.append(segment)
            at = stop
    earlier = torch.ones(length, length, dtype=torch.bool).tril()
    same = block[:, :, None] == block[:, None, :]
    prefix_seen = sees[:, :, None] & (block == 0)[:, None, :]
    mask = earlier & (same | prefix_seen)
    return PackedBatch(ids, positions, mask[:, None], labels, weights, owner, early, flat)
