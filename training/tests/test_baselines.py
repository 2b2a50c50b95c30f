"""Baselines: intervals, constant answers, poses recovered from pictures, items read from both layouts."""

import json
import runpy
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from conftest import TINY
from fake_data import render, write_pose_shard

from viewpoint_training.baselines import (
    PoseGuess,
    Row,
    chance_rows,
    classical_pose,
    guessed_row,
    key_of_pose,
    markdown,
    pose_from_recovered,
)
from viewpoint_training.checkpoint import save_release
from viewpoint_training.encoder import Encoder
from viewpoint_training.intervals import clustered, wilson
from viewpoint_training.item_sets import ItemSet
from viewpoint_training.movement import Views, camera_axes_world, eye_world

THREE = ("left", "right", "none")


def item(family: str, answer: str, keys: tuple[str, ...] = THREE, number: int = 0) -> dict:
    options = [{"letter": "ABCDEF"[i], "key": key, "text": key} for i, key in enumerate(keys)]
    question = "ego-translation" if family == "no-movement" else family
    return {
        "id": f"test-{family}-{number}", "objectId": f"object-{number}", "family": family, "question": question,
        "options": options, "answerKey": answer, "answerable": True, "viewA": {"fovYDeg": 40.0},
    }  # fmt: skip


def test_wilson_agrees_with_known_values() -> None:
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson(200, 200)[1] == 1.0 and wilson(0, 0) == (0.0, 1.0)
    with pytest.raises(ValueError, match="no share"):
        wilson(3, 2)


def test_intervals_over_clusters_agree_with_the_page_s() -> None:
    golden = Path(__file__).parents[2] / "src" / "contract" / "golden" / "intervals.json"
    cases = json.loads(golden.read_text(encoding="utf-8"))["cases"]
    assert len(cases) >= 8
    for case in cases:
        assert clustered(map(tuple, case["clusters"])) == pytest.approx(case["ci95"], abs=1e-12)


