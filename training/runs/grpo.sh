#!/usr/bin/env bash
# GRPO on the broader families, from a release of train_sft, and the ablation without SFT. Resumes.
# Needs sets of recipe 2 (npm run dataset -- --recipe 2 …) and a release that was taught the same families
# (train_sft.py --families …). Bounded by 150 steps or an hour a run; larger bounds continue.
# INIT_FROM: checkpoint.pt of the SFT run that wrote the release, by default the one beside it. GRPO begins from its unrounded
# weights; from the release's own, steps of this size change no 4-bit code.
set -euo pipefail
cd "$(dirname "$0")/../.."
python="${PYTHON:-.venv/bin/python}"
release="${RELEASE:-runs/sft/release}"
data="${DATA:-data}"
init_from="${INIT_FROM:-$(dirname "$release")/checkpoint.pt}"
for library in /usr/lib/*/libjemalloc.so.2; do [ -e "$library" ] && export LD_PRELOAD="$library"; done
export OMP_WAIT_POLICY=PASSIVE

families=(ego-translation object-translation ego-rotation vertical distance decoupled magnitude)
common=(--data "$data" --families "${families[@]}" --steps 150 --prompts 8 --group 8 --minutes 60
  --mix 'train-broad-generated*:0.55' 'train-broad-cc0*:0.45' --val 'val-broad-generated*' 'val-broad-cc0*')
start=(--release "$release")
# A checkpoint that was named must be there; the default one may be missing.
if [ -n "${INIT_FROM:-}" ] || [ -e "$init_from" ]; then
  start+=(--init-from "$init_from")
else
  echo "no $init_from: GRPO begins from the release's rounded weights" >&2
fi

"$python" training/scripts/train_grpo.py "${common[@]}" "${start[@]}" --out runs/grpo
# Is a graded angle better than an exact one? The same run with the switch.
if [ "${GRADED:-0}" = 1 ]; then
  "$python" training/scripts/train_grpo.py "${common[@]}" "${start[@]}" --out runs/grpo-graded --graded
fi
# GRPO only: trained encoder, soft words at their start, untuned language model:
#   make_untuned.py --lm runs/drilled --encoder runs/encoder/checkpoint.pt --out runs/untuned
#   UNTUNED=runs/untuned UNTUNED_INIT_FROM=runs/drilled/checkpoint.pt
if [ -n "${UNTUNED:-}" ]; then
  "$python" training/scripts/train_grpo.py "${common[@]}" --release "$UNTUNED" --out runs/grpo-only \
    ${UNTUNED_INIT_FROM:+--init-from "$UNTUNED_INIT_FROM"}
fi
for run in grpo grpo-graded grpo-only; do
  if [ -e "runs/$run/log.jsonl" ]; then
    "$python" training/scripts/draw_curves.py --log "runs/$run/log.jsonl" --out "training/curves/$run.svg" \
      --title "$run" --only reward kl length accuracy wellFormed changedCodes
  fi
done
