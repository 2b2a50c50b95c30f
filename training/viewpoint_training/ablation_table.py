"""Evaluation reports of variants of a model on the same items, side by side.

A report is src/contract/eval-report.schema.json. All of one set must have been asked the same items: the same seed, and
as many of each family. Shares are 0…1 with n and a 95 % interval: the report's, which counts the items about one object
as a cluster, where it has one, else Wilson's.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from .intervals import wilson

SCHEMA = Path(__file__).parents[2] / "src" / "contract" / "eval-report.schema.json"
NONE = "–"


class ReportsDiffer(ValueError):
    """Reports of one set that are not of the same items, or of another version than this table reads."""


def share(right: int, n: int, ci95: Sequence[float] | None = None) -> dict:
    """A count as it is written to the table's JSON; `share` is null and the interval 0…1 without items."""
    interval = wilson(right, n) if ci95 is None else ci95
    return {"right": right, "n": n, "share": right / n if n else None, "ci95": list(interval)}


def option_shift(options: dict[str, dict]) -> float | None:
    """Response bias of a family: the share of answers, 0…1, that would have to change option for every option to be
    answered as often as it is right. None without answers; `options` as a family of a report's `bias`."""
    answered, right = (sum(count[key] for count in options.values()) for key in ("answered", "right"))
    if not answered or not right:
        return None
    return sum(abs(c["answered"] / answered - c["right"] / right) for c in options.values()) / 2


def compared(name: str, reports: dict[str, dict]) -> dict:
    """One set of items: reports by variant -> figures by variant. ReportsDiffer names variants and what differs."""
    check_versions(name, reports)
    check_same_items(name, reports)
    first = next(iter(reports.values()))
    return {
        "name": name,
        "seed": first["seed"],
        "items": first["items"],
        "variants": {variant: figures(report) for variant, report in reports.items()},
    }


def check_versions(name: str, reports: dict[str, dict]) -> None:
    wanted = json.loads(SCHEMA.read_text(encoding="utf-8"))["properties"]["schemaVersion"]["const"]
    for variant, report in reports.items():
        if report["schemaVersion"] != wanted:
            raise ReportsDiffer(
                f'"{name}": the report of {variant} is of version {report["schemaVersion"]}, and its figures mean '
                f"something else than those of version {wanted}: evaluate again"
            )


def check_same_items(name: str, reports: dict[str, dict]) -> None:
    def asked(report: dict) -> dict:
        counts = {family: entry["n"] for family, entry in report["families"].items()}
        return {"seed": report["seed"], "items": report["items"], "meshes": report.get("meshes"), "n": counts}

    (first, expected), *others = ((variant, asked(report)) for variant, report in reports.items())
    for variant, found in others:
        for what, value in expected.items():
            if found[what] != value:
                raise ReportsDiffer(
                    f'"{name}": {what} of {variant} is {found[what]}, of {first} {value}: evaluate both with the same '
                    "--seed, --items, --families and --meshes"
                )


def figures(report: dict) -> dict:
    families = {
        family: {
            "scored": share(entry["correct"], entry["n"], entry["ci95"]),
            "generated": share(entry["generatedCorrect"], entry["generatedN"], entry["generatedCi95"]),
            "wellFormed": share(entry["wellFormed"], entry["generatedN"]),
            "bias": {"shift": option_shift(report["bias"].get(family, {})), "options": report["bias"].get(family, {})},
        }
        for family, entry in report["families"].items()
    }
    together, swap, order = report["together"], report["swap"], report["order"]
    return {
        "model": report["model"],
        "device": report["device"],
        "families": families,
        "together": share(together["correct"], together["n"], together["ci95"]),
        "byAngle": [{"family": one["family"], **angle_share(one)} for one in report["byAngle"]],
        "angles": [angle_share(one) for one in report["byAngleTogether"]],
        "swap": share(swap["consistent"], swap["n"], swap["ci95"]),
        "order": share(order["consistent"], order["n"], order["ci95"]),
    }


def angle_share(one: dict) -> dict:
    return {"fromDeg": one["fromDeg"], "toDeg": one["toDeg"], **share(one["correct"], one["n"], one["ci95"])}


def markdown(sets: Sequence[dict]) -> str:
    """A section a set; every table has a line a variant."""
    lines = ["# Ablations", "", *EXPLAINED, ""]
    for one in sets:
        lines += [f"## {one['name']}", "", f"{one['items']} items of seed `{one['seed']}`.", ""]
        variants = one["variants"]
        families = list(next(iter(variants.values()))["families"])
        for title, key in (("Scored", "scored"), ("Generated letters", "generated"), ("Well-formed", "wellFormed")):
            rest = {"together": lambda found: told(found["together"])} if key == "scored" else {}
            columns = {family: family_cell(family, key) for family in families} | rest
            lines += [f"### {title}", "", *variant_table(variants, columns), ""]
        edges = list(dict.fromkeys((a["fromDeg"], a["toDeg"]) for v in variants.values() for a in v["angles"]))
        lines += ["### Scored, by |Δ azimuth|", ""]
        lines += [*variant_table(variants, {f"{low:g}–{high:g}°": angle_cell(low, high) for low, high in edges}), ""]
        lines += ["### Consistency", ""]
        columns = {"views swapped": lambda v: told(v["swap"]), "options rotated": lambda v: told(v["order"])}
        lines += [*variant_table(variants, columns), ""]
        lines += ["### Response bias", ""]
        lines += [*variant_table(variants, {family: bias_cell(family) for family in families}), ""]
    return "\n".join(lines)


EXPLAINED = (
    "Written by `training/scripts/ablation_table.py` from reports of `npm run eval`; all variants of a set answered",
    "the same items. A share is followed by its 95 % interval, which counts items about one object as a cluster (of",
    "well-formed answers Wilson's), and n. *Views swapped*: the scored answer flips with the views. *Options rotated*:",
    "with every option under another letter, the generated letter still names the same option. *Response bias*: the",
    "share of scored answers that would have to be another option for every one to be answered as often as it is",
    "right, and the option answered too often most.",
)

Cell = Callable[[dict], str]


def variant_table(variants: dict[str, dict], columns: dict[str, Cell]) -> list[str]:
    rows = [("variant", *columns), *((name, *(cell(v) for cell in columns.values())) for name, v in variants.items())]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return [lines[0], "|" + "---|" * (len(columns) + 1), *lines[1:]]


def family_cell(family: str, key: str) -> Cell:
    return lambda variant: told(variant["families"][family][key])


def angle_cell(from_deg: float, to_deg: float) -> Cell:
    def cell(variant: dict) -> str:
        own = [one for one in variant["angles"] if (one["fromDeg"], one["toDeg"]) == (from_deg, to_deg)]
        return told(own[0]) if own else NONE

    return cell


def bias_cell(family: str) -> Cell:
    def cell(variant: dict) -> str:
        bias = variant["families"][family]["bias"]
        if bias["shift"] is None:
            return NONE
        if bias["shift"] == 0:
            return "0.0 %"
        most = max(bias["options"].items(), key=lambda option: option[1]["answered"] - option[1]["right"])[0]
        return f"{100 * bias['shift']:.1f} %, {most}"

    return cell


def told(count: dict) -> str:
    if not count["n"]:
        return NONE
    low, high = count["ci95"]
    return f"{100 * count['share']:.1f} % ({100 * low:.1f}–{100 * high:.1f}, n = {count['n']})"
