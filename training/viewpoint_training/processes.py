"""The processes of one training run: a single one, or as many as `accelerate launch` started.

Every process draws the same global batch from the same seed and computes on its own rows of it; gradients are averaged
before the optimizer steps, so weights stay equal everywhere. Clocks differ, so the main process decides what depends on
time, and it alone writes logs and checkpoints. With one process every method hands back what it was given.

  accelerate launch --multi_gpu --num_processes 2 scripts/train_encoder.py …

The flag is the launcher's name for "several processes, through torchrun"; where there is no GPU the stages compute on
the CPU all the same. Its --cpu starts several processes through MPI only, and a single one, silently, where MPI is
missing.

Batches are drawn and augmented on the CPU, so that random streams are the same on every device, and moved to the
process's own.
"""

import os
import warnings
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import fields
from datetime import timedelta

import torch
import torch.distributed as dist
from accelerate import PartialState
from accelerate.utils import gather_object

from .data import PairBatch

# The others wait at the next exchange while the main process evaluates and saves.
WAIT = timedelta(hours=2)


DEVICES = ("auto", "cpu", "cuda")  # choices of a stage's --device
DEVICE_HELP = "cuda: the GPU of LOCAL_RANK; auto: that where there is one, else the CPU"


def uses_cuda(device: str) -> bool:
    """Whether a --device means a GPU on this machine; ValueError for one that is not there, and for fewer GPUs than
    processes."""
    is_there = torch.cuda.is_available()
    if device == "cuda" and not is_there:
        raise ValueError("--device cuda: torch sees no GPU here; take cpu, or install torch for CUDA")
    is_kept_off = device == "cpu" or (device == "auto" and os.environ.get("ACCELERATE_USE_CPU") == "True")
    if not is_there or is_kept_off:
        return False
    count, gpus = int(os.environ.get("LOCAL_WORLD_SIZE", 1)), torch.cuda.device_count()
    if 0 < gpus < count:
        raise ValueError(
            f"{count} processes, and torch sees {gpus} GPU{'' if gpus == 1 else 's'}: nccl wants one for each. Start "
            "as many processes as GPUs (the recipes: PROCESSES=), or compute on the CPU (--device cpu; DEVICE=cpu)"
        )
    return True


class Processes:
    """Collective operations of a run, and the device of this process. Tensors on the CPU go through gloo, others
    through nccl."""

    def __init__(self, device: str = "cpu") -> None:
        is_cuda = uses_cuda(device)
        options = {"backend": "cuda:nccl,cpu:gloo"} if is_cuda and "LOCAL_RANK" in os.environ else {}
        state = PartialState(cpu=not is_cuda, timeout=WAIT, **options)
        self.device = state.device
        self.count, self.index, self.is_main = state.num_processes, state.process_index, state.is_main_process
        self._state = state
        # The launcher names an address only for several processes.
        if self.count == 1 and os.environ.get("ACCELERATE_USE_CPU") == "True" and "MASTER_ADDR" in os.environ:
            warnings.warn(
                "accelerate's --cpu started one process only (several need MPI: --mpirun_hostfile); the run goes on "
                "alone. Launch with --multi_gpu --num_processes N instead, on the CPU too.",
                stacklevel=2,
            )

    def rows(self, batch: int, option: str = "--batch") -> slice:
        """This process's rows of a global batch of `batch`, the value of `option`.

        Raises ValueError if they cannot be shared evenly.
        """
        if batch % self.count:
            raise ValueError(f"{option} {batch} cannot be shared by {self.count} processes: choose a multiple")
        size = batch // self.count
        return slice(self.index * size, (self.index + 1) * size)

    def own(self, pairs: PairBatch) -> PairBatch:
        """This process's pairs of the global batch, on its device."""
        if self.count == 1:
            return pairs.to(self.device)
        rows = self.rows(pairs.a.shape[0])
        values = {field.name: getattr(pairs, field.name) for field in fields(pairs)}
        own = PairBatch(**{name: value if value is None else value[rows] for name, value in values.items()})
        return own.to(self.device)

    def from_main(self, value: float) -> float:
        """The main process's value, for whatever depends on a clock."""
        if self.count == 1:
            return value
        shared = torch.tensor([value], dtype=torch.float64)
        dist.broadcast(shared, src=0)
        return shared.item()

    def sum(self, value: torch.Tensor) -> torch.Tensor:
        """Sum over the processes, same shape everywhere."""
        if self.count == 1:
            return value
        total = value.detach().clone()
        dist.all_reduce(total)
        return total

    def mean(self, value: torch.Tensor) -> torch.Tensor:
        """Mean over the processes, same shape everywhere."""
        return self.sum(value) / self.count

    def gather(self, value: torch.Tensor) -> torch.Tensor:
        """Rows of all processes (B / count, …) -> the global batch's (B, …), in its order."""
        if self.count == 1:
            return value
        parts = [torch.empty_like(value) for _ in range(self.count)]
        dist.all_gather(parts, value.contiguous())
        return torch.cat(parts)

    def mean_values(self, values: dict[str, float]) -> dict[str, float]:
        """Means over the processes by name; the names, and their order, are the same everywhere."""
        means = self.mean(torch.tensor(list(values.values()), dtype=torch.float64))
        return dict(zip(values, means.tolist(), strict=True))

    def merge(self, lists: dict[str, list[bool]]) -> dict[str, list[bool]]:
        """The lists of all processes, joined by name."""
        if self.count == 1:
            return lists
        merged: dict[str, list[bool]] = {}
        for part in gather_object([lists]):
            for name, values in part.items():
                merged.setdefault(name, []).extend(values)
        return merged

    def average_gradients(self, parameters: Iterable[torch.nn.Parameter]) -> None:
        """Replace every gradient by its mean over the processes; a missing one counts as zero."""
        if self.count == 1:
            return
        parameters = [p for p in parameters if p.requires_grad]
        gradients = [torch.zeros_like(p) if p.grad is None else p.grad for p in parameters]
        flat = self.mean(torch.cat([g.reshape(-1) for g in gradients]))
        for parameter, part in zip(parameters, flat.split([p.numel() for p in parameters]), strict=True):
            parameter.grad = torch.empty_like(parameter).copy_(part.view(parameter.shape))

    def wait(self) -> None:
        """Until all processes are here."""
        self._state.wait_for_everyone()

    def main_first(self) -> AbstractContextManager[None]:
        """`with processes.main_first():` the main process goes through the block, then the others do.

        For a block in which it writes what the others read.
        """
        return self._state.main_process_first()

    def close(self) -> None:
        """Leave the group, so that no process ends while another still talks to it."""
        if self.count > 1:
            self.wait()
            self._state.destroy_process_group()
