"""Temperature that makes the shares of the options honest: of answers given with 80 %, 80 % should be right.

Fitted by maximum likelihood (Guo et al. 2017, section 4.2), one for every question that was answered often enough and
one for all others; a temperature changes no answer.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

BINS = 10
# Fewer answers to a question show its temperature worse than those to all questions do.
LEAST_ANSWERS = 100
TEMPERATURES = np.exp(np.linspace(np.log(0.2), np.log(10.0), 400))


@dataclass(frozen=True)
class Calibration:
    temperature: float
    n: int
    ece: float  # expected calibration error after division by the temperature, 0…1, on these very answers
    ece_before: float  # the same at temperature 1


@dataclass(frozen=True)
class Answers:
    """What a model answered to N questions of at most K options."""

    log_probs: np.ndarray  # (N, K) summed log-probabilities of the options' texts; −inf where there is no such option
    truth: np.ndarray  # (N,) indices of the right options
    object_ids: list[str]  # (N,) what each question is about
    families: list[str]  # (N,)
    questions: list[str] = field(default_factory=list)  # (N,) ids of what was asked: `no-movement` asks the three types

    def chosen(self, rows: np.ndarray) -> "Answers":
        """The answers of the rows (N,) bool that are True."""

        def some(names: list[str]) -> list[str]:
            return [name for name, is_chosen in zip(names, rows, strict=True) if is_chosen]

        return Answers(
            self.log_probs[rows], self.truth[rows], *map(some, (self.object_ids, self.families, self.questions))
        )

    def at(self, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Log-probabilities and truth of the answers where `chosen` (N,) bool is True."""
        return self.log_probs[chosen], self.truth[chosen]


def read_answers(paths: Sequence[Path]) -> Answers:
    """Answers of files that `npm run eval -- --answers` wrote, without those whose pictures cannot tell the answer: no
    share of theirs would be honest. ValueError for an item whose right answer is no option, KeyError for one that
    lacks a field."""
    log_probs, truth, object_ids, families, questions = [], [], [], [], []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            answer = json.loads(line)
            if answer["answerKey"] not in answer["optionKeys"]:
                raise ValueError(f"{path}:{number}: no option has the key {answer['answerKey']!r}")
            if answer.get("answerable") is False:
                continue
            log_probs.append(answer["optionLogProbs"])
            truth.append(answer["optionKeys"].index(answer["answerKey"]))
            object_ids.append(answer["objectId"])
            families.append(answer["family"])
            # Files of before do not name it.
            questions.append(answer.get("question", answer["family"]))
    most = max((len(row) for row in log_probs), default=0)
    filled = [row + [-np.inf] * (most - len(row)) for row in log_probs]
    return Answers(np.array(filled), np.array(truth), object_ids, families, questions)


def option_shares(log_probs: np.ndarray, temperature: float | np.ndarray) -> np.ndarray:
    """Shares (N, K) of options; rows sum to 1. log_probs (N, K): sums by option; temperature: for all, or (N, 1)."""
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


@dataclass(frozen=True)
class Temperatures:
    """What divides log-probabilities: by question, else `other`."""

    other: float
    by_question: dict[str, float]

    def of(self, questions: Sequence[str]) -> np.ndarray:
        """(N, 1)."""
        return np.array([[self.by_question.get(question, self.other)] for question in questions])


def fit_temperatures(answers: Answers) -> Temperatures:
    """One for all answers, and one for every question with enough of them. ValueError without answers."""
    questions = np.array(answers.questions)
    by_question = {
        str(question): fit_temperature(*answers.at(questions == question)).temperature
        for question in np.unique(questions)
        if (questions == question).sum() >= LEAST_ANSWERS
    }
    return Temperatures(fit_temperature(answers.log_probs, answers.truth).temperature, by_question)


def in_first_half(object_ids: Sequence[str]) -> np.ndarray:
    """Which answers (N,) bool are about the first half of the objects, in the order of the objects' hashes: the same
    objects give the same halves, and no object is in both."""
    objects = sorted(set(object_ids), key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    first = set(objects[: len(objects) // 2])
    return np.array([name in first for name in object_ids], dtype=bool)


def crossed_shares(answers: Answers) -> np.ndarray | None:
    """Shares (N, K) of options under temperatures that were fitted on the other half of the objects. None for answers
    about fewer than two objects."""
    first = in_first_half(answers.object_ids)
    if first.all() or not first.any():
        return None
    shares = np.zeros_like(answers.log_probs)
    for fitted, measured in ((first, ~first), (~first, first)):
        temperatures, others = fit_temperatures(answers.chosen(fitted)), answers.chosen(measured)
        shares[measured] = option_shares(others.log_probs, temperatures.of(others.questions))
    return shares


@dataclass(frozen=True)
class FamilyError:
    n: int
    ece: float


def crossed_errors(answers: Answers) -> tuple[float, dict[str, FamilyError]] | None:
    """Expected calibration error on answers that no temperature was fitted on, of all and of each family, which may
    be off where the whole is not. None for fewer than two objects."""
    shares = crossed_shares(answers)
    if shares is None:
        return None
    families = np.array(answers.families)
    by_family = {}
    for family in sorted(set(answers.families)):
        chosen = families == family
        error = expected_calibration_error(shares[chosen], answers.truth[chosen])
        by_family[family] = FamilyError(int(chosen.sum()), error)
    return expected_calibration_error(shares, answers.truth), by_family
