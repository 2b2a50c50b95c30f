r"""Fits the temperatures of the option bars on validation answers, for export_model.py --calibration.

The calibration error that is written is of answers that no temperature was fitted on: half of the objects each way. The
temperatures themselves are fitted on all: one for every question with enough answers, one for all others.

npm run eval -- --model … --meshes generated --items 200 --seed calibration --backend native --answers a.jsonl
python scripts/fit_calibration.py --answers a.jsonl [b.jsonl …] --out calibration.json
"""

import argparse
import json
from pathlib import Path

from viewpoint_training.calibration import crossed_errors, fit_temperature, fit_temperatures, read_answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=Path, nargs="+", required=True, help="files of npm run eval -- --answers")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    answers = read_answers(arguments.answers)
    found, crossed = fit_temperature(answers.log_probs, answers.truth), crossed_errors(answers)
    temperatures = fit_temperatures(answers)
    report = {"temperature": found.temperature, "n": found.n}
    print(f"temperature {found.temperature} (n = {found.n}): ECE {found.ece_before:.3f} -> {found.ece:.3f}")
    if temperatures.by_question:
        report["temperatures"] = temperatures.by_question
        print("by question: " + ", ".join(f"{name} {value:g}" for name, value in temperatures.by_question.items()))
    if crossed is None:
        print("no ECE on answers that they were not fitted on: one object has no other half")
    else:
        error, families = crossed
        by_family = {family: {"n": one.n, "ece": round(one.ece, 4)} for family, one in families.items()}
        report |= {"ece": round(error, 4), "crossed": True, "families": by_family}
        print(f"ECE on the half of the objects that they were not fitted on: {error:.3f}")
        for family, one in families.items():
            print(f"  {family}: {one.ece:.3f} (n = {one.n})")
    arguments.out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
