"""The processor's eight-bit weights, against numbers that the page's code is held to as well."""

import json
from pathlib import Path

import numpy as np

from viewpoint_training.native_model import processor_decoder_data

GOLDEN = Path(__file__).parents[2] / "src/contract/golden/integer-weights.json"


def test_weights_are_rounded_as_the_page_rounds_them() -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    parts = {
        "sourceOffsetBytes": np.array(golden["packed"], np.uint8),
        "scalesOffsetBytes": np.array(golden["scales"], np.float32),
        "channelsOffsetBytes": np.array(golden["channels"], np.float32),
        "columnScalesOffsetBytes": np.array(golden["columnScales"], np.float32),
    }
    tensor, data = {"name": "w", "kind": "u8", "targetOffsetBytes": 0}, b""
    for offset, values in parts.items():
        tensor[offset] = len(data)
        data += values.tobytes()
    tensor |= {name: golden[name] for name in ("inFeatures", "outFeatures", "blockSize")}
    shape = (golden["inFeatures"], golden["outFeatures"])
    table = {"dataSizeBytes": shape[0] * shape[1], "tensors": [tensor]}
    assert processor_decoder_data(data, table).reshape(shape).tolist() == golden["codes"]
