"""What a release must show before it replaces the shipped one."""

import importlib.util
import json
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
import torch
from eval_reports import WEIGHTS, N, entry, report

from viewpoint_training.export import candidate, package
from viewpoint_training.export.accuracy import (
    AccuracyError,
    below_floors,
    better_than_blind,
    check_accuracy,
    check_coverage,
    check_measured,
    check_weights_told,
    letters_like_guesses,
    lower_than_before,
)
from viewpoint_training.export.candidate import candidate_id
from viewpoint_training.export.floors import CONTROL_CHANCE, FLOORS
from viewpoint_training.export.manifest import check_contract, weights_sha256
from viewpoint_training.export.package import Source
from viewpoint_training.export.parity import LIMITS
from viewpoint_training.movement import BROADER, THREE_TYPES

SCRIPT = Path(__file__).parents[1] / "scripts" / "export_model.py"
OTHER_WEIGHTS = "0b" * 32

GOOD = {
    **{family: entry(0.83) for family in THREE_TYPES},
    "no-movement": entry(1.0),
    **{family: entry(0.72) for family in ("vertical", "distance", "decoupled")},
    "magnitude": entry(0.5),
}


def test_figures_of_a_released_model_pass() -> None:
    check_accuracy({"a": report(GOOD)})
    check_coverage([*THREE_TYPES, *BROADER], {"a": report(GOOD)})
    check_weights_told({"a": report(GOOD)})
    check_measured(WEIGHTS, {"a": report(GOOD), "b": report(GOOD) | {"model": "tiny-candidate-1"}})
    # What was excluded altogether, and reports without generated answers, say nothing.
    check_accuracy({"a": report(GOOD | {"vertical": entry(0, n=0)})})
    check_accuracy({"a": report({"vertical": entry(0.72) | {"generatedN": 0, "wellFormed": 0}})})


def test_every_floor_lies_above_guessing() -> None:
    assert set(FLOORS) == {*THREE_TYPES, *BROADER, "no-movement"}
    assert all(0 < floor.guessing < floor.right < 1 for floor in FLOORS.values())


@pytest.mark.parametrize("family", list(FLOORS))
def test_each_family_has_a_floor(family: str) -> None:
    lines = below_floors(report(GOOD | {family: entry(FLOORS[family].right - 0.01)}))
    assert any(line.startswith(f"{family}: ") and f"of {N} (" in line and "floor" in line for line in lines)


def test_the_three_types_have_a_floor_together() -> None:
    (line,) = below_floors(report({family: entry(0.7) for family in THREE_TYPES}))
    assert line == "the three types together: 420 of 600 (70.0 %) right, floor 75.0 %"


def test_few_items_must_be_better_than_guessing() -> None:
    (line,) = below_floors(report({"decoupled": entry(0.6, n=30) | {"ci95": [0.19, 0.9]}}))
    assert line.startswith("decoupled: 18 of 30 (60.0 %) right, no better than guessing (20.0 %)")


def test_a_handful_of_items_shows_nothing() -> None:
    (line,) = below_floors(report({"magnitude": entry(1.0, n=29)}))
    assert line == "magnitude: 29 items show nothing, 30 are asked for"
    assert below_floors(report({"magnitude": entry(1.0, n=30)})) == []


def test_letters_must_be_well_formed() -> None:
    (line,) = below_floors(report(GOOD | {"vertical": entry(0.72, well_formed=N - 9)}))
    assert line == "well-formed answers: 1591 of 1600 (99.4 %), floor 99.5 %"


def test_a_family_without_a_floor_is_refused() -> None:
    (line,) = below_floors(report({"new": entry(1.0)}))
    assert line.startswith("new: no floor is known")


def test_all_that_is_below_is_named_with_its_report_and_what_to_do() -> None:
    scores = {"a": report(GOOD | {"vertical": entry(0.4)}), "b": report(GOOD | {"distance": entry(0.3)})}
    with pytest.raises(AccuracyError, match=r"(?s)a: vertical: 80 of 200 .*b: distance: 60 of 200 .*--items"):
        check_accuracy(scores)


def test_what_was_taught_must_be_measured() -> None:
    some = {"a": report({"vertical": entry(0.7)}), "b": report({"distance": entry(0.7)})}
    check_coverage(["vertical", "distance"], some)
    with pytest.raises(AccuracyError, match="--families decoupled,magnitude"):
        check_coverage(BROADER, some)
    with pytest.raises(AccuracyError, match="not in the reports: vertical"):
        check_coverage(["vertical"], {"a": report({"vertical": entry(0, n=0)})})
    silent = {"a": report({"vertical": entry(0.7) | {"generatedN": 0, "wellFormed": 0}})}
    with pytest.raises(AccuracyError, match="without --no-generate"):
        check_coverage(["vertical"], silent)


