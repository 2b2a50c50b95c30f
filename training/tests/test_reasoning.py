"""No worked reasoning contradicts its pose: a thousand random poses a family, judged by camera matrices of our own."""

import re

import numpy as np
import pytest

from viewpoint_training.encoder import EncoderConfig
from viewpoint_training.movement import BROADER, THREE_TYPES, Movement, Views, movement_between
from viewpoint_training.prompts import Prompts
from viewpoint_training.questions import clear_answers, make_question
from viewpoint_training.reasoning import answer_side, reasoned_answer

CENTRES = EncoderConfig().azimuth_centres_deg()
PROMPTS = Prompts.load()
MOVEMENTS = [Movement(azimuth, rise, True) for azimuth in (-165, -95, -47, -7, 7, 47, 95, 165) for rise in (-20, 0, 20)]


@pytest.mark.parametrize("family", THREE_TYPES)
@pytest.mark.parametrize("movement", MOVEMENTS)
def test_reasoning_agrees_with_the_pose(family: str, movement: Movement) -> None:
    options = PROMPTS.option_texts(family)
    text = reasoned_answer(family, movement, options[answer_side(family, movement)], CENTRES)
    side = "right" if movement.azimuth_deg > 0 else "left"
    other = "left" if side == "right" else "right"
    moved, amount, vertical = re.search(r"camera (left|right) (\d+)°, (up|down|level)", text).groups()
    assert moved == side
    assert abs(int(amount) - abs(movement.azimuth_deg)) <= 10
    assert vertical == ("up" if movement.elevation_deg > 0 else "down" if movement.elevation_deg < 0 else "level")
    assert f"slid {other}" in text or f"at the {other}" in text
    expected = side if family == "ego-translation" else other
    together, answer = re.search(r"Together: (.*)</think><answer>(.*)</answer>", text).groups()
    assert set(re.findall(r"left|right", together)) == {expected}
    assert answer == options[expected]


@pytest.mark.parametrize("family", THREE_TYPES)
def test_no_movement(family: str) -> None:
    movement = Movement(0.0, 0.0, False)
    options = PROMPTS.option_texts(family)
    text = reasoned_answer(family, movement, options[answer_side(family, movement)], CENTRES)
    assert text.endswith(f"<answer>{options['none']}</answer>")
    assert not re.findall(r"left|right|°", text)


