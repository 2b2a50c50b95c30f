"""Evaluation reports of variants of a model on the same items, side by side.

A report is src/contract/eval-report.schema.json. All of one set must have been asked the same items: the same seed, and
as many of each family. Shares are 0…1 with Wilson's 95 % interval and n.
"""

from collections.abc import Callable, Sequence

from .intervals import wilson

NONE = "–"


class ReportsDiffer(ValueError):
    """Reports of one set that are not of the same items."""


def share(right: int, n: int) -> dict:
    """A count as it is written to the table's JSON; `share` is null and the interval 0…1 without items."""
    return {"right": right, "n": n, "share": right / n if n else None, "ci95": list(wilson(right, n))}


def option_shift(options: dict[str, dict]) -> float | None:
    """Response bias of a family: the share of answers, 0…1, that would have to change option for every option to be
    answered as often as it is right. None without answers; `options` as a family of a report's `bias`."""
    answered, right = (sum(count[key] for count in options.values()) for key in ("answered", "right"))
    if not answered or not right:
        return None
    return sum(abs(c["answered"] / answered - c["right"] / right) for c in options.values()) / 2


def compared(name: str, reports: dict[str, dict]) -> dict:
    """One set of items: reports by variant -> figures by variant. ReportsDiffer names variants and what differs."""
    check_same_items(name, reports)
    first = next(iter(reports.values()))
    return {
        "name": name,
        "seed": first["seed"],
        "items": first["items"],
        "variants": {variant: figures(report) for variant, report in reports.items()},
    }


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
            "scored": share(entry["correct"], entry["n"]),
            "generated": share(entry["generatedCorrect"], entry["generatedN"]),
            "wellFormed": share(entry["wellFormed"], entry["generatedN"]),
            "bias": {"shift": option_shift(report["bias"].get(family, {})), "options": report["bias"].get(family, {})},
        }
        for family, entry in report["families"].items()
    }
    bins = [
        {"family": one["family"], "fromDeg": one["fromDeg"], "toDeg": one["toDeg"], **share(one["correct"], one["n"])}
        for one in report["byAngle"]
    ]
    together = report["together"]
    return {
        "model": report["model"],
        "device": report["device"],
        "families": families,
        # Its interval counts the items about one object as a cluster: the report's, not Wilson's.
        "together": share(together["correct"], together["n"]) | {"ci95": together["ci95"]},
        "byAngle": bins,
        "angles": angles_together(bins),
        "swap": share(report["swap"]["consistent"], report["swap"]["n"]),
        "order": share(report["order"]["consistent"], report["order"]["n"]),
    }


def angles_together(bins: Sequence[dict]) -> list[dict]:
    """All families of a bin of |Δ azimuth| as one, by angle."""
    edges = sorted({(one["fromDeg"], one["toDeg"]) for one in bins})
    found = []
    for from_deg, to_deg in edges:
        own = [one for one in bins if (one["fromDeg"], one["toDeg"]) == (from_deg, to_deg)]
        counts = share(sum(one["right"] for one in own), sum(one["n"] for one in own))
        found.append({"fromDeg": from_deg, "toDeg": to_deg, **counts})
    return found


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
        columns = {"views swapped": lambda v: told(v["swap"]), "options reversed": lambda v: told(v["order"])}
        lines += [*variant_table(variants, columns), ""]
        lines += ["### Response bias", ""]
        lines += [*variant_table(variants, {family: bias_cell(family) for family in families}), ""]
    return "\n".join(lines)


EXPLAINED = (
    "Written by `training/scripts/ablation_table.py` from reports of `npm run eval`; all variants of a set answered",
    "the same items. A share is followed by Wilson's 95 % interval and n; the interval of all families together counts",
    "items about one object as a cluster. *Views swapped*: the scored answer flips with the views. *Options reversed*:",
    "the generated letter still names the same option. *Response bias*: the share of scored answers that would have to",
    "be another option for every one to be answered as often as it is right, and the option answered too often most.",
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
