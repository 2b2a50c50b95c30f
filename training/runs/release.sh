#!/usr/bin/env bash
# Stage 6: export a candidate, calibrate, evaluate, hold against baselines, and replace public/models/ID if every floor holds
# (training/README.md, "Release"). Writes RUN/candidate and, by its id and the seed, a folder of reports in RUN/release; those
# that are there are kept, so a call that broke off resumes.
#
#   HELD_OUT=DIR EVAL_SEED=NAME bash training/runs/release.sh
#
#   HELD_OUT     folder of mesh packs that are never trained on
#   EVAL_SEED    new for every release: choices made by looking at a seed's pairs are flattered by them
#   SEALED       folder of the sealed test set (sealed.sh): a third source of objects; empty: none
#   REPLACE=0    ends when the candidate is measured; public/models stays as it is
#   RELEASE      release folder of a stage; by default GRPO's where there is one (and GRPO_MINUTES is not 0), else SFT's
#   ITEMS        of each of the three types, BROAD_ITEMS of each further family, PROCESSOR_ITEMS computed as on a processor
#                (0: none); of each source of objects
#   CONTROL_ITEMS       of each family, about a featureless sphere, where only distances can be told; 0: none
#   CALIBRATION_ITEMS   of each family, of generated objects: what the temperature of the option bars is fitted on
#   ANSWERABLE=0 asks ambiguous pairs too and leaves them unmarked: judging takes longer than answering
set -euo pipefail
. "$(dirname "$0")/common.sh"
held_out="${HELD_OUT:?folder of mesh packs that are never trained on}"
eval_seed="${EVAL_SEED:?a seed that no earlier evaluation has used}"
items="${ITEMS:-200}"
broad_items="${BROAD_ITEMS:-100}"
processor_items="${PROCESSOR_ITEMS:-50}"
control_items="${CONTROL_ITEMS:-24}"
calibration_items="${CALIBRATION_ITEMS:-150}"
sealed="${SEALED:-}"
release="${RELEASE:-}"
if [ -z "$release" ]; then
  release="$run/sft/release"
  if [ "${GRPO_MINUTES:-}" != 0 ] && [ -e "$run/grpo/release/config.json" ]; then release="$run/grpo/release"; fi
fi
answerable=(--answerable-only)
if [ "${ANSWERABLE:-1}" = 0 ]; then answerable=(); fi
candidate="$run/candidate"

export_model() { OMP_NUM_THREADS=2 "$python" training/scripts/export_model.py --release "$release" --id "$id" "$@"; }
# As many evaluations run at a time as there are sources.
evaluate() { OMP_NUM_THREADS=1 npm run -s eval -- --model "$candidate" --backend native "$@"; }
# Name, then arguments of the evaluation -> report, and its items and pictures.
report() {
  local name="$1"; shift
  if [ -e "$out/eval-$name.json" ]; then return; fi
  rm -rf "$out/items-$name"
  evaluate --json --keep "$out/items-$name" --out "$out/eval-$name.json" "$@" >"$out/eval-$name.log"
}
# Name -> baselines on a report's items.
baselines() {
  if [ -e "$out/baselines-$1/baselines.json" ]; then return; fi
  OMP_NUM_THREADS=1 "$python" training/scripts/baselines.py --items "$out/items-$1" --release "$release" --out "$out/baselines-$1" \
    --threads 1 >"$out/baselines-$1.log"
}
# Name of a source -> whether it is asked as on a processor, too.
has_processor() { [ "$processor_items" != 0 ] && [ "$1" != sealed ]; }
# Name and objects: all that is measured on one source of objects.
measure() {
  report "$1" --meshes "$2" --items "$items" --families "$(joined "${three[@]}")" --seed "$eval_seed" ${answerable[@]+"${answerable[@]}"}
  report "$1-broad" --meshes "$2" --items "$broad_items" --families "$(joined no-movement "${broad[@]}")" --seed "$eval_seed" \
    --no-swap ${answerable[@]+"${answerable[@]}"}
  if has_processor "$1"; then
    report "$1-processor" --meshes "$2" --items "$processor_items" --families "$(joined "${three[@]}")" --seed "$eval_seed-processor" \
      --weights u8 --no-swap --no-generate
  fi
  baselines "$1"
  baselines "$1-broad"
}

