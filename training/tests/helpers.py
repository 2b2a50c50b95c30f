"""What only tests need of the language model: its tokenizer in transformers, a plain greedy loop, packed exercises."""

import random
from pathlib import Path

import torch
from transformers import PreTrainedTokenizerFast

from viewpoint_training.movement import Movement
from viewpoint_training.packing import PackedBatch, pack
from viewpoint_training.prompts import ASSISTANT_START
from viewpoint_training.sft import ExerciseMix, Exercises


def load_tokenizer(folder: Path) -> PreTrainedTokenizerFast:
    """The transformers tokenizer of a folder written by write_tokenizer."""
    return PreTrainedTokenizerFast.from_pretrained(str(folder))


def exercise_batch(
    exercises: Exercises, movements: list[Movement], mix: ExerciseMix, rng: random.Random
) -> PackedBatch:
    """Exercises about all movements, one row each."""
    rows = [(exercises.prefix, exercises.segments(movement, mix, rng)) for movement in movements]
    return pack(rows, exercises.codec.end_id)


@torch.no_grad()
def generate(
    lm: torch.nn.Module, exercises: Exercises, features: torch.Tensor, user_text: str, max_new_tokens: int = 80
) -> str:
    """Greedy answer to one question about one pair. features (1, 2, T, hidden)."""
    ids = torch.tensor([exercises.prefix + exercises.codec.encode(user_text + ASSISTANT_START)])
    embeddings = lm.get_input_embeddings()(ids)
    embeddings = embeddings.masked_scatter(
        (ids == exercises.image_id)[..., None], features.reshape(-1, features.shape[-1])
    )
    cache, answer = None, []
    for _ in range(max_new_tokens):
        out = lm(inputs_embeds=embeddings, past_key_values=cache, use_cache=True)
        cache, token = out.past_key_values, out.logits[0, -1].argmax().item()
        if token == exercises.codec.end_id:
            break
        answer.append(token)
        embeddings = lm.get_input_embeddings()(torch.tensor([[token]]))
    return exercises.codec.decode(answer)
