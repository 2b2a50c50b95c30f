"""Pairs for a family: drawn so that every answer is equally likely, from whatever views the data holds.

Pairs whose pictures cannot tell the answer are never drawn where the data says which these are (look_alikes.py), and
no other question that they leave open is asked about a pair: its movement says so (`Movement.ambiguous`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch

from .augment import augment
from .data import MAX_MISSES, PairBatch, PairRule, ViewSet, draw_pairs, load_pairs
from .look_alikes import ambiguous_pairs
from .movement import (
    AMBIGUOUS_BITS,
    KEYS,
    THREE_TYPES,
    THREE_TYPES_AMBIGUOUS,
    Movement,
    Views,
    answer_codes,
    movement_between,
)
from .questions import clear_answers

# The evaluation's range, which most pairs come from when an object has any (design: 20–100°, rises up to 15°).
TYPICAL_AZIMUTH_DEG = (20.0, 100.0)
TYPICAL_RISE_DEG = 15.0
TYPICAL_SHARE = 0.85
STILL_SHARE = 0.12  # of the three types' pairs; the other two answers share the rest


@dataclass(frozen=True)
class FamilyPair:
    """Indices of two views of a ViewSet, and the family that they were drawn for."""

    family: str
    first: int
    second: int


class FamilyPairs:
    """Draws pairs of one ViewSet. Objects uniform, the answer uniform among a family's keys, views uniform.

    With `answerable_only` those that the pictures can tell; without, all that the poses decide.
    """

    def __init__(self, views: ViewSet, answerable_only: bool = True) -> None:
        self.views, self.answerable_only = views, answerable_only
        self._ambiguous: dict[int, np.ndarray] = {}
        self._poses, self._grounded = Views.from_rows([]), np.zeros(0, bool)
        self._known = 0
        self._objects: dict[tuple[str, int], dict[int, np.ndarray]] = {}

    @property
    def poses(self) -> Views:
        """Poses of all views; follows a ViewSet that was refreshed."""
        if self._known != len(self.views.azimuth_deg):
            rows = [row for shard in self.views.shards for row in shard.views]
            self._poses = Views.from_rows(rows)
            self._grounded = np.array(["worldGround" in (row.get("scene") or {}) for row in rows])
            self._known = len(self.views.azimuth_deg)
        return self._poses

    def movement(self, first: np.ndarray, second: np.ndarray) -> Movement:
        """Movements (arrays) of pairs of views, each of one object."""
        movement = movement_between(self.poses.at(first), self.poses.at(second))
        return replace(movement, ambiguous=self._ambiguous_of(first, second)) if self.answerable_only else movement

    def left_out(self, families: Sequence[str]) -> dict[str, float] | None:
        """Family -> share of the pairs that poses decide and pictures cannot tell; looks through all objects. None when
        no shard says which places look the same. ValueError when some shards of a set do and others do not."""
        if not self.answerable_only or all(shard.twins is None for shard in self.views.shards):
            return None
        self.check_twins()
        counts = {family: np.zeros(2) for family in families}
        for item in range(len(self.views)):
            first, second = self._pairs(item)
            movement = self.movement(first, second)
            for family, count in counts.items():
                decided = clear_answers(family, replace(movement, ambiguous=0))
                count += decided.sum(), (decided & ~clear_answers(family, movement)).sum()
        return {family: round(float(out / max(1, decided)), 4) for family, (decided, out) in counts.items()}

    def check_twins(self) -> None:
        """ValueError when some shards of a set say which places look the same and others do not."""
        with_twins = {shard.folder.parent for shard in self.views.shards if shard.twins is not None}
        for folder in (shard.folder for shard in self.views.shards if shard.twins is None):
            if folder.parent in with_twins:
                raise ValueError(
                    f"{folder} has no twins.jsonl, other shards of its set have: pairs that nobody can answer would be "
                    "among its labels. Render the set once more with --twins, which makes what is missing"
                )

    def _ambiguous_of(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """movement.AMBIGUOUS_BITS of pairs of views, (B,)."""
        items = np.searchsorted(self.views.object_first, first, side="right") - 1
        start = self.views.object_first[items]
        pairs = zip(items.tolist(), (first - start).tolist(), (second - start).tolist(), strict=True)
        return np.array([self._ambiguous_pairs(item)[a, b] for item, a, b in pairs], np.uint8)

    def _ambiguous_pairs(self, item: int) -> np.ndarray:
        """The same for all pairs of an object, (V, V); kept."""
        if item not in self._ambiguous:
            start, size = int(self.views.object_first[item]), int(self.views.object_count[item])
            shard = self.views.shards[self.views.shard_of[start]]
            row = int(self.views.row_of[start])
            looks = (shard.twins or {}).get(shard.views[row]["objectIndex"], [])
            rules = [view["lightRule"] for view in shard.views[row : row + size]]
            index = np.arange(start, start + size)
            poses = self.poses.at(index)
            self._ambiguous[item] = ambiguous_pairs(looks, poses, rules, self._grounded[index])
        return self._ambiguous[item]

    def _pairs(self, item: int) -> tuple[np.ndarray, np.ndarray]:
        """All V × V ordered pairs of views of an object."""
        start, size = int(self.views.object_first[item]), int(self.views.object_count[item])
        first, second = np.mgrid[start : start + size, start : start + size].reshape(2, -1)
        return first, second

    def draw(self, family: str, rng: np.random.Generator) -> FamilyPair | None:
        """A pair with a random key of the family; None when no object holds one."""
        keys = _keys(family)
        chances = np.full(len(keys), 1 / len(keys))
        if family in THREE_TYPES:
            chances = np.array([STILL_SHARE if key == 0 else (1 - STILL_SHARE) / 2 for key in keys])
        for choice in _order(chances, rng):
            pair = self._with_key(family, keys[choice], rng)
            if pair is not None:
                return pair
        return None

    def holds(self, family: str) -> dict[str, bool]:
        """Key of a family -> whether the data holds a pair of it ("+", "-" for the sign of an angle)."""
        names = KEYS.get(family, {1: "+", -1: "-"})
        return {names[key]: len(objects) > 0 for key, objects in self._objects_with(family).items()}

    def _objects_with(self, family: str) -> dict[int, np.ndarray]:
        """Key of a family -> the objects that hold a pair of it. Looks through all objects, once."""
        mark = (family, len(self.views.azimuth_deg))
        if mark not in self._objects:
            found: dict[int, list[int]] = {key: [] for key in _keys(family)}
            for item in range(len(self.views)):
                answers = self._answers(family, item).answers
                for key, objects in found.items():
                    if (answers == key).any():
                        objects.append(item)
            self._objects[mark] = {key: np.array(objects, np.int64) for key, objects in found.items()}
        return self._objects[mark]

    def _answers(self, family: str, item: int) -> "_ObjectPairs":
        """All pairs of one object, V × V of them, with their keys of a family."""
        first, second = self._pairs(item)
        movement = self.movement(first, second)
        codes = answer_codes(family, movement)
        may_ask = clear_answers(family, movement)
        if family == "decoupled":
            # Without a ground or backdrop fixed to the world nothing tells a strafe from a turn.
            may_ask &= self._grounded[first] & self._grounded[second]
        answers = np.where(may_ask, np.sign(codes) if family == "magnitude" else codes, np.nan)
        return _ObjectPairs(first, second, movement, answers)

    def _with_key(self, family: str, key: int, rng: np.random.Generator) -> FamilyPair | None:
        objects = self._objects_with(family)[key]
        if not len(objects):
            return None
        pairs = self._answers(family, int(rng.choice(objects)))
        fits = pairs.answers == key
        # The same picture twice teaches "no movement" by equal pixels; twins have light of their own.
        differs = fits & (pairs.first != pairs.second)
        fits = differs if differs.any() else fits
        size_deg = np.abs(np.asarray(pairs.movement.azimuth_deg))
        typical = (
            fits
            & (size_deg >= TYPICAL_AZIMUTH_DEG[0])
            & (size_deg <= TYPICAL_AZIMUTH_DEG[1])
            & ((np.abs(pairs.movement.elevation_deg) <= TYPICAL_RISE_DEG) | (family == "vertical"))
        )
        if typical.any() and rng.random() < TYPICAL_SHARE:
            fits = typical
        at = rng.choice(np.flatnonzero(fits))
        return FamilyPair(family, int(pairs.first[at]), int(pairs.second[at]))


@dataclass(frozen=True)
class _ObjectPairs:
    """Pairs of views of one object, (P,) each."""

    first: np.ndarray
    second: np.ndarray
    movement: Movement
    answers: np.ndarray  # keys as in _keys, NaN where the family must not ask


def _keys(family: str) -> list[int]:
    return [1, -1] if family == "magnitude" else list(KEYS[family])


def _order(chances: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A random order of all keys whose first one has these chances."""
    return rng.choice(len(chances), len(chances), replace=False, p=chances)


