"""Draws a run's log.jsonl as a picture (PNG or SVG) for training/LOG.md.

python scripts/draw_curves.py --log ../runs/grpo/log.jsonl --out curves/grpo.svg --only reward kl length accuracy
"""

import argparse
from pathlib import Path

from viewpoint_training.curves import X_LABELS, curves_of, draw, read_log


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="file.png or file.svg")
    parser.add_argument("--x", choices=list(X_LABELS), default="step")
    parser.add_argument("--only", nargs="+", help="names of curves, or parts of names")
    parser.add_argument("--title", help="default: the name of the log's folder")
    args = parser.parse_args()
    if args.out.suffix not in (".png", ".svg"):
        parser.error(f"--out takes a .png or .svg file, got {args.out}")
    return args


def main() -> None:
    args = parse_args()
    curves = curves_of(read_log(args.log), args.x)
    print(draw(curves, args.out, args.title or args.log.parent.name, args.x, args.only))


if __name__ == "__main__":
    main()
