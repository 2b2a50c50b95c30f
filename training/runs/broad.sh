#!/usr/bin/env bash
# From one release that knows all families and letters to the next: new views of recipe 2, the encoder goes on, SFT on all families; then
# export, calibration and evaluation. Two CPU cores, three to seven hours with the renders. Called again with the same seed, it
# resumes (runs/broad-SEED).
#
#   MESHES=DIR TRAIN_PACKS=a,b HELD_OUT=DIR SEED=9 bash training/runs/broad.sh
#
# DRILL_MINUTES=40 drills letters first, for a release that knows none (training/LOG.md, "letters do not survive four bits").
# PART_MINUTES=30 teaches the letters of the two questions about the camera's position by themselves first, for a release that
# answers one of them with the other's letter (training/LOG.md, seventh run).
# ENCODER begins from another checkpoint than training/checkpoints/encoder-broad.pt.
# MESHES holds the mesh packs (GLB, one folder a pack) to train on, HELD_OUT a folder with those that are never trained on. Sets of
# recipe 1 from v0.sh or v0-continue.sh (data/train-generated*, data/train-cc0*) are trained on too, where they are.
# Half-precision products are used where the processor has them (`avx512_bf16`): elsewhere they would cost time.
set -euo pipefail
cd "$(dirname "$0")/../.."
python="${PYTHON:-.venv/bin/python}"
meshes="${MESHES:?folder of CC0 mesh packs (GLB), one folder a pack}"
train_packs="${TRAIN_PACKS:?packs to train on, comma-separated}"
held_out="${HELD_OUT:?folder of mesh packs that are never trained on}"
seed="${SEED:?a seed that no earlier run has used}"
id="${ID:-viewpoint-v0}"
# New for every release: choices made by looking at a seed's pairs are flattered by them.
eval_seed="${EVAL_SEED:-release-$seed}"
run="runs/broad-$seed"
three=(ego-translation object-translation ego-rotation)
broad=(vertical distance decoupled magnitude)
mkdir -p "$run"

# Judging which items are ambiguous takes several times as long as the pictures: only for sets that are evaluated on.
npm run dataset -- --recipe 2 --set "train-broad-generated-$seed" --objects 744 --seed "$seed" --items 0
npm run dataset -- --recipe 2 --set "train-broad-cc0-$seed" --meshes "$meshes" --packs "$train_packs" --seed "$seed" --items 0
npm run dataset -- --recipe 2 --set val-broad-generated --objects 93 --seed 2
npm run dataset -- --recipe 2 --set val-broad-cc0 --meshes "$held_out" --seed 2

. training/runs/processes.sh
[ -e "$run/start.pt" ] || cp "${ENCODER:-training/checkpoints/encoder-broad.pt}" "$run/start.pt"
[ -e "$run/restored/connector.pt" ] ||
  "$python" training/scripts/restore_release.py --model "public/models/$id" --out "$run/restored"

train -1 training/scripts/train_encoder.py --data data --out "$run/encoder" --init-from "$run/start.pt" --grow '{"turn_bins": 13, "camera_head": true}' \
  --mix 'train-broad-generated*:0.5' 'train-broad-cc0*:0.3' 'train-generated*:0.2' --families ego-translation vertical distance decoupled \
  --val 'val-broad-generated*' 'val-broad-cc0*' \
  --repaint-share 0.3 --far-share 0.03 --wide-share 0.5 --optimizer muon --lr 7e-4 --warmup 100 --ready 0.75 --widen 0 0.001 \
  --pairs 120000 --minutes 155 --eval-minutes 300 --eval-pairs 64
cp "$run/encoder/weights.pt" training/checkpoints/encoder-broad.pt

lm="$run/restored"
if [ "${DRILL_MINUTES:-0}" != 0 ]; then
  OMP_NUM_THREADS=2 memory 10000 "$python" training/scripts/drill_letters.py --lm "$lm" --out "$run/drilled" \
    --minutes "$DRILL_MINUTES" --lr 4e-4 --suffix-share 0.15 --quantize-over 0.6
  lm="$run/drilled"
fi
half=()
if grep -q avx512_bf16 /proc/cpuinfo; then half=(--bfloat16); fi
# Name of the run, then what is its own.
sft() {
  train 10000 training/scripts/train_sft.py --data data --lm "$lm" --connector "$run/restored/connector.pt" \
    --encoder "$run/encoder/checkpoint.pt" --out "$run/$1" "${@:2}" \
    --mix 'train-broad-generated*:0.55' 'train-broad-cc0*:0.45' --val 'val-broad-generated*' 'val-broad-cc0*' \
    --sequences 60000 --lr 4e-4 --connector-lr 2e-3 --early-layer 6 --quantize-from 0 \
    ${half[@]+"${half[@]}"} --eval-pairs 6 --eval-minutes 600
}
from=()
if [ "${PART_MINUTES:-0}" != 0 ]; then
  sft part --families ego-translation object-translation --weights ego-translation:1 --letter-share 0.9 --letters-from 0 \
    --minutes "$PART_MINUTES"
  from=(--init-from "$run/part/checkpoint.pt")
fi
sft sft --families "${three[@]}" "${broad[@]}" \
  --weights ego-translation:1.3 object-translation:1.3 ego-rotation:1.2 decoupled:1.4 magnitude:2 --letter-share 0.6 \
  --letters-from 0 --minutes 120 ${from[@]+"${from[@]}"}

export_model() { "$python" training/scripts/export_model.py --release "$run/sft/release" --id "$id" "$@"; }
evaluate() { npm run -s eval -- --model "runs/candidates/$id" --backend native "$@"; }
joined() { local IFS=,; echo "$*"; }
export_model
evaluate --meshes generated --families "$(joined "${three[@]}" "${broad[@]}")" --items 40 --seed calibration --no-swap --no-generate \
  --answers "$run/calibration.jsonl"
"$python" training/scripts/fit_calibration.py --answers "$run/calibration.jsonl" --out "$run/calibration.json"
export_model --calibration "$run/calibration.json"
report() { # name, meshes, items, families
  evaluate --meshes "$2" --items "$3" --families "$4" --seed "$eval_seed" --json --out "$run/eval-$1.json"
}
report generated generated 150 "$(joined "${three[@]}")"
report generated-broad generated 80 "$(joined no-movement "${broad[@]}")"
report unseen "$held_out" 150 "$(joined "${three[@]}")"
report unseen-broad "$held_out" 80 "$(joined no-movement "${broad[@]}")"
export_model --calibration "$run/calibration.json" \
  --scores "Held-out families of generated objects=$run/eval-generated.json" \
  --scores "Held-out families of generated objects, further questions=$run/eval-generated-broad.json" \
  --scores "Meshes of packs not trained on=$run/eval-unseen.json" \
  --scores "Meshes of packs not trained on, further questions=$run/eval-unseen-broad.json"
"$python" tools/browser-tests/make_golden.py --model "public/models/$id" --out src/contract/golden/inference.json
npm run -s eval -- --model "$id" --backend native --presets
