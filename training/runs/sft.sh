#!/usr/bin/env bash
# Stage 4: supervised fine-tuning in two phases. Writes RUN/part, and RUN/sft with a release.
#
#   PART_MINUTES   phase 1: letters of the two questions about the camera's position alone, until a middle layer tells them
#                  apart; 0 where they are apart already
#   SFT_MINUTES    phase 2: all families
#   EARLY_LAYER    of twelve, asked for the answer before the options (training/LOG.md, seventh run); 0: none
#   SFT_LR, CONNECTOR_LR
#   WEIGHTS        "family:weight …": how often pairs are drawn for a family and what its answers count in phase 2
#   LETTER_SHARE, REASONED_SHARE   of the questions of phase 2: wanted as a letter, as worked reasoning (0: answers only)
#   PARAPHRASED_SHARE   of the questions of phase 2: in other words than the paper's, so that people may use their own
#   SFT_SEED       of what is drawn
set -euo pipefail
. "$(dirname "$0")/common.sh"
# In the seventh run this phase was stopped after 30 of 120 minutes, its rate not yet falling; 45 that end with a fallen rate
# move the weights as far.
part_minutes="${PART_MINUTES:-45}"
minutes="${SFT_MINUTES:-80}"
early_layer="${EARLY_LAYER:-6}"
lr="${SFT_LR:-4e-4}"
connector_lr="${CONNECTOR_LR:-2e-3}"
read -ra weights <<<"${WEIGHTS:-ego-translation:1.3 object-translation:1.3 ego-rotation:1.2 decoupled:1.4 magnitude:2}"
letter_share="${LETTER_SHARE:-0.6}"
reasoned_share="${REASONED_SHARE:-0.1}"
paraphrased_share="${PARAPHRASED_SHARE:-0.25}"
seed="${SFT_SEED:-0}"
find_start

# Name of the phase, then what is its own. Rounded from the first step: the model that it begins from is.
phase() {
  train 10000 training/scripts/train_sft.py --data "$data" "${sets[@]}" --lm "$lm" ${connector[@]+"${connector[@]}"} \
    --encoder "$run/encoder/checkpoint.pt" --out "$run/$1" --sequences 60000 --lr "$lr" --connector-lr "$connector_lr" \
    --early-layer "$early_layer" --letters-from 0 --quantize-from 0 ${half[@]+"${half[@]}"} --eval-pairs 6 --eval-minutes 600 \
    --seed "$seed" "${@:2}"
}
from=()
if [ "$part_minutes" != 0 ]; then
  phase part --families ego-translation object-translation --weights ego-translation:1 --letter-share 0.9 --minutes "$part_minutes"
  from=(--init-from "$run/part/checkpoint.pt")
fi
phase sft --families "${three[@]}" "${broad[@]}" --weights "${weights[@]}" --letter-share "$letter_share" \
  --reasoned-share "$reasoned_share" --paraphrased-share "$paraphrased_share" --minutes "$minutes" ${from[@]+"${from[@]}"}
# What the release was made with: the encoder may be trained on afterwards. Its weights are written once its run has ended.
if [ -e "$run/encoder/weights.pt" ] && ! [ "$run/encoder/checkpoint.pt" -nt "$run/encoder/weights.pt" ]; then
  cp "$run/encoder/weights.pt" "$run/sft/encoder.pt"
else
  rm -f "$run/sft/encoder.pt"
  echo "$run/encoder was trained on after its last weights.pt: no $run/sft/encoder.pt" >&2
fi