def test_reports_must_be_of_these_weights() -> None:
    scores = {"a": report(GOOD, OTHER_WEIGHTS), "b": report(GOOD)}
    with pytest.raises(AccuracyError, match=f'are {WEIGHTS}, but "a" is of {OTHER_WEIGHTS} \\(tiny\\)\\. Export'):
        check_measured(WEIGHTS, scores)


def test_a_report_that_names_no_weights_is_refused() -> None:
    old = {key: value for key, value in report(GOOD).items() if key != "weightsSha256"}
    with pytest.raises(AccuracyError, match='"a" of before does not name its weights'):
        check_weights_told({"a": old, "b": report(GOOD)})


def test_weights_are_hashed_as_the_evaluation_does() -> None:
    # tools/eval/weights-hash.test.ts expects the same of the same files.
    files = [
        {"path": "onnx/decoder.onnx_data", "sha256": "22" * 32},
        {"path": "README.md", "sha256": "33" * 32},
        {"path": "onnx/decoder.onnx", "sha256": "11" * 32},
    ]
    assert weights_sha256(files) == "2c281745d74cfd47107ecb4f0007f22d98c6e40e79ba709f408048e508536b38"
    assert weights_sha256(files[::-1]) == weights_sha256(files)
    assert weights_sha256([*files, {"path": "onnx/decoder_f16.onnx", "sha256": "44" * 32}]) == weights_sha256(files)
    assert weights_sha256([files[0], files[2] | {"sha256": "44" * 32}]) != weights_sha256(files)


def test_the_reports_here_are_shaped_like_real_ones() -> None:
    check_contract(report(GOOD), "eval-report.schema.json")


def test_the_interval_of_the_report_is_what_counts() -> None:
    """Two hundred items about four objects say less than Wilson's interval claims."""
    few = entry(0.6) | {"objects": 4, "ci95": [0.3, 0.85], "generatedCi95": [0.3, 0.85]}
    (line,) = below_floors(report({"vertical": few}))
    assert line.endswith("the 95 % interval begins at 30.0 %")
    assert letters_like_guesses({"a": report({"vertical": few})})
    assert below_floors(report({"vertical": entry(0.6)})) == []
    assert letters_like_guesses({"a": report({"vertical": entry(0.6)})}) == []


def test_a_control_is_judged_by_what_its_pictures_allow() -> None:
    def control(**families: dict) -> dict:
        return {"sphere": report(families) | {"meshes": [{"name": "sphere"}]}}

    at_chance = control(**{family: entry(share) for family, share in CONTROL_CHANCE.items()})
    check_accuracy(at_chance)
    assert better_than_blind(at_chance) == letters_like_guesses(at_chance) == []
    assert lower_than_before(at_chance, {"sphere": report(GOOD)}) == []
    with pytest.raises(AccuracyError, match="not in the reports: vertical"):
        check_coverage(["vertical"], at_chance)
    (line,) = better_than_blind(control(vertical=entry(0.5), distance=entry(1.0)))
    assert line == "sphere: vertical: 100 of 200 (50.0 %) right, where pictures allow 33.3 %"
    assert better_than_blind({"a": report(GOOD)}) == []


def test_a_sealed_test_is_told_and_decides_nothing() -> None:
    bad = {"sealed": report({"vertical": entry(0.4)}) | {"meshes": [{"name": "Reallusion"}, {"name": "Scopia"}]}}
    check_accuracy(bad)
    assert letters_like_guesses(bad) == lower_than_before(bad, {"sealed": report(GOOD)}) == []
    mixed = bad["sealed"] | {"meshes": [{"name": "Scopia"}, {"name": "mine"}]}
    with pytest.raises(AccuracyError, match="vertical"):
        check_accuracy({"mixed": mixed})


def test_a_candidate_is_named_by_its_weights(source: Source) -> None:
    name = candidate_id("tiny", source)
    assert name.startswith("tiny-candidate-") and name == candidate_id("tiny", source)
    weight = source.tower.out.bias
    before = weight.detach().clone()
    with torch.no_grad():
        weight[0] += 1e-6
        changed = candidate_id("tiny", source)
        weight.copy_(before)
    assert changed != name == candidate_id("tiny", source)


