"""A shipped model folder back as a language model and a connector that supervised fine-tuning can go on from.

python scripts/restore_release.py --model ../public/models/viewpoint-v0 --out ../runs/restored
python scripts/train_sft.py --lm ../runs/restored --connector ../runs/restored/connector.pt …
"""

import argparse
from pathlib import Path

from viewpoint_training.export.restore import restore


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="folder written by export_model.py")
    parser.add_argument("--out", type=Path, required=True, help="language model, tokenizer files, connector.pt")
    arguments = parser.parse_args()
    restore(arguments.model, arguments.out)
    print(f"restored to {arguments.out}")


if __name__ == "__main__":
    main()
