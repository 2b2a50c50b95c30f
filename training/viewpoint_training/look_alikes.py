"""Pairs whose pictures cannot tell the answer, found without pictures: from twins.jsonl beside a shard's views, which
says on a grid of orbits from which other places an object looks the same (tools/dataset/view-twins.ts).

The rule is that of src/questions/answerability.ts: if another place gives picture B as well, and another answer is
right there, nobody can answer. The place of the grid next to B stands for it, so its twins are right to half a step of
the grid. Judged are the three types, `vertical` and `magnitude`; the page compares `distance` (which perspective tells)
and `decoupled` (which the ground tells) in ways of their own, pair by pair.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .angles import SAME_DEG, SAME_LOG
from .movement import AMBIGUOUS_BITS, THREE_TYPES_AMBIGUOUS, Views, answer_codes, movement_between
from .questions import MAGNITUDE_APART_DEG, MAGNITUDE_RANGE_DEG

TWINS_VERSION = 1
MAX_ELEVATION_DEG = 89.0  # an orbit stays away from the poles


@dataclass(frozen=True)
class TwinLook:
    """One object under one rule of light: the orbits of the grid that look the same, by number (elevation's place times
    the azimuths of the grid, plus the azimuth in steps)."""

    light_rule: str
    elevations_deg: np.ndarray  # (L,)
    azimuth_step_deg: float
    alike: Mapping[int, np.ndarray]

    @property
    def azimuths(self) -> int:
        return round(360 / self.azimuth_step_deg)

    def place(self, azimuth_deg: np.ndarray, elevation_deg: np.ndarray) -> np.ndarray:
        """Numbers of the orbits next to these, of one shape."""
        level = np.abs(np.subtract.outer(elevation_deg, self.elevations_deg)).argmin(-1)
        step = np.round(np.asarray(azimuth_deg) / self.azimuth_step_deg).astype(int) % self.azimuths
        return level * self.azimuths + step

    def turns(self, place: int) -> tuple[np.ndarray, np.ndarray]:
        """From an orbit of the grid to those that look the same: degrees of azimuth, and of elevation, (K,) each."""
        others = self.alike.get(place, np.zeros(0, int))
        azimuth_deg = (others % self.azimuths - place % self.azimuths) * self.azimuth_step_deg
        elevation_deg = self.elevations_deg[others // self.azimuths] - self.elevations_deg[place // self.azimuths]
        return azimuth_deg, elevation_deg


def load_twins(folder: Path) -> dict[int, list[TwinLook]] | None:
    """Place of an object in its shard -> its looks; None when the shard has no twins.jsonl.

    ValueError for a file of another version.
    """
    path = folder / "twins.jsonl"
    if not path.exists():
        return None
    header, *rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if header.get("version") != TWINS_VERSION:
        raise ValueError(f"{path} is of version {header.get('version')}, not {TWINS_VERSION}: make it again (--twins)")
    found: dict[int, list[TwinLook]] = {}
    for row in rows:
        alike = {int(place): np.array(others, int) for place, others in row["alike"].items()}
        elevations_deg = np.array(row["elevationsDeg"], float)
        look = TwinLook(row["lightRule"], elevations_deg, header["azimuthStepDeg"], alike)
        found.setdefault(row["objectIndex"], []).append(look)
    return found


def other_answer(family: str, a: Views, b: Views, other_b: Views) -> np.ndarray:
    """Whether another option is right from A to `other_b` than from A to B; bool of their common shape.

    `magnitude`: whether the other angle may be among the options, which always hold the truth with the wrong sign.
    """
    codes = answer_codes(family, movement_between(a, b))
    others = answer_codes(family, movement_between(a, other_b))
    if family != "magnitude":
        return ~np.isnan(codes) & ~np.isnan(others) & (codes != others)
    size, other_size = np.round(np.abs(codes)), np.round(np.abs(others))
    low, high = MAGNITUDE_RANGE_DEG
    is_option = (other_size >= low) & (other_size <= high)
    is_apart = (np.sign(codes) != np.sign(others)) | (np.abs(size - other_size) >= MAGNITUDE_APART_DEG)
    return ~np.isnan(codes) & is_option & is_apart


def ambiguous_pairs(
    looks: Sequence[TwinLook], views: Views, light_rules: Sequence[str], has_ground: np.ndarray
) -> np.ndarray:
    """uint8 (V, V) for the views of one object: which families (AMBIGUOUS_BITS) the pair (A, B) cannot answer.

    B's own light counts. A ground fixed to the world tells the place, whatever stands on it, if both pictures show it.
    """
    count = len(light_rules)
    found = np.zeros((count, count), np.uint8)
    owners, turns, rises = [np.zeros(0, int)], [np.zeros(0)], [np.zeros(0)]
    for index in range(count if looks else 0):
        # Only views on a ground, which have no look of their own, may be under a light that no look has.
        look = next((one for one in looks if one.light_rule == light_rules[index]), looks[0])
        if not look.alike:
            continue
        places = look.place(views.azimuth_deg, views.elevation_deg)
        turn_deg, rise_deg = look.turns(int(places[index]))
        owners.append(np.full(len(turn_deg), index))
        turns.append(turn_deg)
        rises.append(rise_deg)
        found[:, index] |= _stays(views, index, np.isin(places, look.alike.get(int(places[index]), [])))
    owner = np.concatenate(owners)  # (C,) of all twins of all views: the view that they look like
    if not len(owner):
        return found
    b = views.at(owner)
    elevation_deg = np.clip(b.elevation_deg + np.concatenate(rises), -MAX_ELEVATION_DEG, MAX_ELEVATION_DEG)
    twin = Views(b.azimuth_deg + np.concatenate(turns), elevation_deg, b.distance_m, b.fov_y_deg, b.turned_deg)
    a = views.at(np.arange(count)[:, None])  # (V, 1) against (C,)
    for family, bit in AMBIGUOUS_BITS.items():
        is_other = other_answer(family, a, b, twin)
        for index in np.unique(owner):
            found[:, index] |= np.where(is_other[:, owner == index].any(1), bit, 0).astype(np.uint8)
    found[np.ix_(has_ground, has_ground)] = 0
    return found


def _stays(views: Views, index: int, looks_same: np.ndarray) -> np.ndarray:
    """Families of the pairs (A, B) in which A's own place gives picture B too, so that nothing may have moved; (V,)."""
    same = looks_same & (np.abs(views.elevation_deg - views.elevation_deg[index]) < SAME_DEG)
    same &= np.abs(np.log(views.distance_m / views.distance_m[index])) < SAME_LOG
    same &= (np.abs(views.fov_y_deg - views.fov_y_deg[index]) < SAME_DEG) & (views.turned_deg == 0)
    return np.where(same, THREE_TYPES_AMBIGUOUS, 0).astype(np.uint8)
