"""Rendered training data: shards of views, memory-mapped, and pairs of views drawn from them.

A shard is a folder with images.u8 (N, S, S, 3) RGB, points.f16 (N, G, G, 4) world x, y, z in metres at the centre of
each 8 × 8-pixel cell plus a mask, views.jsonl (one line a view) and shard.json, which is written last: without it the
shard is unfinished and skipped. Rows run top first. Objects are centred at the origin with a bounding radius of 1;
azimuth 0 is a camera on +Z, positive towards +X. Cameras look at the origin, except those whose row has
`turnedDeg` other than 0: yaw from looking at it about the world's vertical, positive to the right; their rows have the
pose in full. twins.jsonl, where it was made (`npm run dataset -- … --twins`), says from which other places an object
looks the same (look_alikes.py).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch

from .angles import SAME_DEG, SAME_LOG, wrap_deg
from .encoder import normalized_pixels
from .look_alikes import TwinLook, load_twins

# Draws in a row without a pair before a rule counts as impossible for a set.
MAX_MISSES = 10_000


@dataclass
class Shard:
    """One finished shard, memory-mapped."""

    images: np.ndarray  # uint8 (N, S, S, 3)
    points: np.ndarray  # float16 (N, G, G, 4)
    views: list[dict]
    folder: Path
    twins: dict[int, list[TwinLook]] | None = None  # place of an object in the shard -> which places look the same

    @staticmethod
    def open(folder: Path) -> "Shard":
        card = json.loads((folder / "shard.json").read_text(encoding="utf-8"))
        size, grid, count = card["imageSizePx"], card["gridSize"], card["views"]
        lines = (folder / "views.jsonl").read_text(encoding="utf-8").splitlines()
        if len(lines) != count:
            raise ValueError(f"{folder}: views.jsonl has {len(lines)} lines, shard.json says {count} views")
        return Shard(
            np.memmap(folder / "images.u8", np.uint8, "r", shape=(count, size, size, 3)),
            np.memmap(folder / "points.f16", np.float16, "r", shape=(count, grid, grid, 4)),
            [json.loads(line) for line in lines],
            folder,
            load_twins(folder),
        )


class ViewSet:
    """All finished shards of the folders below `root` that match `pattern`; `refresh` picks up new ones."""

    def __init__(self, root: Path, pattern: str) -> None:
        self.root, self.pattern = Path(root), pattern
        self.shards: list[Shard] = []
        self._known: set[Path] = set()
        self.azimuth_deg = self.elevation_deg = self.distance_m = np.zeros(0, np.float32)
        self.turned_deg = self.fov_y_deg = np.zeros(0, np.float32)
        self.shard_of = self.row_of = self.first_of_object = self.twin = np.zeros(0, np.int64)
        self.object_first = self.object_count = np.zeros(0, np.int64)
        self.object_names: list[str] = []
        self.refresh()

    def __len__(self) -> int:
        """Number of objects (the same mesh in two shards counts twice)."""
        return len(self.object_first)

    @property
    def has_turned(self) -> bool:
        """Whether some cameras look past the object (recipe 2)."""
        return bool((self.turned_deg != 0).any())

    def refresh(self) -> int:
        """Open shards that were finished since the last call; gives how many."""
        fresh = sorted(
            p.parent for p in self.root.glob(f"{self.pattern}/shard-*/shard.json") if p.parent not in self._known
        )
        for folder in fresh:
            self._known.add(folder)
            self._append(Shard.open(folder))
        return len(fresh)

    def _append(self, shard: Shard) -> None:
        base, index = len(self.azimuth_deg), len(self.shards)
        self.shards.append(shard)
        views, count = shard.views, len(shard.views)

        def extend(name: str, values: list | np.ndarray) -> None:
            old = getattr(self, name)
            setattr(self, name, np.concatenate([old, np.asarray(values, dtype=old.dtype)]))

        extend("azimuth_deg", [v["azimuthDeg"] for v in views])
        extend("elevation_deg", [v["elevationDeg"] for v in views])
        extend("distance_m", [v["distanceM"] for v in views])
        extend("turned_deg", [v.get("turnedDeg") or 0.0 for v in views])
        extend("fov_y_deg", [v["fovYDeg"] for v in views])
        extend("shard_of", np.full(count, index))
        extend("row_of", np.arange(count))
        keys = [v["objectIndex"] for v in views]
        starts = [i for i in range(count) if i == 0 or keys[i] != keys[i - 1]]
        sizes = np.diff([*starts, count])
        first = np.repeat(starts, sizes)
        extend("first_of_object", first + base)
        # twinOf is an index within the object's views.
        twins = [-1 if v["twinOf"] is None else base + f + v["twinOf"] for v, f in zip(views, first, strict=True)]
        extend("twin", twins)
        extend("object_first", np.asarray(starts) + base)
        extend("object_count", sizes)
        self.object_names += [views[i]["object"] for i in starts]

    def images(self, index: np.ndarray) -> torch.Tensor:
        """Views -> float (B, 3, S, S) in −1…1."""
        stack = np.stack([self.shards[self.shard_of[i]].images[self.row_of[i]] for i in index])
        return normalized_pixels(torch.from_numpy(stack))  # channels last in memory

    def cameras(self, index: np.ndarray) -> torch.Tensor:
        """Views -> (B, 3): elevation in degrees, logarithms of the distance in metres and of the focal length in halves
        of the picture's height."""
        focal_log = -np.log(np.tan(np.deg2rad(self.fov_y_deg[index]) / 2))
        columns = [self.elevation_deg[index], np.log(self.distance_m[index]), focal_log]
        return torch.from_numpy(np.stack(columns, -1)).float()

    def points(self, index: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
        """Views -> world points (B, G, G, 3) in metres, mask (B, G, G)."""
        stack = np.stack([self.shards[self.shard_of[i]].points[self.row_of[i]] for i in index]).astype(np.float32)
        both = torch.from_numpy(stack)
        return both[..., :3], both[..., 3] > 0.5


class DataMix:
    """Sets to train on with their shares, from entries "pattern:share"; sets without a finished shard wait."""

    def __init__(self, root: Path, entries: list[str]) -> None:
        self.root, self.entries = Path(root), entries
        split = [entry.rsplit(":", 1) for entry in entries]
        self.sets = [ViewSet(root, pattern) for pattern, _ in split]
        self.shares = np.array([float(share) for _, share in split])

    def filled(self) -> list[ViewSet]:
        return [views for views in self.sets if len(views)]

    def draw(self, rng: np.random.Generator) -> ViewSet:
        """One of the filled sets, by share. FileNotFoundError when there is none."""
        is_filled = np.array([len(views) > 0 for views in self.sets])
        if not is_filled.any():
            raise FileNotFoundError(
                f"{self.root} holds no finished shard of {', '.join(self.entries)}: render the data first"
            )
        shares = self.shares * is_filled
        return self.sets[rng.choice(len(self.sets), p=shares / shares.sum())]


def object_group(name: str) -> str:
    """What is held out together: the generator's family of a generated object ("generated:clock:17" ->
    "generated:clock"), the pack of a mesh ("kaykit-dungeon/plate#variant-1" -> "kaykit-dungeon"), else the name."""
    plain = name.split("#")[0]
    return plain.rsplit(":", 1)[0] if ":" in plain else plain.split("/")[0]


def check_held_out(train: Sequence[ViewSet], held_out: Sequence[ViewSet]) -> None:
    """ValueError when a family or pack of a training object is in a validation set too: its figures would flatter."""
    trained = {object_group(name): views.pattern for views in train for name in views.object_names}
    for views in held_out:
        shared = sorted({object_group(name) for name in views.object_names} & trained.keys())
        if shared:
            raise ValueError(
                f"{', '.join(shared[:5])}{' …' if len(shared) > 5 else ''}: in the training set {trained[shared[0]]!r} "
                f"and in the validation set {views.pattern!r}; hold whole families and packs out (--mix, --val)"
            )


def held_out_sets(root: Path, patterns: list[str], eval_pairs: int) -> list[ViewSet]:
    """The sets of these patterns that hold finished shards. ValueError when there are none and `eval_pairs` of each are
    to be asked: a mistyped pattern would end in a release that nobody evaluated, beside objects that nobody checked."""
    sets = [views for views in (ViewSet(root, pattern) for pattern in patterns) if len(views)]
    if eval_pairs and not sets:
        raise ValueError(
            f"--val {' '.join(patterns)}: no finished shard below {root} matches; name a set that is there, "
            "or ask for no evaluation by --eval-pairs 0"
        )
    return sets


@dataclass
class PairBatch:
    """B pairs of views with what is true about them. S pixels, G cells a side."""

    a: torch.Tensor  # (B, 3, S, S)
    b: torch.Tensor  # (B, 3, S, S)
    azimuth_deg: torch.Tensor  # (B,) azimuth B − azimuth A, wrapped to ±180
    elevation_deg: torch.Tensor  # (B,) elevation B − elevation A
    distance_log: torch.Tensor  # (B,) log(distance B / distance A)
    moved: torch.Tensor  # (B,) bool: the positions differ
    turned_deg: torch.Tensor  # (B,) how much farther right of the object B looks than A
    # (B, 2, 3) of A's camera and B's: elevation in degrees, log of the distance in metres, log of the focal length in
    # halves of the picture's height
    cameras: torch.Tensor
    points: torch.Tensor | None = None  # (B, 2, G, G, 3) metres, camera A's azimuth frame
    mask: torch.Tensor | None = None  # (B, 2, G, G) bool
    # (B,) bool: no other side gives these pictures too (look_alikes.py); None: not looked for
    has_side: torch.Tensor | None = None

    def to(self, device: torch.device) -> "PairBatch":
        """The same on `device`; itself where it is there already."""
        if self.a.device == device:
            return self
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return PairBatch(**{name: value if value is None else value.to(device) for name, value in values.items()})


@dataclass(frozen=True)
class PairRule:
    """Which pairs to draw: |Δ azimuth| of moved pairs, and how many pairs have not moved at all."""

    min_azimuth_deg: float = 0.0
    max_azimuth_deg: float = 100.0
    max_elevation_deg: float = 180.0
    still_share: float = 0.0
    far_share: float = 0.0  # share of pairs whose |Δ azimuth| may be anything up to 180°
    wide_share: float = 0.0  # share of pairs from the wider half of what is allowed


def draw_pairs(views: ViewSet, count: int, rule: PairRule, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Indices of views A and B, (count,) each. Objects uniform; A uniform; B uniform among those the rule allows.

    Only views that look at the object: the relative pose of a pair is that of two orbits. Raises ValueError for a set
    without objects, and when MAX_MISSES draws in a row found no pair that the rule allows.
    """
    if not len(views):
        raise ValueError(f"{views.pattern}: no finished shard under {views.root} to draw pairs from")
    first, second = np.zeros(count, np.int64), np.zeros(count, np.int64)
    filled = misses = 0
    while filled < count:
        if misses >= MAX_MISSES:
            raise ValueError(f"{views.pattern}: {misses} draws in a row found no pair for {rule}: widen it")
        misses += 1  # until a pair is found
        item = rng.integers(len(views))
        start, size = views.object_first[item], views.object_count[item]
        members = np.arange(start, start + size)
        members = members[views.turned_deg[members] == 0]
        if not len(members):
            continue
        if rng.random() < rule.still_share:
            twins = members[views.twin[members] >= 0]
            if len(twins) and rng.random() < 0.7:
                b = rng.choice(twins)
                pair = (views.twin[b], b)
                first[filled], second[filled] = pair if rng.random() < 0.5 else pair[::-1]
            else:
                first[filled] = second[filled] = rng.choice(members)
            filled, misses = filled + 1, 0
            continue
        a = rng.choice(members)
        delta = np.abs(wrap_deg(views.azimuth_deg[members] - views.azimuth_deg[a]))
        rise = np.abs(views.elevation_deg[members] - views.elevation_deg[a])
        limit = 180.0 if rng.random() < rule.far_share else rule.max_azimuth_deg
        least = max(rule.min_azimuth_deg, SAME_DEG)
        # Without a draw where there is none to make: the streams of other rules stay as they are.
        if rule.wide_share and rng.random() < rule.wide_share:
            least = max(least, (rule.min_azimuth_deg + limit) / 2)
        allowed = (delta >= least) & (delta <= limit) & (rise <= rule.max_elevation_deg)
        if allowed.any():
            first[filled], second[filled] = a, rng.choice(members[allowed])
            filled, misses = filled + 1, 0
    return first, second


def load_pairs(views: ViewSet, first: np.ndarray, second: np.ndarray, with_points: bool = True) -> PairBatch:
    """Pixels and truth of the pairs."""
    azimuth_deg = wrap_deg(views.azimuth_deg[second] - views.azimuth_deg[first])
    elevation_deg = views.elevation_deg[second] - views.elevation_deg[first]
    distance_log = np.log(views.distance_m[second] / views.distance_m[first])
    still = (np.abs(azimuth_deg) < SAME_DEG) & (np.abs(elevation_deg) < SAME_DEG) & (np.abs(distance_log) < SAME_LOG)
    batch = PairBatch(
        a=views.images(first),
        b=views.images(second),
        azimuth_deg=torch.from_numpy(azimuth_deg).float(),
        elevation_deg=torch.from_numpy(elevation_deg).float(),
        distance_log=torch.from_numpy(distance_log).float(),
        moved=torch.from_numpy(~still),
        turned_deg=torch.from_numpy(views.turned_deg[second] - views.turned_deg[first]).float(),
        cameras=torch.stack([views.cameras(first), views.cameras(second)], 1),
    )
    if with_points:
        (points_a, mask_a), (points_b, mask_b) = views.points(first), views.points(second)
        world = torch.stack([points_a, points_b], 1)  # (B, 2, G, G, 3)
        batch.points = to_azimuth_frame(world, torch.from_numpy(views.azimuth_deg[first]))
        batch.mask = torch.stack([mask_a, mask_b], 1)
    return batch


def to_azimuth_frame(world: torch.Tensor, azimuth_deg: torch.Tensor) -> torch.Tensor:
    """Turn world points (B, …, 3) about +Y so that the camera at `azimuth_deg` (B,) comes to lie on +Z."""
    azimuth_rad = torch.deg2rad(azimuth_deg).view(-1, *[1] * (world.dim() - 2))
    cos, sin = azimuth_rad.cos(), azimuth_rad.sin()
    x, y, z = world.unbind(-1)
    return torch.stack([cos * x - sin * z, y, sin * x + cos * z], -1)


def camera_coordinates(
    views: ViewSet, index: np.ndarray, world: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """World points (B, G, G, 3) as seen by the views: metres to the right, up, and ahead, (B, G, G) each."""
    turned = to_azimuth_frame(world, torch.from_numpy(views.azimuth_deg[index]))
    elevation_rad = torch.from_numpy(np.deg2rad(views.elevation_deg[index]))[:, None, None]
    distance_m = torch.from_numpy(views.distance_m[index])[:, None, None]
    cos, sin = elevation_rad.cos(), elevation_rad.sin()
    eye = torch.stack([0 * sin, distance_m * sin, distance_m * cos], -1)
    # Seen from its own place, a camera turned to the right has the azimuth of one that stands further to the left.
    offset = to_azimuth_frame(turned - eye, torch.from_numpy(-views.turned_deg[index]))
    x, y, z = offset.unbind(-1)
    up = y * cos - z * sin
    depth = -(y * sin + z * cos)
    return x, up, depth


def check_alignment(views: ViewSet, count: int = 48, seed: int = 0) -> float:
    """Correlation between the points' place on the picture and the pixel column, and row.

    Gives the smaller of the two; raises below 0.99. A one-tile slip between images and points cost hours once.
    """
    index = np.random.default_rng(seed).choice(
        len(views.azimuth_deg), min(count, len(views.azimuth_deg)), replace=False
    )
    world, mask = views.points(index)
    across, up, depth = camera_coordinates(views, index, world)
    grid = world.shape[1]
    rows, columns = torch.meshgrid(torch.arange(grid).float(), torch.arange(grid).float(), indexing="ij")
    scores = []
    for n in range(len(index)):
        seen = mask[n]
        if seen.sum() < 12:
            continue
        horizontal = torch.corrcoef(torch.stack([(across[n] / depth[n])[seen], columns[seen]]))[0, 1]
        vertical = torch.corrcoef(torch.stack([(up[n] / depth[n])[seen], -rows[seen]]))[0, 1]
        scores.append(torch.stack([horizontal, vertical]))
    worst = torch.stack(scores).nanmean(0).min().item()
    if worst < 0.99:
        raise ValueError(f"{views.pattern}: points and pixels correlate by {worst:.3f}, must exceed 0.99")
    return worst
