r"""Rewards of GRPO: 0.5 for the form and 0.5 for the exact answer, as Actial gives them.

The form follows the prompt's format. `reasoned`: `<think>…</think><answer>…</answer>` with nothing around it (Actial's
pattern), and, stricter than there, each tag exactly once: otherwise a second answer would count as well-formed.
`letter`: one of the letters shown and nothing else. `words`: one of the options' texts and nothing else, for
`magnitude` a number of degrees. Blanks around either do not count. As with the paper's tags, form and exactness are
judged apart: a right answer with a full stop behind it earns half.

An answer is right when it is the right option's text, or its letter where the prompt listed letters. `magnitude` asks
for a number: without options to choose from it is right when the option nearest to it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .angles import wrap_deg
from .prompts import OPTION_LETTERS
from .questions import Question

FORMATS = ("letter", "words", "reasoned")  # those that an answer can be judged by

FORM_WEIGHT = EXACT_WEIGHT = 0.5
GRADED_ZERO_DEG = 45.0  # a graded angle earns nothing from this error on
TAGS = ("<think>", "</think>", "<answer>", "</answer>")
FORM = re.compile(r"\s*<think>.*?</think>\s*<answer>(.*?)</answer>\s*", re.DOTALL | re.IGNORECASE)
ANSWER = re.compile(r"<answer>(.*?)</answer>", re.DOTALL | re.IGNORECASE)
ANGLE = re.compile(r"([+\-−]?\d{1,3}(?:\.\d+)?)\s*°?")
LETTER = re.compile(r"([A-F])(?:[\s:.)]+(.*))?", re.DOTALL)  # alone, or before a text: "C", "C: Move to the right"
AROUND = " \t\r\n.,:;!*\"'()"  # what may stand around a malformed answer; a sign or a degree belongs to it


@dataclass(frozen=True)
class Target:
    """What a generated answer is judged by."""

    question: Question
    with_options: bool  # the prompt listed the options with letters
    format_id: str  # of the prompt, one of FORMATS

    def __post_init__(self) -> None:
        if self.format_id not in FORMATS:
            raise ValueError(f"no reward for answers in format {self.format_id!r}: choose {', '.join(FORMATS)}")
        if self.format_id == "letter" and not self.with_options:
            raise ValueError("a letter says nothing without options: the format must list them")


@dataclass(frozen=True)
class Reward:
    """Parts of one answer's reward, each 0…1, and their weighted sum."""

    form: float
    exact: float
    graded: float  # equals `exact` but for angles
    total: float


def is_well_formed(text: str) -> bool:
    """Whether it is reasoned in the paper's form."""
    lower = text.lower()
    return FORM.fullmatch(text) is not None and all(lower.count(tag) == 1 for tag in TAGS)


def answer_in(text: str) -> str | None:
    """Text of the only `<answer>`, without surrounding space; None when there is none or more than one."""
    found = ANSWER.findall(text)
    return found[0].strip() if len(found) == 1 else None


def has_form(text: str, target: Target) -> bool:
    """Whether the text has the form that its prompt asked for."""
    question = target.question
    if target.format_id == "reasoned":
        return is_well_formed(text)
    if target.format_id == "letter":
        return text.strip() in list(OPTION_LETTERS[: len(question.options)])
    return angle_in(text) is not None if question.option_angles_deg else text.strip() in question.options


def answer_of(text: str, target: Target) -> str | None:
    """What the text answers: an option's text or letter, or other words; malformed or not.

    None when it answers nothing, or two things at once.
    """
    if target.format_id == "reasoned":
        return answer_in(text)
    options = target.question.options
    said = text.strip(AROUND)
    if target.format_id == "words":
        return next((option for option in options if option.lower() == said.lower()), said)
    match = LETTER.fullmatch(said)
    if match is None or match[1] not in OPTION_LETTERS[: len(options)]:
        return None
    named = options[OPTION_LETTERS.index(match[1])]
    return match[1] if not match[2] or match[2].lower() == named.lower() else None


def angle_in(answer: str) -> float | None:
    """Degrees of an answer that is one signed number, else None. A positive one may lack its sign."""
    match = ANGLE.fullmatch(answer.strip())
    return float(match[1].replace("−", "-")) if match else None


def _error_deg(a_deg: float, b_deg: float) -> float:
    return abs(wrap_deg(a_deg - b_deg))


def exactness(text: str, target: Target) -> float:
    """1 for the right answer, else 0."""
    answer, question = answer_of(text, target), target.question
    if answer is None:
        return 0.0
    if answer == question.right or (target.with_options and answer == question.letter):
        return 1.0
    angle = angle_in(answer) if question.option_angles_deg and not target.with_options else None
    if angle is None:
        return 0.0
    nearest = min(question.option_angles_deg, key=lambda option: _error_deg(option, angle))
    return float(nearest == question.option_angles_deg[question.right_index])


def graded_exactness(text: str, target: Target) -> float:
    """As `exactness`, but an angle earns less the farther it is off, linearly down to 0 at GRADED_ZERO_DEG.

    A letter stands for its option's angle.
    """
    answer, question = answer_of(text, target), target.question
    if answer is None or question.angle_deg is None:
        return exactness(text, target)
    angle = angle_in(answer)
    if target.with_options:
        chosen = [a for a, o in zip(question.option_angles_deg, question.options, strict=True) if o == answer]
        index = ord(answer) - ord("A") if re.fullmatch("[A-F]", answer) else -1
        angle = chosen[0] if chosen else question.option_angles_deg[index] if index >= 0 else None
    if angle is None:
        return 0.0
    return max(0.0, 1 - _error_deg(angle, round(question.angle_deg)) / GRADED_ZERO_DEG)


def rewards(
    texts: Sequence[str], finished: Sequence[bool], targets: Sequence[Target], graded: bool = False
) -> list[Reward]:
    """One reward a text. An answer that was cut off before its end of turn earns nothing."""
    found = []
    for text, done, target in zip(texts, finished, targets, strict=True):
        form = float(done and has_form(text, target))
        exact = exactness(text, target) if done else 0.0
        partial = graded_exactness(text, target) if done else 0.0
        found.append(Reward(form, exact, partial, FORM_WEIGHT * form + EXACT_WEIGHT * (partial if graded else exact)))
    return found
