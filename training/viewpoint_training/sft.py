"""Supervised fine-tuning: exercises about pairs, the multimodal forward pass, and its loss.

The encoder is frozen; connector and decoder layers learn. Questions are asked in words first, then in words and letters
with letter drills kept in the mix, and a share with worked reasoning (the paper's hybrid cold start).
"""

import random
from dataclasses import dataclass, field, replace

import numpy as np
import torch
import torch.nn.functional as F
from transformers import LlamaForCausalLM
from transformers.modeling_outputs import BaseModelOutputWithPast

from .connector import Connector
from .data import PairBatch, PairRule
from .drills import make_drill
from .early_answer import EarlyAnswers, EarlyHead, early_loss
from .encoder import Encoder, EncoderOutput
from .language_model import TextCodec
from .movement import THREE_TYPES, Movement
from .packing import IGNORED, PackedBatch, Segment
from .prompts import ASSISTANT_START, END_OF_TURN, USER_START, Prompts
from .questions import Question, askable, make_question
from .reasoning import reasoned_answer
from .symmetry import encode_symmetric

# Moved pairs of the evaluation's range, some closer and some farther ones, and pairs that did not move.
PAIR_RULES: list[tuple[float, PairRule]] = [
    (0.80, PairRule(min_azimuth_deg=20, max_azimuth_deg=100)),
    (0.05, PairRule(min_azimuth_deg=5, max_azimuth_deg=20)),
    (0.05, PairRule(min_azimuth_deg=100, max_azimuth_deg=170)),
    (0.10, PairRule(still_share=1.0)),
]
# The camera's position was the slowest of the three to be learned; no figures of that were kept.
FAMILY_WEIGHTS = {"ego-translation": 2.0, "object-translation": 1.0, "ego-rotation": 1.0}


# Two questions with the same options and opposite answers. A letter to one is learned beside the letter to the other:
# asked apart, letters follow the options' words and one question's answers (training/LOG.md).
OPPOSITES = {"ego-translation": "object-translation", "object-translation": "ego-translation"}

# Of the drills; without the letter format's suffix one is a third shorter.
DRILL_SUFFIX_SHARE = 0.5


@dataclass(frozen=True)
class ExerciseMix:
    """What is asked about one pair. `weights`: of a family's answers in the loss."""

    questions: int = 3
    families: tuple[str, ...] = THREE_TYPES
    letter_share: float = 0.0
    reasoned_share: float = 0.0
    paraphrased_share: float = 0.0  # of the questions in any format: worded in another way
    drills: int = 0
    weights: dict[str, float] = field(default_factory=lambda: FAMILY_WEIGHTS)


def mix_at(progress: float, letters_from: float, all_formats: ExerciseMix, early_drills: int = 0) -> ExerciseMix:
    """Words first, with `early_drills` of letters beside them; from `letters_from` of the run on all formats.

    Without early drills (a model that was drilled before) one a pair comes back in the second half of the words.
    """
    words_only = replace(all_formats, letter_share=0.0, reasoned_share=0.0, paraphrased_share=0.0)
    if progress < letters_from and early_drills:
        return replace(words_only, questions=all_formats.questions - 1, drills=early_drills)
    if progress < letters_from:
        return replace(words_only, drills=1 if progress > letters_from / 2 else 0)
    return all_formats


def start_soft_words(connector: Connector, lm: LlamaForCausalLM, codec: TextCodec) -> None:
    """Start the connector's soft words from the language model's embeddings (mean over a text's tokens)."""
    table = lm.get_input_embeddings().weight.detach()

    def embed(text: str) -> torch.Tensor:
        return table[torch.tensor(codec.encode(text))].mean(0)

    connector.start_from_words(embed)


def continue_connector(connector: Connector, earlier: dict[str, torch.Tensor]) -> list[str]:
    """Load an earlier run's connector. A soft word that it lacks (its encoder had no such head) stays as it is, one
    that this encoder does not say is dropped; both are returned, sorted: where they are not what was meant, the
    connector was trained on another encoder. RuntimeError for anything else that does not fit."""
    own = connector.state_dict()
    words = {name for name in {*own, *earlier} if name.startswith("words.")}
    kept = {name: value for name, value in earlier.items() if name in own or name not in words}
    connector.load_state_dict({name: own[name] for name in words if name in own} | kept)
    return sorted(name for name in words if name not in own or name not in earlier)


