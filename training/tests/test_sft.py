"""Packed questions equal questions asked alone; SFT lowers its loss; a release comes back as it was saved."""

import random

import numpy as np
import pytest
import torch
from helpers import exercise_batch, generate, load_tokenizer

from viewpoint_training.checkpoint import load_release, save_release
from viewpoint_training.data import PairRule, ViewSet, draw_pairs, load_pairs
from viewpoint_training.drills import make_drill
from viewpoint_training.movement import BROADER, THREE_TYPES
from viewpoint_training.packing import Segment, pack
from viewpoint_training.prompts import ASSISTANT_START, END_OF_TURN, Paraphrases, Prompts
from viewpoint_training.quantization import quantize_numpy
from viewpoint_training.reasoning import Movement
from viewpoint_training.sft import ExerciseMix, Exercises, answer_logits, image_inputs, mix_at, movements_of, sft_loss
from viewpoint_training.sft_eval import evaluate_sft, first_tokens, score_options


def test_packed_segments_equal_segments_alone(parts) -> None:
    lm, codec, _, _, exercises = parts
    features = torch.randn(1, 2, 14, lm.config.hidden_size)
    movement = Movement(40.0, 10.0, True)
    rng = random.Random(0)
    segments = exercises.segments(movement, ExerciseMix(questions=3, letter_share=0.5, drills=1), rng)
    together, _ = answer_logits(lm, features, pack([(exercises.prefix, segments)], codec.end_id), exercises.image_id)
    alone = []
    for segment in segments:
        if segment.sees_prefix:
            packed = pack([(exercises.prefix, [segment])], codec.end_id)
            alone.append(answer_logits(lm, features, packed, exercises.image_id)[0])
        else:
            ids = torch.tensor([segment.prompt + segment.answer])
            alone.append(lm(input_ids=ids).logits[0, len(segment.prompt) - 1 : -1])
    assert torch.allclose(together, torch.cat(alone), atol=1e-4)


def test_the_prompt_is_the_template(parts, tiny_lm_folder) -> None:
    _, codec, _, _, exercises = parts
    text = exercises.prompts.user_text(
        "ego-rotation", "letter", ["Rotate to the right", "No rotation", "Rotate to the left"]
    )
    assert text.endswith(
        "A: Rotate to the right B: No rotation C: Rotate to the left "
        "Select the correct option, please output only the option letter!"
    )
    content = [{"type": "image"}, {"type": "image"}, {"type": "text", "text": text}]
    rendered = load_tokenizer(tiny_lm_folder).apply_chat_template(
        [{"role": "user", "content": content}], tokenize=False, add_generation_prompt=True
    )
    assert codec.encode(rendered) == exercises.prefix + codec.encode(text + ASSISTANT_START)


def test_scores_are_log_likelihoods(parts) -> None:
    lm, codec, _, _, exercises = parts
    features = torch.randn(1, 2, 14, lm.config.hidden_size)
    scores = score_options(lm, exercises, features, ["Where?"], [["left", "right", "no"]])[0]
    packed = pack(
        [(exercises.prefix, [Segment(codec.encode("Where?" + ASSISTANT_START), codec.encode("right" + END_OF_TURN))])],
        codec.end_id,
    )
    logits, where = answer_logits(lm, features, packed, exercises.image_id)
    labels = packed.labels[:, 1:][where]
    expected = logits.log_softmax(-1).gather(1, labels[:, None]).sum().item()
    assert scores[1] == pytest.approx(expected, abs=1e-3)
    token = first_tokens(lm, exercises, features, ["Where?"])[0]
    answer = generate(lm, exercises, features, "Where?", max_new_tokens=1)
    assert answer == token


