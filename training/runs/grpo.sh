#!/usr/bin/env bash
# Stage 5: GRPO on all families from a release of SFT. Writes RUN/grpo with a release, and a picture of its curves.
#
#   RELEASE       release to begin from, and what the KL holds to
#   INIT_FROM     the unrounded weights that it was made of: from its own, steps of this size change no 4-bit code
#   GRPO_MINUTES, GRPO_STEPS   whichever comes first; larger bounds continue
#   GRPO_LR, GRPO_PROMPTS a step, GRPO_FORMAT (reasoned, letter, words)
#   The defaults are those of the second release (LOG.md, eighth run): letters, the short answers, are quick to sample.
#   GRPO_PROCESSES=2   shares the prompts of a step among two processes
#   GRPO_SEED     of pairs, questions and sampled answers
#   GRADED=1      an angle earns by how near it is; by itself a run of its own, RUN/grpo-graded
set -euo pipefail
. "$(dirname "$0")/common.sh"
release="${RELEASE:-$run/sft/release}"
init_from="${INIT_FROM:-$(dirname "$release")/checkpoint.pt}"
minutes="${GRPO_MINUTES:-15}"
steps="${GRPO_STEPS:-400}"
prompts="${GRPO_PROMPTS:-16}"
lr="${GRPO_LR:-1e-4}"
format="${GRPO_FORMAT:-letter}"
seed="${GRPO_SEED:-0}"
name=grpo
graded=()
if [ "${GRADED:-0}" = 1 ]; then name=grpo-graded graded=(--graded); fi

start=(--release "$release")
# A checkpoint that was named must be there; the default one may be missing.
if [ -n "${INIT_FROM:-}" ] || [ -e "$init_from" ]; then
  start+=(--init-from "$init_from")
else
  echo "no $init_from: GRPO begins from the release's rounded weights" >&2
fi
stage=(alone)
if [ "${GRPO_PROCESSES:-1}" != 1 ]; then PROCESSES="$GRPO_PROCESSES" stage=(train 10000); fi
"${stage[@]}" training/scripts/train_grpo.py --data "$data" "${sets[@]}" "${start[@]}" --out "$run/$name" \
  --families "${three[@]}" "${broad[@]}" --steps "$steps" --minutes "$minutes" --prompts "$prompts" --group 8 --lr "$lr" --format "$format" \
  --seed "$seed" ${graded[@]+"${graded[@]}"}
"$python" training/scripts/draw_curves.py --log "$run/$name/log.jsonl" --out "$run/$name/curves.svg" --title "$name" \
  --only reward kl length accuracy wellFormed changedCodes
