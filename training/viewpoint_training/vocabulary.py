"""Cutting and renumbering the vocabulary of a BPE tokenizer (the content of tokenizer.json).

Two kinds occur in the Llama family: byte-level BPE (GPT-2's alphabet of 256 printable stand-ins: Llama 3, SmolLM) and
SentencePiece's BPE with byte fallback (tokens <0x00>…<0xFF>: Llama 2). A BPE token is reachable only if both halves of
its merge are, so whole chains are kept, commonest first: merges stand in the order of their frequency.
"""

import json


def byte_alphabet() -> list[str]:
    """The printable stand-ins of the 256 bytes in a byte-level BPE (GPT-2's table)."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    table = {b: chr(b) for b in printable}
    spare = iter(range(256, 512))
    return [table[b] if b in table else chr(next(spare)) for b in range(256)]


def missing_bytes(vocab: dict[str, int]) -> list[str]:
    """Stand-ins of the bytes that a byte-level vocabulary lacks."""
    return [c for c in byte_alphabet() if c not in vocab]


def keep_commonest(description: dict, vocab_size: int, markers: dict[str, int | None]) -> list[int | None]:
    """Cut the tokenizer to `vocab_size` tokens, in place, under new ids: markers, single symbols, then merges by rank.

    `markers` become the only special tokens: text -> the old id whose row a marker that the base lacks starts from
    (None: no such). Gives the old row of every new one, None for tokens without one. Raises ValueError for another kind
    of tokenizer, and if not even the single symbols fit.
    """
    model = description["model"]
    if model["type"] != "BPE":
        raise ValueError(f"the base's tokenizer is of type {model['type']!r}: choose a base with a BPE tokenizer")
    byte_level = "ByteLevel" in json.dumps([description["pre_tokenizer"], description["decoder"]])
    if not byte_level and not model.get("byte_fallback"):
        raise ValueError(
            "the base's tokenizer cannot spell every byte: choose one with byte-level BPE or byte fallback"
        )
    old: dict[str, int] = model["vocab"]
    merges = [tuple(m) if isinstance(m, list) else tuple(m.split(" ")) for m in model["merges"]]
    special = {token["content"]: token["id"] for token in description["added_tokens"]}
    made = {left + right for left, right in merges}
    symbols = sorted((t for t in old if t not in made and t not in special and t not in markers), key=old.__getitem__)
    symbols += missing_bytes(old) if byte_level else []
    if len(markers) + len(symbols) > vocab_size:
        raise ValueError(f"--vocab {vocab_size} is too small: this base has {len(symbols)} single symbols")
    tokens = [*markers, *symbols]
    kept, kept_merges = set(tokens), []
    for left, right in merges:
        joined = left + right
        if left not in kept or right not in kept or (joined not in kept and len(tokens) >= vocab_size):
            continue
        kept_merges.append([left, right])
        if joined not in kept:
            kept.add(joined)
            tokens.append(joined)
    known = old | special
    rows = [known.get(token, markers.get(token)) for token in tokens]
    model |= {"vocab": {token: i for i, token in enumerate(tokens)}, "merges": kept_merges}
    if model.get("unk_token") not in kept:
        model["unk_token"] = None
    flags = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False) | {"special": True}
    description["added_tokens"] = [{"id": i, "content": token, **flags} for i, token in enumerate(markers)]
    # It would put the base's own start token, which is gone, before every text.
    description["post_processor"] = None
    return rows
