"""Writes a complete model folder, or nothing: it is built and checked under a temporary name."""

import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from torch import nn
from transformers import LlamaForCausalLM

from ..backbone import Backbone
from ..language_model import TextCodec
from ..movement import THREE_TYPES
from ..native_model import WEIGHTS_F16, WEIGHTS_Q4, WEIGHTS_U8, NativeModel
from ..prompts import END_OF_TURN, Prompts
from ..quantization import FakeQuantizer, quantized_parameters
from .accuracy import check_accuracy, check_measured, check_weights_told
from .card import LICENSE, CardFacts, write_card
from .decoder import add_smoothing, processor_decoder, quantized_decoder
from .embedding import embedding_graph
from .half import half_decoder
from .hub import HubDescription, write_hub_files
from .llama import decoder_weights
from .manifest import (
    file_entries,
    graph_entry,
    manifest_calibration,
    processor_table,
    weights_sha256,
    write_manifest,
)
from .parity import Parity, check_parity, measure_parity
from .self_test import self_test_entry, self_test_ids
from .smoothing import norm_maxima, smoothing
from .tensor_file import TensorFile
from .vision import export_vision
from .weights import DecoderWeights

VISION_FILE = "onnx/vision_encoder.onnx"
EMBEDDING_FILE = "onnx/embed_tokens_q4.onnx"
DECODER_FILE = "onnx/decoder_model_merged_q4.onnx"
DECODER_DATA = "decoder_model_merged_q4.onnx_data"
HALF_FILE = "onnx/decoder_model_merged_f16.onnx"
HALF_DATA = "decoder_model_merged_f16.onnx_data"
PROCESSOR_FILE = "onnx/decoder_model_merged_u8.onnx"
PROCESSOR_DATA = "decoder_model_merged_u8.onnx_data"
START_OF_TURN = "<|im_start|>"

MAX_TOTAL_BYTES = 60_000_000
MAX_FILE_BYTES = 50_000_000
MAX_PROCESSOR_GRAPH_BYTES = 1_000_000


class SizeError(Exception):
    """The folder or one of its files is too large to be served."""


@dataclass(frozen=True)
class Source:
    """A trained model, ready to be exported."""

    llama: LlamaForCausalLM
    tower: nn.Module  # float32 [2, 3, S, S] → [2, T, hidden]: encoder and connector
    tokenizer_folder: Path
    prompts: Prompts
    image_size_px: int
    image_mean: list[float]
    image_std: list[float]
    image_tokens_per_view: int
    training_commit: str
    families: tuple[str, ...] = THREE_TYPES  # of questions that it was taught


@dataclass(frozen=True)
class Labels:
    """What is said about the model beside its weights."""

    id: str
    name: str
    calibration: dict = field(default_factory=lambda: {"temperature": 1.0})
    scores: dict[str, dict] = field(default_factory=dict)
    baselines: dict[str, dict] = field(default_factory=dict)  # heading -> baselines.json, for the card
    made: dict[str, str] = field(default_factory=dict)  # stage -> what was done in it, for the card


