"""Letter drills: text-only exercises that teach the model to name the letter that stands beside a given text.

The untouched 135 M model cannot do it, and images cannot teach it: half of the drills use the real options, half random
words. They look like our letter prompts with the answer's text in the place of the stem.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch

from .language_model import TextCodec, text_prompt
from .prompts import END_OF_TURN, OPTION_LETTERS, Prompts

WORDS = (
    "left right up down front back near far closer farther higher lower red blue green table chair house car dog tree "
    "stone river cloud seven three nine north south east west move turn rotate step stay none same small large old new "
    "camera object window bottle yellow purple quick slow round square open close first second third"
).split()


POOL_BATCHES = 8  # of drills that are drawn together and dealt out by length


@dataclass(frozen=True)
class Drill:
    prompt: str  # the whole user turn, up to the assistant's start
    letter: str
    real_options: bool


def make_drill(prompts: Prompts, rng: random.Random, with_suffix: bool = True) -> Drill:
    """One drill; without the letter format's suffix it stops after the options and is a third shorter."""
    real = rng.random() < 0.5
    if real:
        options = list(prompts.option_texts(rng.choice(prompts.with_fixed_options())).values())
        rng.shuffle(options)
    else:
        options = []
        for _ in range(rng.choice((2, 3, 3, 4, 4, 5, 6))):
            text = " ".join(rng.sample(WORDS, rng.randint(1, 2)))
            options.append(text if text not in options else text + " " + str(len(options)))
    answer = rng.randrange(len(options))
    stem = f"{options[answer]}."
    if with_suffix:
        text = prompts.with_stem(stem, "letter", options)
    else:
        text = f"{stem} {prompts.options_line(options)}"
    return Drill(text_prompt(text), OPTION_LETTERS[answer], real)


def drill_batches(prompts: Prompts, rng: random.Random, size: int, with_suffix: bool) -> Iterator[list[Drill]]:
    """Batches of drills of about the same length, in random order, without end: in mixed ones 40 % are padding."""
    while True:
        pool = sorted((make_drill(prompts, rng, with_suffix) for _ in range(POOL_BATCHES * size)), key=by_length)
        batches = [pool[start : start + size] for start in range(0, len(pool), size)]
        rng.shuffle(batches)
        yield from batches


def by_length(drill: Drill) -> int:
    return len(drill.prompt)


def drill_batch(drills: list[Drill], codec: TextCodec) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """ids (B, L), labels (B, L) with -100 outside the answer, position of the letter's prediction (B,)."""
    rows = []
    for drill in drills:
        prompt, answer = codec.encode(drill.prompt), codec.encode(drill.letter + END_OF_TURN)
        rows.append((prompt, answer))
    length = max(len(p) + len(a) for p, a in rows)
    ids = torch.full((len(rows), length), codec.end_id)
    labels = torch.full((len(rows), length), -100)
    where = torch.zeros(len(rows), dtype=torch.long)
    for i, (prompt, answer) in enumerate(rows):
        ids[i, : len(prompt) + len(answer)] = torch.tensor(prompt + answer)
        labels[i, len(prompt) : len(prompt) + len(answer)] = torch.tensor(answer)
        where[i] = len(prompt) - 1
    return ids, labels, where
