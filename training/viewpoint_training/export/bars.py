"""What the model is to reach, and where it stands: one table out of the evaluation reports, for card and README.

The bars are the project's own (scored answers of the exported files about answerable items, at least a thousand each);
a report says by its objects which of them it is held against. Where several reports asked a question, the one that
asked most often counts; reports that asked on purpose in another way (held-out wordings, another light in the second
picture, the processor's decoder, worked reasoning) do not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..movement import THREE_TYPES
from .accuracy import asks_otherwise, is_control, is_sealed

GENERATED, PACKS, SEALED, PHOTOS = "generated", "packs", "sealed", "photos"
SOURCES = {
    GENERATED: "held-out families of generated objects",
    PACKS: "packs not trained on",
    SEALED: "sealed test",
    PHOTOS: "photographs",
}
FURTHER = ("vertical", "distance", "decoupled", "no-movement", "magnitude")
MOVED = ("vertical", "distance", "decoupled", "magnitude")
THREE_NAME = "the three types"


@dataclass(frozen=True)
class Figure:
    """A share of n, 0…1, with its 95 % interval; `points`: a difference of two shares in points instead."""

    n: int
    share: float = 0.0
    ci95: tuple[float, float] | None = None
    points: float | None = None


@dataclass(frozen=True)
class Bar:
    """One line of the table: what is measured, and the bar by source (shares 0…1, or points)."""

    what: str
    of: Callable[[list[dict]], Figure | None]
    aims: dict[str, float]
    at_most: bool = False
    in_points: bool = False

    @property
    def is_detail(self) -> bool:
        """Whether it is the line before for one question alone."""
        return self.what.startswith("the same, ")

    def gap(self, figure: Figure, aim: float) -> float:
        """By how many points the printed figure misses the bar; not above 0: it is met."""
        if figure.points is not None:
            return round(round(figure.points, 1) - aim, 1)
        difference = round(100 * figure.share, 1) - 100 * aim
        return round(difference if self.at_most else -difference, 1)


def source_of(report: dict) -> str | None:
    """Which bars a report is held against; None for one that asked in another way on purpose, and for a control."""
    if asks_otherwise(report) or "as on a processor" in report["device"]:
        return None
    if any("reasoned" in entry for entry in report["families"].values()):
        return None
    if "meshes" not in report:
        return PHOTOS
    if is_control(report):
        return None
    if is_sealed(report):
        return SEALED
    return GENERATED if [source["name"] for source in report["meshes"]] == ["generated"] else PACKS


def _most(found: Iterable[Figure | None]) -> Figure | None:
    """Of the reports that measured it, the one that asked most."""
    return max((one for one in found if one is not None and one.n), key=lambda one: one.n, default=None)


def _share(n: int, right: int, ci95: list[float]) -> Figure:
    return Figure(n, right / n if n else 0.0, (ci95[0], ci95[1]))


def _asks_the_three(report: dict) -> bool:
    return set(report["families"]) == set(THREE_TYPES)


def _three_types(reports: list[dict]) -> Figure | None:
    return _most(
        _share(one["n"], one["correct"], one["ci95"])
        for one in (report["together"] for report in reports if _asks_the_three(report))
    )


def _family(name: str) -> Callable[[list[dict]], Figure | None]:
    def of(reports: list[dict]) -> Figure | None:
        entries = (report["families"][name] for report in reports if name in report["families"])
        return _most(_share(one["n"], one["correct"], one["ci95"]) for one in entries)

    return of


def _consistency(key: str, name: str | None) -> Callable[[list[dict]], Figure | None]:
    """`key` "swap" or "order", of one family or, without a name, of the three types together."""

    def of(reports: list[dict]) -> Figure | None:
        told = (
            [report[key] for report in reports if _asks_the_three(report)]
            if name is None
            else [report["families"][name].get(key) for report in reports if name in report["families"]]
        )
        return _most(_share(one["n"], one["consistent"], one["ci95"]) for one in told if one)

    return of


def _letters(families: tuple[str, ...]) -> Callable[[list[dict]], Figure | None]:
    """By how many points generated letters are below scored words, about the same items."""

    def of(reports: list[dict]) -> Figure | None:
        found = []
        for report in reports:
            entries = [report["families"].get(family) for family in families]
            if not all(entry and entry["generatedN"] == entry["n"] > 0 for entry in entries):
                continue
            n = sum(entry["n"] for entry in entries)
            scored, letters = (sum(entry[key] for entry in entries) for key in ("correct", "generatedCorrect"))
            found.append(Figure(n, points=100 * (scored - letters) / n))
        return _most(found)

    return of


def _well_formed(reports: list[dict]) -> Figure | None:
    entries = [entry for report in reports for entry in report["families"].values()]
    n, well = (sum(entry[key] for entry in entries) for key in ("generatedN", "wellFormed"))
    return Figure(n, well / n) if n else None


def _left_out(of_three: bool) -> Callable[[list[dict]], Figure | None]:
    def of(reports: list[dict]) -> Figure | None:
        judged = [report for report in reports if report.get("assessed") and (_asks_the_three(report) or not of_three)]
        items = sum(report["items"] for report in judged)
        return Figure(items, sum(report["excluded"] for report in judged) / items) if items else None

    return of


def _both(generated: float, packs: float) -> dict[str, float]:
    return {GENERATED: generated, PACKS: packs}


BARS: tuple[Bar, ...] = (
    Bar(f"{THREE_NAME}, 20–100°", _three_types, _both(0.97, 0.92) | {PHOTOS: 0.8}),
    *(
        Bar(f"`{family}`", _family(family), _both(*aims))
        for family, aims in {
            "vertical": (0.95, 0.9),
            "distance": (0.95, 0.9),
            "decoupled": (0.92, 0.85),
            "no-movement": (0.92, 0.85),
            "magnitude": (0.8, 0.7),
        }.items()
    ),
    Bar(f"swapped views flip the answer, {THREE_NAME}", _consistency("swap", None), _both(0.97, 0.92)),
    *(Bar(f"the same, `{family}`", _consistency("swap", family), _both(0.97, 0.92)) for family in MOVED),
    Bar(
        f"generated letters below scored words, {THREE_NAME}",
        _letters(tuple(THREE_TYPES)),
        _both(2.0, 2.0),
        at_most=True,
        in_points=True,
    ),
    *(
        Bar(f"the same, `{family}`", _letters((family,)), _both(2.0, 2.0), at_most=True, in_points=True)
        for family in FURTHER
    ),
    Bar(f"the same letter in any order of the options, {THREE_NAME}", _consistency("order", None), _both(0.97, 0.97)),
    *(Bar(f"the same, `{family}`", _consistency("order", family), _both(0.97, 0.97)) for family in FURTHER),
    Bar("well-formed letters", _well_formed, _both(0.995, 0.995)),
    Bar(f"left out as ambiguous, {THREE_NAME}", _left_out(of_three=True), {PACKS: 0.2}, at_most=True),
    Bar("left out as ambiguous, all questions", _left_out(of_three=False), {PACKS: 0.2}, at_most=True),
)


def bars_table(scores: dict[str, dict], short: bool = False) -> list[str]:
    """Markdown, a line a bar and a column a source of objects that was measured; empty without reports.
    `short`: without how consistent the answers to each further question are."""
    by_source: dict[str, list[dict]] = {source: [] for source in SOURCES}
    for report in scores.values():
        if (source := source_of(report)) is not None:
            by_source[source].append(report)
    measured = [source for source, reports in by_source.items() if reports]
    rows = []
    for bar in BARS:
        if short and bar.is_detail:
            continue
        figures = {source: bar.of(by_source[source]) for source in measured}
        if any(figures.values()):
            cells = [cell(bar, figures[source], bar.aims.get(source)) for source in measured]
            rows.append([bar.what, aims_text(bar), *cells])
    header = ["measured", "bar", *(SOURCES[source] for source in measured)]
    lines = [header, ["---"] * len(header), *rows] if rows else []
    return [f"| {' | '.join(line)} |" for line in lines]


def aims_text(bar: Bar) -> str:
    """The bars of one line: that of generated objects, then that of packs."""
    factor = 1 if bar.in_points else 100
    aims = [f"{factor * bar.aims[source]:g}" if source in bar.aims else "–" for source in (GENERATED, PACKS)]
    return f"{'≤' if bar.at_most else '≥'} {' / '.join(aims)}{' points' if bar.in_points else ' %'}"


def cell(bar: Bar, figure: Figure | None, aim: float | None) -> str:
    """A figure, its interval, how many it is of, and how far it is from the bar."""
    if figure is None:
        return "–"
    if figure.points is not None:
        text = f"{figure.points:.1f} points, n {figure.n:,}"
    else:
        between = f" ({100 * figure.ci95[0]:.1f}–{100 * figure.ci95[1]:.1f})" if figure.ci95 else ""
        text = f"{100 * figure.share:.1f} %{between}, n {figure.n:,}"
    if aim is None:
        return text
    gap = bar.gap(figure, aim)
    return f"{text}: met" if gap <= 0 else f"{text}: **missed by {gap:.1f}**"
