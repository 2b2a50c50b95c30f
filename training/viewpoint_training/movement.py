"""How camera B stands to camera A, from what the renderer writes about each view, and what that answers.

A view is an orbit pose (azimuth, elevation, distance) whose camera may be turned away from the object about the world's
vertical: `turnedDeg`, positive to the right. Its orientation is that of an orbit camera at azimuth − turned, the same
elevation. All numbers may be floats or numpy arrays of one shape: the same code draws pairs and judges them.

Thresholds are those of src/questions (ground-truth.ts, pair-truth.ts): a side from 5° to 170°, up or down from 8°,
closer or farther from a ratio of 1.2, "same" only when it is exactly the same; all between is too close to call and
never asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from .angles import SAME_DEG, SAME_LOG, wrap_deg

Number = float | np.ndarray

SIDE_MIN_DEG, SIDE_MAX_DEG = 5.0, 170.0
RISE_MIN_DEG = 8.0
DISTANCE_MIN_LOG = float(np.log(1.2))
SAME_SHARE = 1e-6  # of the distance to the object: a smaller shift is none

THREE_TYPES = ("ego-translation", "object-translation", "ego-rotation")
BROADER = ("vertical", "distance", "decoupled", "magnitude")
# Family -> what a code means. Codes of `answer_codes` are small whole numbers; `magnitude` has none (degrees instead).
SIDES = {1: "right", -1: "left", 0: "none"}
KEYS: dict[str, dict[int, str]] = {
    **dict.fromkeys(THREE_TYPES, SIDES),
    "vertical": {1: "up", -1: "down", 0: "same"},
    "distance": {1: "farther", -1: "closer", 0: "same"},
    "decoupled": {1: "moved-right", -1: "moved-left", 2: "turned-right", -2: "turned-left", 0: "neither"},
}
# Families that an object which looks the same from elsewhere may leave without an answer (look_alikes.py).
AMBIGUOUS_BITS = {family: 1 << n for n, family in enumerate((*THREE_TYPES, "vertical", "magnitude"))}
THREE_TYPES_AMBIGUOUS = sum(AMBIGUOUS_BITS[family] for family in THREE_TYPES)


@dataclass(frozen=True)
class Views:
    """Poses of views; every field a float or an array of one shape."""

    azimuth_deg: Number
    elevation_deg: Number
    distance_m: Number
    fov_y_deg: Number
    turned_deg: Number

    @staticmethod
    def from_rows(rows: Sequence[dict]) -> "Views":
        """Rows of views.jsonl -> arrays (N,). Rows without `turnedDeg` look at the object; ValueError names any other
        field that a row lacks."""
        columns = []
        for name in ("azimuthDeg", "elevationDeg", "distanceM", "fovYDeg"):
            lacking = next((n for n, row in enumerate(rows) if row.get(name) is None), None)
            if lacking is not None:
                name_of = rows[lacking].get("object")
                raise ValueError(f"view {lacking} ({name_of}) has no {name}: render its shard again")
            columns.append(np.array([row[name] for row in rows], dtype=np.float64))
        turned_deg = np.array([row.get("turnedDeg") or 0.0 for row in rows], dtype=np.float64)
        return Views(*columns, turned_deg)

    def at(self, index: Any) -> "Views":
        """The views at `index`, whatever numpy takes as one: a number gives plain poses, an array (N,) arrays (N,).
        IndexError beyond the last view."""
        return Views(*(getattr(self, field.name)[index] for field in fields(self)))


@dataclass(frozen=True)
class Movement:
    """Pose of B relative to A. The first three describe an orbit that keeps looking at the object; the rest default to
    one."""

    azimuth_deg: Number  # azimuth B − azimuth A in ±180°, positive to the right
    elevation_deg: Number  # elevation B − elevation A, positive up
    moved: bool | np.ndarray  # the camera's position differs
    distance_log: Number = 0.0  # log(distance B / distance A)
    zoom_log: Number = 0.0  # log(focal length B / focal length A): positive enlarges
    turned_a_deg: Number = 0.0  # how far camera A, camera B looks past the object
    turned_b_deg: Number = 0.0
    # Shift of the camera in distances of A: along camera A's right, up and back axes, and along the world's vertical.
    # None: a camera that goes around a level orbit at one distance.
    right_share: Number | None = None
    up_share: Number = 0.0
    back_share: Number = 0.0
    rise_share: Number | None = None
    ambiguous: int | np.ndarray = 0  # AMBIGUOUS_BITS of the families that the pictures cannot answer

    @property
    def yaw_deg(self) -> Number:
        """Turn of the camera about the world's vertical, in ±180°, positive rightward."""
        return wrap_deg(np.subtract(self.turned_b_deg, self.turned_a_deg) - self.azimuth_deg)

    @property
    def is_orbit(self) -> bool | np.ndarray:
        """Both cameras look at the object."""
        return (np.abs(self.turned_a_deg) < SAME_DEG) & (np.abs(self.turned_b_deg) < SAME_DEG)

    @property
    def rotated(self) -> bool | np.ndarray:
        return (np.abs(self.yaw_deg) >= SAME_DEG) | (np.abs(self.elevation_deg) >= SAME_DEG)

    def one(self, index: int) -> "Movement":
        """The movement at `index` of arrays, as plain numbers."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return Movement(**{k: v[index].item() if isinstance(v, np.ndarray) else v for k, v in values.items()})

    def mirrored(self) -> "Movement":
        """What both pictures show when they are flipped left to right."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        signed = ("azimuth_deg", "turned_a_deg", "turned_b_deg", "right_share")
        return Movement(**{k: -v if k in signed and v is not None else v for k, v in values.items()})


