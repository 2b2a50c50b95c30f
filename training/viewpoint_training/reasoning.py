"""Worked reasoning made from the true pose, in the paper's order: look, compare, movement, put together, answer.

The object faces camera A, so its left is the camera's right; a camera that orbits to the right turns left to keep it in
view. Amounts are those of the encoder's bins: the model cannot tell more apart.
"""

from .angles import SAME_DEG, SAME_LOG
from .movement import DISTANCE_MIN_LOG, THREE_TYPES, Movement, answer_key

__all__ = ["Movement", "answer_side", "camera_side", "reasoned_answer"]

LEVEL_DEG = 4.0  # a smaller change of elevation is "level"
NEAR_SIDE_DEG = 90.0  # beyond it the side that faced camera A is out of sight
LOOKS_SAME_LOG = 0.02  # a smaller change of the object's size on the picture goes unsaid


def camera_side(movement: Movement) -> str:
    """Side the camera moved to, as it sees it: "left", "right" or "none"."""
    if not movement.moved:
        return "none"
    return "right" if movement.azimuth_deg > 0 else "left"


def answer_side(family: str, movement: Movement) -> str:
    """The right option of a family: the side itself, or the opposite one from the object and for the rotation."""
    side = camera_side(movement)
    if family == "ego-translation" or side == "none":
        return side
    return opposite(side)


def opposite(side: str) -> str:
    return {"left": "right", "right": "left"}[side]


def bin_amount(value: float, centres: list[float]) -> int:
    """Magnitude of the nearest bin centre, rounded to 5 as the soft words say it."""
    centre = min(centres, key=lambda c: abs(c - value))
    return round(abs(centre) / 5) * 5


def reasoned_answer(family: str, movement: Movement, option_text: str, azimuth_centres_deg: list[float]) -> str:
    """`<think>…</think><answer>option</answer>`, at most some 60 tokens.

    `movement` must be one that the family may ask about (answer_codes is not NaN).
    """
    compare, moves = _seen_and_moved(movement, azimuth_centres_deg)
    if family == "distance":
        compare, moves = f"{compare}, {_size_words(movement)}", f"{moves}, {_distance_words(movement)}"
    together = _together(family, movement, azimuth_centres_deg)
    thought = f"Compare: {compare}. Movement: {moves}. Together: {together}"
    return f"<think>Look: one object, two photos. {thought}</think><answer>{option_text}</answer>"


def _seen_and_moved(m: Movement, centres: list[float]) -> tuple[str, str]:
    """What changed on the pictures, and the movement that did it."""
    if not m.moved and not m.rotated:
        if abs(m.zoom_log) < SAME_LOG:
            return "nothing shifted, only the light may differ", "none"
        return "the same side from the same place", "none"
    rise = "level" if abs(m.elevation_deg) < LEVEL_DEG else "up" if m.elevation_deg > 0 else "down"
    if not m.moved:
        side = "right" if m.yaw_deg > 0 else "left"
        return f"the whole picture slid {opposite(side)}", f"none, the camera turned {side}"
    side = camera_side(m)
    amount = bin_amount(m.azimuth_deg, centres)
    if m.is_orbit:
        if abs(m.azimuth_deg) < SAME_DEG:
            return "the same side faces the camera", f"camera not sideways, {rise}"
        near = abs(m.azimuth_deg) < NEAR_SIDE_DEG
        other = opposite(side)
        seen = f"the near side slid {other}" if near else f"the near side left the view at the {other}"
        return seen, f"camera {side} {amount}°, {rise}"
    turn = "no turn" if not m.rotated else f"turned {'right' if m.yaw_deg > 0 else 'left'}"
    return f"the object is seen from farther {side}", f"camera {side}, {turn}"


def _size_words(m: Movement) -> str:
    size = m.zoom_log - m.distance_log  # log of the object's size on the picture, B over A
    if abs(size) < LOOKS_SAME_LOG:
        return "it looks as large"
    return f"it looks {'larger' if size > 0 else 'smaller'}"


def _distance_words(m: Movement) -> str:
    if abs(m.distance_log) >= DISTANCE_MIN_LOG - 1e-9:
        return "away" if m.distance_log > 0 else "in"
    return "zoomed only" if abs(m.zoom_log) >= LOOKS_SAME_LOG else "same distance"


def _together(family: str, m: Movement, centres: list[float]) -> str:
    if family == "magnitude":
        side = "right" if m.yaw_deg > 0 else "left"
        return f"the camera turned {side} by about {bin_amount(m.yaw_deg, centres)}°."
    key = answer_key(family, m)
    if key is None and family in THREE_TYPES and m.is_orbit:
        key = answer_side(family, m)  # every orbit has a side, however small or large
    if key is None:
        raise ValueError(f"{family}: too close to call, so there is nothing to reason about: {m}")
    if key == "none":
        # A camera that moved without turning, and a question about its rotation; else it did not move.
        return "the camera kept its direction." if m.moved else _stayed(m)
    if family == "ego-translation":
        return f"the camera moved {key}."
    if family == "object-translation":
        return f"the object faces the camera, so for it {key}."
    if family == "ego-rotation":
        return f"to keep the object in view the camera turned {key}." if m.is_orbit else f"the camera turned {key}."
    if family == "vertical":
        return "the height stayed the same." if key == "same" else f"the camera went {key}."
    if family == "distance":
        return "the distance stayed the same." if key == "same" else f"the camera went {key}."
    motion, _, side = key.partition("-")
    if key == "neither":
        return _stayed(m)
    kept = "without turning" if motion == "moved" else "without moving"
    return f"the camera {motion} {side} {kept}."


def _stayed(m: Movement) -> str:
    return "the camera stayed." if not m.rotated else "the camera stayed in its place."
