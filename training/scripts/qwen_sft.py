"""The paper's recipe, stage 1: SFT of a Qwen2.5-VL model with hybrid cold start. Runs under `accelerate launch`.

accelerate launch scripts/qwen_sft.py --letters set/viewpoint-100k/viewpoint-100k.jsonl \\
  --reasoned set/viewpoint-100k/reasoned.jsonl --out ../runs/qwen-sft
"""

from transformers import HfArgumentParser

from viewpoint_training.qwen_vl.stages import SftSettings, run_sft

if __name__ == "__main__":
    (settings,) = HfArgumentParser(SftSettings, description=__doc__).parse_args_into_dataclasses()
    run_sft(settings)
