"""Renews what is said about a model that was exported before: reports, calibration, baselines, how it was made. Its
weights stay, and every report must be of them.

  npm run eval -- --model viewpoint-v0 --json --out report.json …
  python scripts/renew_card.py --id viewpoint-v0 --scores "Heading=report.json" [--calibration calibration.json] …

Reports replace those of their heading, others stay; --only keeps just the headings that are given. What the card tells
beside its reports is kept in training/cards/ID.json, which every export writes.
Writes README.md, NOTICE and manifest.json of public/models/ID; `npm run eval -- --model ID --backend native --presets`
then renews the answers of a first visit, which name the manifest.
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

from viewpoint_training.export.accuracy import AccuracyError, check_accuracy, check_measured, check_weights_told
from viewpoint_training.export.bars import bars_table
from viewpoint_training.export.candidate import CARDS, MODELS
from viewpoint_training.export.card import CardFacts, write_card
from viewpoint_training.export.manifest import (
    MANIFEST_FILE,
    file_entries,
    manifest_calibration,
    read_named,
    weights_sha256,
    write_manifest,
)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--id", required=True, help="folder in public/models")
    parser.add_argument("--scores", action="append", default=[], metavar="HEADING=REPORT.json", help="report")
    parser.add_argument("--only", action="store_true", help="keep no report but those given, in their order")
    parser.add_argument("--drop", action="append", default=[], metavar="HEADING", help="report to leave out")
    parser.add_argument("--baselines", action="append", default=[], metavar="HEADING=BASELINES.json")
    parser.add_argument("--calibration", type=Path, help="what fit_calibration.py wrote")
    parser.add_argument("--made", type=Path, help="JSON: stage -> what was done in it")
    return parser.parse_args()


def read_json(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def renew(arguments: argparse.Namespace) -> dict[str, dict]:
    """Gives the reports that the card now holds. AccuracyError where one is of other weights or below a floor."""
    folder, kept = MODELS / arguments.id, CARDS / f"{arguments.id}.json"
    manifest = read_json(folder / MANIFEST_FILE)
    before = {} if arguments.only else manifest.get("scores", {})
    scores = {name: report for name, report in before.items() if name not in arguments.drop}
    scores |= read_named(arguments.scores)
    check_weights_told(scores)
    check_measured(weights_sha256(manifest["files"]), scores)
    check_accuracy(scores)
    card = CardFacts(**read_json(kept))
    card = replace(card, baselines=card.baselines | read_named(arguments.baselines))
    if arguments.calibration:
        card = replace(card, calibration=read_json(arguments.calibration))
    if arguments.made:
        card = replace(card, made=read_json(arguments.made))
    manifest["calibration"] = manifest_calibration(card.calibration)
    manifest["scores"] = scores
    write_card(folder, card, scores)
    manifest["files"] = file_entries(folder)
    write_manifest(folder, manifest)
    card.save(kept)
    return scores


def main() -> None:
    arguments = parse_arguments()
    try:
        scores = renew(arguments)
    except (AccuracyError, OSError, TypeError) as error:
        raise SystemExit(f"not renewed: {error}") from error
    # The README holds this one (tests/test_bars.py).
    print("\n".join(bars_table(scores, short=True)))


if __name__ == "__main__":
    main()
