#!/usr/bin/env bash
# The paper's recipe on our set (Actial, arXiv 2511.01618): Qwen2.5-VL-7B-Instruct, SFT with hybrid cold start, then GRPO.
#
#   SET=data/qwen-train bash training/runs/qwen2.5-vl-7b.sh
#
# SET is a rendered set with its export (npm run dataset -- --set qwen-train … --recipe 2 --export); what is read lies in its
# folder viewpoint-100k. Every figure that the paper gives is a default of the stage; --help of a stage lists them all.
# Written for 8 GPUs of 80 GB; the global batches stay the paper's with any number of GPUs that divides them, they only take
# longer. On the CPU every stage is tested with a tiny random model (training/tests/test_qwen_stages.py); the 7B run itself
# has not been made.
#
# Called again it goes on: a stage whose settings.json lies in its folder is finished, one that holds a checkpoint-* resumes.
#
# Needs: pip install -e 'training[qwen]' deepspeed torchvision, and vllm for sampling (VLLM=false goes without).
set -euo pipefail
cd "$(dirname "$0")/../.."

python="${PYTHON:-.venv/bin/python}"
exported="${SET:?folder of a rendered set}/viewpoint-100k"
base="${BASE:-Qwen/Qwen2.5-VL-7B-Instruct}"
out="${OUT:-runs/qwen2.5-vl-7b}"
gpus="${GPUS:-8}"
lora="${LORA:-0}" # a rank, e.g. 64, where memory is short; the paper trains all weights
vllm="${VLLM:-true}"

# ZeRO-3 shards weights, gradients and optimizer state. An adapter is small, and merged afterwards: plain copies will do,
# and of one copy the launcher refuses --multi_gpu.
sharding=()
if [ "$lora" = 0 ]; then
  sharding=(--use_deepspeed --zero_stage 3 --zero3_save_16bit_model true)
elif [ "$gpus" != 1 ]; then
  sharding=(--multi_gpu)
fi
launch=("$python" -m accelerate.commands.accelerate_cli launch --num_processes "$gpus" --mixed_precision bf16 ${sharding[@]+"${sharding[@]}"})

# Script and its arguments, the last one --out FOLDER. settings.json is what a stage writes last.
stage() {
  local out="${*: -1}" resume=()
  if [ -e "$out/settings.json" ]; then
    echo "$out is finished: remove it to train it anew" >&2
    return
  fi
  if compgen -G "$out/checkpoint-*" >/dev/null; then resume=(--resume); fi
  "${launch[@]}" "$@" ${resume[@]+"${resume[@]}"}
}

# With LORA a stage writes an adapter; the next one starts from merged weights.
finish() { # stage's base, stage's folder -> prints the model folder
  if [ "$lora" = 0 ]; then echo "$2"; return; fi
  "$python" training/scripts/qwen_merge.py --model "$1" --adapter "$2" --out "$2-merged" >&2 || return 1
  echo "$2-merged"
}

if [ ! -e "$exported/items.jsonl" ]; then
  echo "$exported/items.jsonl is missing: call npm run dataset as the set was rendered, with --export" >&2
  exit 1
fi

# 1. Worked reasoning for the cold start, from the true poses: 1 K as in the paper.
if [ ! -e "$exported/reasoned.jsonl" ]; then
  "$python" training/scripts/qwen_reason.py --items "$exported/items.jsonl" --out "$exported/reasoned.jsonl" --count 1000
fi

# 2. SFT, letters : reasoning = 0.9 : 0.1, 2 epochs, 5e-6, batch 128, 50 steps of warm-up.
stage training/scripts/qwen_sft.py --model "$base" --lora "$lora" --letters "$exported/viewpoint-100k.jsonl" \
  --reasoned "$exported/reasoned.jsonl" --per-device 4 --out "$out/sft"
sft="$(finish "$base" "$out/sft")"

# 3. GRPO, 150 batches of 1024 prompts × 16 completions, 1e-6, clip 0.2, KL 0.01 to the SFT model.
stage training/scripts/qwen_grpo.py --model "$sft" --lora "$lora" --rows "$exported/viewpoint-100k.jsonl" \
  --per-device 8 --vllm "$vllm" --out "$out/grpo"
trained="$(finish "$sft" "$out/grpo")"
echo "trained: $trained"
