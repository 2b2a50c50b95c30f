"""The two stages as trl trainers. Batch sizes are those of the whole run: processes and accumulation follow from them.

Figures in the defaults are the paper's (§5.1 and its run script); where it says nothing, trl's.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import trl
from transformers import set_seed

from ..checkpoint import current_commit
from . import rewards
from .datasets import grpo_dataset, sft_dataset
from .model import DEFAULT_MODEL, has_gpu, load_model, load_processor, lora_config
from .rows import read_rows


def option(default: Any, text: str) -> Any:
    """A field with a default and the help of its command-line flag."""
    return field(default=default, metadata={"help": text})


@dataclass(kw_only=True)
class CommonSettings:
    """What both stages share; every field is a flag of the stage's command."""

    out: Path = field(metadata={"help": "folder for the model, or the adapter with --lora; checkpoints lie below it"})
    model: str = option(DEFAULT_MODEL, "hub id or folder to start from")
    lora: int = option(0, "LoRA rank; 0 trains all weights of the language model")
    train_vision: bool = option(False, "train the vision tower too")
    per_device: int = option(1, "sequences a device and micro-batch")
    max_pixels: int | None = option(None, "largest picture, in pixels; the model's own bound if left out")
    save_steps: int = option(100, "optimizer steps between checkpoints")
    resume: bool = option(False, "go on from the newest checkpoint below --out")
    seed: int = option(0, "of sampling, order and adapters")

    def shared_arguments(self) -> dict[str, Any]:
        """Keyword arguments that SFTConfig and GRPOConfig have in common."""
        gpu = has_gpu()
        return {
            "output_dir": str(self.out),
            "per_device_train_batch_size": self.per_device,
            "bf16": gpu,
            "use_cpu": not gpu,
            "gradient_checkpointing": gpu,
            "logging_steps": 1,
            "save_steps": self.save_steps,
            "save_total_limit": 2,
            "report_to": "none",
            "seed": self.seed,
        }


@dataclass(kw_only=True)
class SftSettings(CommonSettings):
    """SFT with hybrid cold start."""

    letters: Path = field(metadata={"help": "rows answered by a letter (JSONL of the Viewpoint-100K form)"})
    reasoned: Path | None = field(default=None, metadata={"help": "rows answered by worked reasoning (qwen_reason.py)"})
    reasoned_share: float = option(0.1, "share of reasoned rows in the mix, 0…1; 0 needs no such rows")
    epochs: float = option(2.0, "passes over the mix")
    max_steps: int = option(-1, "optimizer steps, instead of --epochs, if positive")
    batch: int = option(128, "sequences a step, all devices together")
    lr: float = option(5e-6, "peak learning rate")
    warmup_steps: int = option(50, "optimizer steps")


@dataclass(kw_only=True)
class GrpoSettings(CommonSettings):
    """GRPO from the SFT model, which is also the reference of the KL term."""

    rows: Path = field(metadata={"help": "questions (JSONL of the Viewpoint-100K form); their letters are the keys"})
    steps: int = option(150, "batches of prompts")
    prompts: int = option(1024, "prompts a batch")
    generations: int = option(16, "completions a prompt")
    updates: int = option(4, "optimizer steps a batch (the paper's script: 1024 prompts in mini-batches of 256)")
    max_completion_tokens: int = option(1024, "longer completions are cut, and so are not well formed")
    lr: float = option(1e-6, "learning rate")
    kl: float = option(0.01, "weight of the KL divergence to the model at the start")
    clip: float = option(0.2, "clipping of the probability ratio")
    vllm: bool = option(False, "sample with vLLM on the same GPUs")


def accumulation(total: int, per_device: int, processes: int, what: str) -> int:
    """Micro-batches a step; raises ValueError if `total` sequences cannot be cut into equal ones."""
    once = per_device * processes
    if total % once:
        raise ValueError(f"{what} {total} is no multiple of {processes} processes × {per_device} sequences a device")
    return total // once


def run_sft(settings: SftSettings) -> None:
    """Train, then write model (or adapter), processor, settings.json and trainer_state.json (losses) to `out`."""
    # The configuration comes before the model: sharded loading (DeepSpeed ZeRO-3) reads it.
    arguments = trl.SFTConfig(
        **settings.shared_arguments(),
        learning_rate=settings.lr,
        warmup_steps=settings.warmup_steps,
        lr_scheduler_type="cosine",
        num_train_epochs=settings.epochs,
        max_steps=settings.max_steps,
        max_length=None,  # cutting a sequence could cut image tokens
    )
    arguments.gradient_accumulation_steps = accumulation(
        settings.batch, settings.per_device, arguments.world_size, "a batch of"
    )
    set_seed(settings.seed)
    reasoned = read_rows(settings.reasoned) if settings.reasoned else []
    trainer = trl.SFTTrainer(
        model=load_model(settings.model, settings.train_vision),
        args=arguments,
        train_dataset=sft_dataset(read_rows(settings.letters), reasoned, settings.reasoned_share, settings.seed),
        processing_class=load_processor(settings.model, settings.max_pixels),
        peft_config=lora_config(settings.lora),
    )
    _train_and_save(trainer, settings)


def run_grpo(settings: GrpoSettings) -> None:
    """Train and write as run_sft does; trainer_state.json holds reward, its two parts, KL and lengths of every step."""
    shared = settings.shared_arguments()
    completions = settings.prompts * settings.generations
    if completions % settings.updates:
        raise ValueError(f"{completions} completions a batch cannot be shared by {settings.updates} updates")
    processes = trl.SFTConfig(**shared).world_size
    accumulated = accumulation(completions // settings.updates, settings.per_device, processes, "an update of")
    arguments = trl.GRPOConfig(
        **shared,
        gradient_accumulation_steps=accumulated,
        steps_per_generation=accumulated * settings.updates,
        num_generations=settings.generations,
        max_completion_length=settings.max_completion_tokens,
        max_steps=settings.steps * settings.updates,
        learning_rate=settings.lr,
        lr_scheduler_type="constant",
        beta=settings.kl,
        epsilon=settings.clip,
        loss_type="grpo",
        reward_weights=list(rewards.REWARD_WEIGHTS),
        # An adapter's dropout would part the answers' probabilities from those that they were sampled with.
        disable_dropout=True,
        use_vllm=settings.vllm,
    )
    set_seed(settings.seed)
    trainer = trl.GRPOTrainer(
        model=load_model(settings.model, settings.train_vision),
        reward_funcs=[rewards.format_reward, rewards.answer_reward],
        args=arguments,
        train_dataset=grpo_dataset(read_rows(settings.rows)),
        processing_class=load_processor(settings.model, settings.max_pixels),
        peft_config=lora_config(settings.lora),
    )
    _train_and_save(trainer, settings)


def _train_and_save(trainer: trl.SFTTrainer | trl.GRPOTrainer, settings: CommonSettings) -> None:
    trainer.train(resume_from_checkpoint=settings.resume or None)
    trainer.save_model(str(settings.out))  # every process takes part: sharded weights are gathered
    trainer.save_state()
    if trainer.is_world_process_zero():
        text = {k: str(v) if isinstance(v, Path) else v for k, v in asdict(settings).items()}
        stage = "sft" if isinstance(settings, SftSettings) else "grpo"
        text |= {"stage": stage, "trainingCommit": current_commit()}
        (settings.out / "settings.json").write_text(json.dumps(text, indent=2), encoding="utf-8")
