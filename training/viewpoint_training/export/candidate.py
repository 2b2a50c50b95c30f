"""A candidate: an exported folder that has not been evaluated yet. Its id ends in a hash of its trained weights.

So people tell it from the model that it is to replace, whose folder is named nearly the same. What ties a report to
weights is no name but the hash of the exported files (`weights_sha256` in manifest.py).
"""

import hashlib
from pathlib import Path

from .package import Source

PROJECT = Path(__file__).parents[3]
MODELS = PROJECT / "public" / "models"
CANDIDATES = PROJECT / "runs" / "candidates"
# What the cards of MODELS tell beside their reports (CardFacts), for scripts/renew_card.py.
CARDS = PROJECT / "training" / "cards"
HASH_DIGITS = 10


def candidate_id(model_id: str, source: Source) -> str:
    """Of the trained weights, not of the exported files: those differ in last bits between numbers of threads."""
    digest = hashlib.sha256()
    for module in (source.llama, source.tower):
        for name, values in module.state_dict().items():
            digest.update(name.encode())
            digest.update(values.detach().cpu().contiguous().numpy().tobytes())
    return f"{model_id}-candidate-{digest.hexdigest()[:HASH_DIGITS]}"
