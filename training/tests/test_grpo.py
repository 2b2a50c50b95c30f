"""Sampling equals the plain model, advantages are relative to the group, and a tiny model's reward rises."""

import copy
import json
import runpy
import sys
from collections import Counter
from pathlib import Path

import pytest
import torch
from fake_data import write_pose_shard
from helpers import generate

from viewpoint_training.checkpoint import load_full_precision, load_release, save_release
from viewpoint_training.grpo import (
    GrpoConfig,
    TokenLogProbs,
    answer_draws,
    draw_tokens,
    group_advantages,
    grpo_loss,
    k3,
    pack_groups,
    sample_answers,
    token_log_probs,
    without_image_token,
)
from viewpoint_training.language_model import TextCodec, tiny_language_model
from viewpoint_training.packing import Segment, pack
from viewpoint_training.prompts import ASSISTANT_START
from viewpoint_training.sft import answer_logits


def test_greedy_samples_equal_the_plain_model(parts) -> None:
    lm, codec, _, _, exercises = parts
    features = torch.randn(2, 2, 14, lm.config.hidden_size)
    texts = ["Where?", "From the camera's side, where did it go?", "Up or down?"]
    pair_of = [0, 1, 1]
    prompts = [codec.encode(text + ASSISTANT_START) for text in texts]
    found = sample_answers(
        lm, features, exercises.prefix, exercises.image_id, prompts, pair_of, 2, 7, codec.end_id, temperature=0
    )
    for text, pair, group in zip(texts, pair_of, found, strict=True):
        expected = generate(lm, exercises, features[pair : pair + 1], text, max_new_tokens=7)
        for answer in group:
            assert codec.decode([i for i in answer if i != codec.end_id]) == expected


def test_samples_follow_the_model_and_end(parts) -> None:
    """First tokens come as often as the model says; an end token is the last one of its answer, none is an image."""
    lm, codec, _, _, exercises = parts
    lm.lm_head.weight.data[codec.end_id] += 0.3 * torch.randn(lm.config.hidden_size)
    features = torch.randn(1, 2, 14, lm.config.hidden_size)
    prompt = codec.encode("Where?" + ASSISTANT_START)
    sample = sample_answers(
        lm, features, exercises.prefix, exercises.image_id, [prompt], [0], 4000, 1, codec.end_id, 0.5,
        answer_draws(0, 0, [0], 4000, 1),
    )[0]  # fmt: skip
    packed = pack([(exercises.prefix + prompt, [Segment([], [0])])], codec.end_id)
    logits, _ = answer_logits(lm, features, packed, exercises.image_id)
    expected = (logits[0] / 0.5).softmax(-1)
    counts = Counter(answer[0] for answer in sample)
    top = expected.topk(3)
    for share, token in zip(top.values.tolist(), top.indices.tolist(), strict=True):
        assert counts[token] / 4000 == pytest.approx(share, abs=4 * (share / 4000) ** 0.5 + 1e-3)
    longer = sample_answers(
        lm, features, exercises.prefix, exercises.image_id, [prompt], [0], 16, 5, codec.end_id, 1.0
    )[0]
    assert all(codec.end_id not in answer[:-1] and 1 <= len(answer) <= 5 for answer in longer)
    assert not any(exercises.image_id in answer for answer in [*sample, *longer])


def test_a_prompt_has_draws_of_its_own(parts) -> None:
    """Its answers are the same alone and beside others, and differ from step to step."""
    lm, codec, _, _, exercises = parts
    features = torch.randn(3, 2, 14, lm.config.hidden_size)
    prompts = [codec.encode(text + ASSISTANT_START) for text in ["Where?", "Where did it go to?", "Up or down?"]]

    def sample(chosen: list[int], step: int) -> list[list[list[int]]]:
        return sample_answers(
            lm, features[chosen], exercises.prefix, exercises.image_id, [prompts[i] for i in chosen],
            range(len(chosen)), 4, 6, codec.end_id, 1.0, answer_draws(5, step, chosen, 4, 6),
        )  # fmt: skip

    together = sample([0, 1, 2], step=7)
    assert together[:2] == sample([0, 1], step=7) and together[2:] == sample([2], step=7)
    assert together != sample([0, 1, 2], step=8)


