"""Pictures of a run's curves from its log.jsonl, for training/LOG.md.

One picture a run, a panel a group of curves that share a unit, over steps or minutes. Lines are drawn faint as logged
and bold as a running mean; evaluations are points. Needs matplotlib (`pip install -e 'training[curves]'`).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# What a curve is called in the log -> the panel that it belongs to. Anything with "/" in its name is a percentage.
PANELS: dict[str, tuple[str, ...]] = {
    "loss": (
        *("loss", "match", "refined", "points", "mask", "moved"),
        *("azimuth", "elevation", "distance", "turn", "cameras"),
    ),
    "reward": ("reward",),
    "percent": ("accuracy", "wellFormed", "graded"),
    "share": ("side", "matchAccuracy", "refinedAccuracy", "undecidedGroups", "clipped", "changedCodes"),
    "KL": ("kl",),
    "tokens": ("length",),
    "degrees": ("maxDeg",),
}
# The same for the figures of an evaluation, some of which are called as a loss is.
EVALUATION_PANELS: dict[str, tuple[str, ...]] = {
    "percent": (
        *("encoder", "leftRight", "leftRightFourLooks", "upDown", "moved", "still"),
        *("vertical", "distance", "decoupled", "decoupledMoved"),
    ),
    "share": ("changedCodes",),
    "tokens": ("length",),
    "degrees": ("medianErrorDeg",),
}
X_LABELS = {"step": "step", "pairs": "pairs", "elapsedS": "minutes"}
WINDOW_SHARE = 1 / 25  # of a curve's points, that its running mean reaches over


@dataclass
class Curve:
    """Points of one name, in the order of the log."""

    x: list[float] = field(default_factory=list)
    y: list[float] = field(default_factory=list)


def panel_of(name: str) -> str | None:
    """The panel of a curve ("set: figure" is an evaluation's); None for what is no curve (counts, bounds, times)."""
    *sets, figure = name.split(": ")
    if "/" in figure:
        return "percent"
    panels = EVALUATION_PANELS if sets else PANELS
    return next((panel for panel, names in panels.items() if figure in names), None)


def read_log(path: Path) -> list[dict[str, Any]]:
    """Entries of a log.jsonl. A last line that was cut off (the run still writes) is left out; a broken one before it
    raises ValueError."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(json.loads(line))
        except json.JSONDecodeError as error:
            if number == len(lines):
                break
            raise ValueError(f"{path}, line {number} is no JSON") from error
    return found


def curves_of(entries: Sequence[dict[str, Any]], x: str = "step") -> dict[str, Curve]:
    """Curves by name; evaluations are named "set: figure" and stand where the run stood. Seconds become minutes.

    Entries before the first one with `x` are left out, and so is what a resumed run did again.
    """
    found: dict[str, Curve] = {}
    at = None
    for entry in entries:
        # An evaluation's own counts are of its pairs, not of the run's.
        if x in entry and "evaluation" not in entry:
            before, at = at, entry[x] / 60 if x == "elapsedS" else entry[x]
            if before is not None and at < before:
                drop_from(found, at)
        if at is None:
            continue
        prefix = f"{entry['evaluation']}: " if "evaluation" in entry else ""
        for name, value in entry.items():
            if panel_of(prefix + name) is None or isinstance(value, bool) or not isinstance(value, int | float):
                continue
            curve = found.setdefault(prefix + name, Curve())
            curve.x.append(at)
            curve.y.append(value)
    return found


def drop_from(curves: dict[str, Curve], at: float) -> None:
    """Drop the points at `at` and beyond. In place."""
    for curve in curves.values():
        kept = sum(x < at for x in curve.x)
        curve.x, curve.y = curve.x[:kept], curve.y[:kept]


def smoothed(values: Sequence[float], window_share: float = WINDOW_SHARE) -> list[float]:
    """Running mean over about `window_share` of the values, that starts unbiased: weights so far add up to 1."""
    keep = max(0.0, 1 - 1 / max(1.0, window_share * len(values)))
    total = weight = 0.0
    found = []
    for value in values:
        total, weight = keep * total + (1 - keep) * value, keep * weight + (1 - keep)
        found.append(total / weight)
    return found


def draw(curves: dict[str, Curve], out: Path, title: str, x: str = "step", only: Sequence[str] | None = None) -> Path:
    """Write a PNG or SVG (by the suffix of `out`). `only`: names, or parts of names, that are drawn.

    Raises ValueError when no curve is left, ModuleNotFoundError without matplotlib.
    """
    kept = {name: curve for name, curve in curves.items() if only is None or any(part in name for part in only)}
    if not kept:
        raise ValueError(f"nothing to draw: the log has {', '.join(curves) or 'no curves'}")
    import matplotlib  # optional, and slow to load

    matplotlib.use("agg")
    # Text stays text, and the same log gives the same file.
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "viewpoint"})
    from matplotlib import pyplot

    panels: dict[str, list[str]] = {}
    for name in kept:
        panels.setdefault(panel_of(name) or "", []).append(name)
    size = (8, 2.6 * len(panels))
    figure, axes = pyplot.subplots(len(panels), 1, figsize=size, sharex=True, squeeze=False, layout="constrained")
    for axis, (panel, names) in zip(axes[:, 0], panels.items(), strict=True):
        for name in names:
            curve = kept[name]
            if ": " in name:
                axis.plot(curve.x, curve.y, "o--", markersize=3, linewidth=1, label=name)
                continue
            (faint,) = axis.plot(curve.x, curve.y, linewidth=0.6, alpha=0.3)
            axis.plot(curve.x, smoothed(curve.y), color=faint.get_color(), linewidth=1.6, label=name)
        axis.set_ylabel(panel)
        axis.grid(alpha=0.25)
        axis.legend(fontsize=7, loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False)
    axes[-1, 0].set_xlabel(X_LABELS.get(x, x))
    figure.suptitle(title, fontsize=10)
    out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(out, bbox_inches="tight", dpi=110, metadata={"Date": None} if out.suffix == ".svg" else None)
    pyplot.close(figure)
    return out
