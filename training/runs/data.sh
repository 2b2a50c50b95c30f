#!/usr/bin/env bash
# Stage 1: renders the sets that are trained and validated on. Some 45 views a second on two cores; finished shards are kept.
#
#   MESHES=DIR TRAIN_PACKS=a,b HELD_OUT=DIR bash training/runs/data.sh
#
#   MESHES       folder of CC0 mesh packs (GLB, one folder a pack)
#   TRAIN_PACKS  those to train on, comma-separated
#   HELD_OUT     folder with the packs that are never trained on
#   SEED         names the training sets; another one renders new objects beside those that are there (all are trained on)
#   OBJECTS      generated objects with all kinds of views (recipe 2)
#   VARIANTS     how often each mesh to train on is there once more: other colours and materials, mirrored, parts moved
#   ORBITS       generated objects with orbits alone (recipe 1), which the encoder also wants
#   TWINS=0      does not look for places from which an object looks the same (about a second of a processor an object)
#   CARD         where the card of all sets goes
# The defaults are the sets of training/dataset.md: 5,022 objects, three quarters of an hour on two cores without --twins. Validation sets stay the same: a set that was made otherwise is refused.
set -euo pipefail
. "$(dirname "$0")/common.sh"
meshes="${MESHES:?folder of CC0 mesh packs (GLB), one folder a pack}"
train_packs="${TRAIN_PACKS:?packs to train on, comma-separated}"
held_out="${HELD_OUT:?folder of mesh packs that are never trained on}"
seed="${SEED:-21}"
objects="${OBJECTS:-2325}"
variants="${VARIANTS:-2}"
orbits="${ORBITS:-465}"
card="${CARD:-training/dataset}"

# Without items: pairs are drawn from the views when they are trained on, and judging which items are ambiguous takes
# several times as long as the pictures.
render() { npm run dataset -- --out "$data" --items 0 "$@"; }
twins=(--twins)
if [ "${TWINS:-1}" = 0 ]; then twins=(); fi
render_train() { render "$@" ${twins[@]+"${twins[@]}"}; }
render_train --recipe 2 --set "train-broad-generated-$seed" --objects "$objects" --seed "$seed"
render_train --recipe 2 --set "train-broad-cc0-$seed" --meshes "$meshes" --packs "$train_packs" --variants "$variants" --seed "$seed"
# Another seed: these are other objects than those above.
render_train --recipe 1 --set "train-generated-$((seed + 1))" --objects "$orbits" --seed "$((seed + 1))"
render --recipe 2 --set val-broad-generated --objects 62 --seed 2
render --recipe 2 --set val-broad-cc0 --meshes "$held_out" --seed 2

# All that the stages take up: sets of other seeds too.
made=()
for folder in "$data"/train-broad-cc0-* "$data"/train-broad-generated-* "$data"/train-generated-* "$data"/val-broad-cc0 "$data"/val-broad-generated; do
  if [ -e "$folder/card.json" ]; then made+=("$(basename "$folder")"); fi
done
npm run dataset:card -- --data "$data" --out "$card" --sets "$(joined "${made[@]}")"
