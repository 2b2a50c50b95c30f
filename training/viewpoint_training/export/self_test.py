"""A fixed input whose answer is known: the runtime runs it after loading, the exporter writes down what to expect."""

import numpy as np

from ..native_model import NativeModel
from ..prompts import ASSISTANT_START, USER_START, Prompts

PIXEL_SEED = 20251124
TOP_COUNT = 10
TOLERANCE = 0.1
# Of 16-bit floats: measured 0.04 on a processor, which rounds between nodes alone, and 0.08 with the kernels of a
# graphics card, which add up in 16 bits too.
HALF_TOLERANCE = 0.25
# A sum in another order moves an eight-bit input over the edge of its step, and layers later the two runs round
# independently. Between this decoder and the 4-bit one these logits differ by 0.2.
PROCESSOR_TOLERANCE = 1.5


def pseudo_random_pixels(image_size_px: int, seed: int) -> np.ndarray:
    """float32 [2, 3, S, S] in [-1, 1): element i is ((i · 2654435761 + seed) mod 2³²) / 2³¹ − 1."""
    shape = (2, 3, image_size_px, image_size_px)
    index = np.arange(np.prod(shape), dtype=np.uint64)
    hashed = (index * np.uint64(2654435761) + np.uint64(seed)) % np.uint64(2**32)
    return (hashed / 2.0**31 - 1).astype(np.float32).reshape(shape)


def self_test_ids(model: NativeModel, prompts: Prompts) -> list[int]:
    """The first family's question in words, about two views."""
    text = prompts.user_text(next(iter(prompts.families)), "words")
    images = [model.image_token_id] * model.image_tokens_per_pair
    return [*model.codec.encode(USER_START), *images, *model.codec.encode(text + ASSISTANT_START)]


def self_test_entry(quantized: NativeModel, processor: NativeModel, ids: list[int]) -> dict:
    """The manifest's `selfTest`: top logits of the 4-bit graphs, and what a processor's decoder makes of them."""
    logits, processor_logits = (last_logits(model, ids) for model in (quantized, processor))
    top_ids = np.argsort(-logits)[:TOP_COUNT]
    return {
        "inputIds": ids,
        "pixelSeed": PIXEL_SEED,
        "topIds": [int(i) for i in top_ids],
        "topLogits": [round(float(logits[i]), 5) for i in top_ids],
        "tolerance": TOLERANCE,
        "half": {"tolerance": HALF_TOLERANCE},
        "processor": {
            "topLogits": [round(float(processor_logits[i]), 5) for i in top_ids],
            "tolerance": PROCESSOR_TOLERANCE,
        },
    }


def last_logits(model: NativeModel, ids: list[int]) -> np.ndarray:
    """float32 [V] after `ids` with the pseudo-random pictures.

    Up to the last image token at once, then the rest, as the page asks: eight-bit inputs get one scale a call.
    """
    features = model.image_features(pseudo_random_pixels(model.manifest["image"]["sizePx"], PIXEL_SEED))
    embeddings = model.embed(ids, features)
    length = len(ids) - ids[::-1].index(model.image_token_id)
    _, cache = model.decoder.extend(embeddings[:, :length], model.decoder.empty_cache())
    return model.decoder.extend(embeddings[:, length:], cache)[0][0, -1]
