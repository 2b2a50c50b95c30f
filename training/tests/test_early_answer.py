"""What a middle layer is asked where the stem ends: the right answer, before any option."""

import random

import pytest
import torch
from helpers import exercise_batch

from viewpoint_training.early_answer import EarlyAnswers, EarlyHead, early_loss
from viewpoint_training.movement import Movement
from viewpoint_training.packing import Segment, pack
from viewpoint_training.questions import make_question
from viewpoint_training.sft import ExerciseMix, Exercises, run_layers, sft_loss

ORBIT = Movement(40.0, 10.0, True, 0.0)
FAMILIES = ("ego-translation", "object-translation", "ego-rotation", "vertical", "magnitude")
TOKENS_PER_VIEW = 14


@pytest.fixture
def asked(parts) -> tuple[Exercises, EarlyAnswers]:
    _, codec, _, _, exercises = parts
    answers = EarlyAnswers(exercises.prompts, codec, FAMILIES)
    return Exercises(exercises.prompts, codec, TOKENS_PER_VIEW, exercises.centres, answers), answers


@pytest.mark.parametrize("form", ["letter", "words", "reasoned"])
def test_it_is_asked_at_the_stem_s_last_token_for_the_right_key(parts, asked, form) -> None:
    _, codec, _, _, _ = parts
    exercises, answers = asked
    expected = {"ego-translation": "right", "object-translation": "left", "ego-rotation": "left", "vertical": "up"}
    for family, key in expected.items():
        segment = exercises.question(family, form, ORBIT, random.Random(0))
        place, label = segment.early
        assert codec.decode(segment.prompt[: place + 1]) == exercises.prompts.families[family]["stem"]
        assert answers.keys[label] == key


@pytest.mark.parametrize(("azimuth_deg", "key"), [(42.0, -40), (-96.0, 100), (21.0, -20)])
def test_an_angle_is_asked_in_steps_and_to_the_right_counts_as_positive(asked, azimuth_deg, key) -> None:
    exercises, answers = asked
    segment = exercises.question("magnitude", "letter", Movement(azimuth_deg, 0.0, True, 0.0), random.Random(0))
    assert answers.keys[segment.early[1]] == key


def test_a_prompt_that_cuts_the_stem_is_refused(asked) -> None:
    exercises, answers = asked
    question = make_question(exercises.prompts, "vertical", ORBIT, random.Random(0))
    with pytest.raises(ValueError, match="is cut into other tokens"):
        stem = exercises.prompts.families["vertical"]["stem"]
        answers.find(question, stem, [0, *answers.codec.encode(stem)])


def test_packing_keeps_each_segment_s_own_place() -> None:
    prefix = [9, 9]
    segments = [Segment([1, 2, 3], [4], early=(1, 7)), Segment([5], [6]), Segment([1, 2], [4], early=(0, 8))]
    early = pack([(prefix, segments)], 0).early[0]
    assert {at: early[at].item() for at in torch.nonzero(early != -100).flatten().tolist()} == {3: 7, 8: 8}


def test_it_teaches_the_layers_up_to_its_own_and_counts_right_answers(parts, asked) -> None:
    lm, _, _, _, _ = parts
    exercises, answers = asked
    mix = ExerciseMix(questions=2, families=FAMILIES[:3], letter_share=1.0, drills=1)
    packed = exercise_batch(exercises, [ORBIT, ORBIT], mix, random.Random(0))
    features = torch.randn(2, 2, TOKENS_PER_VIEW, lm.config.hidden_size)
    head = EarlyHead(lm.config.hidden_size, len(answers.keys), layer=1)
    lm.zero_grad()
    states = run_layers(lm, features, packed, exercises.image_id, keeps_states=True).hidden_states
    loss, right = early_loss(head, states, packed)
    loss.backward()
    learned = [
        any(p.grad is not None and p.grad.abs().sum() > 0 for p in layer.parameters()) for layer in lm.model.layers
    ]
    assert learned == [True] + [False] * (len(lm.model.layers) - 1)
    count = sum(segment.early is not None for segment in packed.segments)
    assert sum(len(hits) for hits in right.values()) == count > 0
    assert set(right) <= {f"{family}/early" for family in mix.families}
    without = sft_loss(lm, features, packed, exercises.image_id)
    with_head = sft_loss(lm, features, packed, exercises.image_id, head)
    assert without.early is None and with_head.early.item() == pytest.approx(loss.item(), rel=1e-4)
    assert with_head.value.item() == pytest.approx(without.value.item(), rel=1e-4)
