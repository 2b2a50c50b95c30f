#!/usr/bin/env bash
# Every stage with tiny sizes on fake data, a few steps each: proves that they fit together, learns nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
python="${PYTHON:-python3}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export PYTHONPATH="$PWD:$PWD/tests${PYTHONPATH:+:$PYTHONPATH}"

"$python" - "$work/data" <<'PY'
import sys
from pathlib import Path
from fake_data import write_pose_shard, write_shard
for index, (name, objects) in enumerate({"train-generated": 12, "train-cc0": 8, "val-generated": 6, "val-cc0": 6}.items()):
    write_shard(Path(sys.argv[1]) / name / "shard-0000", objects, seed=index, set_name=name)
for seed, name in enumerate(["train-posed", "val-posed"]):
    write_pose_shard(Path(sys.argv[1]) / name / "shard-0000", objects=4, seed=seed)
PY

encoder='{"image_size_px": 64, "stem_width": 8, "cell_width": 16, "width": 32, "heads": 2, "depth": 1}'
"$python" scripts/drill_letters.py --tiny --out "$work/drilled" --minutes 0.1 --batch 8 --log-every 2
"$python" scripts/train_encoder.py --data "$work/data" --out "$work/encoder" --pairs 96 --batch 8 --minutes 1 \
  --eval-pairs 8 --warmup 2 --config "$encoder"
"$python" scripts/train_sft.py --data "$work/data" --lm "$work/drilled" --encoder "$work/encoder/checkpoint.pt" \
  --out "$work/sft" --sequences 16 --batch 4 --minutes 1 --eval-pairs 2
# A second call resumes, finds its bounds reached, and only evaluates.
"$python" scripts/train_sft.py --data "$work/data" --lm "$work/drilled" --encoder "$work/encoder/checkpoint.pt" \
  --out "$work/sft" --sequences 16 --batch 4 --minutes 1 --eval-pairs 2
# Further questions on views that hold pairs for them, then GRPO from that release; its second call resumes.
broad=(ego-translation object-translation ego-rotation vertical distance decoupled magnitude)
"$python" scripts/train_sft.py --data "$work/data" --mix 'train-posed*:1' --val 'val-posed*' --families "${broad[@]}" \
  --lm "$work/drilled" --init-from "$work/sft/checkpoint.pt" --early-layer 1 \
  --encoder "$work/encoder/checkpoint.pt" --out "$work/broad" --sequences 8 --batch 4 --minutes 1 \
  --eval-pairs 1
for steps in 1 2; do
  "$python" scripts/train_grpo.py --data "$work/data" --mix 'train-posed*:1' --val 'val-posed*' --families "${broad[@]}" \
    --release "$work/broad/release" --init-from "$work/broad/checkpoint.pt" --out "$work/grpo" --steps "$steps" \
    --minutes 1 --prompts 4 --group 2 --micro 2 --max-new-tokens 8 --eval-pairs 1
done
"$python" scripts/export_model.py --release "$work/grpo/release" --id smoke --out "$work/smoke-model"
echo "smoke: all stages ran"
