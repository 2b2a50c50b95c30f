"""True matches and their loss, against the plain way to say the same."""

import torch
import torch.nn.functional as F

from viewpoint_training.encoder_losses import MATCH_RADIUS_M, match_loss, true_matches


def test_matches_and_loss_are_those_of_visible_cells_alone() -> None:
    torch.manual_seed(0)
    batch, cells = 3, 40
    points = torch.randn(batch, 2, cells, 3) * 0.2
    mask = torch.rand(batch, 2, cells) < 0.7
    points[:, 1, :20] = points[:, 0, 20:] + 0.01  # some truly the same
    logits = torch.randn(batch, cells, cells)
    index, seen = true_matches(points, mask)
    loss, accuracy = match_loss(torch.stack([logits, logits.transpose(1, 2)]).log_softmax(-1), index, seen)

    gap = torch.cdist(points[:, 0], points[:, 1])
    gap = gap.masked_fill(~(mask[:, 0, :, None] & mask[:, 1, None, :]), torch.inf)
    expected, hits, total = 0.0, 0, 0
    for direction, (rows, distances) in enumerate(((logits, gap), (logits.transpose(1, 2), gap.transpose(1, 2)))):
        nearest = distances.min(-1)
        visible = nearest.values < MATCH_RADIUS_M
        assert torch.equal(seen[direction], visible) and 0 < visible.sum() < visible.numel()
        assert torch.equal(index[direction][visible], nearest.indices[visible])
        expected += F.cross_entropy(rows[visible], nearest.indices[visible])
        hits += (rows[visible].argmax(-1) == nearest.indices[visible]).sum().item()
        total += visible.sum().item()
    torch.testing.assert_close(loss, expected)
    assert accuracy == hits / total


def test_nothing_seen_costs_nothing() -> None:
    points, mask = torch.zeros(1, 2, 4, 3), torch.zeros(1, 2, 4, dtype=torch.bool)
    matches = torch.zeros(2, 1, 4, 4).log_softmax(-1).requires_grad_()
    loss, accuracy = match_loss(matches, *true_matches(points, mask))
    assert loss.item() == 0 and accuracy == 0
