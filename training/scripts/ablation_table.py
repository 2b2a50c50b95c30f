r"""One table of several evaluation reports: what training stages are good for, or any models on the same items.

  python scripts/ablation_table.py --out ../runs/ablations/table \
    --set "Held-out families" base=base.json sft=sft.json --set "Packs" base=base-packs.json sft=sft-packs.json

Each --set takes a heading and VARIANT=REPORT.json …, reports of `npm run eval -- --json --out`. Writes OUT.md and
OUT.json: per family, per bin of |Δ azimuth|, consistency when views are swapped, response bias. Refuses reports of a
set that are not of the same items.
"""

import argparse
import json
from pathlib import Path

from viewpoint_training.ablation_table import ReportsDiffer, compared, markdown


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--set", nargs="+", action="append", required=True, metavar="NAME VARIANT=REPORT.json", help="once a set"
    )
    parser.add_argument("--out", type=Path, required=True, help="file to write, without its ending")
    arguments = parser.parse_args()
    for name, *entries in arguments.set:
        if not entries or not all("=" in entry for entry in entries):
            parser.error(f'--set "{name}" takes a heading and then VARIANT=REPORT.json, got {entries}')
    return arguments


def read_reports(entries: list[str]) -> dict[str, dict]:
    """VARIANT=REPORT.json each -> reports by variant, in that order."""
    named = (entry.partition("=") for entry in entries)
    return {variant: json.loads(Path(path).read_text(encoding="utf-8")) for variant, _, path in named}


def main() -> None:
    arguments = parse_arguments()
    try:
        sets = [compared(name, read_reports(entries)) for name, *entries in arguments.set]
    except ReportsDiffer as error:
        raise SystemExit(f"no table: {error}") from error
    text = markdown(sets)
    # Not with_suffix: a name may hold a dot.
    arguments.out.with_name(arguments.out.name + ".md").write_text(text, encoding="utf-8")
    content = json.dumps({"sets": sets}, indent=1, ensure_ascii=False)
    arguments.out.with_name(arguments.out.name + ".json").write_text(content + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