export_model --out "$candidate"
# Reports that are there are kept, so that they must be of the same questions.
settings="ITEMS=$items BROAD_ITEMS=$broad_items PROCESSOR_ITEMS=$processor_items CONTROL_ITEMS=$control_items"
settings+=" CALIBRATION_ITEMS=$calibration_items ANSWERABLE=${ANSWERABLE:-1} HELD_OUT=$held_out SEALED=$sealed"
# The id names the weights: reports of others are not taken for theirs.
out="$run/release/$(sed -n 's/^ *"id": "\(.*\)",*$/\1/p' "$candidate/manifest.json" | head -n 1)/$eval_seed"
mkdir -p "$out"
if [ -e "$out/settings" ] && [ "$(cat "$out/settings")" != "$settings" ]; then
  echo "$out holds reports of other settings: $(cat "$out/settings"); now $settings. Take another EVAL_SEED, or remove that folder." >&2
  exit 1
fi
echo "$settings" >"$out/settings"

# Background jobs in groups of their own: a call that ends early takes their evaluations along.
set -m
trap 'for job in $(jobs -p); do kill -- "-$job" 2>/dev/null || true; done' EXIT
if [ ! -e "$out/calibration.json" ]; then
  # Name, then families -> answers.
  calibration() {
    evaluate --meshes generated --families "$(joined "${@:2}")" --items "$calibration_items" --seed calibration --no-swap \
      --no-generate ${answerable[@]+"${answerable[@]}"} --answers "$out/calibration-$1.jsonl" >"$out/calibration-$1.log"
  }
  calibration three "${three[@]}" &
  calibration broad no-movement "${broad[@]}"
  wait $!
  "$python" training/scripts/fit_calibration.py --answers "$out"/calibration-{three,broad}.jsonl --out "$out/calibration.json"
fi
export_model --calibration "$out/calibration.json" --out "$candidate"

measure generated generated &
others=($!)
if [ -n "$sealed" ]; then
  measure sealed "$sealed" &
  others+=($!)
fi
measure unseen "$held_out"
for other in "${others[@]}"; do wait "$other"; done
if [ "$control_items" != 0 ]; then
  report control --meshes sphere --items "$control_items" --families "$(joined "${three[@]}" "${broad[@]}")" --seed "$eval_seed" \
    --no-swap --no-generate
fi
if [ "${REPLACE:-1}" = 0 ]; then
  echo "measured: the reports are in $out, the candidate in $candidate; public/models/$id stays as it is" >&2
  exit
fi

shown=()
# Name and heading in the card.
show() {
  shown+=(--scores "$2=$out/eval-$1.json")
  if [ -e "$out/baselines-$1/baselines.json" ]; then shown+=(--baselines "$2=$out/baselines-$1/baselines.json"); fi
}
sources=("generated:Held-out families of generated objects" "unseen:Meshes of packs not trained on")
if [ -n "$sealed" ]; then sources+=("sealed:A sealed test: household objects of four other sources"); fi
for source in "${sources[@]}"; do
  name="${source%%:*}" heading="${source#*:}"
  show "$name" "$heading"
  show "$name-broad" "$heading, further questions"
  if has_processor "$name"; then show "$name-processor" "$heading, computed as on a processor"; fi
done
if [ "$control_items" != 0 ]; then show control "A control: a featureless sphere"; fi
export_model --calibration "$out/calibration.json" "${shown[@]}"

# What goes with the shipped model: answers for the tests of the runtime, those of a first visit, the encoder to go on from.
rm -rf "$out/items-golden"
evaluate --meshes generated --families "$(joined "${three[@]}" no-movement "${broad[@]}")" --items 1 --seed golden --no-swap --no-generate \
  --keep "$out/items-golden" >"$out/eval-golden.log"
OMP_NUM_THREADS=2 "$python" tools/browser-tests/make_golden.py --model "public/models/$id" --items "$out/items-golden" \
  --out src/contract/golden/inference.json
npm run -s eval -- --model "$id" --backend native --presets
if [ -z "${RELEASE:-}" ] && [ -e "$run/sft/encoder.pt" ]; then
  # The shipped one's, and from here on the newest: encoder.sh and SFT go on from that.
  for name in broad backbone; do cp "$run/sft/encoder.pt" "training/checkpoints/encoder-$name.pt"; done
else
  echo "training/checkpoints stays as it is: put there, as encoder-broad.pt and encoder-backbone.pt, the weights.pt of the encoder that $release was made with" >&2
fi
