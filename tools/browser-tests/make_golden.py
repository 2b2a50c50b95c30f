r"""Writes the answers of an exported model folder to fixed questions, as src/contract/golden/README.md describes.

.venv/bin/python tools/browser-tests/make_golden.py --model public/models/<id> --out src/contract/golden/inference.json
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "training"))

from viewpoint_training.export.self_test import PROCESSOR_TOLERANCE, TOLERANCE  # noqa: E402
from viewpoint_training.native import PairPrefix, ask, option_log_probs  # noqa: E402
from viewpoint_training.native_model import WEIGHTS_Q4, WEIGHTS_U8, NativeModel  # noqa: E402
from viewpoint_training.prompts import ASSISTANT_START, Prompts  # noqa: E402

OWN_WORDS = "Has the camera come closer?"
LOG_PROB_TOLERANCE = {WEIGHTS_U8: 1.0, WEIGHTS_Q4: 0.5}
# A single logit: for the reasons of the self-test's (viewpoint_training/export/self_test.py), and half a logit more on a
# processor, because two hundred logits are compared here and ten there (1.57 was the largest difference of a release).
LOGIT_TOLERANCE = {WEIGHTS_U8: PROCESSOR_TOLERANCE + 0.5, WEIGHTS_Q4: TOLERANCE}
TOP_COUNT = 10
NEW_TOKENS = 6
FORMATS = ("words", "letter", "reasoned")


def pattern_pixels(seed: int, size_px: int) -> np.ndarray:
    """uint8 [S, S, 3]: the top byte of (index · 2654435761 + seed · 2246822519) mod 2³²."""
    index = np.arange(size_px * size_px * 3, dtype=np.uint64)
    mixed = (index * 2654435761 + seed * 2246822519) % 2**32
    return (mixed >> 24).astype(np.uint8).reshape(size_px, size_px, 3)


def greedy(model: NativeModel, logits: np.ndarray, cache: object, count: int) -> tuple[list[int], list[float]]:
    """Token ids, end token included, and by how much each leads the second best logit."""
    ids, leads = [], []
    for _ in range(count):
        second, first = np.partition(logits, -2)[-2:]
        ids.append(int(logits.argmax()))
        leads.append(round(float(first - second), 4))
        if ids[-1] in model.end_token_ids:
            break
        kept, cache = model.decoder.extend(model.embed(ids[-1:]), cache)
        logits = kept[0, -1]
    return ids, leads


def rounded(values: np.ndarray) -> list[float]:
    return [round(float(value), 5) for value in values]


def golden_item(
    model: NativeModel,
    quantized: NativeModel,
    seeds: tuple[int, int],
    prompt: str,
    options: list[str],
) -> dict:
    """`model` is the processor's decoder, `quantized` the 4-bit one of a graphics device."""
    size_px = model.manifest["image"]["sizePx"]
    views = np.stack([pattern_pixels(seed, size_px) for seed in seeds])
    logits, cache = ask(model, PairPrefix(model, views), prompt)
    ids, leads = greedy(model, logits, cache, NEW_TOKENS)
    top_ids = np.argsort(-logits)[:TOP_COUNT]
    quantized_logits, _ = ask(quantized, PairPrefix(quantized, views), prompt)
    return {
        "seedA": seeds[0],
        "seedB": seeds[1],
        "prompt": prompt,
        "questionIds": model.codec.encode(prompt + ASSISTANT_START),
        "options": options,
        "topLogits": {
            "ids": top_ids.tolist(),
            "wasm": rounded(logits[top_ids]),
            "webgpu": rounded(quantized_logits[top_ids]),
        },
        "optionLogProbs": [round(value, 5) for value in option_log_probs(model, logits, cache, options)],
        "greedy": {"tokenIds": ids, "leads": leads},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--items", type=int, default=20)
    arguments = parser.parse_args()
    model, quantized = (NativeModel(arguments.model, weights) for weights in (WEIGHTS_U8, WEIGHTS_Q4))
    prompts = Prompts.load()
    families = [family for family in prompts.families if prompts.families[family].get("options")]
    items = []
    for number in range(arguments.items):
        family = families[number % len(families)]
        form = FORMATS[number // len(families) % len(FORMATS)]
        options = list(prompts.option_texts(family).values())
        listed = options if prompts.formats[form]["withOptions"] else None
        # Every other pair is the one before with its views exchanged.
        first, second = number // 2 * 2 + 1, number // 2 * 2 + 2
        seeds = (first, second) if number % 2 == 0 else (second, first)
        items.append(
            golden_item(
                model,
                quantized,
                seeds,
                prompts.user_text(family, form, listed),
                options,
            )
        )
    # In own words: it does not begin as the stems do, and goes on after the pictures alone.
    items.append(golden_item(model, quantized, (2, 1), OWN_WORDS, ["Yes", "No"]))
    hashes = {entry["path"]: entry["sha256"] for entry in model.manifest["files"]}
    golden = {
        "version": 1,
        "modelId": model.manifest["id"],
        "decoderSha256": hashes[model.manifest["graphs"]["decoder"]["data"]],
        "logProbTolerance": {
            "wasm": LOG_PROB_TOLERANCE[WEIGHTS_U8],
            "webgpu": LOG_PROB_TOLERANCE[WEIGHTS_Q4],
        },
        "logitTolerance": {
            "wasm": LOGIT_TOLERANCE[WEIGHTS_U8],
            "webgpu": LOGIT_TOLERANCE[WEIGHTS_Q4],
        },
        "items": items,
    }
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
