"""The rewards of GRPO in trl's form: half for the format, half for the exact answer.

A reward function takes lists, one entry a completion, and gives a list of numbers from 0 to 1. A completion is a chat
(`[{"role": "assistant", "content": text}]`), or plain text.
"""

from typing import Any

from ..rewards import EXACT_WEIGHT, FORM_WEIGHT, answer_in, is_well_formed

Completion = str | list[dict[str, Any]]

REWARD_WEIGHTS = (FORM_WEIGHT, EXACT_WEIGHT)  # format_reward, answer_reward


def completion_text(completion: Completion) -> str:
    """The assistant's text; text blocks of a structured content are joined."""
    if isinstance(completion, str):
        return completion
    content = completion[-1]["content"]
    return content if isinstance(content, str) else "".join(block.get("text", "") for block in content)


def format_reward(completions: list[Completion], **_: Any) -> list[float]:
    """1 for a well-formed completion."""
    return [float(is_well_formed(completion_text(c))) for c in completions]


def answer_reward(completions: list[Completion], solution: list[str], **_: Any) -> list[float]:
    """1 if the answer is exactly the solution's letter, whether or not the rest is well formed."""
    pairs = zip(completions, solution, strict=True)
    return [float(answer_in(completion_text(c)) == right) for c, right in pairs]
