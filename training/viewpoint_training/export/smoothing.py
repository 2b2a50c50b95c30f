"""Eight-bit products for the processor, and the scales that make them exact enough.

On WASM a product of eight-bit integers takes a half to a third of the time of a float32 one and a quarter of its
memory, but its input gets one scale for all tokens and channels, and a few channels behind a norm are some thirty times
as large as the others. So channels are divided by a factor that moves into the weight (SmoothQuant, arXiv 2211.10438,
eq. 4 with α = 0.5): the division costs nothing, the norm's gain takes it. Only products behind a norm are done so: the
inputs of the others have no gain in front of them, or (`down`) outliers that no factor tames.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from transformers import LlamaForCausalLM

from ..language_model import TextCodec
from ..prompts import ASSISTANT_START, USER_START, Prompts
from ..quantization import dequantize_numpy
from .self_test import PIXEL_SEED, pseudo_random_pixels
from .weights import DecoderWeights

FED_BY = {"attention_norm": ("attention.qkv",), "mlp_norm": ("mlp.gate", "mlp.up")}  # within a layer
SMALLEST = 1e-5  # of maxima, so that a channel or column of zeros gets a scale
# Unsigned, because x86 without VNNI saturates sums of unsigned by signed products.
ZERO_POINT = 128
LARGEST_CODE = 127


@dataclass(frozen=True)
class Smoothing:
    """Scales of the eight-bit products."""

    channels: dict[str, np.ndarray]  # norm -> float32 [hidden], divides its output and multiplies the weights behind it
    columns: dict[str, np.ndarray]  # matrix -> float32 [N], one step of each output's eight-bit weights
    norm_of: dict[str, str]  # matrix -> the norm in front of it


def fed_by(norm: str) -> tuple[str, ...]:
    """Products that share a norm's output as their input."""
    if norm == "final_norm":
        return ("head",)
    layer, part = norm.rsplit(".", 1)
    return tuple(f"{layer}.{suffix}" for suffix in FED_BY[part])


def smoothing(weights: DecoderWeights, maxima: dict[str, np.ndarray]) -> Smoothing:
    """`maxima`: largest absolute value of each channel behind each norm, as `norm_maxima` gives them."""
    channels, columns, norm_of = {}, {}, {}
    for norm, largest_inputs in maxima.items():
        fed = {name: weight_of(weights, name) for name in fed_by(norm)}
        largest_weights = np.max([np.abs(weight).max(0) for weight in fed.values()], axis=0)  # [K]
        factors = np.sqrt(np.maximum(largest_inputs, SMALLEST) / np.maximum(largest_weights, SMALLEST))
        channels[norm] = (factors / factors.mean()).astype(np.float32)
        for name, weight in fed.items():
            largest = np.abs(weight * channels[norm]).max(1)
            columns[name] = (np.maximum(largest, SMALLEST) / LARGEST_CODE).astype(np.float32)
            norm_of[name] = norm
    return Smoothing(channels, columns, norm_of)


def weight_of(weights: DecoderWeights, name: str) -> np.ndarray:
    """float32 [N, K] that the 4-bit codes stand for."""
    matrix = weights.matrices[name]
    return dequantize_numpy(matrix.codes, matrix.scales)


def norm_maxima(
    llama: LlamaForCausalLM, tower: nn.Module, codec: TextCodec, prompts: Prompts, image_size_px: int
) -> dict[str, np.ndarray]:
    """Largest absolute output of every norm, float32 [hidden] each, over all prompts about noise.

    Of the final norm only where an answer begins.

    Noise will do: on the first release, maxima of rendered pairs gave no smaller errors.
    """
    maxima: dict[str, torch.Tensor] = {}
    embeddings_of, image_id = llama.get_input_embeddings(), codec.id_of(prompts.image_token)
    with torch.no_grad(), recorded(llama, maxima):
        pixels = torch.from_numpy(pseudo_random_pixels(image_size_px, PIXEL_SEED))
        features = tower(pixels).flatten(0, 1)  # [2T, hidden]
        for text in all_prompts(prompts):
            ids = [*codec.encode(USER_START), *[image_id] * len(features), *codec.encode(text + ASSISTANT_START)]
            row = torch.tensor([ids])
            embeddings = embeddings_of(row)
            embeddings[row == image_id] = features
            llama.model(inputs_embeds=embeddings, use_cache=False)
    return {name: values.numpy() for name, values in maxima.items()}


@contextmanager
def recorded(llama: LlamaForCausalLM, maxima: dict[str, torch.Tensor]) -> Iterator[None]:
    """While open, `maxima` grows with what comes out of the norms."""

    def watch(name: str, norm: nn.Module) -> torch.utils.hooks.RemovableHandle:
        def record(_module: nn.Module, _inputs: tuple, output: torch.Tensor) -> None:
            largest = (output[:, -1] if name == "final_norm" else output.flatten(0, -2)).abs().amax(0)
            maxima[name] = torch.maximum(maxima[name], largest) if name in maxima else largest

        return norm.register_forward_hook(record)

    handles = [watch("final_norm", llama.model.norm)]
    for index, layer in enumerate(llama.model.layers):
        handles.append(watch(f"layers.{index}.attention_norm", layer.input_layernorm))
        handles.append(watch(f"layers.{index}.mlp_norm", layer.post_attention_layernorm))
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


def all_prompts(prompts: Prompts) -> Iterator[str]:
    """Every fixed question in every format, options in their own order."""
    for family in prompts.with_fixed_options():
        options = list(prompts.option_texts(family).values())
        for name, form in prompts.formats.items():
            yield prompts.user_text(family, name, options if form["withOptions"] else None)
