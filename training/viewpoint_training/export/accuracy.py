"""Whether the quantized graphs answer as well as a release must. An export that does not is not written.

The reports are of the exported folder itself (`npm run eval`), so a graph that went wrong beyond what parity on a few
prompts shows is caught here. Reports by name, each as src/contract/eval-report.schema.json.
"""

from collections.abc import Iterable, Sequence

from ..movement import THREE_TYPES
from .floors import CONTROL_CHANCE, FLOORS, LEAST_ITEMS, THREE_TYPES_TOGETHER, WELL_FORMED

CONTROL = "sphere"  # the source of objects that shows nothing of the movement but its distance
# The sealed test (runs/sealed.sh): what is chosen by it is not tested by it.
SEALED = frozenset({"BlendSwap-CC-BY", "KatorLegaz", "Reallusion", "Scopia"})


class AccuracyError(Exception):
    """The exported graphs answer worse than a release may, or nobody has measured how they answer."""


def check_accuracy(scores: dict[str, dict]) -> None:
    """Raises AccuracyError that names every figure below its floor; figures without items are passed over."""
    below = [f"{name}: {line}" for name, report in judged(scores).items() for line in below_floors(report)]
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
        if n < LEAST_ITEMS:
            lines.append(f"{family}: {n} items show nothing, {LEAST_ITEMS} are asked for")
        elif correct / n < floor.right:
            lines.append(f"{family}: {told(correct, n)} right, floor {percent(floor.right)}")
        elif not entry["ci95"][0] > floor.guessing:
            lines.append(
                f"{family}: {told(correct, n)} right, no better than guessing ({percent(floor.guessing)}): the 95 % "
                f"interval begins at {percent(entry['ci95'][0])}"
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
    entries = [item for report in judged(scores).values() for item in report["families"].items()]
    missing = [family for family in families if not total((e for name, e in entries if name == family), "n")]
    if missing:
        raise AccuracyError(
            f"taught, but not in the reports: {', '.join(missing)}. Evaluate with --families {','.join(missing)} and "
            "give that report as --scores too"
        )
    if not total((entry for _, entry in entries), "generatedN"):
        raise AccuracyError("no report holds generated answers: evaluate without --no-generate")


def check_weights_told(scores: dict[str, dict]) -> None:
    """Raises AccuracyError for a report that does not say which weights it is of: versions below 4 named an id alone,
    and counted intervals otherwise."""
    silent = [f'"{name}"' for name, report in scores.items() if "weightsSha256" not in report]
    if silent:
        raise AccuracyError(f"{', '.join(silent)} of before does not name its weights: evaluate again (npm run eval)")


def check_measured(weights: str, scores: dict[str, dict]) -> None:
    """Raises AccuracyError when a report is of other weight files than those of hash `weights`; ids do not count."""
    others = [
        f'"{name}" is of {report["weightsSha256"]} ({report["model"]})'
        for name, report in scores.items()
        if report["weightsSha256"] != weights
    ]
    if others:
        raise AccuracyError(
            f"the weights of this export are {weights}, but {'; '.join(others)}. Export without --scores, evaluate "
            "that folder (npm run eval -- --model FOLDER) and give its reports. Where it is the same release: files "
            "differ in last bits between numbers of threads, so export with the OMP_NUM_THREADS of the evaluated folder"
        )


def lower_than_before(scores: dict[str, dict], before: dict[str, dict]) -> list[str]:
    """A line for each report and family that was scored lower than the interval that the report of the same name in
    `before` gave. Not a fault: the items may be others, and one question may be given up for another."""
    lines = []
    for name, report in judged(scores).items():
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
    for name, report in judged(scores).items():
        for family, entry in report["families"].items():
            n, right, floor = entry["generatedN"], entry["generatedCorrect"], FLOORS.get(family)
            if n and floor is not None and not entry["generatedCi95"][0] > floor.guessing:
                lines.append(f"{name}: {family}: {told(right, n)} of the generated answers right")
    return lines


def is_control(report: dict) -> bool:
    return [source["name"] for source in report.get("meshes", [])] == [CONTROL]


def is_sealed(report: dict) -> bool:
    names = {source["name"] for source in report.get("meshes", [])}
    return bool(names) and names <= SEALED


def asks_otherwise(report: dict) -> bool:
    """Whether its questions are in held-out wordings, or its second pictures in another light."""
    return bool(report.get("heldOutWording") or report.get("changedScene"))


def judged(scores: dict[str, dict]) -> dict[str, dict]:
    """Those that decide: a model is not to be good at a control, a sealed test is only told, and so is what asks on
    purpose in another way than the bars do."""
    return {
        name: report
        for name, report in scores.items()
        if not is_control(report) and not is_sealed(report) and not asks_otherwise(report)
    }


def better_than_blind(scores: dict[str, dict]) -> list[str]:
    """A line for each family of a control that was answered better than its pictures allow: something leaks."""
    return [
        f"{name}: {family}: {told(entry['correct'], entry['n'])} right, where pictures allow {percent(chance)}"
        for name, report in scores.items()
        if is_control(report)
        for family, chance in CONTROL_CHANCE.items()
        if (entry := report["families"].get(family, {"n": 0}))["n"] and entry["ci95"][0] > chance
    ]


def told(right: int, count: int) -> str:
    return f"{right} of {count} ({percent(right / count)})"


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def total(entries: Iterable[dict], key: str) -> int:
    return sum(entry[key] for entry in entries)