def camera(pose: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Position, and rows right, up, back, from a look-at and a rotation about +Y; not the formulas under test."""
    azimuth_deg, elevation_deg, distance_m, _, turned_deg = pose
    azimuth, elevation, turn = np.deg2rad([azimuth_deg, elevation_deg, -turned_deg])
    eye = distance_m * np.array(
        [np.sin(azimuth) * np.cos(elevation), np.sin(elevation), np.cos(azimuth) * np.cos(elevation)]
    )
    back = eye / np.linalg.norm(eye)
    right = np.cross([0, 1, 0], back)
    right /= np.linalg.norm(right)
    axes = np.stack([right, np.cross(back, right), back])
    about_y = np.array([[np.cos(turn), 0, np.sin(turn)], [0, 1, 0], [-np.sin(turn), 0, np.cos(turn)]])
    return eye, axes @ about_y.T


def random_pairs(rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Poses (count, 5) of A and B: orbits, equal heights and distances, dollies, zooms, strafes, turns and twins."""
    a = np.stack(
        [
            rng.uniform(-180, 180, count),
            rng.uniform(-5, 45, count),
            rng.uniform(2.5, 3.5, count),
            rng.uniform(28, 52, count),
            np.zeros(count),
        ],
        1,
    )
    b = a.copy()
    kind = rng.integers(0, 8, count)
    orbit = kind <= 3
    b[orbit, 0] += rng.choice([-1, 1], orbit.sum()) * rng.uniform(5, 170, orbit.sum())
    rises = kind <= 1
    b[rises, 1] = np.clip(b[rises, 1] + rng.uniform(-25, 25, rises.sum()), -12, 62)
    goes = (kind == 1) | (kind == 2) | (kind == 4)
    b[goes, 2] *= np.exp(rng.uniform(-0.5, 0.5, goes.sum()))
    zooms = kind == 5
    b[zooms, 3] = rng.uniform(28, 52, zooms.sum())
    phi = rng.uniform(3.6, 9, count)
    station = kind >= 6
    side = rng.choice([-1, 1], count)
    line = a[:, 0].copy()
    a[station, 0], a[station, 4] = (line + side * phi)[station], (side * phi)[station]
    turns = kind == 7
    b[station, 0], b[station, 4] = (line - side * phi)[station], (-side * phi)[station]
    b[turns, 0] = a[turns, 0]
    return a, b


@pytest.mark.parametrize("family", THREE_TYPES + BROADER)
def test_no_reasoning_contradicts_its_pose(family: str) -> None:
    rng, order = np.random.default_rng(7), __import__("random").Random(7)
    first, second = random_pairs(rng, 1000)
    table = movement_between(Views(*first.T), Views(*second.T))
    asked = np.flatnonzero(clear_answers(family, table))
    assert len(asked) > 100
    kinds = set()
    for i in asked:
        movement = table.one(i)
        question = make_question(PROMPTS, family, movement, order)
        text = reasoned_answer(family, movement, question.right, CENTRES)
        look, compare, moves, together, answer = re.fullmatch(
            r"<think>(Look: .*?\.) Compare: (.*?)\. Movement: (.*?)\. Together: (.*?)\.</think><answer>(.*)</answer>",
            text,
        ).groups()
        assert look == "Look: one object, two photos." and answer == question.right
        (eye_a, axes_a), (eye_b, axes_b) = camera(first[i]), camera(second[i])
        kinds.add(
            judge(family, compare, moves, together, answer, eye_a, axes_a, eye_b, axes_b, first[i, 3], second[i, 3])
        )
    assert len(kinds) > 1


def judge(
    family: str,
    compare: str,
    moves: str,
    together: str,
    answer: str,
    eye_a: np.ndarray,
    axes_a: np.ndarray,
    eye_b: np.ndarray,
    axes_b: np.ndarray,
    fov_a: float,
    fov_b: float,
) -> str:
    """Every word about a side, height, distance or turn holds for these cameras; gives the conclusion."""
    shift = eye_b - eye_a
    stayed = np.linalg.norm(shift) < 1e-6
    headings = np.rad2deg([np.arctan2(axes[2][0], axes[2][2]) for axes in (axes_a, axes_b)])
    yaw_right = (headings[0] - headings[1] + 180) % 360 - 180
    looks_at = [
        np.allclose(axes[2], eye / np.linalg.norm(eye), atol=1e-9) for axes, eye in ((axes_a, eye_a), (axes_b, eye_b))
    ]
    around = np.rad2deg(np.arctan2(eye_b[0], eye_b[2]) - np.arctan2(eye_a[0], eye_a[2]))
    around = (around + 180) % 360 - 180
    turn_side = "right" if yaw_right > 0 else "left"
    place_side = "right" if around > 0 else "left"
    opposite = {"left": "right", "right": "left"}
    # Compare
    if match := re.search(r"near side slid (left|right)|left the view at the (left|right)", compare):
        assert (match[1] or match[2]) == opposite[place_side]
        assert (abs(around) < 90) == bool(match[1])
    if match := re.search(r"whole picture slid (left|right)", compare):
        assert stayed and match[1] == opposite[turn_side]
    if match := re.search(r"seen from farther (left|right)", compare):
        assert match[1] == place_side
    if "nothing shifted" in compare or "same place" in compare:
        assert stayed and abs(yaw_right) < 1e-6
    if "same side faces" in compare:
        assert abs(around) < 1e-6
    size = np.tan(np.deg2rad(fov_a / 2)) / np.tan(np.deg2rad(fov_b / 2)) * np.linalg.norm(eye_a) / np.linalg.norm(eye_b)
    if match := re.search(r"it looks (larger|smaller|as large)", compare):
        assert {"larger": size > 1.01, "smaller": size < 0.99, "as large": 0.97 < size < 1.03}[match[1]]
    # Movement
    if moves.startswith("none"):
        assert stayed
    if match := re.match(r"camera (left|right)(?: (\d+)°)?", moves):
        assert match[1] == place_side
        assert not match[2] or abs(int(match[2]) - abs(around)) <= 10.01
        if not all(looks_at):  # a free camera's own right is where it went
            assert (shift @ axes_a[0] > 0) == (match[1] == "right")
    if match := re.search(r"turned (left|right)", moves):
        assert match[1] == turn_side and abs(yaw_right) > 1e-6
    if "no turn" in moves:
        assert np.allclose(axes_a, axes_b, atol=1e-6)
    rise = np.rad2deg(np.arcsin(eye_b[1] / np.linalg.norm(eye_b)) - np.arcsin(eye_a[1] / np.linalg.norm(eye_a)))
    if match := re.search(r"\b(level|up|down)\b", moves):
        assert {"level": abs(rise) < 4.01, "up": rise > 3.99, "down": rise < -3.99}[match[1]]
    ratio = np.linalg.norm(eye_b) / np.linalg.norm(eye_a)
    if match := re.search(r"\b(in|away|zoomed only|same distance)$", moves):
        assert {"in": ratio < 1 / 1.19, "away": ratio > 1.19}.get(match[1], abs(ratio - 1) < 1e-6)
    # Together, and the answer
    sides = set(re.findall(r"\b(?:left|right)\b", together))
    if family == "magnitude":
        amount = int(re.search(r"(\d+)°", together)[1])
        assert sides == {turn_side} and abs(amount - abs(yaw_right)) <= 10.01
        stated = int(re.search(r"[-+]\d+", answer)[0])
        assert abs(stated - yaw_right) <= 0.51
    elif family in ("ego-rotation", "decoupled") and ("turned" in together or "direction" in together):
        assert sides == ({turn_side} if abs(yaw_right) > 1e-6 else set())
        assert ("right" in answer) == (abs(yaw_right) > 1e-6 and turn_side == "right")
    elif family in THREE_TYPES or family == "decoupled":
        own = "right" if shift @ axes_a[0] > 0 else "left"
        expected = set() if stayed else {opposite[place_side] if family == "object-translation" else own}
        # A far orbit passes behind the object: its side is that of the turn around it.
        if all(looks_at) and not stayed:
            expected = {place_side if family == "ego-translation" else opposite[place_side]}
        assert sides == expected and set(re.findall(r"\b(?:left|right)\b", answer)) == expected
        assert ("stayed" in together) == stayed
    elif family == "vertical":
        height = eye_b[1] - eye_a[1]
        said = re.search(r"\b(up|down|same)\b", together)[1]
        assert said == ("same" if abs(height) < 1e-6 else "up" if height > 0 else "down")
        assert answer == PROMPTS.option_texts("vertical")[said]
    else:
        said = re.search(r"\b(closer|farther|same)\b", together)[1]
        assert said == ("same" if abs(ratio - 1) < 1e-6 else "farther" if ratio > 1 else "closer")
        assert answer == PROMPTS.option_texts("distance")[said]
    return together