def test_a_loss_against_the_release_before_is_told() -> None:
    before = {"a": report(GOOD), "gone": report(GOOD)}
    scores = {"a": report(GOOD | {"vertical": entry(0.6), "distance": entry(0.7)}), "new": report(GOOD)}
    (line,) = lower_than_before(scores, before)
    assert line.startswith("a: vertical: 120 of 200 (60.0 %) right, 144 of 200 (72.0 %) before (65.")
    assert lower_than_before({"a": report({"distance": entry(0.7)})}, before) == []


def test_letters_that_are_no_better_than_guesses_are_told() -> None:
    (line,) = letters_like_guesses({"a": report(GOOD | {"decoupled": entry(0.8, letters=0.2)})})
    assert line == "a: decoupled: 40 of 200 (20.0 %) of the generated answers right"


@pytest.fixture
def script(source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The command, with the tiny model for every release and folders below `tmp_path`."""
    spec = importlib.util.spec_from_file_location("export_model_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "read_source", lambda _: source)
    monkeypatch.setattr(module, "MODELS", tmp_path / "public")
    monkeypatch.setattr(module, "CANDIDATES", tmp_path / "candidates")
    monkeypatch.setattr(module, "CARDS", tmp_path / "cards")
    return module


def run(script: ModuleType, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["export_model.py", "--release", "release", "--id", "tiny", *arguments])
    script.main()


def written(path: Path, content: dict) -> str:
    path.write_text(json.dumps(content), encoding="utf-8")
    return f"a={path}"


def test_the_command_releases_only_what_was_evaluated(
    script: ModuleType,
    source: Source,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shipped = tmp_path / "public" / "tiny"
    name = candidate_id("tiny", source)
    run(script, monkeypatch)
    manifest = json.loads((tmp_path / "candidates" / "tiny" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["id"] == name and not shipped.exists()
    assert f"--model {tmp_path / 'candidates' / 'tiny'}" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="were evaluated"):
        run(script, monkeypatch, "--out", str(shipped))

    weights = weights_sha256(manifest["files"])
    taught = {family: entry(0.83) for family in THREE_TYPES}
    of_another = written(tmp_path / "other.json", report(taught, OTHER_WEIGHTS))
    with pytest.raises(SystemExit, match=f'weights of this export are {weights}, but "a" is of {OTHER_WEIGHTS}'):
        run(script, monkeypatch, "--scores", of_another)
    older = {key: value for key, value in report(taught).items() if key != "weightsSha256"}
    with pytest.raises(SystemExit, match="does not name its weights"):
        run(script, monkeypatch, "--scores", written(tmp_path / "older.json", older))
    low = written(tmp_path / "low.json", report(taught | {"ego-rotation": entry(0.6)}, weights))
    with pytest.raises(SystemExit, match="ego-rotation: 120 of 200"):
        run(script, monkeypatch, "--scores", low)
    part = written(tmp_path / "part.json", report({"ego-rotation": entry(0.9)}, weights))
    with pytest.raises(SystemExit, match="--families ego-translation,object-translation"):
        run(script, monkeypatch, "--scores", part)
    assert not shipped.exists()

    # Of the candidate or of any folder with the same weights: ids do not count.
    run(script, monkeypatch, "--scores", written(tmp_path / "good.json", report(taught, weights)))
    manifest = json.loads((shipped / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["id"] == "tiny" and manifest["scores"]["a"]["weightsSha256"] == weights
    assert weights_sha256(manifest["files"]) == weights

    capsys.readouterr()
    lower = written(tmp_path / "lower.json", report(taught | {"ego-rotation": entry(0.76)}, weights))
    run(script, monkeypatch, "--scores", lower)
    assert "lower than the model that is replaced: a: ego-rotation: 152 of 200" in capsys.readouterr().out


def test_the_command_says_which_comparison_with_pytorch_failed(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "measure_parity", lambda *_: replace(LIMITS, encoder=1.0))
    with pytest.raises(SystemExit, match=r"encoder 1 > 0\.001"):
        run(script, monkeypatch)
    assert not any((tmp_path / "candidates").iterdir())


def test_candidates_are_not_committed() -> None:
    ignored = (candidate.PROJECT / ".gitignore").read_text(encoding="utf-8").split()
    assert candidate.CANDIDATES.is_relative_to(candidate.PROJECT / "runs") and "/runs/" in ignored
