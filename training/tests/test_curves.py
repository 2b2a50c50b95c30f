"""Curves are read from logs as the stages write them, and drawn the same way twice."""

import json

import pytest

from viewpoint_training.curves import curves_of, draw, panel_of, read_log, smoothed


@pytest.fixture
def log(tmp_path):
    lines = [{"set": "train-generated*", "objects": 6}]
    lines += [
        {"elapsedS": 60.0 * n, "step": n, "reward": n / 20, "kl": 0.01 * n, "ego-rotation/exact": 5.0 * n}
        for n in range(1, 21)
    ]
    lines += [
        {"evaluation": "val-cc0*", "step": 20, "pairs": 32, "ego-rotation/generated": 81.0},
        {"done": True, "step": 20},
    ]
    path = tmp_path / "log.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines) + '{"elapsedS": 12')
    return path


def test_names_and_axes(log) -> None:
    curves = curves_of(read_log(log))
    assert set(curves) == {"reward", "kl", "ego-rotation/exact", "val-cc0*: ego-rotation/generated"}
    assert curves["reward"].x == list(range(1, 21)) and curves["reward"].y[-1] == 1.0
    assert curves_of(read_log(log), "elapsedS")["kl"].x[:2] == [1.0, 2.0]
    assert curves["val-cc0*: ego-rotation/generated"].y == [81.0]
    # An evaluation has no time of its own and counts its own pairs: it stands where the run stood.
    for x, at in (("step", 20), ("elapsedS", 20.0)):
        assert curves_of(read_log(log), x)["val-cc0*: ego-rotation/generated"].x == [at]
    assert curves_of(read_log(log), "pairs") == {}


def test_figures_of_an_evaluation_lie_with_their_own_kind() -> None:
    """`distance` is a loss in training and a percentage in an evaluation."""
    entries = [
        {"step": 10, "distance": 1.2, "turn": 0.4, "cameras": 0.1, "refined": 3.9, "refinedAccuracy": 0.5},
        {
            "evaluation": "val*",
            "step": 10,
            "distance": 80.0,
            "vertical": 75.0,
            "decoupled": 90.0,
            "medianErrorDeg": 8.0,
        },
    ]
    panels = {name: panel_of(name) for name in curves_of(entries)}
    assert panels == {
        **dict.fromkeys(("distance", "turn", "cameras", "refined"), "loss"),
        "refinedAccuracy": "share",
        **dict.fromkeys(("val*: distance", "val*: vertical", "val*: decoupled"), "percent"),
        "val*: medianErrorDeg": "degrees",
    }


def test_what_a_resumed_run_does_again_is_drawn_once() -> None:
    curves = curves_of([{"step": step, "kl": float(n)} for n, step in enumerate((10, 20, 30, 20, 30))])
    assert curves["kl"].x == [10, 20, 30] and curves["kl"].y == [0.0, 3.0, 4.0]


def test_a_broken_line_is_named(log) -> None:
    log.write_text('{"step": 1}\n{oops\n{"step": 2}\n')
    with pytest.raises(ValueError, match="line 2"):
        read_log(log)


def test_smoothing_starts_unbiased() -> None:
    assert smoothed([3.0, 3.0, 3.0], 1.0) == pytest.approx([3.0, 3.0, 3.0])
    assert smoothed([0.0, 1.0], 1.0) == pytest.approx([0.0, 2 / 3])
    assert smoothed([0.0, 1.0, 5.0]) == [0.0, 1.0, 5.0]  # too few to smooth


def test_pictures(log, tmp_path) -> None:
    pytest.importorskip("matplotlib", reason="the extra 'curves'")
    curves = curves_of(read_log(log))
    first, second = (draw(curves, tmp_path / name, "run").read_bytes() for name in ("a.svg", "b.svg"))
    assert first == second and b"reward" not in first[:100] and len(first) > 5000
    assert draw(curves, tmp_path / "c.png", "run", only=["kl"]).read_bytes().startswith(b"\x89PNG")
    with pytest.raises(ValueError, match="nothing to draw: the log has reward"):
        draw(curves, tmp_path / "d.png", "run", only=["loss"])
