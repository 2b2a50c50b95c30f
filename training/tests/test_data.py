"""Shards are read, aligned and paired as the layout says; augmentations keep what is true."""

import json

import numpy as np
import pytest
import torch
from fake_data import VIEWS, write_shard

from viewpoint_training.augment import augment, mirror
from viewpoint_training.data import (
    DataMix,
    PairRule,
    ViewSet,
    camera_coordinates,
    check_alignment,
    check_held_out,
    draw_pairs,
    held_out_sets,
    load_pairs,
    object_group,
    to_azimuth_frame,
)


def test_refresh_skips_unfinished_shards(tmp_path) -> None:
    write_shard(tmp_path / "train-cc0" / "shard-0000", objects=2)
    write_shard(tmp_path / "train-cc0" / "shard-0001", objects=3, seed=1)
    card = tmp_path / "train-cc0" / "shard-0001" / "shard.json"
    text = card.read_text()
    card.unlink()
    views = ViewSet(tmp_path, "train-cc0*")
    assert len(views) == 2 and views.refresh() == 0
    card.write_text(text)
    assert views.refresh() == 1 and len(views) == 5
    assert views.object_names[2] == "fake-1-0"
    assert views.twin[-1] == len(views.twin) - VIEWS


def test_alignment_holds_and_a_slip_is_found(fake_data, tmp_path) -> None:
    assert check_alignment(ViewSet(fake_data, "train-generated*")) > 0.99
    folder = tmp_path / "slipped" / "shard-0000"
    write_shard(folder, objects=4)
    points = np.fromfile(folder / "points.f16", np.float16).reshape(-1, 8 * 8 * 4)
    np.roll(points, 1, axis=0).tofile(folder / "points.f16")
    with pytest.raises(ValueError, match="correlate"):
        check_alignment(ViewSet(tmp_path, "slipped"))


def test_azimuth_frame_puts_the_camera_on_z() -> None:
    camera = torch.tensor([[np.sin(np.deg2rad(35)), 0.2, np.cos(np.deg2rad(35))]], dtype=torch.float32)
    turned = to_azimuth_frame(camera, torch.tensor([35.0]))
    assert torch.allclose(turned, torch.tensor([[0.0, 0.2, 1.0]]), atol=1e-6)


def test_pairs_obey_their_rule(fake_data) -> None:
    views = ViewSet(fake_data, "train-generated*")
    rng = np.random.default_rng(0)
    pairs = load_pairs(views, *draw_pairs(views, 64, PairRule(min_azimuth_deg=20, max_azimuth_deg=100), rng))
    assert pairs.moved.all() and (pairs.azimuth_deg.abs() >= 20).all() and (pairs.azimuth_deg.abs() <= 100).all()
    wide = PairRule(min_azimuth_deg=20, max_azimuth_deg=100, wide_share=1.0)
    pairs = load_pairs(views, *draw_pairs(views, 64, wide, rng))
    assert (pairs.azimuth_deg.abs() >= 60).all() and (pairs.azimuth_deg.abs() <= 100).all()
    first, second = draw_pairs(views, 64, PairRule(still_share=1.0), rng)
    still = load_pairs(views, first, second)
    assert not still.moved.any() and (first != second).any()
    assert (views.first_of_object[first] == views.first_of_object[second]).all()


def test_mirror_keeps_points_under_their_pixels(fake_data) -> None:
    views = ViewSet(fake_data, "train-generated*")
    first, second = draw_pairs(views, 8, PairRule(), np.random.default_rng(0))
    pairs, plain = load_pairs(views, first, second), load_pairs(views, first, second)
    mirror(pairs, torch.tensor([True] * 4 + [False] * 4))
    assert torch.equal(pairs.azimuth_deg[:4], -plain.azimuth_deg[:4])
    assert torch.equal(pairs.azimuth_deg[4:], plain.azimuth_deg[4:])
    column = torch.arange(8.0).expand(8, 8)
    for n in range(8):
        seen = pairs.mask[n, 0]
        assert torch.corrcoef(torch.stack([pairs.points[n, 0, ..., 0][seen], column[seen]]))[0, 1] > 0.98
    augmented = augment(pairs, torch.Generator().manual_seed(0))
    assert augmented.a.abs().max() <= 1 and augmented.a.shape == plain.a.shape


def test_shard_with_missing_lines_is_refused(tmp_path) -> None:
    folder = tmp_path / "x" / "shard-0000"
    write_shard(folder, objects=1)
    card = json.loads((folder / "shard.json").read_text())
    (folder / "shard.json").write_text(json.dumps(card | {"views": card["views"] + 1}))
    with pytest.raises(ValueError, match=r"views\.jsonl"):
        ViewSet(tmp_path, "x")


