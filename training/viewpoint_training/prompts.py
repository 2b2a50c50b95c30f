"""Prompt text, read from src/contract/prompts.json: the only place where its wording lives.

A prompt is one user turn: the `<image>` tokens of view A, those of view B, the stem, the options when the format lists
them, and the format's suffix, joined by single spaces. The answer is the assistant's turn up to `<|im_end|>`.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

OPTION_LETTERS = "ABCDEF"
USER_START = "<|im_start|>user\n"
ASSISTANT_START = "<|im_end|>\n<|im_start|>assistant\n"
END_OF_TURN = "<|im_end|>"


def prompts_path() -> Path:
    """The contract file: $VIEWPOINT_PROMPTS, or the one of the repository that holds this package."""
    override = os.environ.get("VIEWPOINT_PROMPTS")
    return Path(override) if override else Path(__file__).parents[2] / "src" / "contract" / "prompts.json"


@dataclass(frozen=True)
class Paraphrases:
    """Other wordings of the families' stems (src/contract/paraphrases.json), family -> texts."""

    taught: dict[str, list[str]]
    held_out: dict[str, list[str]]  # never trained on: what tells whether people may use their own words

    @staticmethod
    def load(path: Path | None = None) -> "Paraphrases":
        raw = json.loads((path or prompts_path().with_name("paraphrases.json")).read_text(encoding="utf-8"))
        return Paraphrases(raw["taught"], raw["heldOut"])


@dataclass(frozen=True)
class Prompts:
    """Wording of every question family and answer format."""

    version: int
    image_token: str
    families: dict[str, dict]  # family id -> {"stem": str, "options": {key: text}}; angles have no "options"
    option_separator: str
    formats: dict[str, dict]  # format id -> {"withOptions": bool, "suffix": str}

    @staticmethod
    def load(path: Path | None = None) -> "Prompts":
        raw = json.loads((path or prompts_path()).read_text(encoding="utf-8"))
        return Prompts(raw["version"], raw["imageToken"], raw["families"], raw["optionSeparator"], raw["formats"])

    def option_texts(self, family: str) -> dict[str, str]:
        """Key ("left", "right", "none", …) -> the option's text. KeyError for a family whose options are drawn."""
        return self.families[family]["options"]

    def with_fixed_options(self) -> list[str]:
        """Families whose options are the same for every pair."""
        return [family for family, entry in self.families.items() if entry.get("options")]

    def angle_text(self, family: str, angle_deg: int) -> str:
        """A signed whole number of degrees as the family's options write it, positive rightward (the paper's sign)."""
        return self.families[family].get("optionTemplate", "{angle}").replace("{angle}", f"{angle_deg:+d}")

    def options_line(self, options: list[str]) -> str:
        """`A: first B: second …` in the given order."""
        return self.option_separator.join(f"{OPTION_LETTERS[i]}: {text}" for i, text in enumerate(options))

    def user_text(self, family: str, format_id: str, options: list[str] | None = None) -> str:
        """Text of the user turn after the image tokens; `options` in the order shown, for formats that list them."""
        return self.with_stem(self.families[family]["stem"], format_id, options)

    def with_stem(self, stem: str, format_id: str, options: list[str] | None = None) -> str:
        form = self.formats[format_id]
        if form["withOptions"] != (options is not None):
            raise ValueError(f"format {format_id!r}: withOptions is {form['withOptions']}, options were {options}")
        parts = [stem] + ([self.options_line(options)] if options is not None else []) + [form["suffix"]]
        return " ".join(parts)