class Exercises:
    """Turns true movements into packed sequences."""

    def __init__(
        self,
        prompts: Prompts,
        codec: TextCodec,
        tokens_per_view: int,
        azimuth_centres_deg: list[float],
        early: EarlyAnswers | None = None,
        paraphrases: dict[str, list[str]] | None = None,
    ) -> None:
        """`paraphrases`: family -> other stems, for the share of questions that a mix wants in other words."""
        self.prompts, self.codec, self.centres, self.early = prompts, codec, azimuth_centres_deg, early
        self.paraphrases = paraphrases or {}
        self.image_id = codec.id_of(prompts.image_token)
        self.prefix = codec.encode(USER_START) + [self.image_id] * (2 * tokens_per_view)

    def question(
        self,
        family: str,
        format_id: str,
        movement: Movement,
        rng: random.Random,
        weight: float = 1.0,
        paraphrased: bool = False,
    ) -> Segment:
        """One question about the pair and its right answer; `paraphrased`: in other words, where the family has any."""
        shuffled = self.prompts.formats[format_id]["withOptions"]
        question = make_question(self.prompts, family, movement, rng, shuffled)
        others = self.paraphrases.get(family, []) if paraphrased else []
        stem = rng.choice(others) if others else self.prompts.families[family]["stem"]
        user = self.user_text(question, format_id, stem)
        if format_id == "letter":
            answer = question.letter
        elif format_id == "reasoned":
            answer = reasoned_answer(family, movement, question.right, self.centres)
        else:
            answer = question.right
        prompt = self.codec.encode(user + ASSISTANT_START)
        early = self.early.find(question, stem, prompt) if self.early else None
        kind = f"{family}/{format_id}" + ("/paraphrased" if others else "")
        return Segment(prompt, self.codec.encode(answer + END_OF_TURN), weight=weight, kind=kind, early=early)

    def user_text(self, question: Question, format_id: str, stem: str | None = None) -> str:
        """The user's text, with the family's own stem or another; with the options, in their order, when the format
        lists them."""
        options = list(question.options) if self.prompts.formats[format_id]["withOptions"] else None
        return self.prompts.with_stem(stem or self.prompts.families[question.family]["stem"], format_id, options)

    def drill(self, rng: random.Random) -> Segment:
        drill = make_drill(self.prompts, rng, rng.random() < DRILL_SUFFIX_SHARE)
        kind = "drill/real" if drill.real_options else "drill/words"
        return Segment(self.codec.encode(drill.prompt), self.codec.encode(drill.letter + END_OF_TURN), False, kind=kind)

    def segments(
        self, movement: Movement, mix: ExerciseMix, rng: random.Random, lead: str | None = None
    ) -> list[Segment]:
        """Distinct families as far as they reach; each with a format of its own.

        `lead` is the family that the pair was drawn for and is always asked; of the others only those that the movement
        clearly answers. `decoupled` is asked only where it leads: its pairs have a ground.
        """
        families = list(mix.families)
        if lead is not None:
            families = askable([f for f in families if f == lead or f != "decoupled"], movement)
        while len(families) < mix.questions:
            families.append(rng.choice(families))
        chosen = rng.sample(families, mix.questions)
        if lead is not None and lead not in chosen:
            chosen[0] = lead
        found = []
        for family in chosen:
            draw = rng.random()
            letter = draw < mix.letter_share
            format_id = "letter" if letter else "reasoned" if draw < mix.letter_share + mix.reasoned_share else "words"
            scale = 2.0 if format_id == "reasoned" else 1.0
            weight = scale * mix.weights.get(family, 1.0)
            # Nothing is drawn without such a share: runs from before it stay as they were.
            paraphrased = mix.paraphrased_share > 0 and rng.random() < mix.paraphrased_share
            found.append(self.question(family, format_id, movement, rng, weight, paraphrased))
            opposite = OPPOSITES.get(family)
            if letter and opposite in families and opposite not in chosen:
                found.append(self.question(opposite, "letter", movement, rng, mix.weights.get(opposite, 1.0)))
        return found + [self.drill(rng) for _ in range(mix.drills)]