def test_half_precision_products_give_the_same_loss(parts, fake_data) -> None:
    lm, _, encoder, connector, exercises = parts
    views = ViewSet(fake_data, "train-generated*")
    pairs = load_pairs(views, *draw_pairs(views, 4, PairRule(), np.random.default_rng(0)), with_points=False)
    packed = exercise_batch(exercises, movements_of(pairs), ExerciseMix(questions=2), random.Random(0))
    out = image_inputs(encoder, pairs)
    found = []
    for on in (False, True):
        lm.zero_grad()
        features = connector(out)
        with torch.autocast("cpu", torch.bfloat16, enabled=on):
            loss = sft_loss(lm, features, packed, exercises.image_id)
        loss.value.backward()
        gradient = torch.cat([p.grad.flatten() for p in lm.model.layers.parameters()])
        assert loss.value.dtype == gradient.dtype == torch.float32
        found.append((loss.value.item(), gradient))
    (full, exact), (half, rounded) = found
    assert half == pytest.approx(full, rel=0.02) and half != full
    assert torch.cosine_similarity(exact, rounded, dim=0) > 0.98


def test_all_formats_come_after_words() -> None:
    families = ("ego-translation", "decoupled")
    everything = ExerciseMix(3, families, letter_share=0.6, reasoned_share=0.1, drills=1, weights={"decoupled": 2.0})
    early, late = (mix_at(progress, 0.2, everything, early_drills=2) for progress in (0.1, 0.2))
    assert late == everything
    assert (early.questions, early.drills, early.letter_share, early.reasoned_share) == (2, 2, 0.0, 0.0)
    assert early.families == families and early.weights == everything.weights
    assert [mix_at(progress, 0.2, everything).drills for progress in (0.05, 0.15, 0.5)] == [0, 1, 1]


def test_answers_alone_can_be_asked(parts) -> None:
    *_, exercises = parts
    for share in (0.0, 0.5):
        mix = ExerciseMix(questions=3, letter_share=0.4, reasoned_share=share)
        found = [exercises.segments(Movement(30.0, 0.0, True), mix, random.Random(seed)) for seed in range(20)]
        formats = {segment.kind.split("/")[1] for segments in found for segment in segments}
        assert formats == {"letter", "words"} | ({"reasoned"} if share else set())


def test_questions_come_in_other_words_as_often_as_wanted(parts) -> None:
    _, codec, _, _, exercises = parts
    paraphrases = Paraphrases.load()
    worded = Exercises(exercises.prompts, codec, 14, exercises.centres, paraphrases=paraphrases.taught)
    own = {exercises.prompts.families[family]["stem"] for family in THREE_TYPES}
    taught = {stem for family in THREE_TYPES for stem in paraphrases.taught[family]}
    for share, stems in ((0.0, own), (1.0, taught)):
        mix = ExerciseMix(questions=3, letter_share=0.4, reasoned_share=0.2, paraphrased_share=share)
        segments = [
            segment
            for seed in range(10)
            for segment in worded.segments(Movement(30.0, 0.0, True), mix, random.Random(seed))
            # The contrary question's letter beside a letter keeps the family's own words.
            if segment.kind.endswith("/paraphrased") == (share > 0)
        ]
        assert len(segments) >= 30
        assert all(any(codec.decode(segment.prompt).startswith(stem) for stem in stems) for segment in segments)


def test_paraphrases_are_of_every_family_and_none_is_both_taught_and_held_out() -> None:
    paraphrases = Paraphrases.load()
    for family in (*THREE_TYPES, *BROADER):
        taught, held_out = paraphrases.taught[family], paraphrases.held_out[family]
        texts = [*taught, *held_out, Prompts.load().families[family]["stem"]]
        assert len(taught) >= 6 and len(held_out) >= 2 and len(set(texts)) == len(texts)


