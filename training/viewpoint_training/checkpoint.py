"""A release: one folder with encoder, connector, language model and tokenizer, from which the exporter works.

config.json            stage, sizes, prompt version, quantization; calls that trained (`runs`), the last one's commit
encoder.safetensors    Encoder
connector.safetensors  Connector
lm/                    transformers folder; its 4-bit weights are stored already rounded (float32)
tokenizer/             tokenizer.json, tokenizer_config.json, chat_template.jinja
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from transformers import LlamaForCausalLM

from .connector import Connector, ConnectorConfig
from .encoder import IMAGE_MEAN, IMAGE_STD, Encoder, EncoderConfig
from .language_model import TOKENIZER_FILES, TextCodec
from .prompts import Prompts
from .quantization import BITS, BLOCK_SIZE, FakeQuantizer, quantized_parameters
from .sft import continue_connector
from .training_loop import current_commit


@dataclass
class Release:
    encoder: Encoder
    connector: Connector
    lm: LlamaForCausalLM
    tokenizer_dir: Path
    config: dict[str, Any]


def save_release(
    folder: Path,
    encoder: Encoder,
    connector: Connector,
    lm: LlamaForCausalLM,
    tokenizer_dir: Path,
    config: dict[str, Any],
) -> None:
    """Write a release. `config` needs "stage" ("untuned", "sft", …); sizes and versions are filled in here.

    "trainingCommit" is that of the last call that trained; without it the commit of now is written.
    """
    if "stage" not in config:
        raise ValueError('a release names its "stage"')
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    save_file({k: v.contiguous() for k, v in encoder.state_dict().items()}, folder / "encoder.safetensors")
    save_file({k: v.contiguous() for k, v in connector.state_dict().items()}, folder / "connector.safetensors")
    with FakeQuantizer(quantized_parameters(lm)):
        lm.save_pretrained(folder / "lm")
    (folder / "tokenizer").mkdir(exist_ok=True)
    for name in TOKENIZER_FILES:
        shutil.copyfile(Path(tokenizer_dir) / name, folder / "tokenizer" / name)
    prompts = Prompts.load()
    filled = {
        "version": 1,
        "encoder": encoder.config.to_json(),
        "connector": connector.config.to_json(),
        "imageSizePx": encoder.config.image_size_px,
        "imageMean": list(IMAGE_MEAN),
        "imageStd": list(IMAGE_STD),
        "imageTokensPerView": connector.config.tokens_per_view,
        "imageTokenId": TextCodec(folder / "tokenizer").id_of(prompts.image_token),
        "promptsVersion": prompts.version,
        "quantization": {"bits": BITS, "blockSize": BLOCK_SIZE, "symmetric": True},
        "trainingCommit": current_commit(),
    }
    (folder / "config.json").write_text(json.dumps(filled | config, indent=2), encoding="utf-8")


def load_release(folder: Path) -> Release:
    """Read a release; modules come back in eval mode, float32."""
    folder = Path(folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    encoder = Encoder(EncoderConfig(**config["encoder"]))
    encoder.load_state_dict(load_file(folder / "encoder.safetensors"))
    connector = Connector(ConnectorConfig(**config["connector"]), encoder.config)
    connector.load_state_dict(load_file(folder / "connector.safetensors"))
    lm = LlamaForCausalLM.from_pretrained(folder / "lm", dtype=torch.float32)
    return Release(encoder.eval(), connector.eval(), lm.eval(), folder / "tokenizer", config)


def load_full_precision(path: Path, lm: LlamaForCausalLM, connector: Connector) -> list[str]:
    """Load the unrounded weights that a release was made of from a stage's checkpoint.pt, in place.

    A checkpoint without a connector (drill_letters.py, train_grpo.py) leaves that one as it is. Gives the names of the
    connector's tensors that it held. ValueError when it holds no language model, RuntimeError when one of them has
    other sizes.
    """
    saved = torch.load(path, map_location="cpu", weights_only=False)
    if "lm" not in saved:
        raise ValueError(f"{path} holds no language model: name checkpoint.pt of train_sft.py")
    lm.load_state_dict(saved["lm"])
    if "connector" not in saved:
        return []
    continue_connector(connector, saved["connector"])
    return list(saved["connector"])
