"""Greedy generated answers on held-out pairs, by family: right, well-formed, and how long."""

import random
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import torch

from .connector import Connector
from .data import ViewSet
from .encoder import Encoder
from .family_pairs import FamilyPairs, load_family_pairs
from .grpo import sample_answers
from .prompts import ASSISTANT_START
from .questions import make_question
from .rewards import Target, rewards
from .sft import Exercises, image_inputs


def answer_texts(exercises: Exercises, answers: Sequence[list[int]]) -> tuple[list[str], list[bool]]:
    """Texts of sampled answers without their end token, and whether they ended. Other special tokens stay visible."""
    end_id = exercises.codec.end_id
    finished = [answer[-1] == end_id for answer in answers]
    bodies = [answer[:-1] if done else answer for answer, done in zip(answers, finished, strict=True)]
    return [exercises.codec.tokenizer.decode(body, skip_special_tokens=False) for body in bodies], finished


@torch.no_grad()
def evaluate_generated(
    encoder: Encoder,
    connector: Connector,
    lm: torch.nn.Module,
    exercises: Exercises,
    views: ViewSet,
    families: Sequence[str],
    count: int,
    format_id: str = "reasoned",
    max_new_tokens: int = 80,
    seed: int = 1,
    batch: int = 16,
) -> dict[str, float]:
    """Percent right and percent well-formed of `count` answers a family, as far as the data holds pairs of it."""
    rng, order = np.random.default_rng(seed), random.Random(seed)
    # Nothing left out: what can be told apart is judged by npm run eval, pair by pair.
    source = FamilyPairs(views, answerable_only=False)
    with_options = exercises.prompts.formats[format_id]["withOptions"]
    found: dict[str, list[float]] = defaultdict(list)
    for family in families:
        for start in range(0, count, batch):
            drawn = [source.draw(family, rng) for _ in range(min(batch, count - start))]
            if None in drawn:
                break
            pairs, movements = load_family_pairs(source, drawn, None)
            features = connector(image_inputs(encoder, pairs))
            questions = [make_question(exercises.prompts, family, m, order) for m in movements]
            prompts = [exercises.codec.encode(exercises.user_text(q, format_id) + ASSISTANT_START) for q in questions]
            groups = sample_answers(
                lm,
                features,
                exercises.prefix,
                exercises.image_id,
                prompts,
                range(len(prompts)),
                group=1,
                max_new_tokens=max_new_tokens,
                end_id=exercises.codec.end_id,
                temperature=0,
            )
            answers = [group[0] for group in groups]
            texts, finished = answer_texts(exercises, answers)
            for reward in rewards(texts, finished, [Target(q, with_options, format_id) for q in questions]):
                found[f"{family}/generated"].append(100 * reward.exact)
                found[f"{family}/wellFormed"].append(100 * reward.form)
            found["length"] += [float(len(answer)) for answer in answers]
    return {name: float(np.mean(values)) for name, values in found.items()}
