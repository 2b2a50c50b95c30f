"""Vocabulary pruning keeps a byte-level BPE that survives any text; layers and template come out as promised."""

import json
import random

import pytest
from helpers import load_tokenizer
from tokenizers import Tokenizer

from viewpoint_training.language_model import (
    Base,
    TextCodec,
    byte_alphabet,
    chat_template,
    cut_layers,
    prune_vocabulary,
    tiny_language_model,
    write_tokenizer,
)

SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<repo_name>"]


def small_description() -> dict:
    """A byte-level BPE of the base's layout whose alphabet lacks two bytes."""
    alphabet = [c for c in byte_alphabet() if c not in byte_alphabet()[0xF0:0xF2]]
    merges = [["h", "e"], ["l", "l"], ["he", "ll"], ["hell", "o"], ["Ġ", "hello"]]
    tokens = SPECIALS + alphabet + ["".join(m) for m in merges]
    added = [
        dict(id=i, content=t, single_word=False, lstrip=False, rstrip=False, normalized=False, special=True)
        for i, t in enumerate(SPECIALS)
    ]
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    model = {
        "type": "BPE",
        "dropout": None,
        "unk_token": None,
        "continuing_subword_prefix": "",
        "end_of_word_suffix": "",
    }
    model |= {"fuse_unk": False, "byte_fallback": False, "ignore_merges": False}
    model |= {"vocab": {t: i for i, t in enumerate(tokens)}, "merges": merges}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": None,
        "pre_tokenizer": byte_level,
        "post_processor": None,
        "decoder": byte_level,
        "model": model,
    }


@pytest.fixture
def pruned() -> Base:
    description = small_description()
    base = Base(tiny_language_model(len(description["model"]["vocab"]), layers=6), description)
    prune_vocabulary(base, len(SPECIALS) + 256 + 2, "<image>")
    return base


def test_pruned_bpe_round_trips_any_utf8(pruned: Base) -> None:
    tokenizer = Tokenizer.from_str(json.dumps(pruned.tokenizer))
    rng = random.Random(0)
    texts = ["hello hello", "左から右へ 45° 🎥", "a\tb\r\n", "é" * 3]
    for _ in range(300):
        points = [
            rng.choice([rng.randrange(32, 127), rng.randrange(0x20, 0xD7FF), rng.randrange(0xE000, 0x10FFFF)])
            for _ in range(12)
        ]
        texts.append("".join(map(chr, points)))
    for text in texts:
        ids = tokenizer.encode(text).ids
        assert max(ids) < pruned.model.config.vocab_size
        assert tokenizer.decode(ids) == text


def test_image_token_takes_over_the_id(pruned: Base) -> None:
    tokenizer = Tokenizer.from_str(json.dumps(pruned.tokenizer))
    assert tokenizer.encode("<image><image>hello").ids[:2] == [3, 3]
    assert tokenizer.token_to_id("<repo_name>") is None
    assert pruned.model.lm_head.weight is pruned.model.get_input_embeddings().weight


def test_cut_keeps_first_and_last(pruned: Base) -> None:
    layers = list(pruned.model.model.layers)
    cut_layers(pruned.model, 4)
    assert list(pruned.model.model.layers) == [layers[0], layers[1], layers[4], layers[5]]
    assert [layer.self_attn.layer_idx for layer in pruned.model.model.layers] == [0, 1, 2, 3]


def test_chat_template(pruned: Base, tmp_path) -> None:
    write_tokenizer(pruned.tokenizer, tmp_path, "<image>", 2, 1024)
    tokenizer = load_tokenizer(tmp_path)
    content = [{"type": "image"}, {"type": "image"}, {"type": "text", "text": "hello"}]
    messages = [{"role": "user", "content": content}]
    text = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    assert text == "<|im_start|>user\n<image><image><image><image>hello<|im_end|>\n<|im_start|>assistant\n"
    assert tokenizer(text)["input_ids"] == TextCodec(tmp_path).encode(text)
    assert "system" not in chat_template("<image>", 1)
