"""The paper's recipe, stage 2: GRPO from the SFT model, half the reward for the format, half for the exact letter.

accelerate launch scripts/qwen_grpo.py --model ../runs/qwen-sft --rows set/viewpoint-100k/viewpoint-100k.jsonl \\
  --out ../runs/qwen-grpo
"""

from transformers import HfArgumentParser

from viewpoint_training.qwen_vl.stages import GrpoSettings, run_grpo

if __name__ == "__main__":
    (settings,) = HfArgumentParser(GrpoSettings, description=__doc__).parse_args_into_dataclasses()
    run_grpo(settings)
