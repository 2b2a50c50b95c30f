"""Answers evaluation items with an exported folder: scored options and greedy text, exactly as the page computes them.

Request, one JSON a line of `items.jsonl`, beside `pixels.u8` (raw uint8 [pairs, 2, S, S, 3], RGB, rows from the top):
  {"id", "pair", "wordsPrompt", "options": [text, …], "writtenPrompt": text or null, "maxNewTokens": int}
Prompts are the user's text only; the images stand before it. Response, one JSON a line, in the order of the items:
  {"id", "optionLogProbs": [number, …], "generated": text or null, "tokenIds": [int, …]}
`optionLogProbs` are sums over the tokens of the option's text and the end of the turn. `tokenIds` leave the end token
out.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .language_model import shared_length
from .native_model import Cache, NativeModel
from .prompts import ASSISTANT_START, END_OF_TURN, USER_START

DEFAULT_NEW_TOKENS = 8


@dataclass(frozen=True)
class Item:
    """One request line."""

    id: str
    pair: int
    words_prompt: str
    options: list[str]
    written_prompt: str | None
    max_new_tokens: int

    @staticmethod
    def from_json(line: dict) -> "Item":
        return Item(
            id=line["id"],
            pair=line["pair"],
            words_prompt=line["wordsPrompt"],
            options=line["options"],
            written_prompt=line.get("writtenPrompt"),
            max_new_tokens=line.get("maxNewTokens", DEFAULT_NEW_TOKENS),
        )


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """Over the last axis, in float64."""
    shifted = logits.astype(np.float64) - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


class PairPrefix:
    """What questions about a pair begin with, in the pieces in which the page runs it (pair-prefixes.ts).

    Pictures and the opening that all stems share are one run; a question that does not begin with it follows the
    pictures alone.
    """

    def __init__(self, model: NativeModel, views: np.ndarray) -> None:
        """`views` uint8 [2, S, S, 3]."""
        self.model = model
        self.features = model.image_features(model.pixel_values(views))
        self.caches: dict[int, Cache] = {}

    def begin(self, question_ids: list[int]) -> tuple[Cache, list[int]]:
        """The cache to continue, and the tokens of the question that it does not hold."""
        model, opening = self.model, self.model.opening_ids
        held = opening if question_ids[: len(opening)] == opening else []
        if len(held) not in self.caches:
            ids = model.codec.encode(USER_START) + [model.image_token_id] * model.image_tokens_per_pair + held
            embeddings = model.embed(ids, self.features)
            self.caches[len(held)] = model.decoder.extend(embeddings, model.decoder.empty_cache())[1]
        return self.caches[len(held)], question_ids[len(held) :]


def ask(model: NativeModel, prefix: PairPrefix, text: str) -> tuple[np.ndarray, Cache]:
    """Logits [V] of the answer's first token, and the cache that the answer continues."""
    cache, rest = prefix.begin(model.codec.encode(text + ASSISTANT_START))
    logits, cache = model.decoder.extend(model.embed(rest), cache)
    return logits[0, -1], cache


def option_log_probs(model: NativeModel, first_logits: np.ndarray, cache: Cache, options: list[str]) -> list[float]:
    """Summed log-probability of every option's tokens and the end of the turn.

    Options that start alike share their runs, each stretch without a fork is one run, as option-trie.ts does it in the
    page. Eight-bit inputs get one scale a run, so the same pieces must be run for the same numbers.
    """
    sums = [0.0] * len(options)
    end_id = model.codec.encode(END_OF_TURN)[0]

    def visit(rests: dict[int, list[int]], log_probs: np.ndarray, state: Cache, total: float) -> None:
        """`rests`: option -> its tokens that follow `state`, whose next token `log_probs` [V] predicts."""
        for option, rest in rests.items():
            if not rest:
                sums[option] = total + float(log_probs[end_id])
        for first in dict.fromkeys(rest[0] for rest in rests.values() if rest):
            same = {option: rest for option, rest in rests.items() if rest and rest[0] == first}
            length = shared_length(list(same.values()))
            ids = next(iter(same.values()))[:length]
            logits, longer = model.decoder.extend(model.embed(ids), state, logits_to_keep=0)
            after = log_softmax(logits[0])  # [length, V]
            inside = sum(float(after[at, token]) for at, token in enumerate(ids[1:]))
            rests_after = {option: rest[length:] for option, rest in same.items()}
            visit(rests_after, after[-1], longer, total + float(log_probs[first]) + inside)

    visit(dict(enumerate(model.codec.encode(option) for option in options)), log_softmax(first_logits), cache, 0.0)
    return sums


def generate_greedy(model: NativeModel, logits: np.ndarray, cache: Cache, max_new_tokens: int) -> list[int]:
    """The most likely tokens, up to the end of the turn or `max_new_tokens`."""
    ids: list[int] = []
    while len(ids) < max_new_tokens:
        token = int(logits.argmax())
        if token in model.end_token_ids:
            break
        ids.append(token)
        if len(ids) < max_new_tokens:
            kept, cache = model.decoder.extend(model.embed([token]), cache)
            logits = kept[0, -1]
    return ids


def answer_item(model: NativeModel, item: Item, prefix: PairPrefix) -> dict:
    """The response line of one item."""
    scores: list[float] = []
    if item.options:
        first_logits, cache = ask(model, prefix, item.words_prompt)
        scores = option_log_probs(model, first_logits, cache, item.options)
    generated, token_ids = None, []
    if item.written_prompt is not None:
        token_ids = generate_greedy(model, *ask(model, prefix, item.written_prompt), item.max_new_tokens)
        generated = model.codec.decode(token_ids)
    return {"id": item.id, "optionLogProbs": scores, "generated": generated, "tokenIds": token_ids}


def answer_items(model: NativeModel, items: Iterable[Item], pixels: np.ndarray) -> Iterator[dict]:
    """Response lines in the order of the items; a pair is encoded once as long as its items follow each other."""
    pair, prefix = None, None
    for item in items:
        if item.pair != pair or prefix is None:
            pair, prefix = item.pair, PairPrefix(model, pixels[item.pair])
        yield answer_item(model, item, prefix)


def read_request(folder: Path, image_size_px: int) -> tuple[list[Item], np.ndarray]:
    """Items and pictures, uint8 [pairs, 2, S, S, 3]."""
    lines = (folder / "items.jsonl").read_text(encoding="utf-8").splitlines()
    items = [Item.from_json(json.loads(line)) for line in lines if line.strip()]
    pair_bytes = 2 * image_size_px * image_size_px * 3
    path = folder / "pixels.u8"
    size_bytes = path.stat().st_size
    if size_bytes == 0 or size_bytes % pair_bytes:
        raise ValueError(
            f"pixels.u8 has {size_bytes} bytes, not a multiple of {pair_bytes}: "
            f"write pairs of {image_size_px} px RGB views"
        )
    pixels = np.memmap(path, np.uint8, "r", shape=(size_bytes // pair_bytes, 2, image_size_px, image_size_px, 3))
    missing = [item.id for item in items if not 0 <= item.pair < len(pixels)]
    if missing:
        raise ValueError(f"item {missing[0]!r} names a pair that pixels.u8 ({len(pixels)} pairs) does not hold")
    return items, pixels