def movements_of(pairs: PairBatch) -> list[Movement]:
    """Movements of B pairs of orbits, as plain numbers: Δ azimuth and Δ elevation in degrees, and whether the camera
    moved. Distances are left out: as far as these say, B is as near as A (FamilyPairs.movement has them)."""
    columns = (pairs.azimuth_deg.tolist(), pairs.elevation_deg.tolist(), pairs.moved.tolist())
    return [Movement(*values) for values in zip(*columns, strict=True)]


def draw_rules(count: int, rng: np.random.Generator) -> list[PairRule]:
    """One of PAIR_RULES a pair, by share."""
    shares = np.array([share for share, _ in PAIR_RULES])
    return [PAIR_RULES[i][1] for i in rng.choice(len(PAIR_RULES), count, p=shares / shares.sum())]


@torch.no_grad()
def image_inputs(encoder: Encoder, pairs: PairBatch) -> EncoderOutput:
    """The frozen encoder's output for the pairs, as the exported one gives it: poses averaged over four looks."""
    return encode_symmetric(encoder, pairs.a.to(encoder.device), pairs.b.to(encoder.device))


def answer_logits(
    lm: LlamaForCausalLM, features: torch.Tensor, packed: PackedBatch, image_id: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits (answer tokens, V) that predict the answers, and the bool (B, L − 1) map of where they were predicted.

    features (B, 2, T, hidden) take the places of the image tokens, view A's first.
    """
    return logits_at_answers(lm, run_layers(lm, features, packed, image_id).last_hidden_state, packed)


def logits_at_answers(
    lm: LlamaForCausalLM, hidden: torch.Tensor, packed: PackedBatch
) -> tuple[torch.Tensor, torch.Tensor]:
    """What answer_logits gives, from the last layer's (B, L, hidden)."""
    where = packed.labels[:, 1:] != IGNORED
    return lm.lm_head(hidden[:, :-1][where]), where


def run_layers(
    lm: LlamaForCausalLM, features: torch.Tensor, packed: PackedBatch, image_id: int, keeps_states: bool = False
) -> BaseModelOutputWithPast:
    """`last_hidden_state` (B, L, hidden) with the final norm; with `keeps_states` also `hidden_states`: before the
    first layer, and after each one."""
    embeddings = lm.get_input_embeddings()(packed.ids)  # (B, L, hidden)
    places = packed.ids == image_id
    embeddings = embeddings.masked_scatter(places[..., None], features.reshape(-1, features.shape[-1]))
    return lm.model(
        inputs_embeds=embeddings,
        attention_mask=packed.mask,
        position_ids=packed.positions,
        use_cache=False,
        output_hidden_states=keeps_states,
    )


@dataclass
class SftLoss:
    value: torch.Tensor
    right: dict[str, list[bool]]  # segment kind -> was every answer token the model's first choice (teacher-forced)
    early: torch.Tensor | None = None  # mean over the stems of what a middle layer's head knows


def sft_loss(
    lm: LlamaForCausalLM,
    features: torch.Tensor,
    packed: PackedBatch,
    image_id: int,
    early: EarlyHead | None = None,
) -> SftLoss:
    """Weighted cross entropy of the answers, and with a head that of what it knows before the options."""
    run = run_layers(lm, features, packed, image_id, keeps_states=early is not None)
    logits, where = logits_at_answers(lm, run.last_hidden_state, packed)
    labels, weights = packed.labels[:, 1:][where], packed.weights[:, 1:][where]
    each = F.cross_entropy(logits.float(), labels, reduction="none")
    hit = (logits.argmax(-1) == labels).long()
    owner = packed.owner[:, 1:][where]
    missed = torch.zeros(len(packed.segments), dtype=torch.long, device=hit.device).index_add(0, owner, 1 - hit)
    right: dict[str, list[bool]] = {}
    for segment, wrong in zip(packed.segments, missed.tolist(), strict=True):
        right.setdefault(segment.kind, []).append(wrong == 0)
    value = (each * weights).sum() / weights.sum()
    if not early:
        return SftLoss(value, right)
    before_options, known = early_loss(early, run.hidden_states, packed)
    return SftLoss(value, right | known, before_options)
