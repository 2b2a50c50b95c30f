"""A candidate: an exported folder that has not been evaluated yet. It says which weights it is made of.

Its manifest's id ends in a hash of the weights, and reports of `npm run eval` name the id. So a report can be told to
be of these weights, and not of the model that they are to replace, whose folder is named nearly the same.
"""

import hashlib
from pathlib import Path

from .package import Source

PROJECT = Path(__file__).parents[3]
MODELS = PROJECT / "public" / "models"
CANDIDATES = PROJECT / "runs" / "candidates"
HASH_DIGITS = 10


def candidate_id(model_id: str, source: Source) -> str:
    """Of the trained weights, not of the exported files: those differ in last bits between numbers of threads."""
    digest = hashlib.sha256()
    for module in (source.llama, source.tower):
        for name, values in module.state_dict().items():
            digest.update(name.encode())
            digest.update(values.detach().cpu().contiguous().numpy().tobytes())
    return f"{model_id}-candidate-{digest.hexdigest()[:HASH_DIGITS]}"
