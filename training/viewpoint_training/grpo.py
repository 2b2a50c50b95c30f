"""Group-relative policy optimisation (Shao et al. 2024, as Actial uses it), for answers about pairs of views.

A group of answers is sampled to each prompt; an answer's advantage is its reward relative to its group's. The update
maximises PPO's clipped objective minus a penalty for leaving the frozen starting model (the k3 estimate of the KL
divergence, token by token). Our own loop instead of trl's: questions share the image prefix, answers of a group share
their whole prompt (packing.py), and the weights are rounded to 4 bits in both passes as the export rounds them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from transformers import DynamicCache, LlamaForCausalLM

from .packing import PackedBatch, Segment, pack
from .sft import answer_logits


@dataclass(frozen=True)
class GrpoConfig:
    """The paper: 16 answers a prompt, clip 0.2, KL weight 0.01, learning rate 1e-6."""

    group: int = 8
    clip: float = 0.2
    kl_weight: float = 0.01
    temperature: float = 1.0
    max_new_tokens: int = 80

    def __post_init__(self) -> None:
        if self.group < 2:
            raise ValueError(f"a group of {self.group} has nothing to compare: sample at least 2 answers a prompt")
        if self.temperature <= 0:
            raise ValueError(f"temperature {self.temperature}: sampling needs more than 0")


def without_image_token(logits: torch.Tensor, image_id: int) -> torch.Tensor:
    """Logits (…, V) of a model that never says the image token: in an answer it would stand for a picture."""
    return logits.index_fill(-1, torch.tensor([image_id], device=logits.device), -torch.inf)


def answer_draws(seed: int, step: int, prompts: Iterable[int], group: int, max_new_tokens: int) -> torch.Tensor:
    """What samples a step's answers: (prompts, group, max_new_tokens), uniform in 0…1 without 1.

    Each prompt, given by its place among the step's, has a stream of its own: its answers do not depend on which
    process samples them, nor on which others it samples beside them.
    """
    streams = (np.random.default_rng((seed, step, prompt)) for prompt in prompts)
    return torch.from_numpy(np.stack([stream.random((group, max_new_tokens), np.float32) for stream in streams]))


def draw_tokens(logits: torch.Tensor, draws: torch.Tensor) -> torch.Tensor:
    """One token a row by the inverse of its cumulative distribution: logits (N, V), draws (N,) in 0…1 -> (N,).

    Rounding of the logits moves a token's bounds by as much, so the same draws give the same tokens but for a millionth
    of them; torch.multinomial reads one stream for all rows and cannot be shared out.
    """
    rising = logits.softmax(-1).cumsum(-1, dtype=torch.float64)
    return torch.searchsorted(rising, draws.double()[:, None] * rising[:, -1:], right=True)[:, 0]


@torch.no_grad()
def sample_answers(
    lm: LlamaForCausalLM,
    features: torch.Tensor,
    prefix: list[int],
    image_id: int,
    prompts: Sequence[list[int]],
    pair_of: Sequence[int],
    group: int,
    max_new_tokens: int,
    end_id: int,
    temperature: float,
    draws: torch.Tensor | None = None,
) -> list[list[list[int]]]:
    """`group` answers to each prompt, token ids with the end token unless cut off; temperature 0 is greedy.

    features (P, 2, T, hidden) of P pairs; prompt n, without `prefix`, asks about pair pair_of[n]. The image prefix is
    computed once a pair, a prompt once a group; finished answers leave the batch. `draws` (N, group, max_new_tokens)
    choose the tokens (answer_draws); without them they come from torch's own generator.
    """
    pairs, shared, device = features.shape[0], len(prefix), features.device
    embed = lm.get_input_embeddings()
    ids = torch.tensor([prefix], device=device).expand(pairs, -1)
    embeddings = embed(ids).masked_scatter((ids == image_id)[..., None], features.reshape(-1, features.shape[-1]))
    cache = DynamicCache()
    lm.model(inputs_embeds=embeddings, past_key_values=cache, use_cache=True)
    cache.batch_select_indices(torch.tensor(list(pair_of), device=device))

    lengths = torch.tensor([len(p) for p in prompts], device=device)
    longest = int(lengths.max())
    padded = torch.full((len(prompts), longest), end_id)
    for row, prompt in enumerate(prompts):
        padded[row, : len(prompt)] = torch.tensor(prompt)
    padded = padded.to(device)
    places = torch.arange(longest, device=device)
    seen = places < lengths[:, None]  # (N, longest) the rest is padding, hidden by the mask
    mask = torch.cat([torch.ones(len(prompts), shared, dtype=torch.long, device=device), seen.long()], 1)
    positions = (shared + places).expand(len(prompts), -1)
    hidden = lm.model(
        inputs_embeds=embed(padded), attention_mask=mask, position_ids=positions, past_key_values=cache, use_cache=True
    ).last_hidden_state
    logits = lm.lm_head(hidden[torch.arange(len(prompts), device=device), lengths - 1])  # (N, V)

    cache.batch_repeat_interleave(group)
    logits, mask = logits.repeat_interleave(group, 0), mask.repeat_interleave(group, 0)
    position = (shared + lengths).repeat_interleave(group)
    answers: list[list[int]] = [[] for _ in range(len(prompts) * group)]
    rows = torch.arange(len(answers), device=device)  # which answer each row of the batch belongs to
    if draws is None and temperature > 0:
        draws = torch.rand(len(prompts), group, max_new_tokens)
    draws = None if draws is None else draws.view(len(answers), max_new_tokens).to(device)
    for step in range(max_new_tokens):
        logits = without_image_token(logits, image_id)
        if temperature == 0:
            tokens = logits.argmax(-1)
        else:
            tokens = draw_tokens(logits / temperature, draws[rows, step])
        for row, token in zip(rows.tolist(), tokens.tolist(), strict=True):
            answers[row].append(token)
        running = torch.nonzero(tokens != end_id)[:, 0]
        if len(running) == 0 or step + 1 == max_new_tokens:
            break
        if len(running) < len(rows):
            cache.batch_select_indices(running)
            rows, tokens, mask, position = (x[running] for x in (rows, tokens, mask, position))
        mask = torch.cat([mask, torch.ones(len(rows), 1, dtype=torch.long, device=device)], 1)
        hidden = lm.model(
            inputs_embeds=embed(tokens[:, None]),
            attention_mask=mask,
            position_ids=position[:, None],
            past_key_values=cache,
            use_cache=True,
        ).last_hidden_state
        logits, position = lm.lm_head(hidden[:, -1]), position + 1
    return [answers[start : start + group] for start in range(0, len(answers), group)]


def pack_groups(
    prefix: list[int], prompts: Sequence[list[int]], answers: Sequence[Sequence[list[int]]], pad_id: int
) -> PackedBatch:
    """One row a prompt, its group's answers masked from each other; segments in the order of the answers."""
    rows = []
    for prompt, group in zip(prompts, answers, strict=True):
        shared = prefix + prompt
        # An answer's first token is predicted from the shared prefix's last one, which is repeated in its segment.
        rows.append((shared[:-1], [Segment(shared[-1:], answer) for answer in group]))
    return pack(rows, pad_id)