def answers_held(sources: Mapping[str, FamilyPairs], families: Sequence[str]) -> dict[str, dict[str, dict[str, bool]]]:
    """Name of a source -> family -> which of its answers the source's data holds (FamilyPairs.holds)."""
    return {name: {family: source.holds(family) for family in families} for name, source in sources.items()}


def check_held(held: Mapping[str, dict[str, dict[str, bool]]]) -> None:
    """ValueError for a family of `answers_held` that no source holds a pair of: it would silently never be asked."""
    families = dict.fromkeys(family for source in held.values() for family in source)
    missing = [f for f in families if not any(any(source[f].values()) for source in held.values())]
    if missing:
        raise ValueError(
            f"no set holds a pair of {', '.join(missing)} (looked through {', '.join(held)}): "
            "train on sets of recipe 2 (--mix), or leave it out of --families"
        )


def draw_family_pairs(
    source: FamilyPairs, families: Sequence[str], weights: Sequence[float], count: int, rng: np.random.Generator
) -> list[FamilyPair]:
    """`count` pairs, families by weight; a family without any pair in this data is passed over.

    Raises ValueError when no family has any.
    """
    chances = np.asarray(weights, float) / np.sum(weights)
    found: list[FamilyPair] = []
    while len(found) < count:
        for choice in _order(chances, rng):
            pair = source.draw(families[choice], rng)
            if pair is not None:
                found.append(pair)
                break
        else:
            raise ValueError(f"{source.views.pattern}: the data holds no pair of {', '.join(families)}")
    return found