def export_model(source: Source, labels: Labels, target: Path) -> tuple[Parity, CardFacts]:
    """Writes the folder `target`, replacing an older one only after every check has passed. Gives what was compared
    with PyTorch, and what the card tells beside the reports.

    AccuracyError, ParityError or SizeError says which did not."""
    check_weights_told(labels.scores)
    check_accuracy(labels.scores)
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        parity, card = build_folder(source, labels, work)
        check_sizes(work)
        replace_folder(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return parity, card


def build_folder(source: Source, labels: Labels, folder: Path) -> tuple[Parity, CardFacts]:
    weights = decoder_weights(source.llama)
    (folder / "onnx").mkdir()
    export_vision(source.tower, source.image_size_px, folder / VISION_FILE)
    (folder / EMBEDDING_FILE).write_bytes(embedding_graph(weights.head).to_model().SerializeToString())
    table = write_decoders(folder, weights, channel_maxima(source))
    description = describe(source, weights)
    write_hub_files(folder, description, source.tokenizer_folder)
    manifest = manifest_without_checks(source, labels, description, folder, table)
    check_measured(weights_sha256(manifest["files"]), labels.scores)
    write_manifest(folder, manifest)

    quantized, half, processor = (NativeModel(folder, weights) for weights in (WEIGHTS_Q4, WEIGHTS_F16, WEIGHTS_U8))
    ids = self_test_ids(quantized, source.prompts)
    with FakeQuantizer(quantized_parameters(source.llama)):
        parity = measure_parity(source.llama, source.tower, quantized, half, processor, ids)
    check_parity(parity)

    card = CardFacts(
        name=labels.name,
        facts=part_facts(source, weights),
        parity=parity.labelled(),
        calibration=labels.calibration,
        families=source.families,
        baselines=labels.baselines,
        backbone=any(isinstance(module, Backbone) for module in source.tower.modules()),
        made=labels.made,
    )
    write_card(folder, card, labels.scores)
    manifest["selfTest"] = self_test_entry(quantized, processor, ids)
    manifest["files"] = file_entries(folder)
    write_manifest(folder, manifest)
    return parity, card


def channel_maxima(source: Source) -> dict[str, np.ndarray]:
    with FakeQuantizer(quantized_parameters(source.llama)):
        codec = TextCodec(source.tokenizer_folder)
        return norm_maxima(source.llama, source.tower, codec, source.prompts, source.image_size_px)


def write_decoders(folder: Path, weights: DecoderWeights, maxima: dict[str, np.ndarray]) -> dict:
    """The decoder graphs and the 4-bit data file. Gives the manifest's table between them."""
    stored, virtual = TensorFile(DECODER_DATA), TensorFile(PROCESSOR_DATA)
    smoothed = smoothing(weights, maxima)
    quantized = quantized_decoder(weights, stored).to_model()
    add_smoothing(weights, smoothed, stored)
    processor = processor_decoder(weights, smoothed, virtual).to_model()
    (folder / DECODER_FILE).write_bytes(quantized.SerializeToString())
    (folder / PROCESSOR_FILE).write_bytes(processor.SerializeToString())
    stored.write(folder / "onnx")
    (folder / HALF_FILE).write_bytes(half_decoder(folder / DECODER_FILE, HALF_DATA).SerializeToString())
    return processor_table(PROCESSOR_FILE, weights, smoothed, stored, virtual)


def describe(source: Source, weights: DecoderWeights) -> HubDescription:
    codec = TextCodec(source.tokenizer_folder)
    return HubDescription(
        shape=weights.shape,
        image_size_px=source.image_size_px,
        image_mean=source.image_mean,
        image_std=source.image_std,
        image_token=source.prompts.image_token,
        image_token_id=codec.id_of(source.prompts.image_token),
        image_tokens_per_view=source.image_tokens_per_view,
        start_token_id=codec.id_of(START_OF_TURN),
        end_token_ids=[codec.id_of(END_OF_TURN)],
    )


def manifest_without_checks(
    source: Source, labels: Labels, description: HubDescription, folder: Path, table: dict
) -> dict:
    """The manifest as far as it is known before the graphs have run; self-test and file list are stand-ins."""
    shape = description.shape
    manifest = {
        "version": 1,
        "id": labels.id,
        "name": labels.name,
        "license": LICENSE,
        "families": list(source.families),
        "trainingCommit": source.training_commit,
        "files": file_entries(folder),
        "image": {"sizePx": source.image_size_px, "mean": source.image_mean, "std": source.image_std},
        "text": {
            "promptsVersion": source.prompts.version,
            "vocabSize": shape.vocab_size,
            "hiddenSize": shape.hidden_size,
            "imageTokenId": description.image_token_id,
            "imageTokensPerView": source.image_tokens_per_view,
            "endTokenIds": description.end_token_ids,
            "layers": shape.layers,
            "kvHeads": shape.kv_heads,
            "headSize": shape.head_size,
            "maxPositions": shape.max_positions,
        },
        "graphs": {
            "visionEncoder": graph_entry(folder, VISION_FILE),
            "embedTokens": graph_entry(folder, EMBEDDING_FILE),
            "decoder": graph_entry(folder, DECODER_FILE, data=f"onnx/{DECODER_DATA}"),
            "halfDecoder": {"file": HALF_FILE, "dataPath": HALF_DATA},
            "processorDecoder": table,
        },
        "calibration": manifest_calibration(labels.calibration),
        "selfTest": {"inputIds": [], "pixelSeed": 0, "topIds": [0], "topLogits": [0.0], "tolerance": 0.0},
    }
    if labels.scores:
        manifest["scores"] = labels.scores
    return manifest


def part_facts(source: Source, weights: DecoderWeights) -> dict[str, str]:
    shape = weights.shape
    matrix_count = sum(matrix.codes.size for matrix in weights.matrices.values())
    tower_count = sum(parameter.numel() for parameter in source.tower.parameters())
    return {
        "language model": f"{shape.layers} layers, width {shape.hidden_size}, {matrix_count / 1e6:.1f} M 4-bit weights",
        "vocabulary": f"{shape.vocab_size} tokens, embedding tied to the head",
        "encoder and connector": f"{tower_count / 1e6:.2f} M parameters, float32",
        "pictures": f"two views, {source.image_size_px} px square, {source.image_tokens_per_view} tokens each",
        "questions taught": ", ".join(source.families),
        "training commit": source.training_commit,
    }


def check_sizes(folder: Path) -> None:
    """Raises SizeError when a file or the whole folder has more bytes than the page may load, or when weights ended up
    inside the graph whose data the page makes itself."""
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    total = sum(sizes.values())
    large = [name for name, size in sizes.items() if size >= MAX_FILE_BYTES]
    if large:
        raise SizeError(f"{large[0]} has {sizes[large[0]]} bytes, at most {MAX_FILE_BYTES - 1} can be served")
    if total > MAX_TOTAL_BYTES:
        raise SizeError(f"the folder has {total} bytes, the limit is {MAX_TOTAL_BYTES}: shrink encoder or vocabulary")
    if sizes[PROCESSOR_FILE] >= MAX_PROCESSOR_GRAPH_BYTES:
        raise SizeError(f"{PROCESSOR_FILE} has {sizes[PROCESSOR_FILE]} bytes: a weight was stored inside the graph")


def replace_folder(new: Path, target: Path) -> None:
    """Renames `new` to `target`; an older `target` is set aside first and removed last."""
    new.chmod(0o755)
    if not target.exists():
        os.replace(new, target)
        return
    old = target.with_name(f".{target.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    os.replace(target, old)
    os.replace(new, target)
    shutil.rmtree(old)
