r"""Fits the temperature of the option bars on validation answers, for export_model.py --calibration.

npm run eval -- --model … --meshes generated --items 200 --seed calibration --backend native --answers a.jsonl
python scripts/fit_calibration.py --answers a.jsonl [b.jsonl …] --out calibration.json
"""

import argparse
import json
from pathlib import Path

from viewpoint_training.calibration import fit_temperature, read_answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=Path, nargs="+", required=True, help="files of npm run eval -- --answers")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    found = fit_temperature(*read_answers(arguments.answers))
    report = {"temperature": found.temperature, "n": found.n, "ece": round(found.ece, 4)}
    arguments.out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(f"temperature {found.temperature} (n = {found.n}): ECE {found.ece_before:.3f} -> {found.ece:.3f}")


if __name__ == "__main__":
    main()
