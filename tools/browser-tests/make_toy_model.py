"""Writes a model folder of some hundred kilobytes with random weights, for browser tests where the real is too slow.

.venv/bin/python tools/browser-tests/make_toy_model.py --out test-results/toy-model
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "training"), str(ROOT / "training" / "tests")]

from tiny_source import tiny_source  # noqa: E402
from viewpoint_training.export.package import Labels, export_model  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    out: Path = parser.parse_args().out
    shutil.rmtree(out, ignore_errors=True)
    with tempfile.TemporaryDirectory() as tokenizer:
        export_model(tiny_source(Path(tokenizer)), Labels("toy", "Toy", scores={}), out)


if __name__ == "__main__":
    main()
