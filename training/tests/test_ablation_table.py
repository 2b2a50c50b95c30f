"""Reports of variants side by side: figures, refusals, and the two files."""

import copy
import json
import runpy
import sys
from pathlib import Path

import pytest

from viewpoint_training.ablation_table import ReportsDiffer, compared, markdown, option_shift, share
from viewpoint_training.export.manifest import check_contract
from viewpoint_training.intervals import wilson

SCRIPT = Path(__file__).parents[1] / "scripts" / "ablation_table.py"


def entry(n: int, correct: int, letters: int, ci95: tuple[float, float] | None = None) -> dict:
    counts = {"n": n, "objects": 4, "correct": correct, "accuracy": correct / n}
    counts["ci95"] = list(ci95 or wilson(correct, n))
    return counts | {"generatedN": n, "wellFormed": n, "generatedCorrect": letters, "generatedCi95": [0.05, 0.98]}


def angle_bin(from_deg: int, n: int, correct: int, ci95: tuple[float, float]) -> dict:
    return {"fromDeg": from_deg, "toDeg": from_deg + 20, "n": n, "objects": 2, "correct": correct, "ci95": list(ci95)}


SFT = {
    "schemaVersion": 4,
    "model": "sft-candidate-0123456789",
    "weightsSha256": "0a" * 32,
    "device": "native",
    "seed": "ablations",
    "items": 11,
    "families": {"ego-rotation": entry(6, 5, 4), "vertical": entry(4, 3, 2, (0.2, 0.97))},
    "together": {"n": 10, "objects": 4, "correct": 8, "ci95": [0.4, 0.95]},
    "swap": {"n": 8, "consistent": 6, "ci95": [0.3, 0.95]},
    "order": {"n": 10, "consistent": 7, "ci95": [0.3, 0.9]},
    "bias": {
        "ego-rotation": {"left": {"answered": 4, "right": 3}, "right": {"answered": 2, "right": 3}},
        "vertical": {
            "down": {"answered": 0, "right": 1},
            "same": {"answered": 1, "right": 1},
            "up": {"answered": 3, "right": 2},
        },
    },
    "byAngle": [
        {"family": "ego-rotation", **angle_bin(20, 4, 4, (0.5, 1))},
        {"family": "ego-rotation", **angle_bin(40, 2, 1, (0.1, 0.9))},
        {"family": "vertical", **angle_bin(40, 3, 2, (0.2, 0.9))},
    ],
    "byAngleTogether": [angle_bin(20, 4, 4, (0.5, 1)), angle_bin(40, 5, 3, (0.15, 0.93))],
    "excluded": 1,
    "assessed": True,
    "meshes": [{"name": "generated", "families": ["crane"]}],
    "withNothingExcluded": {"ego-rotation": {"n": 7, "correct": 5}, "vertical": {"n": 4, "correct": 3}},
    "seconds": 1.5,
}


def base() -> dict:
    """The same items, answered worse and without letters."""
    report = copy.deepcopy(SFT)
    report["model"] = "base-candidate-0123456789"
    report["families"]["ego-rotation"] |= {"correct": 3, "generatedN": 0, "wellFormed": 0, "generatedCorrect": 0}
    report["families"]["ego-rotation"]["generatedCi95"] = [0, 1]
    report["swap"] = {"n": 0, "consistent": 0, "ci95": [0, 1]}
    return report


def test_the_reports_here_are_shaped_like_real_ones() -> None:
    for report in (SFT, base()):
        check_contract(report, "eval-report.schema.json")


def test_every_figure_has_its_count_and_interval() -> None:
    found = compared("objects", {"base": base(), "sft": SFT})
    assert (found["seed"], found["items"], list(found["variants"])) == ("ablations", 11, ["base", "sft"])
    sft = found["variants"]["sft"]
    # The report's intervals, not Wilson's of the counts: they know which items are about one object.
    assert sft["families"]["vertical"]["scored"] == {"right": 3, "n": 4, "share": 0.75, "ci95": [0.2, 0.97]}
    assert sft["families"]["vertical"]["generated"] == {"right": 2, "n": 4, "share": 0.5, "ci95": [0.05, 0.98]}
    assert sft["families"]["vertical"]["wellFormed"]["ci95"] == list(wilson(4, 4))
    assert sft["together"] == {"right": 8, "n": 10, "share": 0.8, "ci95": [0.4, 0.95]}
    assert sft["swap"] == {"right": 6, "n": 8, "share": 0.75, "ci95": [0.3, 0.95]}
    assert sft["order"]["ci95"] == [0.3, 0.9] and found["variants"]["base"]["swap"]["share"] is None
    assert [(a["fromDeg"], a["right"], a["n"]) for a in sft["angles"]] == [(20, 4, 4), (40, 3, 5)]
    assert sft["angles"][1]["ci95"] == [0.15, 0.93]
    assert [one["ci95"] for one in sft["byAngle"]] == [[0.5, 1], [0.1, 0.9], [0.2, 0.9]]


