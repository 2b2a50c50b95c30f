"""The manifest: the one place where names, sizes and hashes of a model folder are written down."""

import hashlib
import json
from pathlib import Path

import jsonschema
import onnx

from .decoder import channels_name, column_scales_name, head_part_name, head_parts, smoothed_gain_name
from .smoothing import Smoothing
from .tensor_file import Slot, TensorFile
from .weights import DecoderWeights

MANIFEST_FILE = "manifest.json"
CONTRACT_FOLDER = Path(__file__).parents[3] / "src" / "contract"


def graph_entry(folder: Path, file: str, data: str | None = None) -> dict:
    """File, inputs and outputs of one graph."""
    graph = onnx.load(str(folder / file), load_external_data=False).graph
    initializers = {tensor.name for tensor in graph.initializer}
    entry = {
        "file": file,
        "inputs": [value.name for value in graph.input if value.name not in initializers],
        "outputs": [value.name for value in graph.output],
    }
    return entry if data is None else {**entry, "data": data}


def dequantization_table(
    file: str, weights: DecoderWeights, smoothed: Smoothing, source: TensorFile, target: TensorFile
) -> dict:
    """How the data of the processor's decoder comes out of the 4-bit decoder's data file."""
    heads = {head_part_name(i): rows for i, rows in enumerate(head_parts(weights.shape.vocab_size))}

    def copied(name: str) -> dict:
        return {"kind": "f32", "sourceOffsetBytes": source.slots[name].offset_bytes}

    def dequantized(name: str, rows: range) -> dict:
        columns = weights.matrices[name].codes.shape[1]
        blocks = columns // weights.shape.block_size
        return {
            "kind": "q4",
            "inFeatures": columns,
            "outFeatures": len(rows),
            "blockSize": weights.shape.block_size,
            "sourceOffsetBytes": source.slots[f"{name}.codes"].offset_bytes + rows.start * columns // 2,
            "scalesOffsetBytes": source.slots[f"{name}.scales"].offset_bytes + rows.start * blocks * 4,
        }

    def entry(name: str, slot: Slot) -> dict:
        if name in heads:
            return dequantized("head", heads[name])
        if name in weights.matrices:
            matrix = dequantized(name, range(weights.matrices[name].codes.shape[0]))
            if name not in smoothed.columns:
                return matrix
            return matrix | {
                "kind": "u8",
                "channelsOffsetBytes": source.slots[channels_name(smoothed.norm_of(name))].offset_bytes,
                "columnScalesOffsetBytes": source.slots[column_scales_name(name)].offset_bytes,
            }
        stored = smoothed_gain_name(name) if name in smoothed.channels else name
        return copied(stored) | {"sizeBytes": slot.size_bytes}

    tensors = [
        {"name": name, **entry(name, slot), "targetOffsetBytes": slot.offset_bytes}
        for name, slot in target.slots.items()
    ]
    return {"file": file, "dataPath": target.location, "dataSizeBytes": target.size_bytes, "tensors": tensors}


def file_entries(folder: Path) -> list[dict]:
    """Path, size and hash of every file in `folder` except the manifest."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST_FILE)
    return [
        {
            "path": path.relative_to(folder).as_posix(),
            "sizeBytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in paths
    ]


def check_contract(content: dict, schema_file: str) -> None:
    """Raises when `content` is not what the contract says, with the path of the first entry that differs."""
    jsonschema.validate(content, json.loads((CONTRACT_FOLDER / schema_file).read_text(encoding="utf-8")))


def write_manifest(folder: Path, manifest: dict) -> None:
    """Checks `manifest` against the contract, then writes it."""
    check_contract(manifest, "manifest.schema.json")
    for report in manifest.get("scores", {}).values():
        check_contract(report, "eval-report.schema.json")
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    (folder / MANIFEST_FILE).write_text(text + "\n", encoding="utf-8")
