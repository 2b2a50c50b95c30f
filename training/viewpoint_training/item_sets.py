"""Evaluation items (src/contract/item.schema.json) with their pictures.

Two layouts: a rendered set, whose shards hold items.jsonl, pairs.jsonl (which view is A, which B) and images.u8; or a
folder with items.jsonl and pixels.u8, views A and B of every item in order, whose size pixels.json says (`npm run eval
-- --keep`) or the caller.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np


def read_lines(path: Path) -> list[dict]:
    """Objects of a JSON-lines file; ValueError names the broken line."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise ValueError(f"{path}, line {number} is no JSON: write the file again") from error
    return found


@dataclass
class ItemSet:
    """Items and where their pictures are."""

    items: list[dict] = field(default_factory=list)
    _sources: list[np.ndarray] = field(default_factory=list)  # uint8 (views, S, S, 3) each
    _places: list[tuple[int, int, int]] = field(default_factory=list)  # source, view A, view B

    def __len__(self) -> int:
        return len(self.items)

    def pictures(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        """Views A and B of an item, uint8 (S, S, 3) RGB, top row first."""
        source, a, b = self._places[index]
        return np.asarray(self._sources[source][a]), np.asarray(self._sources[source][b])

    @staticmethod
    def open(folder: Path, image_size_px: int | None = None) -> "ItemSet":
        """Read either layout. `image_size_px` is needed for a pixels.u8 without pixels.json only."""
        found = ItemSet()
        flat = folder / "pixels.u8"
        if flat.exists():
            about = folder / "pixels.json"
            if image_size_px is None and about.exists():
                image_size_px = json.loads(about.read_text(encoding="utf-8"))["imageSizePx"]
            if image_size_px is None:
                raise ValueError(f"{flat} does not say how large its pictures are: name their size")
            items = read_lines(folder / "items.jsonl")
            expected = len(items) * 2 * image_size_px**2 * 3
            if flat.stat().st_size != expected:
                raise ValueError(
                    f"{flat} has {flat.stat().st_size} bytes, {len(items)} items of {image_size_px} px need {expected}"
                )
            found._append(flat, image_size_px, 2 * len(items), items, [(2 * i, 2 * i + 1) for i in range(len(items))])
            return found
        for shard in sorted(folder.glob("shard-*")):
            if not (shard / "shard.json").exists() or not (shard / "items.jsonl").exists():
                continue
            card = json.loads((shard / "shard.json").read_text(encoding="utf-8"))
            items, pairs = read_lines(shard / "items.jsonl"), read_lines(shard / "pairs.jsonl")
            if [item["id"] for item in items] != [pair["id"] for pair in pairs]:
                raise ValueError(f"{shard}: items.jsonl and pairs.jsonl do not name the same items in the same order")
            places = [(pair["viewA"], pair["viewB"]) for pair in pairs]
            found._append(shard / "images.u8", card["imageSizePx"], card["views"], items, places)
        if not found.items:
            raise FileNotFoundError(
                f"{folder} holds neither items.jsonl with pixels.u8 nor finished shards with items.jsonl "
                "(npm run dataset -- --recipe 2)"
            )
        return found

    def _append(self, path: Path, size_px: int, views: int, items: list[dict], places: list[tuple[int, int]]) -> None:
        self._sources.append(np.memmap(path, np.uint8, "r", shape=(views, size_px, size_px, 3)))
        self._places += [(len(self._sources) - 1, a, b) for a, b in places]
        self.items += items
