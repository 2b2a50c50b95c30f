r"""Fits the temperature of the option bars on validation answers, for export_model.py --calibration.

npm run eval -- --model … --meshes generated --items 200 --seed calibration --backend native --answers a.jsonl
python scripts/fit_calibration.py --answers a.jsonl [b.jsonl …] --out calibration.json
"""

import argparse
import json
from pathlib import Path

import numpy as np

from viewpoint_training.calibration import fit_temperature


def read_answers(paths: list[Path]) -> tuple[np.ndarray, np.ndarray]:
    """Log-probabilities (N, K) and indices of the right options (N,), of the items that have an answer."""
    log_probs, truth = [], []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            answer = json.loads(line)
            if answer["answerKey"] not in answer["optionKeys"]:
                raise ValueError(f"{path}:{number}: no option has the key {answer['answerKey']!r}")
            log_probs.append(answer["optionLogProbs"])
            truth.append(answer["optionKeys"].index(answer["answerKey"]))
    widths = {len(row) for row in log_probs}
    if len(widths) > 1:
        raise ValueError(f"the questions have {sorted(widths)} options: fit one number of options at a time")
    return np.array(log_probs), np.array(truth)


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
