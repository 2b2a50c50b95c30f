#!/usr/bin/env bash
# From one shipped model to the next, stage by stage: two CPU cores, some eight hours with the renders. Called again it resumes.
#
#   MESHES=DIR TRAIN_PACKS=a,b HELD_OUT=DIR EVAL_SEED=NAME bash training/runs/all.sh
#
# Replaces files under version control: public/models/ID, src/contract/golden/inference.json, src/contract/preset-answers.json,
# training/checkpoints/encoder-broad.pt and -backbone.pt, training/dataset.md and .json.
# Settings stand at the top of each stage's file; RUN=runs/NAME begins another run, GRPO_MINUTES=0 leaves GRPO out.
# From nothing, several hours more:  ENCODER=none FROM=base … bash training/runs/all.sh
# The stages have been run by hand, one by one (training/LOG.md); nobody has run this file from end to end.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${MESHES:?see data.sh}" "${TRAIN_PACKS:?see data.sh}" "${HELD_OUT:?see data.sh}" "${EVAL_SEED:?see release.sh}"

for stage in data encoder drills sft; do bash "training/runs/$stage.sh"; done
if [ "${GRPO_MINUTES:-}" != 0 ]; then bash training/runs/grpo.sh; fi
bash training/runs/release.sh
