import json
import runpy
import sys
from pathlib import Path

import numpy as np
import pytest

from viewpoint_training.calibration import (
    LEAST_ANSWERS,
    Answers,
    crossed_errors,
    expected_calibration_error,
    fit_temperature,
    fit_temperatures,
    in_first_half,
    option_shares,
    read_answers,
)


def answers(temperature: float, count: int = 6000) -> tuple[np.ndarray, np.ndarray]:
    """Options whose truth is drawn from the shares at the given temperature."""
    rng = np.random.default_rng(0)
    log_probs = rng.normal(0, 3, (count, 3))
    shares = option_shares(log_probs, temperature)
    truth = (rng.random((count, 1)) > shares.cumsum(axis=1)).sum(axis=1)
    return log_probs, truth


@pytest.mark.parametrize("temperature", [0.7, 1.0, 2.5])
def test_finds_the_temperature_that_made_the_answers(temperature: float) -> None:
    found = fit_temperature(*answers(temperature))
    assert found.temperature == pytest.approx(temperature, rel=0.07)
    assert found.ece < 0.02
    assert found.ece <= found.ece_before + 0.01


def test_error_is_the_gap_between_confidence_and_accuracy() -> None:
    shares = np.array([[0.9, 0.1]] * 10)
    truth = np.array([0] * 6 + [1] * 4)
    assert expected_calibration_error(shares, truth) == pytest.approx(0.3)


def test_questions_may_have_different_numbers_of_options(tmp_path: Path) -> None:
    rows = [
        {"answerKey": "up", "optionKeys": ["down", "up"], "optionLogProbs": [-4.0, -1.0], "objectId": "mug"},
        {
            "answerKey": "up",
            "optionKeys": ["down", "up"],
            "optionLogProbs": [-9.0, 0.0],
            "objectId": "ball",
            "answerable": False,
        },
        {
            "answerKey": "none",
            "optionKeys": ["left", "right", "none"],
            "optionLogProbs": [-3.0, -2.0, -0.5],
            "objectId": "chair",
            "answerable": True,
        },
    ]
    rows = [row | {"family": "vertical" if "up" in row["optionKeys"] else "ego-translation"} for row in rows]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    read = read_answers([tmp_path / "a.jsonl"])
    log_probs, truth = read.log_probs, read.truth
    assert read.object_ids == ["mug", "chair"] and read.families == ["vertical", "ego-translation"]
    shares = option_shares(log_probs, 2.0)
    assert truth.tolist() == [1, 2] and shares[0, 2] == 0
    np.testing.assert_allclose(shares[:1, :2], option_shares(log_probs[:1, :2], 2.0))
    assert np.isfinite(fit_temperature(log_probs, truth).ece)


def test_needs_answers() -> None:
    with pytest.raises(ValueError, match="no answers"):
        fit_temperature(np.zeros((0, 3)), np.zeros(0, dtype=int))


def test_halves_part_objects_and_not_answers() -> None:
    names = [f"object-{n}" for n in range(9)]
    first = in_first_half(names * 3)
    assert first.sum() == 12
    np.testing.assert_array_equal(first[:9], first[9:18])
    np.testing.assert_array_equal(in_first_half(names[::-1]), first[:9][::-1])


def test_error_is_that_of_answers_which_were_not_fitted() -> None:
    """One half is right far more often than its shares say, the other far less: each temperature is wrong elsewhere."""
    names = [f"object-{n}" for n in range(20)] * 100
    first = in_first_half(names)
    log_probs, sure = np.tile([-0.4, -1.2], (2000, 1)), np.arange(2000) % 50 == 0
    truth = np.where(first, sure, np.arange(2000) // 20 % 2).astype(int)
    families = ["early" if n < 1000 else "late" for n in range(2000)]
    answers = Answers(log_probs, truth, names, families, ["vertical"] * 2000)
    shares = np.zeros_like(log_probs)
    for half in (first, ~first):
        shares[~half] = option_shares(log_probs[~half], fit_temperature(*answers.at(half)).temperature)
    error, by_family = crossed_errors(answers)
    assert error == pytest.approx(expected_calibration_error(shares, truth), abs=1e-6)
    assert error > fit_temperature(log_probs, truth).ece + 0.1
    assert by_family["late"].ece == pytest.approx(expected_calibration_error(shares[1000:], truth[1000:]), abs=1e-6)
    assert [one.n for one in by_family.values()] == [1000, 1000]
    assert crossed_errors(Answers(log_probs, truth, ["mug"] * 2000, families, ["vertical"] * 2000)) is None


def test_a_question_that_was_answered_often_has_a_temperature_of_its_own() -> None:
    (sharp, sharp_truth), (soft, soft_truth) = answers(0.7), answers(2.5)
    few = sharp[: LEAST_ANSWERS - 1], sharp_truth[: LEAST_ANSWERS - 1]
    questions = ["vertical"] * len(sharp) + ["distance"] * len(soft) + ["magnitude"] * len(few[0])
    names = [f"object-{n % 50}" for n in range(len(questions))]
    log_probs = np.concatenate([sharp, soft, few[0]])
    truth = np.concatenate([sharp_truth, soft_truth, few[1]])
    found = fit_temperatures(Answers(log_probs, truth, names, questions, questions))
    assert found.by_question == {"distance": pytest.approx(2.5, rel=0.07), "vertical": pytest.approx(0.7, rel=0.07)}
    np.testing.assert_array_equal(found.of(["vertical", "magnitude"]), [[found.by_question["vertical"]], [found.other]])
    assert 0.7 < found.other < 2.5
    error, by_family = crossed_errors(Answers(log_probs, truth, names, questions, questions))
    assert max(error, by_family["vertical"].ece, by_family["distance"].ece) < 0.03


def test_the_command_writes_the_error_of_other_objects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log_probs, truth = answers(1.5, count=400)
    rows = [
        {
            "answerKey": "abc"[right],
            "optionKeys": list("abc"),
            "optionLogProbs": row.tolist(),
            "objectId": f"o{n % 40}",
            "family": "distance",
        }
        for n, (row, right) in enumerate(zip(log_probs, truth, strict=True))
    ]
    source, out = tmp_path / "a.jsonl", tmp_path / "calibration.json"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    script = str(Path(__file__).parents[1] / "scripts" / "fit_calibration.py")
    monkeypatch.setattr(sys, "argv", [script, "--answers", str(source), "--out", str(out)])
    runpy.run_path(script, run_name="__main__")
    read = read_answers([source])
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report["temperature"] == fit_temperature(read.log_probs, read.truth).temperature and report["n"] == 400
    assert report["ece"] == pytest.approx(crossed_errors(read)[0], abs=1e-4) and report["crossed"] is True
    assert report["families"] == {"distance": {"n": 400, "ece": report["ece"]}}