@dataclass
class TokenLogProbs:
    """Log-probabilities of all answer tokens of a packed batch."""

    values: torch.Tensor  # (N,)
    owner: torch.Tensor  # (N,) index of the answer that a token belongs to
    answers: int

    def per_answer(self, token_values: torch.Tensor) -> torch.Tensor:
        """Mean of token values (N,) over each answer's tokens, (answers,)."""
        total = torch.zeros(self.answers, device=token_values.device).index_add(0, self.owner, token_values)
        return total / torch.bincount(self.owner, minlength=self.answers)


def token_log_probs(
    lm: LlamaForCausalLM, features: torch.Tensor, packed: PackedBatch, image_id: int, temperature: float = 1.0
) -> TokenLogProbs:
    """What the model gives the sampled tokens; features (rows, 2, T, hidden), one pair a row."""
    logits, where = answer_logits(lm, features, packed, image_id)
    labels, owner = packed.labels[:, 1:][where], packed.owner[:, 1:][where]
    logits = without_image_token(logits, image_id)
    values = (logits / temperature).log_softmax(-1).gather(1, labels[:, None])[:, 0]
    return TokenLogProbs(values, owner, len(packed.segments))


def group_advantages(rewards: torch.Tensor) -> torch.Tensor:
    """Rewards (prompts, group) -> (reward − group mean) / group deviation; 0 where the whole group earned the same."""
    centred = rewards - rewards.mean(1, keepdim=True)
    return centred / (centred.square().mean(1, keepdim=True).sqrt() + 1e-4)


def k3(log_probs: torch.Tensor, reference: torch.Tensor) -> torch.Tensor:
    """Schulman's estimate of KL(policy ‖ reference) a token, from samples of the policy: unbiased, never negative."""
    difference = reference - log_probs
    return difference.exp() - difference - 1


@dataclass
class GrpoLoss:
    value: torch.Tensor  # to be minimised
    kl: float  # mean over answers of the mean over tokens
    clipped: float  # share of tokens whose ratio is outside the clip on the side where that stops the gradient


def grpo_loss(
    new: TokenLogProbs,
    old: torch.Tensor,
    reference: torch.Tensor,
    advantages: torch.Tensor,
    config: GrpoConfig,
    total_answers: int | None = None,
) -> GrpoLoss:
    """Clipped objective and KL penalty, mean over an answer's tokens, then over answers.

    old, reference (N,): log-probabilities of the same tokens by the sampling and by the frozen model; advantages
    (answers,). `total_answers`: of the whole step, when this is one of its parts.
    """
    ratio = (new.values - old).exp()
    advantage = advantages[new.owner]
    bounded = ratio.clamp(1 - config.clip, 1 + config.clip)
    objective = torch.minimum(ratio * advantage, bounded * advantage)
    kl = k3(new.values, reference)
    count = total_answers or new.answers
    value = -(new.per_answer(objective - config.kl_weight * kl)).sum() / count
    stopped = ((ratio > 1 + config.clip) & (advantage > 0)) | ((ratio < 1 - config.clip) & (advantage < 0))
    return GrpoLoss(value, new.per_answer(kl.detach()).mean().item(), stopped.float().mean().item())
