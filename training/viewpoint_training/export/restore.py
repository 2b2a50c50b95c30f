"""A shipped folder back as weights to train on: its language model and its connector.

Checkpoints of a run are large and stay where it ran; the release itself is enough to go on from. The language model's
4-bit weights come back as the float32 values they stand for (rounding them again gives the same codes). The graph holds
the connector in float32: vectors and biases under their own names, matrices of linear layers transposed and unnamed.
"""

import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import ModelProto, numpy_helper
from transformers import LlamaConfig, LlamaForCausalLM

from ..language_model import TOKENIZER_FILES
from ..quantization import dequantize_numpy
from .llama import decoder_shape
from .package import DECODER_FILE, VISION_FILE
from .weights import QuantizedMatrix

CONNECTOR_PREFIX = "connector."


class RestoreError(ValueError):
    """The folder is not one that this project's export wrote."""


def restore(model_folder: Path, out: Path) -> None:
    """Write what `train_sft.py --lm OUT --connector OUT/connector.pt` takes: language model, tokenizer, connector."""
    lm = restored_language_model(model_folder)
    connector = restored_connector(onnx.load(str(model_folder / VISION_FILE)))
    lm.save_pretrained(out)
    for name in TOKENIZER_FILES:
        shutil.copyfile(model_folder / name, out / name)
    torch.save({"connector": connector}, out / "connector.pt")


def restored_language_model(model_folder: Path) -> LlamaForCausalLM:
    """The decoder of a model folder, float32, its head tied to the input embedding."""
    config = json.loads((model_folder / "config.json").read_text(encoding="utf-8"))["text_config"]
    lm = LlamaForCausalLM(LlamaConfig(**{key: value for key, value in config.items() if key != "architectures"}))
    tensors = named_initializers(onnx.load(str(model_folder / DECODER_FILE)))
    shape = decoder_shape(lm)
    queries, keys = shape.heads * shape.head_size, shape.kv_heads * shape.head_size
    state = {"model.embed_tokens.weight": matrix(tensors, "head"), "model.norm.weight": tensors["final_norm"]}
    state["lm_head.weight"] = state["model.embed_tokens.weight"]
    for index in range(shape.layers):
        ours, theirs = f"layers.{index}", f"model.layers.{index}"
        parts = np.split(matrix(tensors, f"{ours}.attention.qkv"), [queries, queries + keys])
        for name, part in zip(("q_proj", "k_proj", "v_proj"), parts, strict=True):
            state[f"{theirs}.self_attn.{name}.weight"] = part
        state[f"{theirs}.self_attn.o_proj.weight"] = matrix(tensors, f"{ours}.attention.out")
        for name in ("gate", "up", "down"):
            state[f"{theirs}.mlp.{name}_proj.weight"] = matrix(tensors, f"{ours}.mlp.{name}")
        state[f"{theirs}.input_layernorm.weight"] = tensors[f"{ours}.attention_norm"]
        state[f"{theirs}.post_attention_layernorm.weight"] = tensors[f"{ours}.mlp_norm"]
    lm.load_state_dict({name: torch.from_numpy(np.array(values)) for name, values in state.items()})
    return lm.eval()


def matrix(tensors: dict[str, np.ndarray], name: str) -> np.ndarray:
    """The float32 weight [N, K] whose packed codes [N, K / block, block / 2] and scales are stored under `name`."""
    try:
        packed, scales = tensors[f"{name}.codes"], tensors[f"{name}.scales"]
    except KeyError as missing:
        raise RestoreError(f"{DECODER_FILE} has no tensor {missing}: it was written by another exporter") from None
    quantized = QuantizedMatrix.from_packed(packed, scales)
    return dequantize_numpy(quantized.codes, quantized.scales)


def restored_connector(vision: ModelProto) -> dict[str, torch.Tensor]:
    """State of the Connector inside the vision graph."""
    tensors, maker = named_initializers(vision), {output: node for node in vision.graph.node for output in node.output}
    state = {
        name.removeprefix(CONNECTOR_PREFIX): values
        for name, values in tensors.items()
        if name.startswith(CONNECTOR_PREFIX) and name != f"{CONNECTOR_PREFIX}pool"
    }
    for layer in ("up", "out"):
        bias = f"{CONNECTOR_PREFIX}{layer}.bias"
        added = next((node for node in vision.graph.node if node.op_type == "Add" and bias in node.input), None)
        products = [maker.get(name) for name in added.input if name != bias] if added else []
        if len(products) != 1 or products[0] is None or products[0].op_type != "MatMul":
            raise RestoreError(f"{VISION_FILE} has no product before {bias!r}: it was written by another exporter")
        state[f"{layer}.weight"] = tensors[products[0].input[1]].T
    return {name: torch.from_numpy(np.array(values)) for name, values in state.items()}


def named_initializers(model: ModelProto) -> dict[str, np.ndarray]:
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
