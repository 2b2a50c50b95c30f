"""What a release must score on its own evaluation, family by family: the one table of these numbers.

They are floors against an export that went wrong and against a training run that lost a question, not aims (those are
in bars.py). Each lies about half way between guessing and the lowest figure of the released model (eighth run, seed
fresh-2026-11-28c, 358–1,279 items a family): far enough below that chance in drawing items does not stop an equal
model, far enough above that a model which has stopped looking does not pass. Where few items are asked the second rule
is the harder one: the low end of the report's 95 % interval must lie above guessing. Fewer than LEAST_ITEMS show
nothing: one right answer of one is above any guess.
"""

from dataclasses import dataclass

from ..movement import THREE_TYPES


@dataclass(frozen=True)
class Floor:
    """Shares, 0…1, of scored answers."""

    right: float  # at least this share
    guessing: float  # what is right without looking: the low end of the interval must lie above


LEAST_ITEMS = 30
FLOORS: dict[str, Floor] = {
    # Three options, but the camera always moved: always "left" earns a half. Released: 86–93 %.
    **dict.fromkeys(THREE_TYPES, Floor(0.68, 1 / 2)),
    # Released: 96 %. The page's first lesson is a camera that stands still, so hardly any may fail.
    "no-movement": Floor(0.8, 1 / 3),
    "vertical": Floor(0.54, 1 / 3),  # released: 74 %
    "distance": Floor(0.53, 1 / 3),  # released: 74 %
    "decoupled": Floor(0.55, 1 / 5),  # five options; released: 91 %
    "magnitude": Floor(0.38, 1 / 6),  # six options; released: 60 %
}

# What can be right about a featureless sphere in the camera's own light. It shows its distance, and in `decoupled` to
# which side it went, but not whether the camera strafed or turned; `no-movement` has one answer, so it shows nothing.
CONTROL_CHANCE = {
    **dict.fromkeys(THREE_TYPES, 1 / 2),
    "vertical": 1 / 3,
    "decoupled": 3 / 5,
    "magnitude": 1 / 6,
}

# The three types of Viewpoint-100K in one report together: less is left to chance than in each alone.
THREE_TYPES_TOGETHER = 0.75
# Generated answers that are one of the letters asked for, all families of a report together. Released: every one.
WELL_FORMED = 0.995