def test_draws_choose_tokens_by_their_share() -> None:
    logits = torch.tensor([0.25, 0.0, 0.75, 0.0]).log().expand(5, -1)
    largest = 1 - 2.0**-24  # that a uniform float32 takes
    assert draw_tokens(logits, torch.tensor([0.0, 0.2499, 0.25, 0.9, largest])).tolist() == [0, 0, 2, 2, 2]


def test_log_probs_of_a_group_equal_answers_alone(parts) -> None:
    lm, codec, _, _, exercises = parts
    features = torch.randn(1, 2, 14, lm.config.hidden_size)
    prompt = codec.encode("Where?" + ASSISTANT_START)
    answers = [[*codec.encode("left"), codec.end_id], codec.encode("to the right"), [codec.end_id]]
    packed = pack_groups(exercises.prefix, [prompt], [answers], codec.end_id)
    found = token_log_probs(lm, features, packed, exercises.image_id)
    assert torch.bincount(found.owner).tolist() == [len(a) for a in answers]
    for index, answer in enumerate(answers):
        alone = pack([(exercises.prefix, [Segment(prompt, answer)])], codec.end_id)
        logits, _ = answer_logits(lm, features, alone, exercises.image_id)
        expected = (
            without_image_token(logits, exercises.image_id)
            .log_softmax(-1)
            .gather(1, torch.tensor(answer)[:, None])[:, 0]
        )
        assert torch.allclose(found.values[found.owner == index], expected, atol=1e-4)


def test_advantages_are_relative_to_the_group() -> None:
    found = group_advantages(torch.tensor([[1.0, 0.0, 0.0, 1.0], [0.5, 0.5, 0.5, 0.5], [1.0, 0.0, 0.0, 0.0]]))
    assert torch.allclose(found[0], torch.tensor([1.0, -1.0, -1.0, 1.0]), atol=1e-3)
    assert torch.equal(found[1], torch.zeros(4))
    assert found[2, 0] > 1.7 and torch.allclose(found.sum(1), torch.zeros(3), atol=1e-5)
    # Neither a shift nor a scale of all rewards changes who is better.
    assert torch.allclose(
        group_advantages(torch.tensor([[3.0, 1.0]])), group_advantages(torch.tensor([[0.9, 0.1]])), atol=1e-3
    )


def test_clipping_stops_the_gradient_only_where_it_should() -> None:
    """A ratio beyond the clip counts no further, unless it went to the wrong side."""
    config = GrpoConfig(clip=0.2, kl_weight=0.0)
    for ratio, advantage, moves in [
        (1.5, 1.0, False),
        (1.5, -1.0, True),
        (0.5, -1.0, False),
        (0.5, 1.0, True),
        (1.1, 1.0, True),
    ]:
        values = torch.tensor([ratio]).log().requires_grad_(True)
        new = TokenLogProbs(values, torch.zeros(1, dtype=torch.long), 1)
        loss = grpo_loss(new, torch.zeros(1), torch.zeros(1), torch.tensor([advantage]), config)
        loss.value.backward()
        assert (values.grad.abs().item() > 0) == moves, (ratio, advantage)
        assert loss.clipped == (0.0 if moves else 1.0)


def test_every_answer_weighs_the_same_whatever_its_length() -> None:
    values = torch.zeros(4, requires_grad=True)
    new = TokenLogProbs(values, torch.tensor([0, 1, 1, 1]), 2)
    loss = grpo_loss(new, torch.zeros(4), torch.zeros(4), torch.tensor([1.0, 1.0]), GrpoConfig())
    loss.value.backward()
    assert torch.allclose(values.grad, torch.tensor([-1 / 2, -1 / 6, -1 / 6, -1 / 6]))