def test_items_about_one_object_are_a_cluster() -> None:
    items = [item("vertical", "up", ("up", "down"), number=i // 10) for i in range(40)]
    row = Row("two objects known")
    for one in items:
        row.add(one, "up" if one["objectId"] in ("object-0", "object-1") else "down")
    score = row.families["vertical"]
    low, high = clustered([(10, 10), (10, 10), (10, 0), (10, 0)])
    assert (score.n, score.correct) == (40, 20) and score.ci95 == (low, high)
    assert high - low > 2 * (wilson(20, 40)[1] - wilson(20, 40)[0])
    # What was written is printed again: a file holds no objects.
    read = Row.from_json({"name": row.name, "families": {"vertical": score.to_json()}})
    assert markdown([read]) == markdown([row]) and f"({100 * low:.1f}–{100 * high:.1f})" in markdown([read])


def test_constant_answers() -> None:
    keys = ("right", "none", "left")
    items = [
        item("ego-rotation", key, order)
        for key in ("left", "right")
        for order in (THREE, keys, ("none", "left", "right"))
    ]
    items += [item("no-movement", "none")]
    chance, constant, letter = chance_rows(items)
    assert chance.families["ego-rotation"].correct == 2 and chance.families["ego-rotation"].n == 6
    assert constant.families["ego-rotation"].correct == 3 and constant.families["no-movement"].correct == 1
    assert letter.families["ego-rotation"].correct == 2


def test_poses_answer_by_the_sign_table() -> None:
    guess = PoseGuess(azimuth_deg=41.0, elevation_deg=12.0, distance_log=-0.3)
    expected = {"ego-translation": "right", "object-translation": "left", "ego-rotation": "left", "vertical": "up"}
    for family, key in (expected | {"distance": "closer"}).items():
        assert key_of_pose(item(family, key), guess) == key
    angles = ("right-40", "left-40", "left-60", "right-60", "left-90", "right-90")
    assert key_of_pose(item("magnitude", "left-40", angles), guess) == "left-40"
    assert key_of_pose(item("ego-rotation", "none"), PoseGuess(3.0, moved=False)) == "none"
    assert key_of_pose(item("vertical", "same"), PoseGuess(30.0, 2.0)) == "same"
    assert key_of_pose(item("distance", "same"), PoseGuess(30.0, 2.0)) is None
    assert key_of_pose(item("decoupled", "neither"), guess) is None
    for code, key in ((1, "moved-right"), (-2, "turned-left"), (0, "neither")):
        assert key_of_pose(item("decoupled", key), PoseGuess(3.0, decoupled_code=code)) == key


def test_failed_guesses_are_drawn_and_counted() -> None:
    items = [item("ego-translation", "right", number=i) for i in range(60)] + [item("decoupled", "neither")]
    row = guessed_row("half", items, lambda n: PoseGuess(30.0) if n % 2 else None)
    score = row.families["ego-translation"]
    assert score.unanswered == 30 and 30 < score.correct < 50 and "decoupled" not in row.families
    assert guessed_row("nothing", items[:3], lambda n: None) is None
    assert "30 of 60 guessed" in markdown([row]) and "12.9 %" in markdown([row])


@pytest.mark.parametrize("turn_deg", [-70, -25, 25, 70])
@pytest.mark.parametrize("rise_deg", [-12, 12])
def test_recovered_pose_has_the_right_sides(turn_deg: float, rise_deg: float) -> None:
    poses = Views(*np.array([[10.0, 20.0, 3.0, 40.0, 0.0], [10.0 + turn_deg, 20.0 + rise_deg, 3.0, 40.0, 0.0]]).T)
    flip = np.diag([1.0, -1.0, -1.0])  # rows right, up, back -> OpenCV's right, down, forward
    axes = [flip @ np.stack([axis[n] for axis in camera_axes_world(poses)]) for n in (0, 1)]
    eyes = eye_world(poses)
    rotation = axes[1] @ axes[0].T
    guess = pose_from_recovered(rotation, axes[1] @ (eyes[0] - eyes[1]))
    assert np.sign(guess.azimuth_deg) == np.sign(turn_deg)
    assert guess.elevation_deg == pytest.approx(rise_deg, abs=1e-6)
    assert guess.yaw_right_deg == pytest.approx(-turn_deg, abs=12)


def test_classical_matcher_on_a_textured_ball() -> None:
    pytest.importorskip("cv2", reason="the extra 'classical'")
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(600, 3))
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    colours = rng.integers(0, 256, size=(600, 3))

    def picture(azimuth_deg: float) -> np.ndarray:
        return render(centres, colours, azimuth_deg, 10.0, 3.0, fov_y_deg=40.0, size_px=256, grid=4)[0]

    start = picture(0)
    for turn_deg in (-12, 12):
        guess = classical_pose(start, picture(turn_deg), 40.0)
        assert guess is not None and np.sign(guess.azimuth_deg) == np.sign(turn_deg)
        assert np.sign(guess.yaw_right_deg) == -np.sign(turn_deg)
    assert classical_pose(start, start, 40.0).moved is False
    assert classical_pose(np.zeros_like(start), start, 40.0) is None


@pytest.fixture
def rendered_set(tmp_path):
    folder = tmp_path / "val-posed"
    write_pose_shard(folder / "shard-0000", objects=2)
    items = [item("ego-translation", "right", number=0), item("no-movement", "none", number=1)]
    items[1]["answerable"] = False
    pairs = [
        {"id": items[0]["id"], "shard": "shard-0000", "viewA": 0, "viewB": 1, "closestShare": 0.2},
        {"id": items[1]["id"], "shard": "shard-0000", "viewA": 10, "viewB": 15, "closestShare": 0.2},
    ]
    for name, lines in (("items", items), ("pairs", pairs)):
        (folder / "shard-0000" / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return folder


def test_items_of_both_layouts(rendered_set, tmp_path) -> None:
    found = ItemSet.open(rendered_set)
    assert len(found) == 2 and found.pictures(1)[0].shape == (64, 64, 3)
    assert not np.array_equal(*found.pictures(0))
    flat = tmp_path / "flat"
    flat.mkdir()
    (flat / "items.jsonl").write_text((rendered_set / "shard-0000" / "items.jsonl").read_text())
    np.stack([picture for i in (0, 1) for picture in found.pictures(i)]).tofile(flat / "pixels.u8")
    again = ItemSet.open(flat, 64)
    assert all(np.array_equal(again.pictures(1)[side], found.pictures(1)[side]) for side in (0, 1))
    with pytest.raises(ValueError, match="2 items of 32 px need"):
        ItemSet.open(flat, 32)
    with pytest.raises(ValueError, match="name their size"):
        ItemSet.open(flat)
    (flat / "pixels.json").write_text('{"imageSizePx": 64}')
    assert len(ItemSet.open(flat)) == 2
    with pytest.raises(FileNotFoundError, match="--recipe 2"):
        ItemSet.open(tmp_path / "nothing")
    (rendered_set / "shard-0000" / "pairs.jsonl").write_text("")
    with pytest.raises(ValueError, match="same items"):
        ItemSet.open(rendered_set)


def test_the_command_writes_its_report(rendered_set, parts, tiny_lm_folder, tmp_path, monkeypatch) -> None:
    lm, _, encoder, connector, _ = parts
    save_release(tmp_path / "release", encoder, connector, lm, tiny_lm_folder, {"stage": "untuned"})
    out = tmp_path / "out"
    script = str(__import__("pathlib").Path(__file__).parents[1] / "scripts" / "baselines.py")
    arguments = [
        "--items",
        rendered_set,
        "--release",
        tmp_path / "release",
        "--out",
        out,
        "--no-classical",
        "--threads",
        1,
    ]
    monkeypatch.setattr(sys, "argv", [script, *map(str, arguments)])
    runpy.run_path(script, run_name="__main__")
    report = json.loads((out / "baselines.json").read_text())
    assert report["items"] == 1 and report["leftOut"] == 1
    names = [row["name"] for row in report["rows"]]
    assert names == ["chance", "best constant answer", "best constant letter", "the encoder's pose heads"]
    assert report["rows"][-1]["families"]["ego-translation"]["n"] == 1
    assert "| chance |" in (out / "baselines.md").read_text()


def test_pose_heads_with_a_turn_answer_what_moved_or_turned(rendered_set) -> None:
    script = Path(__file__).parents[1] / "scripts" / "baselines.py"
    encoder_poses = runpy.run_path(str(script))["encoder_poses"]
    torch.manual_seed(0)
    items = ItemSet.open(rendered_set)
    for bins in (0, 41):
        release = SimpleNamespace(encoder=Encoder(replace(TINY, turn_bins=bins)).eval())
        poses = encoder_poses(release, items, [0, 1], batch=1)
        asked = item("decoupled", "neither")
        assert all((key_of_pose(asked, pose) is not None) == (bins > 0) for pose in poses)