def test_sft_learns_a_batch_and_evaluates(parts, fake_data) -> None:
    lm, _, encoder, connector, exercises = parts
    views = ViewSet(fake_data, "train-generated*")
    pairs = load_pairs(views, *draw_pairs(views, 4, PairRule(), np.random.default_rng(0)), with_points=False)
    packed = exercise_batch(
        exercises, movements_of(pairs), ExerciseMix(questions=2, reasoned_share=0.2), random.Random(0)
    )
    optimizer = torch.optim.AdamW([*lm.model.layers.parameters(), *connector.parameters()], 3e-3)
    with torch.no_grad():
        out = encoder(pairs.a, pairs.b, with_points=False)
    values = []
    for _ in range(20):
        loss = sft_loss(lm, connector(out), packed, exercises.image_id)
        optimizer.zero_grad()
        loss.value.backward()
        optimizer.step()
        values.append(loss.value.item())
    # The frozen embeddings are small: no answer can be more likely than some percent.
    assert values[-1] < 0.9 * values[0]
    views = ViewSet(fake_data, "val-generated*")
    held_out = Paraphrases.load().held_out
    report = evaluate_sft(encoder, connector, lm, exercises, views, count=4, paraphrases=held_out)
    names = {f"{family}/{kind}" for family in THREE_TYPES for kind in ("scored", "letter", "paraphrased")}
    assert set(report) == {"encoder", *names}


def test_answers_follow_the_sign_table(parts) -> None:
    *_, exercises = parts
    decode, rng = exercises.codec.decode, random.Random(0)
    movement = Movement(30.0, 0.0, True)  # the camera went to its right
    expected = {
        "ego-translation": "Move to the right",
        "object-translation": "Move to the left",
        "ego-rotation": "Rotate to the left",
    }
    for family, text in expected.items():
        assert decode(exercises.question(family, "words", movement, rng).answer) == text
        letter = exercises.question(family, "letter", movement, rng)
        assert f"{decode(letter.answer)}: {text}" in decode(letter.prompt)
    still = Movement(0.0, 0.0, False)
    assert decode(exercises.question("ego-rotation", "words", still, rng).answer) == "No rotation"


def test_letters_to_opposite_questions_are_learned_side_by_side(parts) -> None:
    *_, exercises = parts
    mix = ExerciseMix(questions=1, families=("ego-translation", "ego-rotation"), letter_share=1.0)
    alone = exercises.segments(Movement(30.0, 0.0, True), mix, random.Random(0), "ego-translation")
    assert [segment.kind for segment in alone] == ["ego-translation/letter"]
    both = ExerciseMix(questions=1, families=("ego-translation", "object-translation"), letter_share=1.0)
    for lead in both.families:
        found = exercises.segments(Movement(30.0, 0.0, True), both, random.Random(0), lead)
        assert sorted(segment.kind for segment in found) == ["ego-translation/letter", "object-translation/letter"]
    words = ExerciseMix(questions=1, families=both.families)
    assert len(exercises.segments(Movement(30.0, 0.0, True), words, random.Random(0), "ego-translation")) == 1


def test_drills_name_the_letter() -> None:
    prompts, rng = Prompts.load(), random.Random(0)
    for _ in range(50):
        drill = make_drill(prompts, rng)
        stem = drill.prompt.split("user\n")[1].split(". A:")[0]
        after = drill.prompt.split(f"{drill.letter}: ")[1]
        assert after.startswith(stem)


def test_release_round_trip(parts, tiny_lm_folder, tmp_path) -> None:
    lm, _, encoder, connector, _ = parts
    save_release(tmp_path, encoder, connector, lm, tiny_lm_folder, {"stage": "untuned"})
    release = load_release(tmp_path)
    assert release.config["stage"] == "untuned" and release.config["imageTokenId"] == 3
    assert release.config["imageTokensPerView"] == 14
    images = torch.rand(1, 3, 64, 64)
    expected, found = encoder(images, images).azimuth, release.encoder(images, images).azimuth
    assert torch.allclose(expected, found, atol=1e-5)
    original = lm.model.layers[0].mlp.up_proj.weight.detach().numpy()
    stored = release.lm.model.layers[0].mlp.up_proj.weight.detach().numpy()
    np.testing.assert_array_equal(quantize_numpy(original)[0], quantize_numpy(stored)[0])
    assert release.lm.lm_head.weight is release.lm.model.embed_tokens.weight
