"""Other Llamas as base: grouped queries, a head size of their own, untied embeddings, other tokenizers."""

import json
import runpy
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from viewpoint_training.checkpoint import load_release
from viewpoint_training.export.llama import decoder_shape, decoder_weights
from viewpoint_training.language_model import TextCodec, load_base, prune_vocabulary
from viewpoint_training.prompts import Prompts
from viewpoint_training.vocabulary import byte_alphabet, keep_commonest

SCRIPTS = Path(__file__).parents[1] / "scripts"
TEXTS = ["hello hello", "左から右へ 45° 🎥", "a\tb\r\n  c", "Move to the left. A: é"]
MERGES = [["l", "l"], ["h", "e"], ["he", "ll"], ["hell", "o"]]


def added(token: str, index: int) -> dict:
    flags = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
    return {"id": index, "content": token, **flags, "special": True}


def byte_level_description() -> dict:
    """Llama 3's kind: 256 byte symbols and merges first, special tokens with the last ids, outside the BPE's table."""
    tokens = [*byte_alphabet(), *("".join(m) for m in MERGES)]
    specials = ["<|begin_of_text|>", "<|eot_id|>", "<|im_end|>"]
    step = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    bpe = {"type": "BPE", "fuse_unk": False, "byte_fallback": False, "ignore_merges": True, "merges": MERGES}
    return {
        "version": "1.0",
        "added_tokens": [added(t, len(tokens) + i) for i, t in enumerate(specials)],
        "normalizer": None,
        "pre_tokenizer": step,
        "post_processor": None,
        "decoder": step,
        "model": bpe | {"vocab": {t: i for i, t in enumerate(tokens)}},
    }


def byte_fallback_description() -> dict:
    """Llama 2's kind: special tokens and bytes first, then merges, single characters last."""
    merges = [*MERGES, ["▁", "hello"]]
    specials, letters = ["<unk>", "<s>", "</s>"], list("▁abcdefghijklmnopqrstuvwxyzABC.:")
    tokens = [*specials, *(f"<0x{b:02X}>" for b in range(256)), *("".join(m) for m in merges), *letters]
    prepend = {"type": "Prepend", "prepend": "▁"}
    spaces = {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}
    back = {"type": "Replace", "pattern": {"String": "▁"}, "content": " "}
    decoder = [
        back,
        {"type": "ByteFallback"},
        {"type": "Fuse"},
        {"type": "Strip", "content": " ", "start": 1, "stop": 0},
    ]
    bpe = {"type": "BPE", "unk_token": "<unk>", "fuse_unk": True, "byte_fallback": True, "ignore_merges": False}
    return {
        "version": "1.0",
        "added_tokens": [added(t, i) for i, t in enumerate(specials)],
        "normalizer": {"type": "Sequence", "normalizers": [prepend, spaces]},
        "pre_tokenizer": None,
        "post_processor": None,
        "decoder": {"type": "Sequence", "decoders": decoder},
        "model": bpe | {"vocab": {t: i for i, t in enumerate(tokens)}, "merges": merges},
    }


def write_base(folder: Path, description: dict, **changes: object) -> Path:
    """A random Llama whose layout differs from SmolLM2's in everything that may differ."""
    ids = description["model"]["vocab"] | {t["content"]: t["id"] for t in description["added_tokens"]}
    start = ids.get("<|begin_of_text|>", ids.get("<s>"))
    end = [ids["<|eot_id|>"]] if "<|eot_id|>" in ids else ids["</s>"]
    scaling = {"rope_type": "llama3", "rope_theta": 5e5, "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0}
    layout = {"hidden_size": 96, "intermediate_size": 160, "num_hidden_layers": 3, "head_dim": 32}
    layout |= {"num_attention_heads": 6, "num_key_value_heads": 2, "tie_word_embeddings": False}
    layout |= {"rope_parameters": scaling | {"original_max_position_embeddings": 256}, "max_position_embeddings": 2048}
    layout |= {"vocab_size": len(ids), "bos_token_id": start, "eos_token_id": end}
    torch.manual_seed(0)
    LlamaForCausalLM(LlamaConfig(**(layout | changes))).save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=Tokenizer.from_str(json.dumps(description))).save_pretrained(folder)
    return folder