def test_k3_is_zero_at_the_start_and_positive_after(parts) -> None:
    lm, codec, _, _, exercises = parts
    frozen = copy.deepcopy(lm)
    features = torch.randn(1, 2, 14, lm.config.hidden_size)
    prompt = codec.encode("Where?" + ASSISTANT_START)
    group = sample_answers(lm, features, exercises.prefix, exercises.image_id, [prompt], [0], 8, 6, codec.end_id, 1.0)[
        0
    ]
    packed = pack_groups(exercises.prefix, [prompt], [group], codec.end_id)
    with torch.no_grad():
        reference = token_log_probs(frozen, features, packed, exercises.image_id).values
        new = token_log_probs(lm, features, packed, exercises.image_id)
        loss = grpo_loss(new, new.values, reference, torch.zeros(8), GrpoConfig())
        assert loss.kl == 0 and loss.value == 0
        for p in lm.model.layers.parameters():
            p.add_(0.05 * torch.randn_like(p))
        moved = token_log_probs(lm, features, packed, exercises.image_id).values
    assert (k3(moved, reference) >= 0).all() and k3(moved, reference).mean() > 1e-4
    # Unbiased: over all tokens of the vocabulary it is the divergence itself.
    p, q = torch.tensor([0.5, 0.3, 0.2]), torch.tensor([0.2, 0.5, 0.3])
    assert (p * k3(p.log(), q.log())).sum().item() == pytest.approx((p * (p / q).log()).sum().item(), abs=1e-6)


def test_reward_rises(parts, tiny_lm_folder) -> None:
    """A toy task: two kinds of pictures, the right answer is R for one and L for the other.

    As in the real pipeline the form is taught first: the model says R and L equally often, whatever it sees. Which is
    right where, it must find from rewards alone.
    """
    exercises = parts[-1]
    codec = TextCodec(tiny_lm_folder)
    torch.manual_seed(3)
    lm = tiny_language_model(len(codec.tokenizer.get_vocab()), hidden=32)
    # As large as a trained model's: otherwise no token can be likely, and pictures are lost beside it.
    lm.model.embed_tokens.weight.data *= 15
    for linear in (m for m in lm.model.layers.modules() if isinstance(m, torch.nn.Linear)):
        linear.weight.data *= 8
    learned = [*lm.model.layers.parameters(), lm.model.norm.weight]
    kinds = torch.randn(2, 2, 14, 32)
    prompt, rights = codec.encode("?"), [*codec.encode("R"), *codec.encode("L")]

    def update(optimizer: torch.optim.Optimizer, loss: torch.Tensor) -> None:
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    optimizer = torch.optim.AdamW(learned, 5e-3, weight_decay=0.0)
    both = pack_groups(exercises.prefix, [prompt] * 2, [[[right] for right in rights]] * 2, codec.end_id)
    for _ in range(25):
        update(optimizer, -token_log_probs(lm, kinds, both, exercises.image_id).values.mean())

    frozen = copy.deepcopy(lm)
    # With less weight on the KL it says one letter for both before it has seen what tells them apart, and stays there.
    config = GrpoConfig(group=16, max_new_tokens=1, kl_weight=0.3)
    optimizer = torch.optim.AdamW(learned, 3e-3, weight_decay=0.0)
    earned = []
    for step in range(40):
        groups = sample_answers(
            lm, kinds, exercises.prefix, exercises.image_id, [prompt] * 2, [0, 1], config.group, 1, codec.end_id,
            1.0, answer_draws(1, step, [0, 1], config.group, 1),
        )  # fmt: skip
        # Half for either letter, half for the right one.
        rewards = torch.tensor(
            [
                [0.5 * (answer[0] in rights) + 0.5 * (answer[0] == right) for answer in group]
                for group, right in zip(groups, rights, strict=True)
            ]
        )
        packed = pack_groups(exercises.prefix, [prompt] * 2, groups, codec.end_id)
        new = token_log_probs(lm, kinds, packed, exercises.image_id)
        with torch.no_grad():
            reference = token_log_probs(frozen, kinds, packed, exercises.image_id).values
        loss = grpo_loss(new, new.values.detach(), reference, group_advantages(rewards).flatten(), config)
        update(optimizer, loss.value)
        earned.append(rewards.mean().item())
    assert sum(earned[:3]) / 3 < 0.6 and sum(earned[-5:]) / 5 > 0.85, earned
    assert loss.kl > 0.1  # it has left the model it started from


