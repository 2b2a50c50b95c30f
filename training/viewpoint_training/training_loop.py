"""What every training script shares: wall-clock schedule, JSONL log, and checkpoints that a run resumes from."""

import hashlib
import json
import math
import os
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch


@dataclass
class Clock:
    """Progress of a run bounded by wall-clock time; time spent before a resume counts."""

    budget_s: float
    spent_before_s: float = 0.0
    started: float = field(default_factory=time.monotonic)

    @property
    def elapsed_s(self) -> float:
        return self.spent_before_s + time.monotonic() - self.started

    @property
    def fraction(self) -> float:
        return min(1.0, self.elapsed_s / self.budget_s)


class Every:
    """Says when an interval of wall-clock time has passed since it last said so."""

    def __init__(self, minutes: float) -> None:
        self.interval_s = minutes * 60
        self.last = time.monotonic()

    def is_due(self) -> bool:
        now = time.monotonic()
        if now - self.last < self.interval_s:
            return False
        self.last = now
        return True


def cosine_rate(step: int, fraction: float, warmup_steps: int, floor: float = 0.02) -> float:
    """Multiplier of the learning rate: linear warm-up by steps, then a half cosine over the run's fraction."""
    warm = min(1.0, (step + 1) / warmup_steps)
    return warm * (floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * fraction)))


class RunLog:
    """Appends one JSON object a line and echoes it; survives resumes. A silent one drops everything (of several
    processes only the main one logs)."""

    def __init__(self, path: Path, silent: bool = False) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path, self.silent = path, silent

    def write(self, **entry: Any) -> None:
        if self.silent:
            return
        line = json.dumps({k: round(v, 5) if isinstance(v, float) else v for k, v in entry.items()})
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        print(line, flush=True)


def save_atomically(obj: Any, path: Path) -> None:
    """torch.save through a temporary name, so that a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(path.suffix + ".tmp")
    torch.save(obj, temporary)
    os.replace(temporary, path)


def resume_optimizer(optimizer: Any, state: Any) -> None:
    """Load an optimizer's state (moments, steps); rates and weight decay stay those of this call's arguments."""
    names = ("base_lr", "weight_decay")
    own = [{name: group[name] for name in names if name in group} for group in optimizer.param_groups]
    optimizer.load_state_dict(state)
    for group, values in zip(optimizer.param_groups, own, strict=True):
        group.update(values)


def check_finite(module: torch.nn.Module) -> None:
    """FloatingPointError when a weight is not a finite number: such weights are not saved over good ones."""
    broken = [name for name, value in module.state_dict().items() if not torch.isfinite(value).all()]
    if broken:
        raise FloatingPointError(f"{broken[0]} is not finite: nothing was saved; go on from the last checkpoint")


class StepGuard:
    """Lets a step through when its loss and the norm of its gradients are finite; logs those that it holds back.

    FloatingPointError after `limit` in a row. In several processes give it numbers that are the same in all of them.
    """

    def __init__(self, log: RunLog, limit: int = 20) -> None:
        self.log, self.limit = log, limit
        self.in_a_row = 0

    def allows(self, step: int, loss: float, gradient_norm: float) -> bool:
        if math.isfinite(loss) and math.isfinite(gradient_norm):
            self.in_a_row = 0
            return True
        self.in_a_row += 1
        self.log.write(skipped=step, loss=str(loss), gradientNorm=str(gradient_norm))
        if self.in_a_row >= self.limit:
            raise FloatingPointError(f"{self.limit} steps in a row without a finite loss: lower the learning rate")
        return False


def run_settings(args: Any) -> dict[str, Any]:
    """Arguments of a stage, as JSON takes them, and the commit that ran it: to be saved with the weights."""
    values = {name: str(value) if isinstance(value, Path) else value for name, value in vars(args).items()}
    return {"arguments": values, "commit": current_commit()}


def runs_of(saved: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The calls of a stage that trained a checkpoint's weights, in order. Those of before 2026-11-29 say the last one
    alone, as `run`."""
    if not saved:
        return []
    return list(saved.get("runs", [saved["run"]] if saved.get("run") else []))


