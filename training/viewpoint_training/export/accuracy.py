"""Whether the quantized graphs answer as well as a release must. An export that does not is not written.

The reports are of the exported folder itself (`npm run eval`), so a graph that went wrong beyond what parity on a few
prompts shows is caught here. Reports by name, each as src/contract/eval-report.schema.json.
"""

from collections.abc import Iterable, Sequence

from ..intervals import wilson
from ..movement import THREE_TYPES
from .floors import FLOORS, THREE_TYPES_TOGETHER, WELL_FORMED


class AccuracyError(Exception):
    """The exported graphs answer worse than a release may, or nobody has measured how they answer."""


def check_accuracy(scores: dict[str, dict]) -> None:
    """Raises AccuracyError that names every figure below its floor; figures without items are passed over."""
    below = [f"{name}: {line}" for name, report in scores.items() for line in below_floors(report)]
    if below:
        raise AccuracyError(
            "below the floors of a release:\n  "
            + "\n  ".join(below)
            + "\nTrain on; where training itself was better than this, look for what the export broke. Where n is "
            "below a hundred, evaluate again with more --items first."
        )


def below_floors(report: dict) -> list[str]:
    """A line for each figure of one report that is below its floor."""
    families = report["families"]
    lines = []
    for family, entry in families.items():
        n, correct, floor = entry["n"], entry["correct"], FLOORS.get(family)
        if not n:
            continue
        if floor is None:
            lines.append(f"{family}: no floor is known; add one to viewpoint_training/export/floors.py")
            continue
        low = wilson(correct, n)[0]
        if correct / n < floor.right:
            lines.append(f"{family}: {told(correct, n)} right, floor {percent(floor.right)}")
        elif not low > floor.guessing:
            lines.append(
                f"{family}: {told(correct, n)} right, no better than guessing ({percent(floor.guessing)}): the 95 % "
                f"interval begins at {percent(low)}"
            )
    asked = [families[family] for family in THREE_TYPES if family in families]
    for what, right, count, limit in (
        ("the three types together: {} right", total(asked, "correct"), total(asked, "n"), THREE_TYPES_TOGETHER),
        (
            "well-formed answers: {}",
            total(families.values(), "wellFormed"),
            total(families.values(), "generatedN"),
            WELL_FORMED,
        ),
    ):
        if count and right / count < limit:
            lines.append(f"{what.format(told(right, count))}, floor {percent(limit)}")
    return lines


def check_coverage(families: Sequence[str], scores: dict[str, dict]) -> None:
    """Raises AccuracyError when a family that was taught has no scored answer in any report, or nothing was generated:
    a floor that was not measured does not hold."""
    entries = [item for report in scores.values() for item in report["families"].items()]
    missing = [family for family in families if not total((e for name, e in entries if name == family), "n")]
    if missing:
        raise AccuracyError(
            f"taught, but not in the reports: {', '.join(missing)}. Evaluate with --families {','.join(missing)} and "
            "give that report as --scores too"
        )
    if not total((entry for _, entry in entries), "generatedN"):
        raise AccuracyError("no report holds generated answers: evaluate without --no-generate")


def check_measured(models: Sequence[str], scores: dict[str, dict]) -> None:
    """Raises AccuracyError when a report is of none of `models`, the names that these weights had in a manifest."""
    others = [f'"{name}" is of {report["model"]}' for name, report in scores.items() if report["model"] not in models]
    if others:
        raise AccuracyError(
            f"these weights are evaluated as {' or '.join(models)}, but {'; '.join(others)}. Export without --scores, "
            "evaluate that folder (npm run eval -- --model FOLDER) and give its reports"
        )


def lower_than_before(scores: dict[str, dict], before: dict[str, dict]) -> list[str]:
    """A line for each report and family that was scored lower than the interval that the report of the same name in
    `before` gave. Not a fault: the items may be others, and one question may be given up for another."""
    lines = []
    for name, report in scores.items():
        for family, old in before.get(name, {"families": {}})["families"].items():
            new, (low, high) = report["families"].get(family, {"n": 0}), old["ci95"]
            if new["n"] and old["n"] and new["correct"] / new["n"] < low:
                lines.append(
                    f"{name}: {family}: {told(new['correct'], new['n'])} right, {told(old['correct'], old['n'])} "
                    f"before ({percent(low)}–{percent(high)})"
                )
    return lines


def letters_like_guesses(scores: dict[str, dict]) -> list[str]:
    """A line for each report and family whose generated answers are not clearly above guessing. No floor: the page
    answers by scoring, and released models have failed this."""
    lines = []
    for name, report in scores.items():
        for family, entry in report["families"].items():
            n, right, floor = entry["generatedN"], entry["generatedCorrect"], FLOORS.get(family)
            if n and floor is not None and not wilson(right, n)[0] > floor.guessing:
                lines.append(f"{name}: {family}: {told(right, n)} of the generated answers right")
    return lines


def told(right: int, count: int) -> str:
    return f"{right} of {count} ({percent(right / count)})"


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def total(entries: Iterable[dict], key: str) -> int:
    return sum(entry[key] for entry in entries)
