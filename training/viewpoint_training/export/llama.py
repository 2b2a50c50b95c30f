"""Takes a Llama language model apart into the tensors of the decoder graph, quantized as training quantizes them."""

import numpy as np
import torch
from transformers import LlamaForCausalLM

from ..quantization import BLOCK_SIZE, quantize_numpy
from .weights import DecoderShape, DecoderWeights, QuantizedMatrix, rows_joined

MAX_POSITIONS = 2048  # longest text the rotary tables cover; prompts here have some 200 tokens


def decoder_shape(model: LlamaForCausalLM) -> DecoderShape:
    config = model.config
    rope = config.rope_parameters
    if rope.get("rope_type", "default") != "default":
        raise ValueError(f"rope type {rope['rope_type']!r} is not supported: export plain rotary positions")
    return DecoderShape(
        vocab_size=config.vocab_size,
        hidden_size=config.hidden_size,
        intermediate_size=config.intermediate_size,
        layers=config.num_hidden_layers,
        heads=config.num_attention_heads,
        kv_heads=config.num_key_value_heads,
        head_size=config.head_dim or config.hidden_size // config.num_attention_heads,
        norm_epsilon=config.rms_norm_eps,
        rope_theta=rope["rope_theta"],
        max_positions=min(config.max_position_embeddings, MAX_POSITIONS),
        block_size=BLOCK_SIZE,
    )


def decoder_weights(model: LlamaForCausalLM) -> DecoderWeights:
    """All tensors of `model`, whose head must be its input embedding."""
    embedding, head = model.get_input_embeddings().weight, model.lm_head.weight
    if embedding.data_ptr() != head.data_ptr() and not torch.equal(embedding, head):
        raise ValueError("the head differs from the input embedding: tie them before export")
    matrices, norms = {}, {}
    for index, layer in enumerate(model.model.layers):
        prefix, attention, mlp = f"layers.{index}", layer.self_attn, layer.mlp
        queries, keys, values = (quantized(part) for part in (attention.q_proj, attention.k_proj, attention.v_proj))
        norms[f"{prefix}.attention_norm"] = as_float32(layer.input_layernorm.weight)
        matrices[f"{prefix}.attention.qkv"] = rows_joined(queries, keys, values)
        matrices[f"{prefix}.attention.out"] = quantized(attention.o_proj)
        norms[f"{prefix}.mlp_norm"] = as_float32(layer.post_attention_layernorm.weight)
        matrices[f"{prefix}.mlp.gate"] = quantized(mlp.gate_proj)
        matrices[f"{prefix}.mlp.up"] = quantized(mlp.up_proj)
        matrices[f"{prefix}.mlp.down"] = quantized(mlp.down_proj)
    norms["final_norm"] = as_float32(model.model.norm.weight)
    matrices["head"] = quantized(model.get_input_embeddings())
    return DecoderWeights(decoder_shape(model), matrices, norms)


def quantized(module: torch.nn.Module) -> QuantizedMatrix:
    """The module's weight [N, K] in blocks along K; linear layers of Llama have no bias."""
    return QuantizedMatrix(*quantize_numpy(as_float32(module.weight)))


def as_float32(tensor: torch.Tensor) -> np.ndarray:
    return tensor.detach().float().numpy()
