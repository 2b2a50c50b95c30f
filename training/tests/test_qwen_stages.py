"""SFT and GRPO of the paper's recipe on the CPU: a random model of the Qwen2.5-VL architecture with a bytes-only
tokenizer, through transformers' own processor and trl's own collator and trainers."""

import json
import runpy
import sys
from pathlib import Path

import pytest
import torch

pytest.importorskip("trl", reason="the extra 'qwen' is not installed")
pytest.importorskip("peft", reason="the extra 'qwen' is not installed")

from test_qwen_rows import export_row, write_rows
from tokenizers import Tokenizer
from transformers import AutoModelForImageTextToText, PreTrainedTokenizerFast, Qwen2_5_VLConfig
from transformers import Qwen2_5_VLForConditionalGeneration as QwenModel
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil
from trl.trainer.sft_trainer import DataCollatorForVisionLanguageModeling

from viewpoint_training.language_model import byte_alphabet
from viewpoint_training.qwen_vl import rewards, stages
from viewpoint_training.qwen_vl.datasets import grpo_dataset, sft_dataset
from viewpoint_training.qwen_vl.model import load_processor
from viewpoint_training.qwen_vl.rows import read_rows
from viewpoint_training.qwen_vl.stages import GrpoSettings, accumulation

SCRIPTS = Path(__file__).parents[1] / "scripts"
SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
VISION = ["<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>"]
# The architecture's turn format with its image markers.
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n"
    "{% if message.content is string %}{{ message.content }}"
    "{% else %}{% for part in message.content %}"
    "{% if part.type == 'image' %}<|vision_start|><|image_pad|><|vision_end|>{% else %}{{ part.text }}{% endif %}"
    "{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
TOKENS_A_PICTURE = 4  # 56 px: 4 x 4 patches, merged 2 x 2
REASONED = "<think>It slid.</think><answer>A</answer>"


def toy_tokenizer() -> PreTrainedTokenizerFast:
    tokens = [*SPECIALS, *VISION, *byte_alphabet()]
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    flags = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False) | {"special": True}
    bpe = dict.fromkeys(("fuse_unk", "byte_fallback", "ignore_merges"), False) | {"type": "BPE", "merges": []}
    description = {
        "version": "1.0",
        "added_tokens": [{"id": i, "content": t, **flags} for i, t in enumerate([*SPECIALS, *VISION])],
        "pre_tokenizer": byte_level,
        "decoder": byte_level,
        "model": bpe | {"vocab": {token: i for i, token in enumerate(tokens)}},
    }
    return PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_str(json.dumps(description)),
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        unk_token="<|endoftext|>",
        chat_template=TEMPLATE,
    )


@pytest.fixture(scope="module")
def tiny_qwen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder as a hub would serve it."""
    folder, tokenizer = tmp_path_factory.mktemp("qwen"), toy_tokenizer()
    of = tokenizer.convert_tokens_to_ids
    text = {"vocab_size": len(tokenizer), "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2}
    text |= {"num_attention_heads": 4, "num_key_value_heads": 2, "max_position_embeddings": 2048}
    text |= {"bos_token_id": of("<|endoftext|>"), "eos_token_id": of("<|im_end|>")}
    text |= {"rope_parameters": {"rope_type": "default", "rope_theta": 1e4, "mrope_section": [1, 1, 2]}}
    vision = {"depth": 2, "hidden_size": 32, "intermediate_size": 48, "num_heads": 2, "out_hidden_size": 32}
    vision |= {"window_size": 56, "fullatt_block_indexes": [1]}
    ids = {f"{name}_token_id": of(f"<|{name}|>") for name in ("vision_start", "vision_end")}
    ids |= {f"{name}_token_id": of(f"<|{name}_pad|>") for name in ("image", "video")}
    torch.manual_seed(0)
    model = QwenModel(Qwen2_5_VLConfig(text_config=text, vision_config=vision, **ids))
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    Qwen2VLImageProcessorPil(min_pixels=28 * 28, max_pixels=56 * 56).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def row_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Letter rows and reasoned rows beside their pictures."""
    folder = tmp_path_factory.mktemp("set")
    letters = write_rows(folder, "letters.jsonl", [export_row(f"l{i}", "ABC"[i % 3]) for i in range(6)])
    return letters, write_rows(folder, "reasoned.jsonl", [export_row(f"r{i}", REASONED) for i in range(2)])


