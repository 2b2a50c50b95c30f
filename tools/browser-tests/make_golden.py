r"""Writes the answers of an exported model folder to fixed questions, as src/contract/golden/README.md describes.

npm run -s eval -- --model <id> --meshes generated --backend native --items 1 --seed golden --no-swap --no-generate \
  --families ego-translation,object-translation,ego-rotation,no-movement,vertical,distance,decoupled,magnitude \
  --keep runs/golden
.venv/bin/python tools/browser-tests/make_golden.py --model public/models/<id> --items runs/golden \
  --out src/contract/golden/inference.json

Without --items the pictures are patterns of noise, which need no renderer.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "training"))

from viewpoint_training.export.self_test import PROCESSOR_TOLERANCE, TOLERANCE  # noqa: E402
from viewpoint_training.item_sets import ItemSet  # noqa: E402
from viewpoint_training.native import PairPrefix, ask, option_log_probs  # noqa: E402
from viewpoint_training.native_model import WEIGHTS_Q4, WEIGHTS_U8, NativeModel  # noqa: E402
from viewpoint_training.prompts import ASSISTANT_START, Prompts  # noqa: E402

OWN_WORDS = "Has the camera come closer?"
LOG_PROB_TOLERANCE = {WEIGHTS_U8: 1.0, WEIGHTS_Q4: 0.5}
# A single logit: for the reasons of the self-test's (viewpoint_training/export/self_test.py), and half a logit more on
# a processor, because two hundred logits are compared here and ten there (1.57 was the largest difference of a release).
LOGIT_TOLERANCE = {WEIGHTS_U8: PROCESSOR_TOLERANCE + 0.5, WEIGHTS_Q4: TOLERANCE}
TOP_COUNT = 10
PICTURES = "pictures"  # folder beside the golden file
NEW_TOKENS = {"words": 8, "letter": 8, "reasoned": 60}
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


@dataclass(frozen=True)
class Question:
    """What is asked about two pictures."""

    prompt: str
    options: list[str]
    max_new_tokens: int


def golden_item(model: NativeModel, quantized: NativeModel, views: np.ndarray, question: Question) -> dict:
    """`model` is the processor's decoder, `quantized` the 4-bit one of a graphics device; views uint8 [2, S, S, 3]."""
    logits, cache = ask(model, PairPrefix(model, views), question.prompt)
    ids, leads = greedy(model, logits, cache, question.max_new_tokens)
    top_ids = np.argsort(-logits)[:TOP_COUNT]
    quantized_logits, _ = ask(quantized, PairPrefix(quantized, views), question.prompt)
    return {
        "prompt": question.prompt,
        "questionIds": model.codec.encode(question.prompt + ASSISTANT_START),
        "options": question.options,
        "topLogits": {
            "ids": top_ids.tolist(),
            "wasm": rounded(logits[top_ids]),
            "webgpu": rounded(quantized_logits[top_ids]),
        },
        "optionLogProbs": [round(value, 5) for value in option_log_probs(model, logits, cache, question.options)],
        "greedy": {"tokenIds": ids, "leads": leads},
    }


def pattern_questions(prompts: Prompts, size_px: int, count: int) -> Iterator[tuple[dict, np.ndarray, Question]]:
    """Families and formats in turn; every other pair is the one before with its views exchanged."""
    families = [family for family in prompts.families if prompts.families[family].get("options")]
    for number in range(count):
        family = families[number % len(families)]
        form = FORMATS[number // len(families) % len(FORMATS)]
        options = list(prompts.option_texts(family).values())
        listed = options if prompts.formats[form]["withOptions"] else None
        first, second = number // 2 * 2 + 1, number // 2 * 2 + 2
        seeds = (first, second) if number % 2 == 0 else (second, first)
        views = np.stack([pattern_pixels(seed, size_px) for seed in seeds])
        question = Question(prompts.user_text(family, form, listed), options, NEW_TOKENS[form])
        yield {"seedA": seeds[0], "seedB": seeds[1]}, views, question
    # In own words: it does not begin as the stems do, and goes on after the pictures alone.
    views = np.stack([pattern_pixels(seed, size_px) for seed in (2, 1)])
    yield {"seedA": 2, "seedB": 1}, views, Question(OWN_WORDS, ["Yes", "No"], NEW_TOKENS["words"])


def rendered_questions(prompts: Prompts, folder: Path, pictures: Path) -> Iterator[tuple[dict, np.ndarray, Question]]:
    """The first kept item of every family, in every format. Writes its two views as PNG files into `pictures`."""
    kept = ItemSet.open(folder)
    first: dict[str, int] = {}
    for index, item in enumerate(kept.items):
        first.setdefault(item["family"], index)
    pictures.mkdir(parents=True, exist_ok=True)
    for old in pictures.glob("*.png"):
        old.unlink()
    for family, index in first.items():
        views = np.stack(kept.pictures(index))
        files = [f"{pictures.name}/{family}-{name}.png" for name in "ab"]
        for file, view in zip(files, views, strict=True):
            Image.fromarray(view).save(pictures.parent / file, optimize=True)
        item = kept.items[index]
        options = [option["text"] for option in item["options"]]
        for form in FORMATS:
            listed = options if prompts.formats[form]["withOptions"] else None
            question = Question(prompts.with_stem(item["stem"], form, listed), options, NEW_TOKENS[form])
            yield {"files": files}, views, question
        if index == 0:
            yield {"files": files}, views, Question(OWN_WORDS, ["Yes", "No"], NEW_TOKENS["words"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--items", type=Path, help="folder of npm run eval -- --keep: ask about its pictures")
    parser.add_argument("--patterns", type=int, default=20, help="questions about patterns, without --items")
    arguments = parser.parse_args()
    model, quantized = (NativeModel(arguments.model, weights) for weights in (WEIGHTS_U8, WEIGHTS_Q4))
    prompts = Prompts.load()
    asked = (
        rendered_questions(prompts, arguments.items, arguments.out.parent / PICTURES)
        if arguments.items
        else pattern_questions(prompts, model.manifest["image"]["sizePx"], arguments.patterns)
    )
    items = [{"pair": pair, **golden_item(model, quantized, views, question)} for pair, views, question in asked]
    hashes = {entry["path"]: entry["sha256"] for entry in model.manifest["files"]}
    golden = {
        "version": 2,
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
