import json
from pathlib import Path

import numpy as np
import pytest

from viewpoint_training.calibration import expected_calibration_error, fit_temperature, option_shares, read_answers


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
        {"answerKey": "up", "optionKeys": ["down", "up"], "optionLogProbs": [-4.0, -1.0]},
        {"answerKey": "none", "optionKeys": ["left", "right", "none"], "optionLogProbs": [-3.0, -2.0, -0.5]},
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    log_probs, truth = read_answers([tmp_path / "a.jsonl"])
    shares = option_shares(log_probs, 2.0)
    assert truth.tolist() == [1, 2] and shares[0, 2] == 0
    np.testing.assert_allclose(shares[:1, :2], option_shares(log_probs[:1, :2], 2.0))
    assert np.isfinite(fit_temperature(log_probs, truth).ece)


def test_needs_answers() -> None:
    with pytest.raises(ValueError, match="no answers"):
        fit_temperature(np.zeros((0, 3)), np.zeros(0, dtype=int))