def turn_views(folder, turned_deg: float, which: set[int]) -> None:
    """Mark these views of every object as turned; pictures stay as they are."""
    rows = [json.loads(line) for line in (folder / "views.jsonl").read_text().splitlines()]
    for row in rows:
        row["turnedDeg"] = turned_deg if row["view"] in which else 0
    (folder / "views.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n")


def test_views_that_look_past_the_object_are_no_orbit_pairs(tmp_path) -> None:
    folder = tmp_path / "x" / "shard-0000"
    write_shard(folder, objects=3)
    turn_views(folder, 8.0, {2, 4})
    views = ViewSet(tmp_path, "x")
    rng = np.random.default_rng(0)
    for rule in (PairRule(), PairRule(still_share=1.0)):
        pairs = np.stack(draw_pairs(views, 64, rule, rng))
        assert not np.isin(pairs % VIEWS, [2, 4]).any()


def test_a_camera_turned_right_sees_the_object_to_the_left(tmp_path) -> None:
    folder = tmp_path / "x" / "shard-0000"
    write_shard(folder, objects=1)
    turn_views(folder, 10.0, {0})
    views = ViewSet(tmp_path, "x")
    index = np.array([0])
    origin = torch.zeros(1, 1, 1, 3)
    x, up, depth = camera_coordinates(views, index, origin)
    elevation = np.deg2rad(views.elevation_deg[0])
    assert x.item() == pytest.approx(-views.distance_m[0] * np.cos(elevation) * np.sin(np.deg2rad(10)), rel=1e-5)
    assert depth.item() > 0 and up.item() > -0.1 * depth.item()
    views.turned_deg[:] = 0
    x, up, depth = camera_coordinates(views, index, origin)
    assert abs(x.item()) < 1e-5 and abs(up.item()) < 1e-5
    assert depth.item() == pytest.approx(views.distance_m[0], rel=1e-5)


def test_a_mix_draws_by_share_among_the_sets_that_are_there(fake_data) -> None:
    mix = DataMix(fake_data, ["train-generated*:3", "val-generated*:1", "not-rendered-yet*:9"])
    drawn = [mix.draw(np.random.default_rng(i)).pattern for i in range(200)]
    assert set(drawn) == {"train-generated*", "val-generated*"}
    assert 120 < drawn.count("train-generated*") < 180
    with pytest.raises(FileNotFoundError, match="not-rendered-yet"):
        DataMix(fake_data, ["not-rendered-yet*:1"]).draw(np.random.default_rng(0))


def test_a_rule_that_nothing_fulfils_is_named(fake_data, monkeypatch) -> None:
    monkeypatch.setattr("viewpoint_training.data.MAX_MISSES", 50)
    views = ViewSet(fake_data, "train-generated*")
    with pytest.raises(ValueError, match=r"train-generated\*: 50 draws .*min_azimuth_deg=179\.99"):
        draw_pairs(views, 2, PairRule(min_azimuth_deg=179.99, max_azimuth_deg=180), np.random.default_rng(0))
    with pytest.raises(ValueError, match="nowhere: no finished shard"):
        draw_pairs(ViewSet(fake_data, "nowhere"), 1, PairRule(), np.random.default_rng(0))


def test_what_is_validated_on_is_not_trained_on(fake_data) -> None:
    assert object_group("generated:clock:1420341395") == "generated:clock"
    assert object_group("kaykit-dungeon/plate_food_B#variant-1") == "kaykit-dungeon"
    train, held_out = ViewSet(fake_data, "train-generated*"), ViewSet(fake_data, "val-generated*")
    check_held_out([train], [held_out])
    train.object_names = ["generated:clock:1", "kaykit-dungeon/plate"]
    held_out.object_names = ["generated:crane:1", "kaykit-spacebase/lamp"]
    check_held_out([train], [held_out])
    for name in ("generated:clock:2", "kaykit-dungeon/chair#variant-2"):
        held_out.object_names = [name]
        with pytest.raises(ValueError, match=r"in the training set 'train-generated\*'"):
            check_held_out([train], [held_out])


def test_an_evaluation_needs_a_set_that_is_there(fake_data) -> None:
    assert [views.pattern for views in held_out_sets(fake_data, ["val-generated*", "val-cc0*"], 1)] == [
        "val-generated*"
    ]
    with pytest.raises(ValueError, match=r"--val val-typo\*: no finished shard"):
        held_out_sets(fake_data, ["val-typo*"], 1)
    assert held_out_sets(fake_data, ["val-typo*"], 0) == []
