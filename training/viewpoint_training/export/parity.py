"""Compares the exported graphs with PyTorch. An export that exceeds a limit is not written.

PyTorch runs the language model with weights rounded to 4 bits; the graphs must give the same numbers from the packed
weights.
"""

from dataclasses import asdict, dataclass

import numpy as np
import torch
from torch import nn
from transformers import LlamaForCausalLM

from ..native_model import Decoder, NativeModel
from .self_test import PIXEL_SEED, pseudo_random_pixels

ENCODER_LIMIT = 1e-3
EMBEDDING_LIMIT = 1e-6
LOGITS_LIMIT = 1e-2  # logits reach some 35; measured differences are below 1e-3
APPEND_LIMIT = 1e-3
# Eight-bit inputs, where an answer begins: measured 1.2 on rendered pairs, where the probabilities of options moved by
# at most 0.02. Inside a prompt, where nothing is read, some logits move by 6: only what follows the whole prompt is
# compared, of pieces as of one call. That position reads the cache of all pieces, and the 4-bit decoder, whose graph is
# the same but for these products, is compared everywhere.
LOGITS_U8_LIMIT = 2.5
# 16-bit floats round every value between two nodes: measured 0.25 over a whole prompt, 0.05 where an answer begins.
# This is what a processor makes of them, which computes inside of a node in 32 bits; a graphics card rounds there too.
LOGITS_F16_LIMIT = 0.5
APPEND_LENGTHS = (5, 1)  # tokens appended at once after the prefix, in turn


class ParityError(Exception):
    """The exported graphs and PyTorch disagree."""


@dataclass(frozen=True)
class Parity:
    """Largest absolute differences."""

    encoder: float
    embedding: float
    logits_q4: float
    logits_f16: float
    logits_u8: float
    append_q4: float
    append_f16: float
    append_u8: float

    def labelled(self) -> dict[str, float]:
        return {name.replace("_", " "): value for name, value in asdict(self).items()}


LIMITS = Parity(
    encoder=ENCODER_LIMIT,
    embedding=EMBEDDING_LIMIT,
    logits_q4=LOGITS_LIMIT,
    logits_f16=LOGITS_F16_LIMIT,
    logits_u8=LOGITS_U8_LIMIT,
    append_q4=APPEND_LIMIT,
    append_f16=LOGITS_F16_LIMIT,
    append_u8=LOGITS_U8_LIMIT,
)


def measure_parity(
    llama: LlamaForCausalLM,
    tower: nn.Module,
    quantized: NativeModel,
    half: NativeModel,
    processor: NativeModel,
    ids: list[int],
) -> Parity:
    """`llama` has fake-quantized weights; `ids` is a prompt with the image tokens of two views."""
    # Other ones than the eight-bit scales were found with.
    pixels = pseudo_random_pixels(quantized.manifest["image"]["sizePx"], PIXEL_SEED + 1)
    row = torch.tensor([ids])
    with torch.no_grad():
        features = tower(torch.from_numpy(pixels)).reshape(-1, llama.config.hidden_size)  # [2T, hidden]
        embeddings = llama.get_input_embeddings()(row)  # [1, L, hidden]
        text_embeddings = embeddings.numpy().copy()
        embeddings[row == quantized.image_token_id] = features
        logits = llama(inputs_embeds=embeddings).logits.numpy()  # [1, L, V]
    inputs = embeddings.numpy()
    return Parity(
        encoder=difference(features.numpy(), quantized.image_features(pixels)),
        embedding=difference(text_embeddings, quantized.embed(ids)),
        logits_q4=difference(logits, one_shot(quantized.decoder, inputs)),
        logits_f16=difference(logits, one_shot(half.decoder, inputs)),
        logits_u8=difference(logits[:, -1:], one_shot(processor.decoder, inputs)[:, -1:]),
        append_q4=append_difference(quantized.decoder, inputs),
        append_f16=append_difference(half.decoder, inputs),
        append_u8=append_difference(processor.decoder, inputs, positions=1),
    )


def check_parity(parity: Parity) -> None:
    """Raises with every figure that exceeds its limit."""
    figures, limits = asdict(parity), asdict(LIMITS)
    # written as "not ≤" so that NaN fails
    excess = [f"{name} {figures[name]:.3g} > {limits[name]:g}" for name in figures if not figures[name] <= limits[name]]
    if excess:
        raise ParityError("exported graphs differ from PyTorch: " + ", ".join(excess))


def one_shot(decoder: Decoder, inputs: np.ndarray) -> np.ndarray:
    """Logits of all positions in one call."""
    return decoder.extend(inputs, decoder.empty_cache(), logits_to_keep=0)[0]


def append_difference(decoder: Decoder, inputs: np.ndarray, positions: int | None = None) -> float:
    """Prefix, then a few tokens at once, then single ones: against one call over everything. Of the last `positions`;
    None: from the end of the prefix on."""
    expected = one_shot(decoder, inputs)
    start = inputs.shape[1] - sum(APPEND_LENGTHS)
    last, cache = decoder.extend(inputs[:, :start], decoder.empty_cache())
    pieces = [last]
    for length in APPEND_LENGTHS:
        logits, cache = decoder.extend(inputs[:, start : start + length], cache, logits_to_keep=0)
        pieces.append(logits)
        start += length
    found = np.concatenate(pieces, axis=1)
    found = found if positions is None else found[:, -positions:]
    return difference(expected[:, -found.shape[1] :], found)


def difference(left: np.ndarray, right: np.ndarray) -> float:
    if left.shape != right.shape:
        raise ParityError(f"shapes differ: {left.shape} and {right.shape}")
    return float(np.abs(left - right).max())
