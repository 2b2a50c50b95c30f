"""Evaluation reports as tests need them, in the shape of the real ones (test_export_gate.py checks it)."""

from viewpoint_training.intervals import wilson

N = 200
WEIGHTS = "0a" * 32


def entry(share: float, n: int = N, well_formed: int | None = None, letters: float | None = None) -> dict:
    correct = round(share * n)
    right_letters = correct if letters is None else round(letters * n)
    return {
        "n": n,
        "correct": correct,
        "accuracy": correct / n if n else 0,
        "objects": n,
        "ci95": list(wilson(correct, n)),
        "generatedN": n,
        "wellFormed": n if well_formed is None else well_formed,
        "generatedCorrect": right_letters,
        "generatedCi95": list(wilson(right_letters, n)),
    }


def report(families: dict[str, dict], weights: str = WEIGHTS) -> dict:
    n, correct = (sum(one[key] for one in families.values()) for key in ("n", "correct"))
    return {
        "schemaVersion": 4,
        "model": "tiny",
        "weightsSha256": weights,
        "device": "native",
        "seed": "gate",
        "items": n,
        "families": families,
        "together": {"n": n, "objects": n, "correct": correct, "ci95": list(wilson(correct, n))},
        "swap": {"n": 0, "consistent": 0, "ci95": [0, 1]},
        "order": {"n": 0, "consistent": 0, "ci95": [0, 1]},
        "bias": {},
        "byAngle": [],
        "byAngleTogether": [],
        "excluded": 0,
        "withNothingExcluded": {},
        "seconds": 1.0,
    }
