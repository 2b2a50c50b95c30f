"""What a release must score on its own evaluation, family by family: the one table of these numbers.

They are floors against an export that went wrong and against a training run that lost a question, not aims. Each
lies about half way between guessing and the lowest figure of a released model (fifth run, unseen packs, 60–200 items
a family): far enough below that chance in drawing items does not stop an equal model, far enough above that a model
which has stopped looking does not pass. Where few items are asked the second rule is the harder one: the low end of
the report's 95 % interval must lie above guessing.
"""

from dataclasses import dataclass

from ..movement import THREE_TYPES


@dataclass(frozen=True)
class Floor:
    """Shares, 0…1, of scored answers."""

    right: float  # at least this share
    guessing: float  # what is right without looking: the low end of the interval must lie above


FLOORS: dict[str, Floor] = {
    # Three options, but the camera always moved: always "left" earns a half. Released: 83–85 %.
    **dict.fromkeys(THREE_TYPES, Floor(0.65, 1 / 2)),
    # Released: 100 %. The page's first lesson is a camera that stands still, so hardly any may fail.
    "no-movement": Floor(0.8, 1 / 3),
    "vertical": Floor(0.5, 1 / 3),  # released: 73 %
    "distance": Floor(0.5, 1 / 3),  # released: 72 %
    "decoupled": Floor(0.5, 1 / 5),  # five options; released: 83 %
    "magnitude": Floor(0.2, 1 / 6),  # six options; released: 30 %
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