def run_stage(script: str, arguments: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [script, *map(str, arguments)])
    runpy.run_path(str(SCRIPTS / script), run_name="__main__")


def history(out: Path, key: str) -> list[float]:
    return [e[key] for e in json.loads((out / "trainer_state.json").read_text())["log_history"] if key in e]


def weights(folder: Path, name: str) -> torch.Tensor:
    return AutoModelForImageTextToText.from_pretrained(folder, dtype=torch.float32).get_parameter(name).detach()


def test_batches_hold_both_pictures_and_learn_answers_only(tiny_qwen: Path, row_files: tuple[Path, Path]) -> None:
    letters, reasoned = (read_rows(path) for path in row_files)
    processor = load_processor(tiny_qwen)
    data = sft_dataset(letters, reasoned, 0.5, seed=0)
    worked = next(row for row in data if len(row["prompt"]) == 2)
    plain = next(row for row in data if len(row["prompt"]) == 1)
    batch = DataCollatorForVisionLanguageModeling(processor, completion_only_loss=True)([dict(worked), dict(plain)])
    image_id = processor.tokenizer.convert_tokens_to_ids("<|image_pad|>")
    assert (batch["input_ids"] == image_id).sum(1).tolist() == [2 * TOKENS_A_PICTURE] * 2
    assert batch["image_grid_thw"].tolist() == [[1, 4, 4]] * 4
    learned = [processor.tokenizer.decode(row[row != -100]) for row in batch["labels"]]
    assert learned == [f"{REASONED}<|im_end|>\n", f"{plain['solution']}<|im_end|>\n"]
    asked = processor.tokenizer.decode(batch["input_ids"][1])
    # Both pictures come first, then the question; view A's pixels before view B's.
    one = f"<|vision_start|>{'<|image_pad|>' * TOKENS_A_PICTURE}<|vision_end|>"
    assert f"<|im_start|>user\n{one}{one}The object captured" in asked
    first = processor.image_processor(images=[plain["images"][0]], return_tensors="pt")["pixel_values"]
    torch.testing.assert_close(batch["pixel_values"][2 * 16 : 3 * 16], first)


def test_the_mix_keeps_its_shares_and_uses_every_letter(row_files: tuple[Path, Path]) -> None:
    letters, reasoned = (read_rows(path) for path in row_files)
    data = sft_dataset(letters * 50, reasoned, 0.1, seed=0).select_columns(["prompt", "solution"])
    share = sum(len(row["prompt"]) == 2 for row in data) / len(data)
    assert 0.06 < share < 0.14 and len(data) >= 300
    with pytest.raises(ValueError, match="0 of 0 reasoned rows"):
        sft_dataset(letters, [], 0.1, seed=0)
    with pytest.raises(ValueError, match="6 of 6 reasoned rows hold no reasoning"):
        sft_dataset(letters, letters, 0.1, seed=0)
    assert set(grpo_dataset(letters).column_names) == {"prompt", "images", "solution"}


