"""Last stage: write a release as the folder that the page loads, in two steps.

  python scripts/export_model.py --release ../runs/sft/release --id viewpoint-v0
  npm run eval -- --model runs/candidates/viewpoint-v0 --json --out report.json …
  python scripts/export_model.py --release ../runs/sft/release --id viewpoint-v0 --scores "Generated=report.json"

Without --scores it writes a candidate, runs/candidates/<id>. With them it replaces public/models/<id>, if the reports
are of the very weight files that it has built (`weightsSha256`, whatever the folder was called) and hold every family
that was taught, and if every floor (viewpoint_training/export/floors.py) holds. Either way the ONNX graphs are checked
against PyTorch. Nothing is written when a check fails. scripts/renew_card.py gives a released model other reports.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from viewpoint_training.checkpoint import load_release
from viewpoint_training.connector import VisionEncoder
from viewpoint_training.export.accuracy import (
    AccuracyError,
    better_than_blind,
    check_accuracy,
    check_coverage,
    check_weights_told,
    letters_like_guesses,
    lower_than_before,
)
from viewpoint_training.export.candidate import CANDIDATES, CARDS, MODELS, candidate_id
from viewpoint_training.export.manifest import MANIFEST_FILE, read_named
from viewpoint_training.export.package import Labels, SizeError, Source, export_model
from viewpoint_training.export.parity import LIMITS, ParityError
from viewpoint_training.movement import THREE_TYPES
from viewpoint_training.prompts import Prompts


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--release", type=Path, required=True, help="folder written by save_release")
    parser.add_argument("--id", required=True, help="model id: lower case letters, digits, dots, hyphens")
    parser.add_argument(
        "--out", type=Path, help="folder to write; default runs/candidates/<id>, with --scores public/models/<id>"
    )
    parser.add_argument("--name", help="name shown to people; default: the id")
    parser.add_argument("--calibration", type=Path, help="what fit_calibration.py wrote; default: temperature 1")
    parser.add_argument("--scores", action="append", default=[], metavar="NAME=REPORT.json", help="evaluation report")
    parser.add_argument(
        "--baselines", action="append", default=[], metavar="NAME=BASELINES.json", help="what baselines.py wrote"
    )
    parser.add_argument("--made", type=Path, help="JSON for the card: stage -> what was done in it")
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


def read_calibration(path: Path | None) -> dict:
    return json.loads(path.read_text(encoding="utf-8")) if path else {"temperature": 1.0}


def check_target(target: Path, is_evaluated: bool) -> None:
    """Raises AccuracyError for a folder of the page without an evaluation."""
    if not is_evaluated and target.resolve().is_relative_to(MODELS.resolve()):
        raise AccuracyError(
            f"{target} is of models that were evaluated: leave --out away, evaluate the candidate, and give --scores"
        )


def told_beside(target: Path, scores: dict[str, dict]) -> list[str]:
    """What the reports show that stops no export, against the model that is replaced."""
    manifest = target / MANIFEST_FILE
    before = json.loads(manifest.read_text(encoding="utf-8")).get("scores", {}) if manifest.exists() else {}
    return [
        *(f"lower than the model that is replaced: {line}" for line in lower_than_before(scores, before)),
        *(f"like guessing: {line}" for line in letters_like_guesses(scores)),
        *(f"better than a control allows, so something leaks: {line}" for line in better_than_blind(scores)),
    ]


def export(arguments: argparse.Namespace) -> None:
    scores = read_named(arguments.scores)
    target = arguments.out or (MODELS if scores else CANDIDATES) / arguments.id
    check_target(target, is_evaluated=bool(scores))
    source = read_source(arguments.release)
    candidate = candidate_id(arguments.id, source)
    if scores:
        check_weights_told(scores)
        check_coverage(source.families, scores)
        check_accuracy(scores)
        for line in told_beside(target, scores):
            print(line)
    labels = Labels(
        id=arguments.id if scores else candidate,
        name=arguments.name or arguments.id,
        calibration=read_calibration(arguments.calibration),
        scores=scores,
        baselines=read_named(arguments.baselines),
        made=json.loads(arguments.made.read_text(encoding="utf-8")) if arguments.made else {},
    )
    parity, card = export_model(source, labels, target)
    if scores and target.resolve().is_relative_to(MODELS.resolve()):
        card.save(CARDS / f"{arguments.id}.json")
    for (name, value), limit in zip(parity.labelled().items(), asdict(LIMITS).values(), strict=True):
        print(f"{name:12} {value:.2e}, limit {limit:g}")
    for path in sorted(target.rglob("*")):
        if path.is_file():
            print(f"{path.stat().st_size:>10} {path.relative_to(target).as_posix()}")
    if not scores:
        print(f"candidate {candidate}: evaluate it with  npm run eval -- --model {target.resolve()}")


def main() -> None:
    arguments = parse_arguments()
    try:
        export(arguments)
    except (AccuracyError, ParityError, SizeError) as error:
        raise SystemExit(f"not exported: {error}") from error


if __name__ == "__main__":
    main()
