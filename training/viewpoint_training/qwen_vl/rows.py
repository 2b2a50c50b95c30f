"""Rows in the Viewpoint-100K form, as src/questions/viewpoint-100k.ts exports them, and the conversations they become.

A row is one line of JSON: two chat messages (the user's text starts with one `<image>` a view; the assistant's is the
right letter, or worked reasoning with the letter in `<answer>`), and the paths of both pictures beside the file.

Two ways of asking, never mixed in one prompt. A *letter* row is asked as it stands. A *reasoned* row, and every row in
GRPO, is asked with SYSTEM_PROMPT, and its last sentence asks for the same format instead of the bare letter.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..prompts import Prompts

# The wording is the paper's (App. D), without the name that it gives the model.
SYSTEM_PROMPT = (
    "You are a helpful assistant with excellent reasoning ability. A user asks you a question, and you should try to "
    "solve it. You should first think about the reasoning process in the mind and then provides the user with the "
    "answer. The reasoning process and answer are enclosed within `<think> </think>` and `<answer> </answer>` tags, "
    "respectively, i.e., `<think> reasoning process here </think> <answer> answer here </answer>`"
)
REASONED_SUFFIX = "Think in <think> </think>, then give the letter of the correct option in <answer> </answer>."
REASONED = re.compile(r"<think>.*</think>\s*<answer>(?P<letter>.*)</answer>", re.DOTALL)


@dataclass(frozen=True)
class Row:
    """One question about one pair."""

    question: str  # stem and lettered options, no image tokens, no format suffix
    letter: str
    reasoning: str | None  # the whole assistant's text of a reasoned row
    images: tuple[Path, Path]  # view A, view B

    def prompt(self, reasoned: bool) -> list[dict[str, str]]:
        """Chat messages up to the answer. Contents are plain text: trl puts both pictures before the user's."""
        if not reasoned:
            suffix = Prompts.load().formats["letter"]["suffix"]
            return [{"role": "user", "content": f"{self.question} {suffix}"}]
        asked = {"role": "user", "content": f"{self.question} {REASONED_SUFFIX}"}
        return [{"role": "system", "content": SYSTEM_PROMPT}, asked]


def read_rows(path: Path) -> list[Row]:
    """All rows of a file; raises ValueError with file and line for a row that is not of the form."""
    path = Path(path)
    prompts = Prompts.load()
    image_tokens, suffix = prompts.image_token * 2, prompts.formats["letter"]["suffix"]
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            rows.append(_row(json.loads(line), path.parent, image_tokens, suffix))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}:{number}: not a row of the Viewpoint-100K form: {error}") from error
    if not rows:
        raise ValueError(f"{path} holds no rows: export a set in the Viewpoint-100K form first")
    return rows


def _row(raw: dict[str, Any], folder: Path, image_tokens: str, suffix: str) -> Row:
    user, assistant = raw["messages"]
    if (user["role"], assistant["role"]) != ("user", "assistant"):
        raise ValueError(f"roles are {user['role']!r}, {assistant['role']!r}; must be user, assistant")
    text = user["content"]
    if not text.startswith(image_tokens) or not text.endswith(suffix):
        raise ValueError(f"the user's text must start with {image_tokens!r} and end with {suffix!r}")
    question = text[len(image_tokens) : -len(suffix)].strip()
    match = REASONED.fullmatch(assistant["content"].strip())
    letter = (match["letter"] if match else assistant["content"]).strip()
    if not re.fullmatch("[A-Z]", letter) or f" {letter}: " not in question:
        raise ValueError(f"the answer {letter!r} is not the letter of an option in {question!r}")
    images = tuple(folder / name for name in raw["images"])
    if len(images) != 2:
        raise ValueError(f"{len(images)} pictures; must be two, view A and view B")
    for image in images:
        if not image.is_file():
            raise ValueError(f"picture {image} is missing; paths are relative to the file")
    return Row(question, letter, assistant["content"].strip() if match else None, images)
