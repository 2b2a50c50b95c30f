"""Last stage: write a release as the folder that the page loads.

Exports the ONNX graphs, packs the 4-bit weights, checks them against PyTorch and writes manifest and model card.
Nothing is written when a check fails.

  python scripts/export_model.py --release ../runs/release --id viewpoint-v0 --out ../public/models/viewpoint-v0
"""

import argparse
import json
from pathlib import Path

from viewpoint_training.checkpoint import load_release
from viewpoint_training.connector import VisionEncoder
from viewpoint_training.export.package import Labels, Source, export_model
from viewpoint_training.movement import THREE_TYPES
from viewpoint_training.prompts import Prompts


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--release", type=Path, required=True, help="folder written by save_release")
    parser.add_argument("--id", required=True, help="model id: lower case letters, digits, dots, hyphens")
    parser.add_argument("--out", type=Path, help="folder to write; default public/models/<id>")
    parser.add_argument("--name", help="name shown to people; default: the id")
    parser.add_argument("--calibration", type=Path, help="what fit_calibration.py wrote; default: temperature 1")
    parser.add_argument("--scores", action="append", default=[], metavar="NAME=REPORT.json", help="evaluation report")
    parser.add_argument(
        "--baselines", action="append", default=[], metavar="NAME=BASELINES.json", help="what baselines.py wrote"
    )
    return parser.parse_args()


def read_source(release_folder: Path) -> Source:
    release, prompts = load_release(release_folder), Prompts.load()
    config = release.config
    if config["promptsVersion"] != prompts.version:
        raise ValueError(
            f"the release was trained on prompts version {config['promptsVersion']}, the contract has "
            f"{prompts.version}: retrain, or check out the contract of that version"
        )
    return Source(
        llama=release.lm,
        tower=VisionEncoder(release.encoder, release.connector),
        tokenizer_folder=release.tokenizer_dir,
        prompts=prompts,
        image_size_px=config["imageSizePx"],
        image_mean=config["imageMean"],
        image_std=config["imageStd"],
        image_tokens_per_view=config["imageTokensPerView"],
        training_commit=config["trainingCommit"],
        # Releases of before 2026-11-27 do not say it.
        families=tuple(config.get("families", THREE_TYPES)),
    )


def read_named(entries: list[str]) -> dict[str, dict]:
    """NAME=FILE.json each -> contents by name."""
    named = (entry.partition("=") for entry in entries)
    return {name: json.loads(Path(path).read_text(encoding="utf-8")) for name, _, path in named}


def read_labels(arguments: argparse.Namespace) -> Labels:
    calibration = json.loads(arguments.calibration.read_text(encoding="utf-8")) if arguments.calibration else None
    return Labels(
        id=arguments.id,
        name=arguments.name or arguments.id,
        calibration=calibration or {"temperature": 1.0},
        scores=read_named(arguments.scores),
        baselines=read_named(arguments.baselines),
    )


def main() -> None:
    arguments = parse_arguments()
    target = arguments.out or Path(__file__).parents[2] / "public" / "models" / arguments.id
    parity = export_model(read_source(arguments.release), read_labels(arguments), target)
    for name, value in parity.labelled().items():
        print(f"{name:12} {value:.2e}")
    for path in sorted(target.rglob("*")):
        if path.is_file():
            print(f"{path.stat().st_size:>10} {path.relative_to(target).as_posix()}")


if __name__ == "__main__":
    main()