def test_sft_learns_and_grpo_continues_from_it(
    tiny_qwen: Path, row_files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters, reasoned = row_files
    sft, grpo = tmp_path / "sft", tmp_path / "grpo"
    sets = ["--letters", letters, "--reasoned", reasoned, "--reasoned-share", 0.3]
    rest = ["--max-steps", 8, "--batch", 4, "--per-device", 2, "--lr", 2e-2, "--warmup-steps", 1]
    run_stage("qwen_sft.py", ["--model", tiny_qwen, *sets, *rest, "--out", sft], monkeypatch)
    losses = history(sft, "loss")
    assert len(losses) == 8 and min(losses[-2:]) < 0.7 * losses[0]
    visual, decoder = "model.visual.patch_embed.proj.weight", "model.language_model.layers.0.mlp.up_proj.weight"
    torch.testing.assert_close(weights(sft, visual), weights(tiny_qwen, visual), rtol=0, atol=0)
    assert not torch.equal(weights(sft, decoder), weights(tiny_qwen, decoder))
    assert json.loads((sft / "settings.json").read_text())["stage"] == "sft"

    # No random model is ever well formed; a stand-in for the answer's reward makes groups whose members differ.
    seen: list[list[str]] = []

    def some_reward(completions: list, solution: list[str], **_: object) -> list[float]:
        seen.append(solution)
        return [float(i % 2) for i, _ in enumerate(completions)]

    monkeypatch.setattr(rewards, "answer_reward", some_reward)
    size = ["--steps", 1, "--prompts", 2, "--generations", 2, "--updates", 2, "--per-device", 2]
    rest = ["--max-completion-tokens", 6, "--lr", 1e-2, "--out", grpo]
    run_stage("qwen_grpo.py", ["--model", sft, "--rows", letters, *size, *rest], monkeypatch)
    assert len(seen) == 1 and len(seen[0]) == 4 and seen[0][0] == seen[0][1]  # one batch, two completions a prompt
    # Reward = 0.5 · format (never) + 0.5 · answer (half of the time), at both of the batch's updates.
    assert history(grpo, "rewards/format_reward/mean") == [0.0]
    assert history(grpo, "reward") == [pytest.approx(0.25)]
    kl = history(grpo, "kl")
    assert len(history(grpo, "grad_norm")) == 2 and kl[0] == pytest.approx(0, abs=1e-4) and kl[-1] > kl[0]
    assert "completions/mean_length" in json.loads((grpo / "trainer_state.json").read_text())["log_history"][0]
    assert not torch.equal(weights(grpo, decoder), weights(sft, decoder))


def test_lora_trains_the_decoder_alone_and_merges(
    tiny_qwen: Path, row_files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    adapter, merged = tmp_path / "adapter", tmp_path / "merged"
    rest = ["--max-steps", 2, "--batch", 2, "--per-device", 2, "--lr", 1e-1, "--warmup-steps", 1, "--lora", 4]
    rows = ["--letters", row_files[0], "--reasoned-share", 0]
    run_stage("qwen_sft.py", ["--model", tiny_qwen, *rows, *rest, "--out", adapter], monkeypatch)
    targets = json.loads((adapter / "adapter_config.json").read_text())["target_modules"]
    assert "language_model" in targets
    run_stage("qwen_merge.py", ["--model", tiny_qwen, "--adapter", adapter, "--out", merged], monkeypatch)
    visual, decoder = "model.visual.blocks.0.mlp.up_proj.weight", "model.language_model.layers.1.mlp.up_proj.weight"
    torch.testing.assert_close(weights(merged, visual), weights(tiny_qwen, visual), rtol=0, atol=0)
    change = weights(merged, decoder) - weights(tiny_qwen, decoder)
    assert 1 <= torch.linalg.matrix_rank(change).item() <= 4
    assert load_processor(merged).tokenizer.chat_template == TEMPLATE


def test_an_adapter_drops_nothing_in_grpo(
    tiny_qwen: Path, row_files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answers' probabilities would not be those that they were sampled with."""
    made = []
    monkeypatch.setattr(stages, "_train_and_save", lambda trainer, _: made.append(trainer))
    sizes = {"steps": 1, "prompts": 2, "generations": 2, "updates": 1, "per_device": 2}
    settings = GrpoSettings(model=str(tiny_qwen), rows=row_files[0], out=tmp_path / "out", lora=4, **sizes)
    stages.run_grpo(settings)
    dropouts = [module for module in made[0].model.modules() if isinstance(module, torch.nn.Dropout)]
    assert len(dropouts) == 2 * 7 and all(module.p == 0 for module in dropouts)


def test_batches_that_do_not_divide_are_refused() -> None:
    assert accumulation(128, 2, 8, "a batch of") == 8
    with pytest.raises(ValueError, match="a batch of 100 is no multiple of 8 processes × 2"):
        accumulation(100, 2, 8, "a batch of")
