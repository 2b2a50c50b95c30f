"""Muon: momentum whose matrices are made orthogonal before they are applied (Jordan et al. 2024, arXiv 2502.16982).

AdamW scales every weight by itself; Muon gives all directions of a matrix the same size, so that rare ones are learned
as fast as frequent ones. PyTorch's own (`torch.optim.Muon`) orthogonalizes in bfloat16, which a processor without
bfloat16 units emulates: 13 times slower than float32 here. This one computes in float32, and several processes share
the matrices among them.
"""

import math
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import nn

# Quintic Newton–Schulz iteration: singular values come to lie in 0.7…1.2 within five rounds, orthogonal enough.
COEFFICIENTS = (3.4445, -4.7750, 2.0315)
ROUNDS = 5
# The update's root mean square is brought to AdamW's usual one, so that both take the same learning rate (§2.2).
ADAMW_RMS = 0.2


def orthogonalized(matrix: torch.Tensor) -> torch.Tensor:
    """The nearest matrix with all singular values about 1: (M, N) -> (M, N), float32."""
    a, b, c = COEFFICIENTS
    is_tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if is_tall else matrix
    x = x / x.norm().clamp(min=1e-7)
    for _ in range(ROUNDS):
        gram = x @ x.T
        x = torch.addmm(x, torch.addmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
    return x.T if is_tall else x


class Muon(torch.optim.Optimizer):
    """Muon for matrices (2-D parameters; ValueError for others), with Nesterov momentum and decoupled weight decay.

    `share` is given this process's part of all updates in one flat vector, zeros elsewhere, and returns the sum over
    the processes; `part` is (index, count) of this process.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float,
        weight_decay: float,
        momentum: float = 0.95,
        part: tuple[int, int] = (0, 1),
        share: Callable[[torch.Tensor], torch.Tensor] = lambda flat: flat,
    ) -> None:
        super().__init__(params, {"lr": lr, "weight_decay": weight_decay, "momentum": momentum})
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.dim() != 2:
                    raise ValueError(f"Muon takes matrices, not a parameter of shape {tuple(parameter.shape)}")
        self.part, self.share = part, share

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:
        loss = closure() if closure else None
        entries = [(group, p) for group in self.param_groups for p in group["params"] if p.grad is not None]
        index, count = self.part
        updates = []
        for place, (group, parameter) in enumerate(entries):
            buffer = self.state[parameter].setdefault("momentum", torch.zeros_like(parameter))
            buffer.lerp_(parameter.grad, 1 - group["momentum"])
            if place % count == index:
                updates.append(orthogonalized(parameter.grad.lerp(buffer, group["momentum"])).reshape(-1))
            else:
                updates.append(torch.zeros(parameter.numel(), device=parameter.device))
        if not updates:
            return loss
        parts = self.share(torch.cat(updates)).split([p.numel() for _, p in entries])
        for (group, parameter), update in zip(entries, parts, strict=True):
            parameter.mul_(1 - group["lr"] * group["weight_decay"])
            size = ADAMW_RMS * math.sqrt(max(parameter.shape))
            parameter.add_(update.view_as(parameter), alpha=-group["lr"] * size)
        return loss


class Optimizers:
    """Several optimizers, each with parameters of its own, where a training loop expects one."""

    def __init__(self, *optimizers: torch.optim.Optimizer) -> None:
        self.optimizers = optimizers

    @property
    def param_groups(self) -> list[dict[str, Any]]:
        return [group for optimizer in self.optimizers for group in optimizer.param_groups]

    def zero_grad(self, set_to_none: bool = True) -> None:
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=set_to_none)

    def step(self) -> None:
        for optimizer in self.optimizers:
            optimizer.step()

    def state_dict(self) -> list[dict[str, Any]]:
        return [optimizer.state_dict() for optimizer in self.optimizers]

    def load_state_dict(self, states: list[dict[str, Any]]) -> None:
        """ValueError when the states are those of other optimizers."""
        if not isinstance(states, list) or len(states) != len(self.optimizers):
            raise ValueError("the checkpoint was written with other optimizers: resume with the same --optimizer")
        for optimizer, state in zip(self.optimizers, states, strict=True):
            optimizer.load_state_dict(state)


def hidden_matrices(module: nn.Module) -> list[nn.Parameter]:
    """Weights of the linear layers inside `module`: what Muon is for. Convolutions, norms and biases are not."""
    return [layer.weight for layer in module.modules() if isinstance(layer, nn.Linear)]
