"""Temperature that makes the shares of the options honest: of answers given with 80 %, 80 % should be right.

One number for all questions, fitted by maximum likelihood (Guo et al. 2017, section 4.2); it changes no answer.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

BINS = 10
TEMPERATURES = np.exp(np.linspace(np.log(0.2), np.log(10.0), 400))


@dataclass(frozen=True)
class Calibration:
    temperature: float
    n: int
    ece: float  # expected calibration error after division by the temperature, 0…1
    ece_before: float  # the same at temperature 1


def read_answers(paths: Sequence[Path]) -> tuple[np.ndarray, np.ndarray]:
    """Log-probabilities (N, K) and indices of the right options (N,). Questions with fewer options than the longest are
    filled up with options of no probability. ValueError for an item whose right answer is no option."""
    log_probs, truth = [], []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            answer = json.loads(line)
            if answer["answerKey"] not in answer["optionKeys"]:
                raise ValueError(f"{path}:{number}: no option has the key {answer['answerKey']!r}")
            log_probs.append(answer["optionLogProbs"])
            truth.append(answer["optionKeys"].index(answer["answerKey"]))
    most = max((len(row) for row in log_probs), default=0)
    filled = [row + [-np.inf] * (most - len(row)) for row in log_probs]
    return np.array(filled), np.array(truth)


def option_shares(log_probs: np.ndarray, temperature: float) -> np.ndarray:
    """Shares (N, K) of options from their summed log-probabilities (N, K); rows sum to 1."""
    scaled = log_probs / temperature
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    weights = np.exp(scaled)
    return weights / weights.sum(axis=1, keepdims=True)


def expected_calibration_error(shares: np.ndarray, truth: np.ndarray) -> float:
    """Mean distance between confidence and accuracy over ten bins of equal width, weighted by their answers.

    shares (N, K) with rows that sum to 1, truth (N,) indices of the right options.
    """
    confidence, right = shares.max(axis=1), shares.argmax(axis=1) == truth
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    error = 0.0
    for index in range(BINS):
        inside = bins == index
        if inside.any():
            error += inside.mean() * abs(confidence[inside].mean() - right[inside].mean())
    return float(error)


def fit_temperature(log_probs: np.ndarray, truth: np.ndarray) -> Calibration:
    """The temperature of least negative log-likelihood; log_probs (N, K), truth (N,). ValueError without items."""
    if len(truth) == 0:
        raise ValueError("no answers to fit a temperature on")
    rows = np.arange(len(truth))
    losses = [-np.log(option_shares(log_probs, t)[rows, truth] + 1e-12).mean() for t in TEMPERATURES]
    temperature = float(TEMPERATURES[int(np.argmin(losses))])
    return Calibration(
        temperature=round(temperature, 3),
        n=len(truth),
        ece=expected_calibration_error(option_shares(log_probs, temperature), truth),
        ece_before=expected_calibration_error(option_shares(log_probs, 1.0), truth),
    )
