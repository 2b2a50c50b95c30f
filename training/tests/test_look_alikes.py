"""Pairs that nobody can answer: the page's rule on shared cases, and never a label where the data names them."""

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fake_data import write_pose_shard

from viewpoint_training.data import PairRule, ViewSet
from viewpoint_training.family_pairs import (
    FamilyPairs,
    draw_answerable_pairs,
    draw_family_pairs,
    left_out_report,
    load_family_pairs,
)
from viewpoint_training.look_alikes import TWINS_VERSION, TwinLook, ambiguous_pairs, load_twins, other_answer
from viewpoint_training.movement import AMBIGUOUS_BITS, BROADER, THREE_TYPES, Movement, Views
from viewpoint_training.questions import askable
from viewpoint_training.sft import ExerciseMix

CASES = json.loads((Path(__file__).parents[2] / "src" / "contract" / "look-alike-cases.json").read_text())
STEPS = 36
HEADER = {"version": TWINS_VERSION, "azimuthStepDeg": 10}


def orbits(azimuth_deg, elevation_deg, distance_m: float = 3.0) -> Views:
    azimuth_deg, elevation_deg = np.broadcast_arrays(np.asarray(azimuth_deg, float), np.asarray(elevation_deg, float))
    same = np.ones(azimuth_deg.shape)
    return Views(azimuth_deg, elevation_deg, distance_m * same, CASES["fovYDeg"] * same, 0 * same)


def symmetric(fold: int, levels: int = 1) -> dict[str, list[int]]:
    """All places of the grid of an object that looks the same after 360° / fold; the levels differ."""
    turn = STEPS // fold
    return {
        str(level * STEPS + step): [level * STEPS + (step + k * turn) % STEPS for k in range(1, fold)]
        for level in range(levels)
        for step in range(STEPS)
    }


def write_twins(folder: Path, *alike: dict[str, list[int]], rule: str = "world", **header) -> None:
    """twins.jsonl with one object each."""
    rows = [
        {"object": f"o{n}", "objectIndex": n, "lightRule": rule, "elevationsDeg": [10.0], "alike": one}
        for n, one in enumerate(alike)
    ]
    lines = [HEADER | header, *rows]
    (folder / "twins.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))


def look(fold: int) -> TwinLook:
    alike = {int(place): np.array(others, int) for place, others in symmetric(fold).items()}
    return TwinLook("world", np.array([10.0]), 10.0, alike)


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: f"{case['family']}-{case['answer']}")
def test_other_answers_are_the_pages(case: dict) -> None:
    a, b = (orbits(o["azimuthDeg"], o["elevationDeg"], o["distanceM"]) for o in (CASES["a"], case["b"]))
    for elevation_deg in case["elevationsDeg"]:
        azimuth_deg = case["b"]["azimuthDeg"] + np.array(case["turnsDeg"], float)
        found = other_answer(case["family"], a, b, orbits(azimuth_deg, elevation_deg, case["b"]["distanceM"]))
        turns = [turn for turn, is_other in zip(case["turnsDeg"], found, strict=True) if is_other]
        assert turns == case["others"].get(str(elevation_deg), [])


def test_a_square_table_at_60_looks_as_at_minus_30() -> None:
    views = orbits([0.0, 60.0, 25.0, 0.0], 10.0)
    found = ambiguous_pairs([look(4)], views, ["world"] * 4, np.zeros(4, bool))
    assert all(found[0, 1] & AMBIGUOUS_BITS[family] for family in (*THREE_TYPES, "magnitude"))
    assert found[0, 3] & AMBIGUOUS_BITS["ego-translation"]  # not moved, or by a quarter
    assert not (found & AMBIGUOUS_BITS["vertical"]).any()


def test_a_half_turn_hides_only_what_lies_on_the_other_side() -> None:
    views = orbits([0.0, 60.0, 5.0, 0.0], 10.0)
    found = ambiguous_pairs([look(2)], views, ["world"] * 4, np.zeros(4, bool)) & AMBIGUOUS_BITS["ego-translation"]
    assert found[0, 1]
    assert not found[0, 3]  # a half turn is neither left nor right
    assert not ambiguous_pairs([look(1)], views, ["world"] * 4, np.zeros(4, bool)).any()


def test_light_and_ground_of_b_count() -> None:
    views = orbits([0.0, 60.0], 10.0)
    looks = [replace(look(1), light_rule="camera"), look(4)]
    assert not ambiguous_pairs(looks, views, ["world", "camera"], np.zeros(2, bool))[0, 1]
    assert ambiguous_pairs(looks, views, ["camera", "world"], np.zeros(2, bool))[0, 1]
    assert not ambiguous_pairs(looks, views, ["world", "world"], np.ones(2, bool))[0, 1]
    assert ambiguous_pairs(looks, views, ["world", "world"], np.array([False, True]))[0, 1]


def test_a_place_that_looks_as_a_itself() -> None:
    """Two sides of a mirror: from +40° the object looks as from −40°, so that the camera may have stayed."""
    mirror = TwinLook("world", np.array([10.0]), 10.0, {4: np.array([32]), 32: np.array([4])})
    views = orbits([-41.0, 41.0], 10.0)
    found = ambiguous_pairs([mirror], views, ["world"] * 2, np.zeros(2, bool))
    assert found[0, 1] == found[1, 0] == sum(AMBIGUOUS_BITS[family] for family in THREE_TYPES)


def test_another_height_that_looks_the_same() -> None:
    ball = TwinLook("world", np.array([10.0, 30.0]), 10.0, {0: np.array([36]), 36: np.array([0])})
    views = orbits([0.0, 0.0, 0.0], [10.0, 30.0, 30.0])
    found = ambiguous_pairs([ball], views, ["world"] * 3, np.zeros(3, bool)) & AMBIGUOUS_BITS["vertical"]
    assert found[0, 1] and found[1, 2]  # up, or the same height; the same height, or down