def test_bias_is_what_would_have_to_be_answered_otherwise() -> None:
    assert option_shift(SFT["bias"]["ego-rotation"]) == pytest.approx(1 / 6)
    assert option_shift(SFT["bias"]["vertical"]) == pytest.approx(1 / 4)
    assert option_shift({"up": {"answered": 2, "right": 2}}) == 0
    assert option_shift({}) is None and option_shift({"up": {"answered": 0, "right": 2}}) is None
    # An answer that is never right, and not every item answered.
    options = {"none": {"answered": 1, "right": 0}, "left": {"answered": 1, "right": 4}}
    assert option_shift(options) == pytest.approx(0.5)


def test_no_items_are_no_share() -> None:
    assert share(0, 0) == {"right": 0, "n": 0, "share": None, "ci95": [0, 1]}


def test_markdown_has_a_line_a_variant() -> None:
    lines = markdown([compared("objects", {"base": base(), "sft": SFT})]).split("\n")
    assert "## objects" in lines and "11 items of seed `ablations`." in lines
    assert "| variant | ego-rotation | vertical | together |" in lines
    scored = lines[lines.index("### Scored") + 5]
    assert scored.startswith("| sft | 83.3 % (43.6–97.0, n = 6) | 75.0 % (20.0–97.0, n = 4) |")
    assert scored.endswith("| 80.0 % (40.0–95.0, n = 10) |")
    letters = lines[lines.index("### Generated letters") + 4]
    assert letters.startswith("| base | – | 50.0 % (")
    assert lines[lines.index("### Scored, by |Δ azimuth|") + 2] == "| variant | 20–40° | 40–60° |"
    assert lines[lines.index("### Consistency") + 4] == "| base | – | 70.0 % (30.0–90.0, n = 10) |"
    assert lines[lines.index("### Response bias") + 5] == "| sft | 16.7 %, left | 25.0 %, up |"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"seed": "other"}, "seed of b is other, of a ablations"),
        ({"items": 12}, "items of b is 12"),
        ({"families": {"vertical": entry(4, 3, 2)}}, "n of b is"),
        ({"meshes": [{"name": "kaykit"}]}, "meshes of b is"),
        ({"schemaVersion": 3}, "the report of b is of version 3"),
    ],
)
def test_other_items_are_refused(change: dict, what: str) -> None:
    with pytest.raises(ReportsDiffer, match=f'"objects": {what}'):
        compared("objects", {"a": SFT, "b": SFT | change})


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["ablation_table.py", *arguments])
    runpy.run_path(str(SCRIPT), run_name="__main__")


def test_the_command_writes_both_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, report in {"base": base(), "sft": SFT, "other": SFT | {"seed": 2}}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(report), encoding="utf-8")
    entries = [f"base={tmp_path}/base.json", f"SFT + GRPO={tmp_path}/sft.json"]
    out = tmp_path / "table.v1"
    run(monkeypatch, "--set", "objects", *entries, "--set", "packs", entries[0], "--out", str(out))
    table = json.loads((tmp_path / "table.v1.json").read_text(encoding="utf-8"))
    assert [(one["name"], list(one["variants"])) for one in table["sets"]] == [
        ("objects", ["base", "SFT + GRPO"]),
        ("packs", ["base"]),
    ]
    assert "| SFT + GRPO | " in (tmp_path / "table.v1.md").read_text(encoding="utf-8")
    with pytest.raises(SystemExit, match=r"no table: .*seed of sft is 2"):
        run(monkeypatch, "--set", "objects", entries[0], f"sft={tmp_path}/other.json", "--out", str(out))
    with pytest.raises(SystemExit):
        run(monkeypatch, "--set", "objects", "--out", str(out))
