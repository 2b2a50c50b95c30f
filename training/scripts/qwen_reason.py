"""Write worked reasoning for the cold start, made from the true poses of an export's items.

python scripts/qwen_reason.py --items set/viewpoint-100k/items.jsonl --out set/viewpoint-100k/reasoned.jsonl
"""

import argparse
import json
from pathlib import Path

from viewpoint_training.qwen_vl.reasoned_rows import reasoned_rows

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=Path, required=True, help="items.jsonl of the export")
    parser.add_argument("--out", type=Path, required=True, help="beside the items: picture paths are relative to it")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    exported = [json.loads(line) for line in args.items.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = reasoned_rows(exported, args.count, args.seed)
    args.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
