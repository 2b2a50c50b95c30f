"""Form and exactness: for every rule answers that keep it and answers that break it."""

import pytest

from viewpoint_training.prompts import Prompts
from viewpoint_training.questions import Question
from viewpoint_training.rewards import (
    FORMATS,
    Target,
    angle_in,
    answer_in,
    exactness,
    graded_exactness,
    is_well_formed,
    rewards,
)

SIDES = Question("ego-translation", ("Move to the left", "No movement", "Move to the right"), 2)
ANGLES = (-38, 60, 38, -80, -60, 80)
ANGLE = Question("magnitude", tuple(f"{a:+d}°" for a in ANGLES), 0, -37.6, ANGLES)


def thought(answer: str) -> str:
    return f"<think>Look.</think><answer>{answer}</answer>"


@pytest.mark.parametrize(
    "text",
    [
        thought("Move to the right"),
        "<think></think><answer></answer>",
        " <think>two\nlines</think>\n <answer>x</answer> \n",
        "<THINK>a</THINK><Answer>b</Answer>",
    ],
)
def test_well_formed(text: str) -> None:
    assert is_well_formed(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Move to the right",
        "<answer>Move to the right</answer>",
        "<think>Look.</think>",
        "<think>Look.</think> so <answer>x</answer>",
        "<think>Look.<answer>x</answer></think>",
        "<answer>x</answer><think>Look.</think>",
        thought("x") + thought("x"),
        thought("x") + "<answer>y</answer>",
        thought("x") + " indeed",
        "well " + thought("x"),
        "<think><think>Look.</think><answer>x</answer>",
        "<think>Look.</think><answer>x",
        "<|im_start|>" + thought("x"),
    ],
)
def test_malformed(text: str) -> None:
    assert not is_well_formed(text)


def test_exactness_is_the_whole_text() -> None:
    target = Target(SIDES, False, "reasoned")
    assert exactness(thought("Move to the right"), target) == 1
    assert exactness("no thinking <answer> Move to the right </answer>", target) == 1  # form is judged apart
    for wrong in ("Move to the left", "Move to the right.", "move to the right", "right", "C", "", "Move to the"):
        assert exactness(thought(wrong), target) == 0, wrong
    assert exactness("Move to the right", target) == 0
    assert exactness("<answer>Move to the right</answer><answer>Move to the left</answer>", target) == 0
    listed = Target(SIDES, True, "reasoned")
    assert exactness(thought("C"), listed) == 1 and exactness(thought("A"), listed) == 0
    assert answer_in("<answer>a") is None and answer_in(thought(" b ")) == "b"


def test_angles() -> None:
    free, listed = Target(ANGLE, False, "reasoned"), Target(ANGLE, True, "reasoned")
    assert angle_in("-38°") == angle_in("−38") == angle_in(" -38 ") == -38 and angle_in("+5") == 5
    assert angle_in("about 38") is None and angle_in("38 or 60") is None
    for right in ("-38°", "-38", "-45°", "-28"):
        assert exactness(thought(right), free) == 1, right
    for wrong in ("+38°", "-52°", "38", "left", "", "-38 or -60"):
        assert exactness(thought(wrong), free) == 0, wrong
    assert exactness(thought("-45°"), listed) == 0  # not an option
    assert exactness(thought("A"), listed) == 1 and exactness(thought("D"), listed) == 0
    grades = [graded_exactness(thought(a), free) for a in ("-38°", "-47°", "-60°", "-80", "+38°", "left")]
    assert grades == pytest.approx([1, 0.8, 1 - 22 / 45, 1 - 42 / 45, 0, 0])
    assert graded_exactness(thought("E"), listed) == pytest.approx(1 - 22 / 45)
    assert graded_exactness(thought("-60°"), listed) == pytest.approx(1 - 22 / 45)
    assert graded_exactness(thought("F"), listed) == 0
    assert graded_exactness(thought("Move to the right"), Target(SIDES, False, "reasoned")) == 1


def test_halves_add_up() -> None:
    texts = [
        thought("Move to the right"),
        thought("Move to the left"),
        "<answer>Move to the right</answer>",
        "Move",
        thought("Move to the right"),
    ]
    finished = [True, True, True, True, False]
    found = rewards(texts, finished, [Target(SIDES, False, "reasoned")] * 5)
    assert [reward.total for reward in found] == [1.0, 0.5, 0.5, 0.0, 0.0]
    near = rewards(
        [thought("-47°"), thought("-60°")], [True, True], [Target(ANGLE, False, "reasoned")] * 2, graded=True
    )
    assert [reward.total for reward in near] == pytest.approx([0.9, 0.5 + 0.5 * (1 - 22 / 45)])
    assert [reward.exact for reward in near] == [1, 0]


def earned(text: str, target: Target) -> float:
    return rewards([text], [True], [target])[0].total


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("C", 1.0),
        (" C\n", 1.0),
        ("A", 0.5),  # a letter shown, the wrong one
        # Right but malformed.
        ("C.", 0.5),
        ("(C)", 0.5),
        ("C: Move to the right", 0.5),
        # Wrong and malformed, or no answer.
        ("A.", 0.0),
        ("D", 0.0),
        ("c", 0.0),
        ("AB", 0.0),
        ("C C", 0.0),
        ("C or A", 0.0),
        ("C: Move to the left", 0.0),
        ("A camera went to the right", 0.0),
        ("Move to the right", 0.0),
        (thought("C"), 0.0),
        ("", 0.0),
    ],
)
def test_letters(text: str, total: float) -> None:
    assert earned(text, Target(SIDES, True, "letter")) == total


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("Move to the right", 1.0),
        ("\nNo movement ", 0.5),
        # Right but malformed.
        ("Move to the right.", 0.5),
        ("move to the right", 0.5),
        # Wrong and malformed, or no answer.
        ("Move to the left.", 0.0),
        ("right", 0.0),
        ("C", 0.0),
        ("Move to the right No movement", 0.0),
        (thought("Move to the right"), 0.0),
        ("", 0.0),
    ],
)
def test_words(text: str, total: float) -> None:
    assert earned(text, Target(SIDES, False, "words")) == total


def test_degrees_in_words_and_letters() -> None:
    free, listed = Target(ANGLE, False, "words"), Target(ANGLE, True, "letter")
    for text, total in {"-38°": 1, "-45": 1, "+38°": 0.5, "-38°.": 0.5, "about -38°": 0, "A": 0, "": 0}.items():
        assert earned(text, free) == total, text
    for text, total in {"A": 1, "F": 0.5, "A: -38°": 0.5, "-38°": 0, "G": 0}.items():
        assert earned(text, listed) == total, text
    near = rewards(["-47°", "E"], [True, True], [free, listed], graded=True)
    assert [reward.total for reward in near] == pytest.approx([0.9, 0.5 + 0.5 * (1 - 22 / 45)])


def test_every_format_of_the_contract_can_be_earned() -> None:
    formats = Prompts.load().formats
    assert set(formats) == set(FORMATS)
    answers = {"letter": "C", "words": "Move to the right", "reasoned": thought("Move to the right")}
    for name, entry in formats.items():
        assert earned(answers[name], Target(SIDES, entry["withOptions"], name)) == 1, name
    with pytest.raises(ValueError, match="no reward for answers in format 'rhyme'"):
        Target(SIDES, False, "rhyme")
    with pytest.raises(ValueError, match="without options"):
        Target(SIDES, False, "letter")
