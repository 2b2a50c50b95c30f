"""The stages as commands: which batches a run draws, what it says about itself, and what it refuses."""

import json
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from fake_data import write_pose_shard, write_shard
from test_look_alikes import symmetric, write_twins
from transformers import LlamaForCausalLM

from viewpoint_training import encoder_losses as losses_module
from viewpoint_training import family_pairs
from viewpoint_training.checkpoint import load_release
from viewpoint_training.data import PairBatch

SCRIPTS = Path(__file__).parents[1] / "scripts"
TINY_ENCODER = {"image_size_px": 64, "stem_width": 8, "cell_width": 16, "width": 32, "heads": 2, "depth": 1}
COMMIT = "viewpoint_training.training_loop.current_commit"

Run = Callable[..., Path]


def run_stage(script: str, arguments: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    threads = torch.get_num_threads()
    monkeypatch.setattr(sys, "argv", [script, *map(str, arguments), "--threads", "1", "--minutes", "1000"])
    runpy.run_path(str(SCRIPTS / script), run_name="__main__")
    torch.set_num_threads(threads)


@pytest.fixture
def encode(fake_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Trains an encoder: name of the run, then what is its own."""

    def run(name: str, *arguments: object, data: Path = fake_data, mix: str = "train-generated*:1") -> Path:
        sets = ["--data", data, "--mix", mix, "--val", "val-generated*", "--config", json.dumps(TINY_ENCODER)]
        size = ["--pairs", 8, "--batch", 4, "--eval-pairs", 0, "--log-seconds", 0, "--device", "cpu"]
        run_stage("train_encoder.py", [*sets, *size, "--out", tmp_path / name, *arguments], monkeypatch)
        return tmp_path / name

    return run


@pytest.fixture
def teach(encode: Run, fake_data: Path, tiny_lm_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Supervised fine-tuning on one encoder: what is the call's own, the rest as before."""
    encoder = encode("encoder")

    def run(*arguments: object, lm: Path = tiny_lm_folder) -> Path:
        sets = ["--data", fake_data, "--mix", "train-generated*:1", "--val", "val-generated*", "--eval-pairs", 1]
        start = ["--lm", lm, "--encoder", encoder / "checkpoint.pt", "--out", tmp_path / "sft", "--device", "cpu"]
        run_stage("train_sft.py", [*sets, *start, "--sequences", 4, "--batch", 2, *arguments], monkeypatch)
        return tmp_path / "sft"

    return run


def watched(monkeypatch: pytest.MonkeyPatch) -> list[PairBatch]:
    """Batches that the encoder learns from, as they come."""
    seen: list[PairBatch] = []
    plain = losses_module.encoder_losses

    def encoder_losses(out, batch, config):
        seen.append(batch)
        return plain(out, batch, config)

    monkeypatch.setattr(losses_module, "encoder_losses", encoder_losses)
    return seen


def test_a_run_begun_from_another_draws_other_batches(encode: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = watched(monkeypatch)
    first = encode("first")
    again = encode("again")
    assert len(seen) == 4 and all(torch.equal(seen[step].a, seen[step + 2].a) for step in (0, 1))
    second = encode("second", "--init-from", first / "weights.pt")
    encode("second", "--init-from", first / "weights.pt", "--pairs", 12)  # resumed
    encode("again", "--pairs", 12)  # resumed at the same step
    assert len(seen) == 8
    for later in (4, 5, 6):
        assert not any(torch.equal(seen[later].a, seen[other].a) for other in (0, 1, 7))
    saved = torch.load(second / "checkpoint.pt", weights_only=False)
    assert (saved["pairsBefore"], saved["pairs"]) == (8, 20)
    assert torch.load(again / "checkpoint.pt", weights_only=False)["pairs"] == 12


@pytest.mark.parametrize("families", [[], ["vertical", "distance", "decoupled"]], ids=["by rule", "by family"])
def test_the_encoder_hears_which_sides_nobody_can_tell(
    families: list[str], encode: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two of four objects look the same after every quarter turn."""
    folder = tmp_path / "data" / "train-twins" / "shard-0000"
    write_pose_shard(folder, objects=4)
    write_twins(folder, {}, symmetric(4), {}, symmetric(4))
    drawn: list[np.ndarray] = []
    plain = family_pairs.load_judged_pairs

    def load_judged_pairs(source, first, second):
        drawn.append(source.views.first_of_object[first] // 10)
        return plain(source, first, second)

    monkeypatch.setattr(family_pairs, "load_judged_pairs", load_judged_pairs)
    seen = watched(monkeypatch)
    asked = ["--families", *families] if families else []
    wide = ["--start-deg", 100, "--end-deg", 110]
    encode("out", *asked, *wide, "--batch", 16, "--pairs", 64, data=tmp_path / "data", mix="train-twins:1")
    objects = np.concatenate(drawn)
    has_side = torch.cat([batch.has_side for batch in seen]).numpy()
    moved = torch.cat([batch.moved for batch in seen]).numpy()
    is_plain = objects % 2 == 0
    assert has_side[is_plain].all() and (~has_side[~is_plain & moved]).sum() > 5


def test_a_set_that_has_twins_in_part_is_refused_by_the_encoder(encode: Run, tmp_path: Path) -> None:
    for name in ("shard-0000", "shard-0001"):
        write_shard(tmp_path / "data" / "train-part" / name, objects=2, seed=int(name[-1]))
    write_twins(tmp_path / "data" / "train-part" / "shard-0000", {}, symmetric(4))
    with pytest.raises(ValueError, match=r"shard-0001 has no twins\.jsonl"):
        encode("out", data=tmp_path / "data", mix="train-part:1")


def test_a_finished_encoder_keeps_what_is_behind_it(encode: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(out: Path) -> tuple[list[tuple[str, int]], int, int]:
        saved, weights = (torch.load(out / name, weights_only=False) for name in ("checkpoint.pt", "weights.pt"))
        assert saved["runs"] == weights["runs"] == json.loads((out / "run.json").read_text())
        return [(run["commit"], run["pairs"]) for run in saved["runs"]], saved["pairs"], weights["pairs"]

    monkeypatch.setattr(COMMIT, lambda: "first")
    assert told(encode("out")) == ([("first", 8)], 8, 8)
    monkeypatch.setattr(COMMIT, lambda: "second")
    assert told(encode("out", "--batch", 2, "--lr", 1)) == ([("first", 8)], 8, 8)
    assert told(encode("out", "--batch", 2, "--pairs", 12)) == ([("first", 8), ("second", 4)], 12, 12)


def test_a_finished_sft_keeps_what_is_behind_it(teach: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(COMMIT, lambda: "first")
    before = load_release(teach() / "release").config
    assert (before["sequences"], before["trainingCommit"]) == (4, "first")
    assert [run["pairs"] for run in before["runs"]["encoder"]] == [8]
    monkeypatch.setattr(COMMIT, lambda: "second")
    # Two steps of one would have been half of the run, and so trained on.
    assert load_release(teach("--batch", 1, "--lr", 1) / "release").config == before
    further = load_release(teach("--batch", 1, "--sequences", 5) / "release").config
    assert [(run["commit"], run["sequences"]) for run in further["runs"]["sft"]] == [("first", 4), ("second", 1)]
    assert (further["sequences"], further["trainingCommit"]) == (5, "second")


def test_sft_goes_on_only_from_what_it_began_with(teach: Run, tiny_lm_folder: Path, tmp_path: Path) -> None:
    out = teach()
    other = tmp_path / "other-lm"
    lm = LlamaForCausalLM.from_pretrained(tiny_lm_folder, dtype=torch.float32)
    with torch.no_grad():
        lm.model.layers[0].mlp.up_proj.weight += 0.1
    lm.save_pretrained(other)
    for path in tiny_lm_folder.iterdir():
        if not (other / path.name).exists():
            (other / path.name).write_bytes(path.read_bytes())
    with pytest.raises(ValueError, match="other weights than --lm or --init-from gives now"):
        teach(lm=other)
    # The connector's random parts are drawn by every call, and no file names them.
    teach("--seed", 7, "--sequences", 6)
    saved = torch.load(out / "checkpoint.pt", weights_only=False)
    torch.save({"connector": saved["connector"]}, tmp_path / "connector.pt")
    with pytest.raises(ValueError, match="other weights than --connector or --init-from gives now"):
        teach("--connector", tmp_path / "connector.pt")
    # Checkpoints of before know their encoder alone.
    saved["start"] = {"--encoder": saved["start"]["--encoder"]}
    torch.save(saved, out / "checkpoint.pt")
    teach(lm=other)


def test_weights_that_would_never_ask_are_refused() -> None:
    parse = runpy.run_path(str(SCRIPTS / "train_sft.py"))["parse_weights"]
    assert parse(["vertical:0.5", "magnitude:2"], ("vertical", "magnitude")) == {"vertical": 0.5, "magnitude": 2.0}
    for text in ("magnitude:0", "magnitude:-1", "magnitude", "magnitude:nan", "magnitude:inf"):
        with pytest.raises(ValueError, match=f'--weights "{text}": a weight is a number above 0'):
            parse([text], ("magnitude",))
    with pytest.raises(ValueError, match="this run asks vertical"):
        parse(["magnitude:2"], ("vertical",))


def test_an_encoder_needs_no_evaluation(encode: Run) -> None:
    out = encode("out")
    assert "evaluation" not in (out / "log.jsonl").read_text()
    assert (out / "weights.pt").exists()