def trained_before(saved: Mapping[str, Any] | None, unit: str, batch: int) -> int:
    """How many `unit` ("sequences", …) a checkpoint was trained on. Those of before 2026-11-29 do not say it: then
    steps times the batch of their last call, or `batch` where they do not say that either."""
    if not saved or unit in saved:
        return saved[unit] if saved else 0
    runs = runs_of(saved)
    return saved["step"] * (runs[-1]["arguments"].get("batch", batch) if runs else batch)


class RunRecord:
    """What is behind a run's weights: arguments and commit of every call that trained, and how many `unit` in all.

    A call that finds its bounds reached trains nothing and is not among them, however it was given.
    """

    def __init__(self, args: Any, saved: Mapping[str, Any] | None, unit: str, before: int) -> None:
        self.unit, self.before, self.count = unit, before, before
        self._own, self._earlier = run_settings(args), runs_of(saved)

    def add(self, count: int) -> None:
        """Count what a step was trained on, once its weights have changed."""
        self.count += count

    @property
    def runs(self) -> list[dict[str, Any]]:
        """Entries {arguments, commit, unit: how many}, the call itself last."""
        own = self.count - self.before
        return [*self._earlier, self._own | {self.unit: own}] if own else self._earlier

    def commit(self, otherwise: str) -> str:
        """Commit of the last call that trained; `otherwise` where none has."""
        return self.runs[-1]["commit"] if self.runs else otherwise


def current_commit() -> str:
    """Hash of the checked-out commit, or "unknown" outside a repository."""
    try:
        done = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=Path(__file__).parent, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()


def weights_hash(*modules: torch.nn.Module) -> str:
    """SHA-256 (hex) over the modules' parameters and buffers, with their names."""
    return tensors_hash(*(module.state_dict() for module in modules))


def tensors_hash(*states: Mapping[str, torch.Tensor]) -> str:
    """The same over named tensors."""
    digest = hashlib.sha256()
    for state in states:
        for name, value in sorted(state.items()):
            digest.update(name.encode())
            digest.update(value.detach().cpu().numpy().tobytes())
    return digest.hexdigest()


def check_same_start(saved: Mapping[str, Any] | None, start: Mapping[str, str], out: Path) -> None:
    """ValueError when a run would go on in `out` from other weights than it began with.

    What it has learned belongs to frozen parts: the release that it writes would be of parts that never met. And other
    weights to begin from would be passed over in silence, since those of the checkpoint count.

    `start`: an option's name -> weights_hash of what it names. What a checkpoint of before does not say passes.
    """
    known = (saved or {}).get("start", {})
    other = [name for name in start if known.get(name, start[name]) != start[name]]
    if other:
        raise ValueError(
            f"{out} began with other weights than {' and '.join(other)} give{'s' if len(other) == 1 else ''} now: "
            "name another --out, or give it those of before"
        )


def load_if_there(path: Path) -> Any | None:
    return torch.load(path, map_location="cpu", weights_only=False) if path.exists() else None


def set_rate(optimizer: torch.optim.Optimizer, multiplier: float) -> None:
    """Learning rate of every group = its own base rate (`base_lr`) × multiplier."""
    for group in optimizer.param_groups:
        group["lr"] = group["base_lr"] * multiplier


def adamw(groups: list[dict[str, Any]], weight_decay: float) -> torch.optim.AdamW:
    """AdamW with a `base_lr` a group: [{"params": …, "base_lr": …}, …]."""
    entries = [{**g, "lr": g["base_lr"]} for g in groups]
    return torch.optim.AdamW(entries, betas=(0.9, 0.98), weight_decay=weight_decay, fused=True)
