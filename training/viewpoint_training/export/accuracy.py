"""What a release must score on its own evaluation. An export that falls below is not written.

The reports are of the quantized graphs as shipped (`npm run eval`), so a graph that went wrong beyond what parity on a
few prompts shows is caught here. The limits are floors against a broken export, below what releases reach.
"""

from collections.abc import Iterable

from ..movement import THREE_TYPES

# Scored answers, the three types of Viewpoint-100K together; a constant answer earns 0.5.
ACCURACY_LIMIT = 0.75
# Generated answers that are one of the letters asked for.
WELL_FORMED_LIMIT = 0.995


class AccuracyError(Exception):
    """The shipped graphs answer worse than a release may."""


def check_accuracy(scores: dict[str, dict]) -> None:
    """Raises AccuracyError that names every report and figure below its limit. Reports by name, as
    src/contract/eval-report.schema.json; figures without items are passed over."""
    below = []
    for name, report in scores.items():
        asked = [entry for family, entry in report["families"].items() if family in THREE_TYPES]
        generated = report["families"].values()
        for what, right, count, limit in (
            ("the three types are right", _sum(asked, "correct"), _sum(asked, "n"), ACCURACY_LIMIT),
            (
                "letters are well-formed",
                _sum(generated, "wellFormed"),
                _sum(generated, "generatedN"),
                WELL_FORMED_LIMIT,
            ),
        ):
            if count and right / count < limit:
                below.append(f"{name}: {right} of {count} {what}, at least {100 * limit:g} % are needed")
    if below:
        raise AccuracyError("; ".join(below))


def _sum(entries: Iterable[dict], key: str) -> int:
    return sum(entry[key] for entry in entries)
