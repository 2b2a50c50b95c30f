"""What every training script shares: wall-clock schedule, JSONL log, and checkpoints that a run resumes from."""

import json
import math
import os
import time
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
