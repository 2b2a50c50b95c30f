#!/usr/bin/env bash
# Stage 2: the two-view encoder goes on from an earlier one, on all kinds of views. Writes RUN/encoder.
#
#   ENCODER          weights.pt to begin from; "none": from nothing, two hours and a quarter more
#   BACKBONE=0       without features learned on photographs, as the released model is; begins from encoder-broad.pt
#   ENCODER_MINUTES  larger bounds continue a finished run
#   ENCODER_LR       of muon; heads and norms get a share of it
#   ENCODER_SEED     of what is drawn
set -euo pipefail
. "$(dirname "$0")/common.sh"
newest=backbone
grow='"depth": 6, "turn_bins": 13, "camera_head": true'
if [ "${BACKBONE:-1}" = 0 ]; then newest=broad; else grow+=', "backbone": true'; fi
encoder="${ENCODER:-training/checkpoints/encoder-$newest.pt}"
minutes="${ENCODER_MINUTES:-60}"
lr="${ENCODER_LR:-7e-4}"
seed="${ENCODER_SEED:-0}"

# From nothing: as the first release was made, then grown to four block pairs with a second matching after two
# (training/LOG.md, "matching twice").
if [ "$encoder" = none ] && [ ! -e "$run/start.pt" ]; then
  orbits=(--data "$data" --mix 'train-generated*:1' --val 'val-broad-generated*' --seed "$seed")
  train -1 training/scripts/train_encoder.py "${orbits[@]}" --out "$run/encoder-small" --pairs 90000 --minutes 56 --ready 0.78
  train -1 training/scripts/train_encoder.py "${orbits[@]}" --out "$run/encoder-grown" --init-from "$run/encoder-small/weights.pt" \
    --grow '{"depth": 4, "refine_every": 2}' --lr 6e-4 --repaint-share 0.5 --pairs 85000 --minutes 76
  encoder="$run/encoder-grown/weights.pt"
fi
# Kept: a checkpoint may be another one by the time that the run goes on.
[ -e "$run/start.pt" ] || cp "$encoder" "$run/start.pt"

train -1 training/scripts/train_encoder.py --data "$data" --out "$run/encoder" --init-from "$run/start.pt" \
  --grow "{$grow}" --families ego-translation vertical distance decoupled \
  --mix 'train-broad-generated*:0.5' 'train-broad-cc0*:0.3' 'train-generated*:0.2' --val 'val-broad-generated*' 'val-broad-cc0*' \
  --repaint-share 0.3 --far-share 0.03 --wide-share 0.5 --optimizer muon --lr "$lr" --warmup 100 --ready 0.75 --widen 0 0.001 \
  --pairs 200000 --minutes "$minutes" --eval-minutes 300 --eval-pairs 64 --seed "$seed"
