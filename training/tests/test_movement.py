"""The rules agree with the golden poses of the contract; a family is asked where its answer is clear, only there."""

import json
import random
from pathlib import Path

import numpy as np
import pytest

from viewpoint_training.movement import (
    BROADER,
    THREE_TYPES,
    Movement,
    Views,
    answer_codes,
    answer_key,
    movement_between,
    wrap_deg,
)
from viewpoint_training.prompts import Prompts
from viewpoint_training.questions import angle_options_deg, askable, check_families, make_question

GOLDEN = Path(__file__).parents[2] / "src" / "contract" / "golden" / "poses.json"


def views(*poses: tuple[float, ...]) -> Views:
    """(azimuth, elevation, distance, field of view, turned) each."""
    return Views(*np.array(poses, float).T)


def movement(a: tuple[float, ...], b: tuple[float, ...]) -> Movement:
    return movement_between(views(a), views(b)).one(0)


def test_golden_poses() -> None:
    pairs = [p for p in json.loads(GOLDEN.read_text())["pairs"] if p["targetWorld"] == [0, 0, 0]]
    assert pairs
    for pair in pairs:
        a, b = ((p["azimuthDeg"], p["elevationDeg"], p["distanceM"], 40.0, 0.0) for p in (pair["a"], pair["b"]))
        found = movement(a, b)
        right, down, forward = pair["relative"]["translationCameraA"]
        ours = np.array([found.right_share, found.up_share, found.back_share]) * pair["a"]["distanceM"]
        np.testing.assert_allclose(ours, [right, -down, -forward], atol=1e-6)
        for family, answer in pair["answers"].items():
            assert answer_key(family, found) == (answer if answer in ("left", "right", "none") else None), (
                a,
                b,
                family,
            )


def test_strafes_turns_and_zooms() -> None:
    # Two places 14° apart on a circle: cameras turned by 7° to either side look the same way.
    left, right = (-7.0, 20.0, 3.0, 40.0, -7.0), (7.0, 20.0, 3.0, 40.0, 7.0)
    strafe = movement(left, right)
    assert answer_key("decoupled", strafe) == "moved-right"
    assert answer_key("ego-translation", strafe) == "right" and answer_key("ego-rotation", strafe) == "none"
    turn = movement(left, (-7.0, 20.0, 3.0, 40.0, 7.0))
    assert answer_key("decoupled", turn) == "turned-right"
    assert answer_key("ego-translation", turn) == "none" and answer_key("ego-rotation", turn) == "right"
    assert answer_key("decoupled", movement(left, left)) == "neither"
    # Strafing and turning at once is neither of the two.
    assert answer_key("decoupled", movement(left, (7.0, 20.0, 3.0, 40.0, 0.0))) is None
    assert np.isnan(answer_codes("magnitude", turn))
    zoom = movement((10.0, 5.0, 3.0, 40.0, 0.0), (10.0, 5.0, 3.0, 30.0, 0.0))
    assert answer_key("distance", zoom) == "same" and zoom.zoom_log > 0.2
    assert answer_key("distance", movement((0, 5, 3, 40, 0), (60, 5, 3.6, 40, 0))) == "farther"
    assert answer_key("distance", movement((0, 5, 3, 40, 0), (60, 5, 3.3, 40, 0))) is None


def test_height_must_agree_with_elevation() -> None:
    assert answer_key("vertical", movement((0, 10, 3, 40, 0), (50, 20, 3, 40, 0))) == "up"
    assert answer_key("vertical", movement((0, 10, 3, 40, 0), (50, 15, 3, 40, 0))) is None
    assert answer_key("vertical", movement((0, 10, 3, 40, 0), (50, 10, 3, 40, 0))) == "same"
    assert answer_key("vertical", movement((0, 10, 3, 40, 0), (50, 10, 3.5, 40, 0))) is None
    # Lower on the sphere, yet higher above the floor, because it went away.
    assert answer_key("vertical", movement((0, 30, 2, 40, 0), (0, 21, 4, 40, 0))) is None


