#!/usr/bin/env bash
# GRPO on the broader families, from a release of train_sft, and the ablation without SFT. Resumes.
# Needs sets of recipe 2 (npm run dataset -- --recipe 2 …) and a release that was taught the same families
# (train_sft.py --families …). Bounded by 150 steps or an hour a run; larger bounds continue.
set -euo pipefail
cd "$(dirname "$0")/../.."
python="${PYTHON:-.venv/bin/python}"
release="${RELEASE:-runs/sft/release}"
data="${DATA:-data}"
for library in /usr/lib/*/libjemalloc.so.2; do [ -e "$library" ] && export LD_PRELOAD="$library"; done
export OMP_WAIT_POLICY=PASSIVE

families=(ego-translation object-translation ego-rotation vertical distance decoupled magnitude)
common=(--data "$data" --families "${families[@]}" --steps 150 --prompts 8 --group 8)

"$python" training/scripts/train_grpo.py "${common[@]}" --release "$release" --out runs/grpo --minutes 60
# Is a graded angle better than an exact one? The same run with the switch.
if [ "${GRADED:-0}" = 1 ]; then
  "$python" training/scripts/train_grpo.py "${common[@]}" --release "$release" --out runs/grpo-graded --minutes 60 --graded
fi
# GRPO only: trained encoder, soft words at their start, untuned language model:
#   make_untuned.py --lm runs/drilled --encoder runs/encoder/checkpoint.pt --out runs/untuned; UNTUNED=runs/untuned
if [ -n "${UNTUNED:-}" ]; then
  "$python" training/scripts/train_grpo.py "${common[@]}" --release "$UNTUNED" --out runs/grpo-only --minutes 60
fi
for run in grpo grpo-graded grpo-only; do
  if [ -e "runs/$run/log.jsonl" ]; then
    "$python" training/scripts/draw_curves.py --log "runs/$run/log.jsonl" --out "training/curves/$run.svg" \
      --title "$run" --only reward kl length accuracy wellFormed
  fi
done
