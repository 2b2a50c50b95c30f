"""A released model gets other reports and another calibration; its weights stay, and foreign reports are refused."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from eval_reports import entry, report

from viewpoint_training.export.card import CardFacts
from viewpoint_training.export.manifest import weights_sha256
from viewpoint_training.export.package import Labels, Source, export_model
from viewpoint_training.movement import THREE_TYPES

SCRIPT = Path(__file__).parents[1] / "scripts" / "renew_card.py"
TAUGHT = {family: entry(0.9) for family in THREE_TYPES}


@pytest.fixture
def script(source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The command beside a released tiny model below `tmp_path`."""
    spec = importlib.util.spec_from_file_location("renew_card_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "MODELS", tmp_path / "public")
    monkeypatch.setattr(module, "CARDS", tmp_path / "cards")
    _, card = export_model(source, Labels("tiny", "Tiny"), tmp_path / "public" / "tiny")
    card.save(tmp_path / "cards" / "tiny.json")
    return module


def test_reports_and_calibration_are_renewed_and_weights_stay(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "public" / "tiny"
    before = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    weights = weights_sha256(before["files"])

    def renewed(*arguments: str) -> dict:
        monkeypatch.setattr(sys, "argv", ["renew_card.py", "--id", "tiny", *arguments])
        script.main()
        return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))

    def written(name: str, content: dict) -> str:
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        return str(path)

    with pytest.raises(SystemExit, match=r'not renewed: .*"a" is of'):
        renewed("--scores", f"a={written('other', report(TAUGHT, '0b' * 32))}")
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8")) == before

    fitted = {"temperature": 1.5, "temperatures": {"vertical": 2.0}, "n": 400, "ece": 0.03, "crossed": True}
    made = written("made", {"SFT": "forty minutes"})
    first = renewed(
        *("--scores", f"a={written('a', report(TAUGHT, weights))}"),
        *("--calibration", written("fit", fitted), "--made", made),
    )
    assert "| the three types, 20–100° |" in capsys.readouterr().out
    assert first["calibration"] == {"temperature": 1.5, "temperatures": {"vertical": 2.0}, "n": 400, "ece": 0.03}
    assert weights_sha256(first["files"]) == weights
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert "### a" in card and "| SFT | forty minutes |" in card and "| the same, `vertical` | 2 |" in card
    assert "| encoder |" in card

    second = renewed("--scores", f"b={written('b', report(TAUGHT, weights))}")
    assert list(second["scores"]) == ["a", "b"] and second["calibration"] == first["calibration"]
    assert list(renewed("--drop", "a")["scores"]) == ["b"]
    assert "| SFT | forty minutes |" in (folder / "README.md").read_text(encoding="utf-8")


def test_what_a_card_tells_is_kept_whole(tmp_path: Path) -> None:
    card = CardFacts(
        "Tiny", {"part": "value"}, {"encoder": 1e-6}, {"temperature": 2.0}, ["vertical"], {}, True, {"a": "b"}
    )
    card.save(tmp_path / "cards" / "tiny.json")
    assert CardFacts(**json.loads((tmp_path / "cards" / "tiny.json").read_text(encoding="utf-8"))) == card