def run(script: str, arguments: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    threads = torch.get_num_threads()
    monkeypatch.setattr(sys, "argv", [script, *map(str, arguments)])
    runpy.run_path(str(SCRIPTS / script), run_name="__main__")
    torch.set_num_threads(threads)


@pytest.mark.parametrize(
    ("description", "vocab", "end", "cut"),
    [
        (byte_level_description(), 4 + 256 + 3, "<|im_end|>", "hello"),
        (byte_fallback_description(), 4 + 256 + 32 + 4, "</s>", "▁hello"),
    ],
    ids=["byte-level", "byte-fallback"],
)
def test_another_llama_goes_through_the_stages(
    description: dict, vocab: int, end: str, cut: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, drilled, release = write_base(tmp_path / "base", description), tmp_path / "drilled", tmp_path / "release"
    size = ["--layers", 2, "--vocab", vocab, "--minutes", 0.01, "--batch", 2, "--log-every", 1, "--threads", 1]
    with pytest.warns(UserWarning, match="head is not its input embedding"):
        run("drill_letters.py", ["--base", base, *size, "--out", drilled], monkeypatch)
    codec = TextCodec(drilled)
    assert [codec.decode(codec.encode(text)) for text in TEXTS] == TEXTS
    image, ids = Prompts.load().image_token, codec.tokenizer.get_vocab()
    assert len(ids) == vocab and codec.encode(image * 2) == [ids[image]] * 2
    assert "hell" in ids and cut not in ids  # the commonest merges, as many as fit

    # The kept rows are the base's, whatever their ids were; a marker starts from the base's end of turn.
    old, new = load_file(base / "model.safetensors"), load_file(drilled / "model.safetensors")
    old_rows, rows = old["model.embed_tokens.weight"], new["model.embed_tokens.weight"]
    old_ids = description["model"]["vocab"] | {t["content"]: t["id"] for t in description["added_tokens"]}
    for token in ("l", "hell", "B"):
        torch.testing.assert_close(rows[ids[token]], old_rows[old_ids[token]], rtol=0, atol=0)
    torch.testing.assert_close(rows[ids["<|im_end|>"]], old_rows[old_ids[end]], rtol=0, atol=0)
    assert not torch.equal(new["model.layers.0.mlp.up_proj.weight"], old["model.layers.0.mlp.up_proj.weight"])

    run("make_untuned.py", ["--lm", drilled, "--out", release], monkeypatch)
    lm = load_release(release).lm
    assert lm.config.eos_token_id == ids["<|im_end|>"] and lm.lm_head.weight is lm.model.embed_tokens.weight
    shape = decoder_shape(lm)
    assert (shape.layers, shape.heads, shape.kv_heads, shape.head_size, shape.vocab_size) == (2, 6, 2, 32, vocab)
    assert decoder_weights(lm) is not None


def test_bases_that_would_fail_later_are_refused(tmp_path: Path) -> None:
    odd = write_base(tmp_path / "odd", byte_level_description(), intermediate_size=150)
    with pytest.raises(ValueError, match="intermediate_size is 150, 4-bit weights need a multiple of 32"):
        load_base(str(odd))
    biased = write_base(tmp_path / "biased", byte_level_description(), attention_bias=True)
    with pytest.raises(ValueError, match="biases in its linear layers"):
        load_base(str(biased))
    other = write_base(tmp_path / "other", byte_level_description())
    GPT2LMHeadModel(GPT2Config(vocab_size=300, n_embd=32, n_layer=1, n_head=2)).save_pretrained(other)
    with pytest.raises(ValueError, match="is a 'gpt2' model"):
        load_base(str(other))


def test_a_vocabulary_that_is_too_small_is_refused(tmp_path: Path) -> None:
    base = load_base(str(write_base(tmp_path, byte_fallback_description())))
    with pytest.raises(ValueError, match="--vocab 200 is too small: this base has 288 single symbols"):
        prune_vocabulary(base, 200, "<image>")
    unigram = byte_level_description()
    unigram["model"]["type"] = "Unigram"
    with pytest.raises(ValueError, match="of type 'Unigram'"):
        keep_commonest(unigram, 300, {})
