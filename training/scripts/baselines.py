"""Rows of the card to hold a model's figures against: chance, constant answers, a classical matcher, the pose heads.

  python scripts/baselines.py --items ../data/val-generated --release ../runs/sft/release --out ../runs/baselines

--items takes a rendered set, or what `npm run eval -- --keep DIR` kept: the very pairs that a model was scored on.

Writes baselines.json and baselines.md. The classical matcher needs `pip install -e 'training[classical]'`;
without --release the encoder's row is left out. Ambiguous items (answerable: false) are left out unless --all is given.
"""

import argparse
import importlib.util
import json
from pathlib import Path

import torch

from viewpoint_training.baselines import PAPER_ROWS, PoseGuess, chance_rows, classical_pose, guessed_row, markdown
from viewpoint_training.checkpoint import Release, load_release
from viewpoint_training.encoder import decode_pose, normalized_pixels
from viewpoint_training.encoder_eval import head_codes
from viewpoint_training.item_sets import ItemSet
from viewpoint_training.symmetry import encode_symmetric


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--items", type=Path, required=True, help="a rendered set, or a folder with items and pixels.u8"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--release", type=Path, help="folder of save_release: its encoder's pose heads get a row")
    parser.add_argument("--size", type=int, help="side of the pictures in a pixels.u8 without pixels.json")
    parser.add_argument("--limit", type=int, help="at most so many items a family")
    parser.add_argument("--all", action="store_true", help="ambiguous items too")
    parser.add_argument("--no-classical", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


@torch.no_grad()
def encoder_poses(release: Release, items: ItemSet, indices: list[int], batch: int = 16) -> list[PoseGuess]:
    """The pose heads' means over their bins, averaged over four looks as the exported encoder does it. Of a camera that
    moved or turned, the likelier side; not known to an encoder without a head for the turn."""
    found: list[PoseGuess] = []
    for start in range(0, len(indices), batch):
        pictures = [items.pictures(index) for index in indices[start : start + batch]]
        a, b = (
            normalized_pixels(torch.stack([torch.from_numpy(pair[side].copy()) for pair in pictures]))
            for side in (0, 1)
        )
        out = encode_symmetric(release.encoder, a, b)
        pose, codes = decode_pose(out, release.encoder.config), head_codes(out, release.encoder.config)
        decoupled = codes["decoupled"].tolist() if "decoupled" in codes else [None] * len(pictures)
        columns = (values.tolist() for values in (pose.azimuth_deg, pose.elevation_deg, pose.distance_log, pose.moved))
        found += [PoseGuess(*values, decoupled_code=code) for *values, code in zip(*columns, decoupled, strict=True)]
    return found


def chosen_items(items: ItemSet, limit: int | None, everything: bool) -> list[int]:
    counts: dict[str, int] = {}
    chosen = []
    for index, item in enumerate(items.items):
        if item["answerable"] is False and not everything:
            continue
        counts[item["family"]] = counts.get(item["family"], 0) + 1
        if limit is None or counts[item["family"]] <= limit:
            chosen.append(index)
    return chosen


def main() -> None:
    args = parse_args()
    torch.set_num_threads(args.threads)
    items = ItemSet.open(args.items, args.size)
    chosen = chosen_items(items, args.limit, args.all)
    asked = [items.items[index] for index in chosen]
    rows = chance_rows(asked)
    if not args.no_classical:
        if importlib.util.find_spec("cv2") is None:
            raise SystemExit("no OpenCV: pip install -e 'training[classical]', or pass --no-classical")
        row = guessed_row(
            "SIFT + essential matrix",
            asked,
            lambda n: classical_pose(*items.pictures(chosen[n]), asked[n]["viewA"]["fovYDeg"]),
        )
        rows += [row] if row else []
    if args.release:
        poses = encoder_poses(load_release(args.release), items, chosen)
        row = guessed_row("the encoder's pose heads", asked, lambda n: poses[n])
        rows += [row] if row else []
    args.out.mkdir(parents=True, exist_ok=True)
    report = {
        "items": len(asked),
        "leftOut": len(items) - len(asked),
        "rows": [{"name": r.name, "families": {f: s.to_json() for f, s in r.families.items()}} for r in rows],
        "paper": PAPER_ROWS,
    }
    (args.out / "baselines.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    (args.out / "baselines.md").write_text(markdown(rows) + "\n", encoding="utf-8")
    print(markdown(rows))


if __name__ == "__main__":
    main()
