"""Pairs for every family from what the data holds: keys in balance, the truth kept when pictures are mirrored."""

import random
from collections import Counter

import numpy as np
import pytest
import torch
from fake_data import VIEWS, write_pose_shard, write_shard

from viewpoint_training.data import ViewSet, load_pairs
from viewpoint_training.family_pairs import FamilyPairs, answers_held, check_held, draw_family_pairs, load_family_pairs
from viewpoint_training.movement import BROADER, THREE_TYPES, answer_codes, answer_key
from viewpoint_training.sft import OPPOSITES, ExerciseMix


@pytest.fixture(scope="module")
def posed(tmp_path_factory) -> ViewSet:
    root = tmp_path_factory.mktemp("posed")
    write_pose_shard(root / "train-posed" / "shard-0000", objects=4)
    return ViewSet(root, "train-posed")


@pytest.mark.parametrize("family", THREE_TYPES + BROADER)
def test_keys_are_balanced(posed: ViewSet, family: str) -> None:
    source, rng = FamilyPairs(posed), np.random.default_rng(0)
    assert all(source.holds(family).values())
    drawn = [source.draw(family, rng) for _ in range(240)]
    found: Counter[str | None] = Counter()
    for pair in drawn:
        movement = source.movement(np.array([pair.first]), np.array([pair.second])).one(0)
        code = float(answer_codes(family, movement))
        found["+" if code > 0 else "-"] += family == "magnitude"
        found[None if family == "magnitude" else answer_key(family, movement)] += 1
        if family == "decoupled":
            grounded = [posed.shards[0].views[i]["scene"] for i in (pair.first, pair.second)]
            assert all("worldGround" in scene for scene in grounded)
    shares = {key: count / 240 for key, count in found.items() if count}
    assert None not in shares or family == "magnitude"
    expected = {"left": 0.44, "right": 0.44, "none": 0.12}
    for key, share in shares.items():
        if key is not None:
            assert share == pytest.approx(expected.get(key, 0.5 if key in "+-" else 1 / len(shares)), abs=0.11), shares


def test_a_family_without_pairs_is_passed_over(fake_data) -> None:
    source, rng = FamilyPairs(ViewSet(fake_data, "train-generated*")), np.random.default_rng(0)
    assert source.draw("decoupled", rng) is None and not any(source.holds("decoupled").values())
    drawn = draw_family_pairs(source, ["decoupled", "ego-rotation"], [5, 1], 12, rng)
    assert {pair.family for pair in drawn} == {"ego-rotation"}
    with pytest.raises(ValueError, match="no pair of decoupled"):
        draw_family_pairs(source, ["decoupled"], [1], 1, rng)


def test_a_family_that_no_set_holds_is_refused(posed: ViewSet, fake_data) -> None:
    plain = FamilyPairs(ViewSet(fake_data, "train-generated*"))
    families = ["ego-rotation", "decoupled"]
    held = answers_held({"plain": plain}, families)
    assert any(held["plain"]["ego-rotation"].values()) and not any(held["plain"]["decoupled"].values())
    with pytest.raises(ValueError, match=r"no set holds a pair of decoupled \(looked through plain\)"):
        check_held(held)
    check_held(answers_held({"plain": plain, "posed": FamilyPairs(posed)}, families))


def test_a_pair_that_one_object_alone_holds_is_found(tmp_path) -> None:
    """Among 121 objects the one on a ground is easily missed by looking at some of them."""
    write_shard(tmp_path / "x" / "shard-0000", objects=120, size_px=16)
    write_pose_shard(tmp_path / "x" / "shard-0001", objects=1, size_px=16)
    source = FamilyPairs(ViewSet(tmp_path, "x"))
    assert all(source.holds("decoupled").values())
    pair = source.draw("decoupled", np.random.default_rng(0))
    assert pair is not None and pair.first >= 120 * VIEWS


def test_mirrored_pictures_have_mirrored_movements(posed: ViewSet) -> None:
    source, rng = FamilyPairs(posed), np.random.default_rng(1)
    drawn = draw_family_pairs(source, ["decoupled"], [1], 24, rng)
    index = np.array([pair.first for pair in drawn])
    plain, true = load_family_pairs(source, drawn, None)
    assert torch.equal(plain.a, load_pairs(posed, index, index, with_points=False).a)
    pairs, movements = load_family_pairs(source, drawn, torch.Generator().manual_seed(0))
    flipped = 0
    for n in range(24):
        # Recolouring keeps bright and dark places: the picture resembles the plain one, or its mirror image.
        grey = pairs.a[n].mean(0).flatten()
        same, mirror = (
            torch.corrcoef(torch.stack([grey, p.mean(0).flatten()]))[0, 1] for p in (plain.a[n], plain.a[n].flip(-1))
        )
        is_mirrored = bool(mirror > same)
        flipped += is_mirrored
        assert answer_key("decoupled", movements[n]) == answer_key(
            "decoupled", true[n].mirrored() if is_mirrored else true[n]
        )
    assert 4 < flipped < 20


def test_sequences_ask_the_family_they_were_drawn_for(posed: ViewSet, parts) -> None:
    exercises = parts[-1]
    source, rng, order = FamilyPairs(posed), np.random.default_rng(2), random.Random(0)
    families = THREE_TYPES + BROADER
    mix = ExerciseMix(questions=3, families=families, letter_share=0.4, reasoned_share=0.2)
    drawn = draw_family_pairs(source, families, [1] * len(families), 80, rng)
    _, movements = load_family_pairs(source, drawn, None)
    for pair, movement in zip(drawn, movements, strict=True):
        kinds = [s.kind.split("/")[0] for s in exercises.segments(movement, mix, order, pair.family)]
        # A letter to one question about the camera's position may bring the other along.
        assert pair.family in kinds and len(set(kinds) - set(OPPOSITES)) <= 3 and 3 <= len(kinds) <= 4
        assert pair.family == "decoupled" or "decoupled" not in kinds
