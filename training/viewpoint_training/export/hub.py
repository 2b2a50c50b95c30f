"""JSON files in the hub's layout for browser models, so that @huggingface/transformers loads the folder as `llava`."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from ..language_model import TOKENIZER_FILES
from .weights import DecoderShape

MAX_NEW_TOKENS = 128
BILINEAR = 2


@dataclass(frozen=True)
class HubDescription:
    """What the JSON files state about a model."""

    shape: DecoderShape
    image_size_px: int
    image_mean: list[float]
    image_std: list[float]
    image_token: str
    image_token_id: int
    image_tokens_per_view: int
    start_token_id: int
    end_token_ids: list[int]


def write_hub_files(folder: Path, description: HubDescription, tokenizer_folder: Path) -> None:
    write_json(folder / "config.json", model_config(description))
    write_json(folder / "generation_config.json", generation_config(description))
    write_json(folder / "preprocessor_config.json", preprocessor_config(description))
    write_json(folder / "processor_config.json", processor_config(description))
    copy_tokenizer(folder, tokenizer_folder)


def write_json(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def model_config(description: HubDescription) -> dict:
    shape = description.shape
    return {
        "architectures": ["LlavaForConditionalGeneration"],
        "model_type": "llava",
        "image_token_index": description.image_token_id,
        "image_seq_length": description.image_tokens_per_view,
        "tie_word_embeddings": True,
        "text_config": {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            "vocab_size": shape.vocab_size,
            "hidden_size": shape.hidden_size,
            "intermediate_size": shape.intermediate_size,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "num_key_value_heads": shape.kv_heads,
            "head_dim": shape.head_size,
            "hidden_act": "silu",
            "max_position_embeddings": shape.max_positions,
            "rms_norm_eps": shape.norm_epsilon,
            "rope_theta": shape.rope_theta,
            "tie_word_embeddings": True,
        },
        "vision_config": {"model_type": "viewpoint_two_view", "image_size": description.image_size_px},
        "transformers.js_config": {
            "dtype": {"vision_encoder": "fp32", "embed_tokens": "q4", "decoder_model_merged": "q4"},
            "use_external_data_format": {"decoder_model_merged": True},
        },
    }


def generation_config(description: HubDescription) -> dict:
    return {
        "do_sample": False,
        "max_new_tokens": MAX_NEW_TOKENS,
        "bos_token_id": description.start_token_id,
        "eos_token_id": description.end_token_ids,
        "pad_token_id": description.end_token_ids[0],
    }


def preprocessor_config(description: HubDescription) -> dict:
    size = {"height": description.image_size_px, "width": description.image_size_px}
    return {
        "processor_class": "LlavaProcessor",
        "image_processor_type": "ViTImageProcessor",
        "do_convert_rgb": True,
        "do_resize": True,
        "size": size,
        "resample": BILINEAR,
        "do_rescale": True,
        "rescale_factor": 1 / 255,
        "do_normalize": True,
        "image_mean": description.image_mean,
        "image_std": description.image_std,
    }


def processor_config(description: HubDescription) -> dict:
    """The chat template already writes every image token, so the processor has to turn one token into one.

    It counts the patches that fit into the picture, none here, plus one.
    """
    return {
        "processor_class": "LlavaProcessor",
        "image_token": description.image_token,
        "patch_size": 2 * description.image_size_px,
        "num_additional_image_tokens": 1,
        "vision_feature_select_strategy": "full",
    }


def copy_tokenizer(folder: Path, source: Path) -> None:
    """The tokenizer's files; its config also carries the chat template, which transformers.js reads only there."""
    for name in TOKENIZER_FILES:
        shutil.copyfile(source / name, folder / name)
    path = folder / "tokenizer_config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config["chat_template"] = (source / "chat_template.jinja").read_text(encoding="utf-8")
    write_json(path, config)
