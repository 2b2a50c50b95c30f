"""One question about a movement: its options in the order shown, and the right one; and which families can be asked.

Options of `magnitude` are drawn per pair by the rule of src/questions/slot-dealer.ts: three sizes of 20–100° at least
15° apart, the truth among them, each with both signs, so that no option stands out.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .movement import AMBIGUOUS_BITS, BROADER, KEYS, THREE_TYPES, Movement, answer_codes, answer_key
from .prompts import OPTION_LETTERS, Prompts
from .reasoning import answer_side

MAGNITUDE_RANGE_DEG = (20, 100)
MAGNITUDE_APART_DEG = 15


@dataclass(frozen=True)
class Question:
    """Texts of the options in the order shown, and the right one's place."""

    family: str
    options: tuple[str, ...]
    right_index: int
    angle_deg: float | None = None  # of a magnitude question: the exact answer, positive rightward
    option_angles_deg: tuple[int, ...] = ()

    @property
    def right(self) -> str:
        return self.options[self.right_index]

    @property
    def letter(self) -> str:
        return OPTION_LETTERS[self.right_index]


def angle_options_deg(angle_deg: float, rng: random.Random) -> list[int]:
    """Six signed angles, shuffled. The three sizes lie on a circle of all sizes with random gaps, the truth at a random
    one of them: given the options alone, each is equally likely to be the truth."""
    low, high = MAGNITUDE_RANGE_DEG
    truth, count = round(abs(angle_deg)), high - low + 1
    if not low <= truth <= high:
        raise ValueError(f"a magnitude question needs {low}° to {high}°, got {angle_deg}")
    slack = count - 3 * MAGNITUDE_APART_DEG
    cuts = sorted(rng.sample(range(slack + 2), 2))
    first = MAGNITUDE_APART_DEG + cuts[0]
    offsets = [0, first, first + MAGNITUDE_APART_DEG + cuts[1] - cuts[0] - 1]
    own = rng.choice(offsets)
    sizes = [low + (truth - low + offset - own) % count for offset in offsets]
    found = [sign * size for size in sizes for sign in (1, -1)]
    rng.shuffle(found)
    return found


def make_question(
    prompts: Prompts, family: str, movement: Movement, rng: random.Random, shuffled: bool = True
) -> Question:
    """The question of a family about a movement it may ask about; options in random order, or in the contract's.

    Orbits are always answered by the three types, however small or large the turn. Raises ValueError for all else that
    is too close to call, and KeyError when the contract has no wording.
    """
    if family == "magnitude":
        angle = float(answer_codes(family, movement))
        if math.isnan(angle):
            raise ValueError(f"magnitude: too close to call: {movement}")
        angles = angle_options_deg(angle, rng)
        texts = tuple(prompts.angle_text(family, angle_deg) for angle_deg in angles)
        return Question(family, texts, angles.index(round(angle)), angle, tuple(angles))
    key = answer_key(family, movement)
    if key is None and family in THREE_TYPES and movement.is_orbit:
        key = answer_side(family, movement)
    if key is None:
        raise ValueError(f"{family}: too close to call: {movement}")
    texts = prompts.option_texts(family)
    options = list(texts.values())
    if shuffled:
        rng.shuffle(options)
    return Question(family, tuple(options), options.index(texts[key]))


def askable(families: Sequence[str], movement: Movement) -> list[str]:
    """Those of the families that have a clear answer about this movement, which the pictures can tell."""
    return [family for family in families if bool(clear_answers(family, movement))]


def clear_answers(family: str, movement: Movement) -> np.ndarray:
    """Where a family may ask, bool of the movement's shape: the poses decide, and the pictures can tell."""
    codes = answer_codes(family, movement)
    can_tell = np.bitwise_and(movement.ambiguous, AMBIGUOUS_BITS.get(family, 0)) == 0
    if family != "magnitude":
        return ~np.isnan(codes) & can_tell
    low, high = MAGNITUDE_RANGE_DEG
    return (np.abs(codes) >= low) & (np.abs(codes) <= high) & can_tell


def check_families(prompts: Prompts, families: Sequence[str]) -> None:
    """Raises ValueError for a family that is unknown, that the contract does not word, or whose options disagree."""
    for family in families:
        if family not in THREE_TYPES + BROADER:
            raise ValueError(f"unknown family {family!r}; families: {', '.join(THREE_TYPES + BROADER)}")
        if family not in prompts.families:
            raise ValueError(f"src/contract/prompts.json has no stem for {family!r}: add it, or leave the family out")
        if family in KEYS and set(prompts.option_texts(family)) != set(KEYS[family].values()):
            raise ValueError(
                f"the options of {family!r} in src/contract/prompts.json are {sorted(prompts.option_texts(family))}, "
                f"its rule answers {sorted(KEYS[family].values())}: make them the same"
            )
