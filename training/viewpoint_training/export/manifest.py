"""The manifest: the one place where names, sizes and hashes of a model folder are written down."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import onnx

from .decoder import channels_name, column_scales_name, smoothed_gain_name
from .smoothing import Smoothing
from .tensor_file import Slot, TensorFile
from .weights import DecoderWeights

MANIFEST_FILE = "manifest.json"
WEIGHT_ENDINGS = (".onnx", ".onnx_data")
HALF_ENDING = "_f16.onnx"
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


def processor_table(
    file: str, weights: DecoderWeights, smoothed: Smoothing, source: TensorFile, target: TensorFile
) -> dict:
    """How the data of the processor's decoder comes out of the 4-bit decoder's data file."""

    def entry(name: str, slot: Slot) -> dict:
        if name not in weights.matrices:
            stored = smoothed_gain_name(name) if name in smoothed.channels else name
            return {
                "kind": "f32",
                "sourceOffsetBytes": source.slots[stored].offset_bytes,
                "sizeBytes": slot.size_bytes,
            }
        out_features, in_features = weights.matrices[name].codes.shape
        matrix = {
            "kind": "q4",
            "inFeatures": in_features,
            "outFeatures": out_features,
            "blockSize": weights.shape.block_size,
            "sourceOffsetBytes": source.slots[f"{name}.codes"].offset_bytes,
            "scalesOffsetBytes": source.slots[f"{name}.scales"].offset_bytes,
        }
        if name not in smoothed.columns:
            return matrix
        return matrix | {
            "kind": "u8",
            "channelsOffsetBytes": source.slots[channels_name(smoothed.norm_of[name])].offset_bytes,
            "columnScalesOffsetBytes": source.slots[column_scales_name(name)].offset_bytes,
        }

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


def weights_sha256(files: list[dict]) -> str:
    """Which weights a folder holds: over names and hashes of the weight files among a manifest's `files`, in the order
    of their paths. `weightsSha256` of tools/eval/weights-hash.ts is the same; reports of `npm run eval` state it. The
    decoder in 16-bit floats has no weights of its own."""
    weights = [
        file for file in files if file["path"].endswith(WEIGHT_ENDINGS) and not file["path"].endswith(HALF_ENDING)
    ]
    lines = sorted(f"{file['path']} {file['sha256']}\n" for file in weights)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def manifest_calibration(calibration: dict) -> dict:
    """What of scripts/fit_calibration.py's result the page needs; how the error was measured is for the card alone."""
    return {key: calibration[key] for key in ("temperature", "temperatures", "n", "ece") if key in calibration}


def read_named(entries: Sequence[str]) -> dict[str, dict]:
    """NAME=FILE.json each -> contents by name."""
    named = (entry.partition("=") for entry in entries)
    return {name: json.loads(Path(path).read_text(encoding="utf-8")) for name, _, path in named}


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
