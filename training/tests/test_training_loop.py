"""Resumed optimizers follow this call's rates; steps that are not finite are held back; what trained is on record."""

from argparse import Namespace

import pytest
import torch
from torch import nn

from viewpoint_training.muon import Muon, Optimizers
from viewpoint_training.training_loop import (
    RunLog,
    RunRecord,
    StepGuard,
    adamw,
    check_finite,
    check_same_start,
    resume_optimizer,
    runs_of,
    set_rate,
    trained_before,
    weights_hash,
)


def make(rate: float, decay: float) -> Optimizers:
    vector, matrix = nn.Parameter(torch.ones(3)), nn.Parameter(torch.ones(2, 2))
    vector.grad, matrix.grad = torch.ones(3), torch.ones(2, 2)
    groups = [{"params": [matrix], "base_lr": rate}]
    return Optimizers(
        adamw([{"params": [vector], "base_lr": rate}], weight_decay=decay),
        Muon(groups, lr=rate, weight_decay=decay),
    )


def test_a_resumed_run_takes_the_new_rate_and_keeps_its_moments() -> None:
    first = make(1e-3, 0.03)
    first.step()
    again = make(7e-4, 0.01)
    resume_optimizer(again, first.state_dict())
    set_rate(again, 0.5)
    assert [group["lr"] for group in again.param_groups] == [3.5e-4, 3.5e-4]
    assert [group["weight_decay"] for group in again.param_groups] == [0.01, 0.01]
    assert all(optimizer.state for optimizer in again.optimizers)


def test_steps_that_are_not_finite_are_held_back(tmp_path) -> None:
    guard = StepGuard(RunLog(tmp_path / "log.jsonl"), limit=3)
    assert guard.allows(1, 0.5, 1.0) and not guard.allows(2, float("nan"), 1.0)
    assert not guard.allows(3, 0.5, float("inf")) and guard.allows(4, 0.5, 1.0)
    assert (tmp_path / "log.jsonl").read_text().count("skipped") == 2
    with pytest.raises(FloatingPointError, match="3 steps in a row"):
        for step in range(5, 9):
            guard.allows(step, float("nan"), 1.0)


def test_a_run_goes_on_only_with_the_parts_that_it_began_with(tmp_path) -> None:
    first, second = nn.Linear(3, 2), nn.Linear(3, 2)
    start = {"--encoder": weights_hash(first)}
    assert start["--encoder"] == weights_hash(first) != weights_hash(second)
    check_same_start(None, start, tmp_path)
    check_same_start({"start": start}, start, tmp_path)
    check_same_start({"step": 3}, start, tmp_path)
    with pytest.raises(ValueError, match="other weights than --encoder gives now"):
        check_same_start({"start": start}, {"--encoder": weights_hash(second)}, tmp_path)
    # What is asked for since then is not in older checkpoints.
    check_same_start({"start": start}, start | {"--lm": weights_hash(second)}, tmp_path)


def test_only_calls_that_trained_are_on_record(monkeypatch) -> None:
    commits = iter("abcd")
    monkeypatch.setattr("viewpoint_training.training_loop.current_commit", lambda: next(commits))
    first = RunRecord(Namespace(batch=4), None, "pairs", 0)
    assert first.runs == [] and first.commit("none") == "none"
    first.add(4)
    first.add(4)
    saved = {"step": 2, "pairs": first.count, "runs": first.runs}
    assert saved["runs"] == [{"arguments": {"batch": 4}, "commit": "a", "pairs": 8}]
    idle = RunRecord(Namespace(batch=16), saved, "pairs", trained_before(saved, "pairs", 16))
    assert (idle.count, idle.runs, idle.commit("none")) == (8, saved["runs"], "a")
    further = RunRecord(Namespace(batch=2), saved, "pairs", trained_before(saved, "pairs", 2))
    further.add(2)
    assert [run["pairs"] for run in further.runs] == [8, 2]
    assert further.count == 10 and further.commit("none") == "c" and len(saved["runs"]) == 1


def test_checkpoints_of_before_say_their_last_call_alone() -> None:
    old = {"step": 5, "run": {"arguments": {"batch": 8}, "commit": "a"}}
    assert runs_of(old) == [old["run"]] and trained_before(old, "pairs", 4) == 40
    assert trained_before({"step": 5}, "pairs", 4) == 20 and runs_of({"step": 5, "run": None}) == runs_of(None) == []
    assert trained_before(None, "pairs", 4) == 0


def test_broken_weights_are_not_saved() -> None:
    layer = nn.Linear(2, 2)
    check_finite(layer)
    with torch.no_grad():
        layer.bias[0] = torch.nan
    with pytest.raises(FloatingPointError, match="bias"):
        check_finite(layer)
