"""Worked reasoning for the cold start: items with their true poses -> reasoned rows of the Viewpoint-100K form.

The paper asked another model for 1 K such answers and found contradictions in them; these are made from the poses.
"""

import random
from typing import Any

from ..angles import wrap_deg
from ..movement import THREE_TYPES
from ..prompts import Prompts
from ..reasoning import Movement, answer_side, reasoned_answer

AMOUNTS_DEG = [float(centre) for centre in range(-180, 181, 5)]  # amounts are told to 5°


def reasoned_rows(exported: list[dict[str, Any]], count: int, seed: int) -> list[dict[str, Any]]:
    """`count` rows of random items among those of the paper's three questions about orbits.

    `exported`: lines of the export's items.jsonl, each an `item` (item.schema.json) and its two `images`. Raises
    ValueError if fewer can be used, or if an item's key contradicts its poses.
    """
    usable = [line for line in exported if _can_be_reasoned_about(line["item"])]
    if len(usable) < count:
        raise ValueError(
            f"{len(usable)} of {len(exported)} items can be reasoned about ({', '.join(THREE_TYPES)}), not {count}"
        )
    return [reasoned_row(line["item"], line["images"]) for line in random.Random(seed).sample(usable, count)]


def reasoned_row(item: dict[str, Any], images: list[str]) -> dict[str, Any]:
    """One row of the Viewpoint-100K form."""
    movement, family = movement_of_item(item), item["question"]
    key = answer_side(family, movement)
    if key != item["answerKey"]:
        raise ValueError(f"item {item['id']}: the poses say {key!r}, its key {item['answerKey']!r}")
    prompts = Prompts.load()
    letter = next(option["letter"] for option in item["options"] if option["key"] == key)
    options = [f"{option['letter']}: {option['text']}" for option in item["options"]]
    parts = [item["stem"], *options, prompts.formats["letter"]["suffix"]]
    user = prompts.image_token * 2 + prompts.option_separator.join(parts)
    answer = reasoned_answer(family, movement, letter, AMOUNTS_DEG)
    messages = [{"role": "user", "content": user}, {"role": "assistant", "content": answer}]
    return {"messages": messages, "images": images}


def movement_of_item(item: dict[str, Any]) -> Movement:
    """Relative orbit of an item's two views."""
    a, b = (item[view]["orbit"] for view in ("viewA", "viewB"))
    azimuth_deg = wrap_deg(b["azimuthDeg"] - a["azimuthDeg"])
    moved = item["viewA"]["positionWorld"] != item["viewB"]["positionWorld"]
    return Movement(azimuth_deg, b["elevationDeg"] - a["elevationDeg"], moved)


def _can_be_reasoned_about(item: dict[str, Any]) -> bool:
    orbits = item["viewA"]["orbit"] is not None and item["viewB"]["orbit"] is not None
    return item["question"] in THREE_TYPES and orbits and item["answerable"] is not False