def draw_answerable_pairs(
    source: FamilyPairs, rules: Sequence[PairRule], rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Indices of views A and B by one rule each, (B,): pairs about which the three types can be answered.

    ValueError when MAX_MISSES draws in a row found none.
    """

    def draw(rule: PairRule) -> tuple[np.ndarray, np.ndarray]:
        for _ in range(MAX_MISSES):
            first, second = draw_pairs(source.views, 1, rule, rng)
            if not np.bitwise_and(source.movement(first, second).ambiguous, THREE_TYPES_AMBIGUOUS).any():
                return first, second
        raise ValueError(f"{source.views.pattern}: {MAX_MISSES} pairs in a row for {rule} that nobody can answer")

    first, second = zip(*(draw(rule) for rule in rules), strict=True)
    return np.concatenate(first), np.concatenate(second)


def left_out_report(sources: Mapping[str, FamilyPairs], families: Sequence[str]) -> dict[str, dict[str, float] | str]:
    """Name of a source -> FamilyPairs.left_out, or that its set does not say which pairs nobody can answer."""
    absent = "no twins.jsonl: pairs that nobody can answer are among the labels (npm run dataset -- … --twins)"
    return {name: source.left_out(families) or absent for name, source in sources.items()}


def view_indices(drawn: Sequence[FamilyPair]) -> tuple[np.ndarray, np.ndarray]:
    """Indices of the views A and B of the pairs, (B,) each."""
    return np.array([pair.first for pair in drawn]), np.array([pair.second for pair in drawn])


def load_judged_pairs(source: FamilyPairs, first: np.ndarray, second: np.ndarray) -> PairBatch:
    """Pictures, points and truth of pairs that were drawn for anything, with `has_side`."""
    pairs = load_pairs(source.views, first, second)
    hidden = np.bitwise_and(source.movement(first, second).ambiguous, AMBIGUOUS_BITS["ego-translation"])
    pairs.has_side = torch.from_numpy(hidden == 0)
    return pairs


def load_family_pairs(
    source: FamilyPairs, drawn: Sequence[FamilyPair], generator: torch.Generator | None
) -> tuple[PairBatch, list[Movement]]:
    """Pictures and true movements; with a generator augmented, the movements mirrored where the pictures are."""
    first, second = view_indices(drawn)
    pairs = load_pairs(source.views, first, second, with_points=False)
    table = source.movement(first, second)
    movements = [table.one(i) for i in range(len(drawn))]
    if generator is None:
        return pairs, movements
    # augment() mirrors some pairs and says so only by the sign of their azimuth, which may be 0: lend it a 1.
    azimuth_deg = pairs.azimuth_deg
    pairs.azimuth_deg = torch.ones_like(azimuth_deg)
    pairs = augment(pairs, generator)
    signs = pairs.azimuth_deg
    pairs.azimuth_deg = azimuth_deg * signs
    return pairs, [m.mirrored() if sign < 0 else m for m, sign in zip(movements, signs.tolist(), strict=True)]
