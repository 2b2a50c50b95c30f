"""Answers a folder of evaluation items with an exported model on the CPU (the native backend of `npm run eval`).

Reads items.jsonl and pixels.u8 in --items, writes answers.jsonl beside them (format: viewpoint_training/native.py).

  python scripts/run_native.py --model ../public/models/viewpoint-v0 --items ../runs/eval/items
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

from viewpoint_training.native import answer_items, read_request
from viewpoint_training.native_model import DEFAULT_THREADS, WEIGHTS_Q4, WEIGHTS_U8, NativeModel


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="exported model folder")
    parser.add_argument("--items", type=Path, required=True, help="folder with items.jsonl and pixels.u8")
    parser.add_argument("--weights", choices=[WEIGHTS_Q4, WEIGHTS_U8], default=WEIGHTS_Q4, help="decoder to run")
    # As torch takes it: where two evaluations run at a time, spinning threads would only wait for each other.
    threads = int(os.environ.get("OMP_NUM_THREADS", DEFAULT_THREADS))
    parser.add_argument("--threads", type=int, default=threads)
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    model = NativeModel(arguments.model, arguments.weights, arguments.threads)
    items, pixels = read_request(arguments.items, model.manifest["image"]["sizePx"])
    started = time.monotonic()
    with open(arguments.items / "answers.jsonl", "w", encoding="utf-8") as file:
        for number, answer in enumerate(answer_items(model, items, pixels), start=1):
            file.write(json.dumps(answer, ensure_ascii=False) + "\n")
            if number % 100 == 0 or number == len(items):
                rate = number / (time.monotonic() - started)
                print(f"{number} of {len(items)} items, {rate:.1f} a second", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
