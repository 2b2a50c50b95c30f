#!/usr/bin/env bash
# The whole pipeline from nothing, stage by stage: two CPU cores, about four hours with the renders. Training stages resume.
# The encoder is trained as it was for the first release and then grown to the shipped one: four block pairs with a second
# matching after two (training/LOG.md, "matching twice"). The shipped releases were made by stages run by hand and continued
# by the settings of v0-continue.sh: without letter drills up to the fifth run, whose drills grew into 4-bit weights
# as here (training/LOG.md, "fifth run"). Nobody has run this file from end to end.
set -euo pipefail
cd "$(dirname "$0")/../.."
python="${PYTHON:-.venv/bin/python}"
meshes="${MESHES:?folder of CC0 mesh packs (GLB), one folder a pack}"
# glibc's allocator costs up to a third of the time in page faults, and so does jemalloc as it comes, because it gives large
# blocks back at once; passive waiting leaves the cores to others.
export MALLOC_CONF=thp:always,metadata_thp:auto,dirty_decay_ms:-1,muzzy_decay_ms:-1,oversize_threshold:0
for library in /usr/lib/*/libjemalloc.so.2; do [ -e "$library" ] && export LD_PRELOAD="$library"; done
export OMP_WAIT_POLICY=PASSIVE

# Data: training objects, and held-out families and packs for the bars.
npm run dataset -- --set train-generated --objects 2790 --seed 1
npm run dataset -- --set train-cc0 --meshes "$meshes" --packs kaykit-dungeon,kaykit-hexagon,kaykit-restaurant,market \
  --seed 1 --repeats 2
npm run dataset -- --set val-generated --objects 93 --seed 2
npm run dataset -- --set val-cc0 --meshes "$meshes" --packs "${HELD_OUT_PACKS:?packs of other artists, comma-separated}" \
  --seed 2 --repeats 1

"$python" training/scripts/drill_letters.py --out runs/drilled --minutes 35 --batch 16 --lr 4e-4 --suffix-share 0.2 \
  --quantize-over 0.6
"$python" training/scripts/train_encoder.py --data data --out runs/encoder-small --pairs 90000 --minutes 56 --ready 0.78
"$python" training/scripts/train_encoder.py --data data --out runs/encoder --init-from runs/encoder-small/weights.pt \
  --grow '{"depth": 4, "refine_every": 2}' --lr 6e-4 --repaint-share 0.5 --pairs 85000 --minutes 76
"$python" training/scripts/train_sft.py --data data --lm runs/drilled --encoder runs/encoder/checkpoint.pt --out runs/sft \
  --sequences 5000 --minutes 30
"$python" training/scripts/export_model.py --release runs/sft/release --id viewpoint-v0
