r"""Fits the temperature of the option bars on validation answers, for export_model.py --calibration.

The calibration error that is written is of answers that the temperature was not fitted on: half of the objects each
way. The temperature itself is fitted on all.

npm run eval -- --model … --meshes generated --items 200 --seed calibration --backend native --answers a.jsonl
python scripts/fit_calibration.py --answers a.jsonl [b.jsonl …] --out calibration.json
"""

import argparse
import json
from pathlib import Path

from viewpoint_training.calibration import crossed_error, fit_temperature, read_answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=Path, nargs="+", required=True, help="files of npm run eval -- --answers")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    answers = read_answers(arguments.answers)
    found, error = fit_temperature(answers.log_probs, answers.truth), crossed_error(answers)
    report = {"temperature": found.temperature, "n": found.n}
    if error is not None:
        report |= {"ece": round(error, 4), "crossed": True}
    arguments.out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    told = "none: one object has no other half" if error is None else f"{error:.3f}"
    print(f"temperature {found.temperature} (n = {found.n}): ECE {found.ece_before:.3f} -> {found.ece:.3f}")
    print(f"ECE on the half of the objects that it was not fitted on: {told}")


if __name__ == "__main__":
    main()
