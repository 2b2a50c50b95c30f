"""Adds the decoder in 16-bit floats to a model folder that was exported without one; nothing else of it changes.

python scripts/add_half_decoder.py --model ../public/models/viewpoint-v0
"""

import argparse
import json
from pathlib import Path

import numpy as np

from viewpoint_training.export.half import half_decoder
from viewpoint_training.export.manifest import MANIFEST_FILE, file_entries, write_manifest
from viewpoint_training.export.package import DECODER_FILE, HALF_DATA, HALF_FILE, check_sizes
from viewpoint_training.export.self_test import HALF_TOLERANCE, last_logits
from viewpoint_training.native_model import WEIGHTS_F16, NativeModel


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="folder written by export_model.py")
    folder: Path = parser.parse_args().model
    manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
    (folder / HALF_FILE).write_bytes(half_decoder(folder / DECODER_FILE, HALF_DATA).SerializeToString())
    check_sizes(folder)
    graphs, test = manifest["graphs"], manifest["selfTest"]
    graphs["halfDecoder"] = {"file": HALF_FILE, "dataPath": HALF_DATA}
    test["half"] = {"tolerance": HALF_TOLERANCE}
    manifest["files"] = file_entries(folder)
    write_manifest(folder, manifest)
    logits = last_logits(NativeModel(folder, WEIGHTS_F16), test["inputIds"])
    difference = float(np.abs(logits[test["topIds"]] - test["topLogits"]).max())
    print(f"the self-test's logits differ by {difference:.3f} at most (tolerance {HALF_TOLERANCE})")
    if not difference <= HALF_TOLERANCE:
        raise SystemExit("the decoder in 16-bit floats computes something else: do not ship it")


if __name__ == "__main__":
    main()