@pytest.fixture(scope="module")
def half_symmetric(tmp_path_factory) -> ViewSet:
    """Four objects, two of them the same after every quarter turn."""
    folder = tmp_path_factory.mktemp("twins") / "train-twins" / "shard-0000"
    write_pose_shard(folder, objects=4, size_px=16)
    write_twins(folder, {}, symmetric(4), {}, symmetric(4))
    return ViewSet(folder.parents[1], "train-twins")


def test_no_such_pair_is_a_label(half_symmetric: ViewSet) -> None:
    source, rng = FamilyPairs(half_symmetric), np.random.default_rng(0)
    families = THREE_TYPES + BROADER
    drawn = draw_family_pairs(source, families, [1] * len(families), 400, rng)
    by_family: dict[str, set[int]] = {}
    for pair, movement in zip(drawn, load_family_pairs(source, drawn, None)[1], strict=True):
        assert pair.family in askable(families, movement)
        by_family.setdefault(pair.family, set()).add(int(half_symmetric.first_of_object[pair.first]) // 10)
    # Height, distance and ground tell all objects; the side only the plain ones.
    for family in ("vertical", "distance", "decoupled"):
        assert by_family[family] == {0, 1, 2, 3}
    assert by_family["magnitude"] <= {0, 2}
    left_out = source.left_out(families)
    assert left_out and left_out["vertical"] == left_out["decoupled"] == 0 and 0.3 < left_out["magnitude"] <= 0.5


def test_no_further_question_of_such_a_pair_is_asked(half_symmetric: ViewSet, parts) -> None:
    source, exercises, order = FamilyPairs(half_symmetric), parts[-1], random.Random(0)
    families = ("ego-translation", "vertical")
    drawn = draw_family_pairs(source, ["vertical"], [1], 60, np.random.default_rng(0))
    asked = {0: set(), 1: set()}
    for pair, movement in zip(drawn, load_family_pairs(source, drawn, None)[1], strict=True):
        if min(pair.first % 10, pair.second % 10) >= 6:
            continue  # a ground that both pictures show tells the place
        segments = exercises.segments(movement, ExerciseMix(questions=2, families=families), order, "vertical")
        is_symmetric = int(half_symmetric.first_of_object[pair.first]) // 10 % 2
        asked[is_symmetric] |= {segment.kind.split("/")[0] for segment in segments}
    assert asked == {0: set(families), 1: {"vertical"}}


def test_evaluation_leaves_nothing_out(half_symmetric: ViewSet) -> None:
    source = FamilyPairs(half_symmetric, answerable_only=False)
    first, second = np.array([10]), np.array([11])
    assert source.movement(first, second).ambiguous == 0
    assert FamilyPairs(half_symmetric).movement(first, second).ambiguous[0] != 0
    assert source.left_out(["magnitude"]) is None


def test_pairs_by_rule_are_answerable_too(half_symmetric: ViewSet) -> None:
    source, rng = FamilyPairs(half_symmetric), np.random.default_rng(0)
    first, _ = draw_answerable_pairs(source, [PairRule(20, 100)] * 40, rng)
    assert set(half_symmetric.first_of_object[first] // 10) == {0, 2}


def test_where_every_object_is_symmetric_a_family_has_no_pair(tmp_path) -> None:
    folder = tmp_path / "x" / "shard-0000"
    write_pose_shard(folder, objects=2, size_px=16)
    write_twins(folder, symmetric(4), symmetric(4))
    source, rng = FamilyPairs(ViewSet(tmp_path, "x")), np.random.default_rng(0)
    with pytest.raises(ValueError, match="no pair of magnitude"):
        draw_family_pairs(source, ["magnitude"], [1], 1, rng)
    with pytest.raises(ValueError, match="nobody can answer"):
        draw_answerable_pairs(source, [PairRule(20, 100, far_share=0)], rng)


def test_a_set_that_has_twins_in_part_is_refused(tmp_path) -> None:
    for name in ("shard-0000", "shard-0001"):
        write_pose_shard(tmp_path / "x" / name, objects=2, size_px=16)
    write_twins(tmp_path / "x" / "shard-0000", symmetric(4), symmetric(4))
    with pytest.raises(ValueError, match=r"shard-0001 has no twins\.jsonl"):
        FamilyPairs(ViewSet(tmp_path, "x")).left_out(["magnitude"])


def test_without_twins_all_is_as_before_and_the_report_says_so(tmp_path) -> None:
    write_pose_shard(tmp_path / "x" / "shard-0000", objects=2, size_px=16)
    source = FamilyPairs(ViewSet(tmp_path, "x"))
    assert load_twins(tmp_path / "x" / "shard-0000") is None
    report = left_out_report({"x": source}, ["magnitude"])
    assert "no twins.jsonl" in report["x"]
    plain = FamilyPairs(source.views, answerable_only=False)
    for family in THREE_TYPES + BROADER:
        both = [one.draw(family, np.random.default_rng(3)) for one in (source, plain)]
        assert both[0] == both[1] is not None


def test_a_file_of_another_version_is_refused(tmp_path) -> None:
    write_twins(tmp_path, {}, version=TWINS_VERSION + 1)
    with pytest.raises(ValueError, match="version"):
        load_twins(tmp_path)


def test_mirrored_movements_stay_ambiguous() -> None:
    movement = replace(Movement(60.0, 0.0, True), ambiguous=AMBIGUOUS_BITS["ego-translation"])
    marked = movement.mirrored()
    assert "ego-translation" not in askable(THREE_TYPES, marked) and "ego-rotation" in askable(THREE_TYPES, marked)