def eye_world(views: Views) -> np.ndarray:
    """Camera positions (…, 3), metres: azimuth 0 on +Z, positive towards +X."""
    azimuth_rad, elevation_rad = np.deg2rad(views.azimuth_deg), np.deg2rad(views.elevation_deg)
    level = np.cos(elevation_rad)
    direction = [np.sin(azimuth_rad) * level, np.sin(elevation_rad), np.cos(azimuth_rad) * level]
    return np.stack(np.broadcast_arrays(*direction), -1) * np.asarray(views.distance_m)[..., None]


def camera_axes_world(views: Views) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Right, up and back axes of the cameras, (…, 3) each."""
    heading_rad = np.deg2rad(np.subtract(views.azimuth_deg, views.turned_deg))
    elevation_rad = np.deg2rad(views.elevation_deg)
    level = np.cos(elevation_rad)
    right = np.stack(np.broadcast_arrays(np.cos(heading_rad), 0.0 * heading_rad, -np.sin(heading_rad)), -1)
    back = np.stack([np.sin(heading_rad) * level, np.sin(elevation_rad), np.cos(heading_rad) * level], -1)
    return right, np.cross(back, right), back


def movement_between(a: Views, b: Views) -> Movement:
    """Movement from the views `a` to the views `b`."""
    azimuth_deg = wrap_deg(np.subtract(b.azimuth_deg, a.azimuth_deg))
    elevation_deg = np.subtract(b.elevation_deg, a.elevation_deg)
    distance_log = np.log(np.divide(b.distance_m, a.distance_m))
    right, up, back = camera_axes_world(a)
    shift = (eye_world(b) - eye_world(a)) / np.asarray(a.distance_m)[..., None]
    focal_a, focal_b = (1 / np.tan(np.deg2rad(v.fov_y_deg) / 2) for v in (a, b))
    turned_around = (np.abs(azimuth_deg) >= SAME_DEG) | (np.abs(elevation_deg) >= SAME_DEG)
    moved = turned_around | (np.abs(distance_log) >= SAME_LOG)
    return Movement(
        azimuth_deg=azimuth_deg,
        elevation_deg=elevation_deg,
        moved=moved,
        distance_log=distance_log,
        zoom_log=np.log(focal_b / focal_a),
        turned_a_deg=a.turned_deg,
        turned_b_deg=b.turned_deg,
        right_share=(shift * right).sum(-1),
        up_share=(shift * up).sum(-1),
        back_share=(shift * back).sum(-1),
        rise_share=shift[..., 1],
    )


def side_code(turn_deg: Number) -> np.ndarray:
    """+1 for a positive turn, −1 for a negative one, NaN where it is tiny or nearly 180°."""
    size = np.abs(turn_deg)
    # A pair set to exactly the limit must not fall to the other side of it by rounding.
    clear = (size >= SIDE_MIN_DEG - 1e-9) & (size <= SIDE_MAX_DEG + 1e-9)
    return np.where(clear, np.sign(turn_deg), np.nan)


def answer_codes(family: str, m: Movement) -> np.ndarray:
    """Codes of the right answers (see KEYS), NaN where the family must not ask; `magnitude`: signed degrees.

    Raises ValueError for a family that has no rule.
    """
    if family == "ego-translation":
        return np.where(m.moved, np.where(m.is_orbit, side_code(m.azimuth_deg), _shift_code(m)), 0)
    if family == "object-translation":
        return np.where(m.moved, -side_code(m.azimuth_deg), 0)  # the object faces camera A
    if family == "ego-rotation":
        free = np.where(np.abs(m.elevation_deg) > np.abs(m.yaw_deg), np.nan, side_code(m.yaw_deg))
        return np.where(m.rotated, np.where(m.is_orbit, -side_code(m.azimuth_deg), free), 0)
    if family == "vertical":
        codes = _three_way(m.elevation_deg, RISE_MIN_DEG, SAME_DEG)
        if m.rise_share is None:
            return codes
        # A camera that comes down while it moves away may still end higher above the floor.
        height = np.where(np.abs(m.rise_share) < SAME_SHARE, 0, np.sign(m.rise_share))
        return np.where(height == codes, codes, np.nan)
    if family == "distance":
        return _three_way(m.distance_log, DISTANCE_MIN_LOG, SAME_LOG)
    if family == "decoupled":
        sideways = np.hypot(m.up_share, m.back_share) <= np.abs(_right_share(m))
        strafed = np.where(m.rotated | ~sideways, np.nan, _shift_code(m))
        turned = np.where(m.rotated, 2 * side_code(m.yaw_deg), 0)
        return np.where(m.moved, strafed, turned)
    if family == "magnitude":
        return np.where(m.is_orbit, side_code(m.yaw_deg) * np.abs(m.yaw_deg), np.nan)
    raise ValueError(f"no rule answers the family {family!r}; families: {', '.join([*THREE_TYPES, *BROADER])}")


def _three_way(value: Number, least: float, same: float) -> np.ndarray:
    size = np.abs(value)
    return np.where(size >= least - 1e-9, np.sign(value), np.where(size < same, 0, np.nan))


def _shift_code(m: Movement) -> np.ndarray:
    """Side of the camera's own shift, from that of a level 5° orbit on, when it is more sideways than vertical."""
    right = _right_share(m)
    clear = (np.abs(right) >= np.sin(np.deg2rad(SIDE_MIN_DEG))) & (np.abs(m.up_share) <= np.abs(right))
    return np.where(clear, np.sign(right), np.nan)


def _right_share(m: Movement) -> Number:
    return np.sin(np.deg2rad(m.azimuth_deg)) if m.right_share is None else m.right_share


def answer_key(family: str, movement: Movement) -> str | None:
    """Key of the right option of a family other than `magnitude`; None when it is too close to call."""
    code = float(answer_codes(family, movement))
    return None if np.isnan(code) else KEYS[family][int(code)]
