"""Merge a LoRA adapter into its model, so that the next stage starts from plain weights.

python scripts/qwen_merge.py --adapter ../runs/qwen-sft --out ../runs/qwen-sft-merged
"""

import argparse
from pathlib import Path

from viewpoint_training.qwen_vl.model import DEFAULT_MODEL, merge_adapter

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default=DEFAULT_MODEL, help="hub id or folder that the adapter was trained on")
    parser.add_argument("--adapter", type=Path, required=True, help="folder that a stage with --lora wrote")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    merge_adapter(args.model, args.adapter, args.out)
