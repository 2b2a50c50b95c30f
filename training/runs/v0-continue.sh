#!/usr/bin/env bash
# From one release of v0 to the next: new objects, the encoder goes on from training/checkpoints/encoder.pt, the language
# model from the shipped folder; then export, calibration, evaluation and everything that is made of them. Two CPU cores,
# about two hours and a half with the renders. Called again with the same seed, it resumes (runs/continue-SEED);
# training/LOG.md has what each run changed.
#
#   MESHES=DIR TRAIN_PACKS=a,b HELD_OUT=DIR SEED=7 bash training/runs/v0-continue.sh
#
# GROW='{"depth": 6}' adds parts to the encoder first (EncoderConfig; what is new begins as the identity).
# MESHES holds the mesh packs (GLB, one folder a pack) to train on, HELD_OUT a folder with those that are never trained on.
set -euo pipefail
cd "$(dirname "$0")/../.."
python="${PYTHON:-.venv/bin/python}"
meshes="${MESHES:?folder of CC0 mesh packs (GLB), one folder a pack}"
train_packs="${TRAIN_PACKS:?packs to train on, comma-separated}"
held_out="${HELD_OUT:?folder of mesh packs that are never trained on}"
grow="${GROW:-}"
seed="${SEED:?a seed that no earlier run has used}"
id="${ID:-viewpoint-v0}"
# New for every release: choices made by looking at a seed's pairs are flattered by them.
eval_seed="${EVAL_SEED:-release-$seed}"
run="runs/continue-$seed"
mkdir -p "$run"

# Data. New objects every time; the held-out ones stay the same.
npm run dataset -- --set "train-generated-$seed" --objects 1209 --seed "$seed"
npm run dataset -- --set "train-cc0-$seed" --meshes "$meshes" --packs "$train_packs" --seed "$seed" --repeats 1 --variants 1
npm run dataset -- --set val-generated --objects 93 --seed 2
npm run dataset -- --set val-cc0 --meshes "$held_out" --seed 2 --repeats 1

. training/runs/processes.sh
# What the run begins from is kept: both are replaced at its end.
[ -e "$run/start.pt" ] || cp training/checkpoints/encoder.pt "$run/start.pt"
[ -e "$run/restored/connector.pt" ] ||
  "$python" training/scripts/restore_release.py --model "public/models/$id" --out "$run/restored"
train -1 training/scripts/train_encoder.py --data data --out "$run/encoder" --init-from "$run/start.pt" \
  --grow "${grow:-"{}"}" \
  --mix "train-generated-$seed:0.6" "train-cc0-$seed:0.4" --repaint-share 0.4 --far-share 0.03 --wide-share 0.5 \
  --optimizer muon --lr 7e-4 --warmup 100 --ready 0.75 --widen 0 0.001 --pairs 80000 --minutes 66 --eval-minutes 25
cp "$run/encoder/weights.pt" training/checkpoints/encoder.pt

train 10000 training/scripts/train_sft.py --data data --lm "$run/restored" --connector "$run/restored/connector.pt" \
  --encoder "$run/encoder/checkpoint.pt" --out "$run/sft" --sequences 6000 --minutes 9 --lr 1e-4 --connector-lr 5e-4 \
  --letters-from 0.15 --quantize-from 0.0 --eval-pairs 12 --eval-minutes 60

export_model() { "$python" training/scripts/export_model.py --release "$run/sft/release" --id "$id" "$@"; }
evaluate() { npm run -s eval -- --model "runs/candidates/$id" --backend native "$@"; }
export_model
evaluate --meshes generated --items 80 --seed calibration --no-swap --no-generate --answers "$run/calibration.jsonl"
"$python" training/scripts/fit_calibration.py --answers "$run/calibration.jsonl" --out "$run/calibration.json"
export_model --calibration "$run/calibration.json"
evaluate --meshes generated --items 200 --seed "$eval_seed" --json --out "$run/eval-generated.json"
evaluate --meshes "$held_out" --items 200 --seed "$eval_seed" --json --out "$run/eval-unseen.json"
export_model --calibration "$run/calibration.json" --scores "Held-out families of generated objects=$run/eval-generated.json" \
  --scores "Meshes of packs not trained on=$run/eval-unseen.json"
"$python" tools/browser-tests/make_golden.py --model "public/models/$id" --out src/contract/golden/inference.json
npm run -s eval -- --model "$id" --backend native --presets
