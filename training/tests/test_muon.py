"""Muon's updates, and several optimizers in the place of one."""

import pytest
import torch
from torch import nn

from viewpoint_training.muon import ADAMW_RMS, Muon, Optimizers, hidden_matrices, orthogonalized


@pytest.mark.parametrize("shape", [(12, 12), (12, 40), (40, 12)])
def test_singular_values_become_about_one(shape: tuple[int, int]) -> None:
    torch.manual_seed(0)
    matrix = torch.randn(shape) @ torch.diag(torch.logspace(-1, 1, shape[1]))
    values = torch.linalg.svdvals(orthogonalized(matrix))
    assert values.min() > 0.6 and values.max() < 1.3


def test_an_update_has_adamws_size_whatever_the_gradient() -> None:
    for scale in (1e-3, 1e3):
        torch.manual_seed(0)
        matrix = nn.Parameter(torch.zeros(16, 64))
        optimizer = Muon([matrix], lr=0.01, weight_decay=0.0)
        matrix.grad = torch.randn(16, 64) * scale
        optimizer.step()
        rms = matrix.detach().square().mean().sqrt().item()
        assert rms == pytest.approx(0.01 * ADAMW_RMS, rel=0.25)


def test_it_fits_a_linear_map() -> None:
    torch.manual_seed(0)
    layer, truth, x = nn.Linear(8, 8, bias=False), torch.randn(8, 8), torch.randn(64, 8)
    optimizer = Muon(hidden_matrices(layer), lr=0.2, weight_decay=0.0)
    losses = []
    for step in range(200):
        optimizer.param_groups[0]["lr"] = 0.2 * (1 - step / 200)
        loss = (layer(x) - x @ truth.T).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] / 100


def test_processes_share_the_matrices_and_agree() -> None:
    def run(part: tuple[int, int], others: list[torch.Tensor]) -> tuple[list[nn.Parameter], list[torch.Tensor]]:
        torch.manual_seed(0)
        matrices = [nn.Parameter(torch.randn(4, 6)) for _ in range(3)]
        sent: list[torch.Tensor] = []

        def share(flat: torch.Tensor) -> torch.Tensor:
            sent.append(flat)
            return flat + sum(others)

        optimizer = Muon(matrices, lr=0.1, weight_decay=0.01, part=part, share=share)
        for matrix in matrices:
            matrix.grad = torch.randn(4, 6)
        optimizer.step()
        return matrices, sent

    alone, _ = run((0, 1), [])
    _, from_second = run((1, 2), [])
    together, from_first = run((0, 2), from_second)
    assert (from_first[0] == 0).any() and (from_second[0] == 0).any()
    for one, other in zip(alone, together, strict=True):
        torch.testing.assert_close(one, other)


def test_vectors_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\(4,\)"):
        Muon([nn.Parameter(torch.zeros(4))], lr=0.1, weight_decay=0.0)


def test_several_optimizers_resume_together() -> None:
    first, second = nn.Parameter(torch.ones(2, 2)), nn.Parameter(torch.ones(3))

    def make() -> Optimizers:
        return Optimizers(torch.optim.AdamW([second], lr=0.1), Muon([first], lr=0.1, weight_decay=0.0))

    optimizers = make()
    assert len(optimizers.param_groups) == 2
    first.grad, second.grad = torch.randn(2, 2), torch.randn(3)
    optimizers.step()
    again = make()
    again.load_state_dict(optimizers.state_dict())
    torch.testing.assert_close(
        again.optimizers[1].state[first]["momentum"], optimizers.optimizers[1].state[first]["momentum"]
    )
    optimizers.zero_grad()
    assert first.grad is None and second.grad is None
    with pytest.raises(ValueError, match="--optimizer"):
        Optimizers(torch.optim.AdamW([second], lr=0.1)).load_state_dict(optimizers.state_dict())
