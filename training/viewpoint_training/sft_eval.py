"""The language model's answers on held-out pairs, one question a sequence: scored options and generated letters."""

import random
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import torch

from .connector import Connector
from .data import PairRule, ViewSet, draw_pairs, load_pairs
from .encoder import Encoder, decode_pose
from .encoder_eval import EVALUATION_RULE
from .family_pairs import FamilyPairs, load_family_pairs
from .movement import THREE_TYPES, Movement
from .packing import Segment, pack
from .prompts import ASSISTANT_START, END_OF_TURN
from .questions import make_question
from .sft import Exercises, answer_logits, image_inputs, movements_of


@torch.no_grad()
def score_options(
    lm: torch.nn.Module, exercises: Exercises, features: torch.Tensor, user_texts: list[str], options: list[list[str]]
) -> list[list[float]]:
    """Log-likelihood of every option's text (with the end of turn) after its question. features (B, 2, T, hidden)."""
    encode = exercises.codec.encode
    rows = []
    for text, texts in zip(user_texts, options, strict=True):
        shared = exercises.prefix + encode(text + ASSISTANT_START)
        # An option's first token is predicted from the shared prefix's last one, which is repeated in its segment.
        rows.append((shared[:-1], [Segment(shared[-1:], encode(option + END_OF_TURN)) for option in texts]))
    packed = pack(rows, exercises.codec.end_id).to(lm.device)
    logits, where = answer_logits(lm, features, packed, exercises.image_id)
    labels, owner = packed.labels[:, 1:][where], packed.owner[:, 1:][where]
    token = logits.log_softmax(-1).gather(1, labels[:, None])[:, 0]
    sums = torch.zeros(len(packed.segments), device=token.device).index_add(0, owner, token).tolist()
    found = iter(sums)
    return [[next(found) for _ in texts] for texts in options]


@torch.no_grad()
def first_tokens(lm: torch.nn.Module, exercises: Exercises, features: torch.Tensor, user_texts: list[str]) -> list[str]:
    """The greedy first token of the answers, unconstrained."""
    encode = exercises.codec.encode
    rows = [(exercises.prefix + encode(text + ASSISTANT_START), [Segment([], [0])]) for text in user_texts]
    packed = pack(rows, exercises.codec.end_id).to(lm.device)
    logits, _ = answer_logits(lm, features, packed, exercises.image_id)
    return [exercises.codec.decode([i]) for i in logits.argmax(-1).tolist()]


@torch.no_grad()
def evaluate_sft(
    encoder: Encoder,
    connector: Connector,
    lm: torch.nn.Module,
    exercises: Exercises,
    views: ViewSet,
    count: int,
    seed: int = 1,
    batch: int = 16,
    rule: PairRule = EVALUATION_RULE,
    families: Sequence[str] = THREE_TYPES,
    paraphrases: dict[str, list[str]] | None = None,
) -> dict[str, float]:
    """Percent right by family, scored and by letters; "encoder" is the pose head's left/right on the same pairs.
    `paraphrases`: family -> other stems; asked in turn, their scored answers count as "paraphrased".

    The three types are asked about pairs by `rule`, other families about `count` pairs drawn for each, as far as the
    data holds any.
    """
    rng, order = np.random.default_rng(seed), random.Random(seed)
    hits: dict[str, list[bool]] = defaultdict(list)
    modes = [(m, m.training) for m in (encoder, connector, lm)]
    for module, _ in modes:
        module.eval()
    starts = range(0, count, batch)
    for start in starts:
        first, second = draw_pairs(views, min(batch, count - start), rule, rng)
        pairs = load_pairs(views, first, second, with_points=False)
        out = image_inputs(encoder, pairs)
        guess_deg = decode_pose(out, encoder.config).azimuth_deg.cpu()
        hits["encoder"] += (guess_deg.sign() == pairs.azimuth_deg.sign()).tolist()
        features, movements = connector(out), movements_of(pairs)
        for family in (f for f in families if f in THREE_TYPES):
            _ask(lm, exercises, features, family, movements, order, hits, (paraphrases or {}).get(family, []))
    # Nothing left out: what can be told apart is judged by npm run eval, pair by pair.
    source = FamilyPairs(views, answerable_only=False)
    for family in (f for f in families if f not in THREE_TYPES):
        for start in starts:
            drawn = [source.draw(family, rng) for _ in range(min(batch, count - start))]
            if None in drawn:
                break
            pairs, movements = load_family_pairs(source, drawn, None)
            features = connector(image_inputs(encoder, pairs))
            _ask(lm, exercises, features, family, movements, order, hits, (paraphrases or {}).get(family, []))
    for module, mode in modes:
        module.train(mode)
    return {name: 100 * float(np.mean(values)) for name, values in hits.items()}


def _ask(
    lm: torch.nn.Module,
    exercises: Exercises,
    features: torch.Tensor,
    family: str,
    movements: list[Movement],
    order: random.Random,
    hits: dict[str, list[bool]],
    paraphrases: Sequence[str],
) -> None:
    """Ask every pair of a batch one question of the family, in words (scored), by letter, and in other words (scored);
    adds to `hits`."""
    prompts = exercises.prompts
    questions = [make_question(prompts, family, movement, order) for movement in movements]
    options = [list(question.options) for question in questions]
    own = [prompts.user_text(family, "words")] * len(questions)
    worded = {"scored": own}
    if paraphrases:
        stems = [paraphrases[place % len(paraphrases)] for place in range(len(questions))]
        worded["paraphrased"] = [prompts.with_stem(stem, "words") for stem in stems]
    for name, texts in worded.items():
        for score, question in zip(score_options(lm, exercises, features, texts, options), questions, strict=True):
            hits[f"{family}/{name}"].append(int(np.argmax(score)) == question.right_index)
    asks = [exercises.user_text(question, "letter") for question in questions]
    for token, question in zip(first_tokens(lm, exercises, features, asks), questions, strict=True):
        hits[f"{family}/letter"].append(token == question.letter)