@pytest.fixture
def stage(parts, tiny_lm_folder, tmp_path, monkeypatch):
    """A release, the checkpoint that it was made of, sets; and a function that runs the script for two steps."""
    lm, _, encoder, connector, _ = parts
    for seed, name in enumerate(["train-posed", "val-posed"]):
        write_pose_shard(tmp_path / name / "shard-0000", objects=2, seed=seed)
    save_release(tmp_path / "release", encoder, connector, lm, tiny_lm_folder, {"stage": "sft", "runs": {"sft": {}}})
    torch.save({"lm": lm.state_dict(), "connector": connector.state_dict()}, tmp_path / "checkpoint.pt")
    script = Path(__file__).parents[1] / "scripts" / "train_grpo.py"

    def run(*arguments: str) -> Path:
        sets = ["--data", tmp_path, "--mix", "train-posed:1", "--val", "val-posed", "--out", tmp_path / "out"]
        size = "--steps 2 --minutes 1000 --prompts 2 --group 2 --max-new-tokens 3 --eval-pairs 1 --threads 1".split()
        start = ["--release", tmp_path / "release"]
        monkeypatch.setattr(sys, "argv", [str(script), *map(str, [*sets, *size, *start, *arguments])])
        runpy.run_path(str(script), run_name="__main__")
        return tmp_path / "out"

    return tmp_path, run


def test_a_run_begins_from_unrounded_weights_and_says_how_it_was_made(stage) -> None:
    """The checkpoint is moved off its release: a random model earns nothing, so the KL must be what teaches."""
    folder, run = stage
    checkpoint = torch.load(folder / "checkpoint.pt", weights_only=False)
    for name, value in checkpoint["lm"].items():
        if "up_proj" in name:
            value += 0.02 * torch.randn_like(value)
    torch.save(checkpoint, folder / "checkpoint.pt")
    out = run(
        *("--init-from", folder / "checkpoint.pt", "--format", "letter", "--families", "decoupled"),
        *("--lr", "3e-2", "--kl", "100"),
    )
    entries = [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]
    assert entries[0]["families"]["train-posed"]["decoupled"] and entries[0]["codesOffRelease"] > 0
    assert all(entry["changedCodes"] > 0 for entry in entries if "evaluation" in entry)
    config = load_release(out / "release").config
    saved = torch.load(out / "checkpoint.pt", weights_only=False)
    assert config["runs"] == {"sft": {}, "grpo": saved["runs"]} and config["stage"] == "sft+grpo"
    (made,) = saved["runs"]
    assert made["commit"] and made["arguments"]["init_from"] == str(folder / "checkpoint.pt") and made["steps"] == 2


def test_a_finished_run_that_is_called_again_says_how_it_was_made(stage, monkeypatch) -> None:
    _, run = stage
    commits = "viewpoint_training.training_loop.current_commit"
    monkeypatch.setattr(commits, lambda: "first")
    before = load_release(run() / "release").config
    monkeypatch.setattr(commits, lambda: "second")
    after = load_release(run("--lr", "1", "--prompts", "4") / "release").config
    assert after == before and before["trainingCommit"] == "first"
    further = load_release(run("--steps", "3") / "release").config
    assert [(made["commit"], made["steps"]) for made in further["runs"]["grpo"]] == [("first", 2), ("second", 1)]
    assert further["trainingCommit"] == "second" and further["grpoSteps"] == 3


def test_sets_that_lack_what_was_asked_for_are_refused(stage) -> None:
    _, run = stage
    with pytest.raises(ValueError, match=r"--val nowhere\*: no finished shard"):
        run("--val", "nowhere*")
    out = run("--val", "nowhere*", "--eval-pairs", "0")
    assert (out / "release" / "config.json").exists()


def test_unrounded_weights_come_from_a_checkpoint(parts, tmp_path) -> None:
    lm, _, _, connector, _ = parts
    other, path = copy.deepcopy(lm), tmp_path / "checkpoint.pt"
    with torch.no_grad():
        other.model.layers[0].mlp.up_proj.weight += 1
    torch.save({"lm": other.state_dict()}, path)  # without a connector: that one stays
    load_full_precision(path, lm, connector)
    assert torch.equal(lm.model.layers[0].mlp.up_proj.weight, other.model.layers[0].mlp.up_proj.weight)
    torch.save({"model": {}}, path)
    with pytest.raises(ValueError, match="holds no language model"):
        load_full_precision(path, lm, connector)


def test_senseless_settings_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing to compare"):
        GrpoConfig(group=1)
    with pytest.raises(ValueError, match="temperature"):
        GrpoConfig(temperature=0)