@pytest.mark.parametrize("family", THREE_TYPES + BROADER)
def test_arrays_mirror_and_exchange(family: str) -> None:
    """Arrays answer as single movements do; the mirrored pair and the exchanged pair have the opposite answer."""
    rng = np.random.default_rng(0)
    count = 400

    def draw() -> Views:
        turned = np.where(rng.random(count) < 0.3, rng.uniform(-9, 9, count), 0.0)
        angles = rng.uniform(-180, 180, count), rng.choice([0.0, 10.0, 20.0, 33.0], count)
        return Views(*angles, rng.choice([2.5, 3.0, 3.7], count), rng.choice([30.0, 45.0], count), turned)

    a, b = draw(), draw()
    phi = rng.choice([-7.0, 7.0], 100)  # strafes and turns among them
    a.azimuth_deg[:100], a.turned_deg[:100] = phi, phi
    for name in ("elevation_deg", "distance_m", "fov_y_deg"):
        getattr(b, name)[:100] = getattr(a, name)[:100]
    b.azimuth_deg[:100], b.turned_deg[:100] = np.where(rng.random(100) < 0.5, phi, -phi), -phi
    there, back = movement_between(a, b), movement_between(b, a)
    codes = answer_codes(family, there)
    assert (~np.isnan(codes)).any()
    for i in range(0, count, 7):
        single = float(answer_codes(family, there.one(i)))
        np.testing.assert_allclose(single, codes[i], atol=1e-9)
        mirrored = float(answer_codes(family, there.one(i).mirrored()))
        expected = codes[i] if family in ("vertical", "distance") else -codes[i]
        np.testing.assert_allclose(mirrored, expected, atol=1e-9)
    if family not in ("ego-translation", "decoupled"):  # a free camera's own axes change with the exchange
        both = ~np.isnan(codes)
        np.testing.assert_allclose(answer_codes(family, back)[both], -codes[both])


def test_magnitude_options_hide_the_truth() -> None:
    rng = random.Random(0)
    places = {0: 0, 1: 0, 2: 0}
    for _ in range(3000):
        truth = rng.choice((-1, 1)) * rng.randint(20, 100)
        options = angle_options_deg(truth + rng.uniform(-0.4, 0.4), rng)
        sizes = sorted({abs(option) for option in options})
        assert truth in options and -truth in options and len(options) == len(set(options)) == 6 and len(sizes) == 3
        assert min(np.diff(sizes)) >= 15 and 20 <= sizes[0] and sizes[2] <= 100
        places[sizes.index(abs(truth))] += 1
    assert min(places.values()) > 900  # the truth is not more often the middle one
    with pytest.raises(ValueError, match="20° to 100°"):
        angle_options_deg(12, rng)


def test_questions_of_every_family() -> None:
    prompts, rng = Prompts.load(), random.Random(0)
    orbit = movement((0, 10, 3, 40, 0), (37.6, 20, 3, 40, 0))
    question = make_question(prompts, "magnitude", orbit, rng)
    assert question.right == prompts.angle_text("magnitude", -38) and len(question.options) == 6
    assert "-38" in question.right and question.angle_deg == pytest.approx(-37.6)
    assert make_question(prompts, "vertical", orbit, rng).right == prompts.option_texts("vertical")["up"]
    assert askable(THREE_TYPES + BROADER, orbit) == [*THREE_TYPES, "vertical", "distance", "magnitude"]
    with pytest.raises(ValueError, match="too close"):
        make_question(prompts, "decoupled", orbit, rng)
    check_families(prompts, THREE_TYPES + BROADER)
    with pytest.raises(ValueError, match="unknown family 'facing'"):
        check_families(prompts, ["facing"])
    worded = Prompts(1, "<image>", {"vertical": {"stem": "?", "options": {"up": "a", "down": "b"}}}, " ", {})
    with pytest.raises(ValueError, match="make them the same"):
        check_families(worded, ["vertical"])
    with pytest.raises(ValueError, match="no stem for 'distance'"):
        check_families(worded, ["distance"])


def test_wrap() -> None:
    assert wrap_deg(190) == -170 and wrap_deg(-190) == 170


def test_rows_that_lack_a_field_are_refused() -> None:
    row = {"object": "x", "azimuthDeg": 0, "elevationDeg": 0.0, "distanceM": 2.0, "fovYDeg": 40.0}
    assert Views.from_rows([row]).turned_deg.tolist() == [0.0]
    with pytest.raises(ValueError, match=r"view 1 \(x\) has no fovYDeg"):
        Views.from_rows([row, {k: v for k, v in row.items() if k != "fovYDeg"}])
