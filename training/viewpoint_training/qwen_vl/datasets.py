"""Data sets for trl: prompt, completion and two pictures, decoded when they are read."""

from collections.abc import Sequence

from datasets import Dataset, Features, Image, List, Value, interleave_datasets

from .rows import Row

_MESSAGES = List({"role": Value("string"), "content": Value("string")})
_FEATURES = Features(
    {"prompt": _MESSAGES, "completion": _MESSAGES, "images": List(Image(mode="RGB")), "solution": Value("string")}
)


def _dataset(rows: Sequence[Row], reasoned: bool, answers: Sequence[str]) -> Dataset:
    columns = {
        "prompt": [row.prompt(reasoned) for row in rows],
        "completion": [[{"role": "assistant", "content": answer}] for answer in answers],
        "images": [[str(image) for image in row.images] for row in rows],
        "solution": [row.letter for row in rows],
    }
    return Dataset.from_dict(columns, features=_FEATURES)


def sft_dataset(letters: Sequence[Row], reasoned: Sequence[Row], reasoned_share: float, seed: int) -> Dataset:
    """Letter rows and reasoned rows at 1 − share : share, until each row was used; the smaller set starts over.

    The paper mixes 100 K letters with 1 K worked answers at 0.9 : 0.1. Raises ValueError for a share without its rows.
    """
    if not 0 <= reasoned_share < 1:
        raise ValueError(f"the share of reasoned rows must lie in 0…1 and leave room for letters, is {reasoned_share}")
    plain = _dataset(letters, False, [row.letter for row in letters])
    if reasoned_share == 0:
        return plain
    texts = [row.reasoning for row in reasoned if row.reasoning is not None]
    if not texts or len(texts) < len(reasoned):
        raise ValueError(f"{len(reasoned) - len(texts)} of {len(reasoned)} reasoned rows hold no reasoning")
    worked = _dataset(reasoned, True, texts)
    return interleave_datasets(
        [plain, worked], [1 - reasoned_share, reasoned_share], seed=seed, stopping_strategy="all_exhausted"
    )


def grpo_dataset(rows: Sequence[Row]) -> Dataset:
    """Prompts that ask for reasoning, pictures, and the letter as `solution` for the reward."""
    return _dataset(rows, True, [row.letter for row in rows]).remove_columns("completion")
