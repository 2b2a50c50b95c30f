"""Runs an exported folder with onnxruntime on the CPU: encoder, embedding, and a decoder with an explicit cache."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime

from .language_model import TextCodec, shared_length
from .prompts import Prompts

PAST_KEY = re.compile(r"past_key_values\.\d+\.(key|value)$")
DEFAULT_THREADS = 2
WEIGHTS_Q4 = "q4"
WEIGHTS_U8 = "u8"
WEIGHTS_F16 = "f16"
CACHE_TYPES = {"tensor(float)": np.float32, "tensor(float16)": np.float16}


def session_options(threads: int = DEFAULT_THREADS) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return options


def half_decoder_data(data: np.ndarray) -> np.ndarray:
    """The buffer that stands for the data file of the decoder in 16-bit floats: `data`, the 4-bit decoder's file as
    uint8, as float16. Where that holds no floats, neither does this."""
    with np.errstate(over="ignore", invalid="ignore"):
        return data[: data.size // 4 * 4].view(np.float32).astype(np.float16).view(np.uint8)


def processor_decoder_data(data: bytes, table: dict) -> np.ndarray:
    """The buffer that stands for the data file of the processor's decoder, filled as a browser fills it.

    `data` is the 4-bit decoder's data file, `table` the manifest's `graphs.processorDecoder`.
    """
    buffer = np.zeros(table["dataSizeBytes"], dtype=np.uint8)
    for tensor in table["tensors"]:
        source, target = tensor["sourceOffsetBytes"], tensor["targetOffsetBytes"]
        if tensor["kind"] == "f32":
            size = tensor["sizeBytes"]
            buffer[target : target + size] = np.frombuffer(data, np.uint8, size, source)
            continue
        rows, columns, block = tensor["outFeatures"], tensor["inFeatures"], tensor["blockSize"]
        pairs = np.frombuffer(data, np.uint8, rows * columns // 2, source).reshape(rows, columns // 2)
        scales = np.frombuffer(data, np.float32, rows * columns // block, tensor["scalesOffsetBytes"])
        scales = scales.reshape(rows, columns // block, 1)
        codes = np.stack([pairs & 15, pairs >> 4], axis=-1).reshape(rows, columns // block, block)
        if tensor["kind"] == "u8":
            channels = np.frombuffer(data, np.float32, columns, tensor["channelsOffsetBytes"])
            steps = np.frombuffer(data, np.float32, rows, tensor["columnScalesOffsetBytes"]).reshape(rows, 1, 1)
            # In float64, in the browser's order: both round to the same integers.
            small = (codes.astype(np.float64) - 8) * (scales.astype(np.float64) / steps)
            whole = np.floor(small.reshape(rows, columns) * channels + 128.5)
            buffer[target : target + rows * columns] = whole.astype(np.uint8).T.reshape(-1)
            continue
        weight = (codes.astype(np.float32) - 8) * scales
        view = buffer[target : target + 4 * rows * columns].view(np.float32).reshape(columns, rows)
        view[...] = weight.reshape(rows, columns).T
    return buffer


@dataclass(frozen=True)
class Cache:
    """Keys and values of all layers, [B, kv_heads, length, head_size] each, in the order and type of the decoder's."""

    tensors: list[np.ndarray]

    @property
    def length(self) -> int:
        return self.tensors[0].shape[2]


class Decoder:
    """One decoder session; extending a cache leaves the given one as it was."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self.session = session
        self.past_inputs = [entry for entry in session.get_inputs() if PAST_KEY.match(entry.name)]

    @property
    def cache_type(self) -> type[np.floating]:
        return CACHE_TYPES[self.past_inputs[0].type]

    def empty_cache(self, batch_size: int = 1) -> Cache:
        shapes = [(batch_size, entry.shape[1], 0, entry.shape[3]) for entry in self.past_inputs]
        return Cache([np.zeros(shape, self.cache_type) for shape in shapes])

    def extend(self, embeddings: np.ndarray, cache: Cache, logits_to_keep: int = 1) -> tuple[np.ndarray, Cache]:
        """Appends `embeddings` [B, L, hidden]; gives logits [B, kept, V] of the last positions and the longer cache.

        `logits_to_keep` 0 keeps all positions.
        """
        batch_size, length = embeddings.shape[:2]
        total = cache.length + length
        feeds = {
            "inputs_embeds": embeddings,
            "attention_mask": np.ones((batch_size, total), np.int64),
            "position_ids": np.tile(np.arange(cache.length, total), (batch_size, 1)),
            "num_logits_to_keep": np.array(logits_to_keep, np.int64),
        }
        feeds |= {entry.name: tensor for entry, tensor in zip(self.past_inputs, cache.tensors, strict=True)}
        logits, *present = self.session.run(None, feeds)
        return logits, Cache(present)


class NativeModel:
    """An exported folder, ready to run. `weights` picks the decoder: as stored (q4), as a processor runs it (u8), or as
    a graphics card does in 16-bit floats (f16)."""

    def __init__(self, folder: Path, weights: str = WEIGHTS_Q4, threads: int = DEFAULT_THREADS) -> None:
        self.folder = folder
        self.weights = weights
        self.threads = threads
        self.manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        self.codec = TextCodec(folder)
        self.encoder = self._session("visionEncoder")
        self.embedding = self._session("embedTokens")
        sessions = {WEIGHTS_F16: self._half_session, WEIGHTS_U8: self._processor_session}
        self.decoder = Decoder(sessions[weights]() if weights in sessions else self._session("decoder"))

    @cached_property
    def opening_ids(self) -> list[int]:
        """Tokens that the stems of all families begin with."""
        stems = [self.codec.encode(family["stem"]) for family in Prompts.load().families.values()]
        return stems[0][: shared_length(stems)]

    @property
    def image_token_id(self) -> int:
        return self.manifest["text"]["imageTokenId"]

    @property
    def image_tokens_per_pair(self) -> int:
        return 2 * self.manifest["text"]["imageTokensPerView"]

    @property
    def end_token_ids(self) -> list[int]:
        return self.manifest["text"]["endTokenIds"]

    def pixel_values(self, views: np.ndarray) -> np.ndarray:
        """uint8 [2, S, S, 3] (A, then B) → float32 [2, 3, S, S], normalized as the manifest says."""
        image = self.manifest["image"]
        mean, std = np.array(image["mean"], np.float32), np.array(image["std"], np.float32)
        scaled = (views.astype(np.float32) / np.float32(255) - mean) / std
        return np.ascontiguousarray(scaled.transpose(0, 3, 1, 2))

    def image_features(self, pixel_values: np.ndarray) -> np.ndarray:
        """float32 [2, 3, S, S] → [2 · T, hidden], view A's tokens first."""
        features = self.encoder.run(None, {"pixel_values": pixel_values})[0]
        return features.reshape(-1, features.shape[-1])

    def embed(self, ids: list[int], image_features: np.ndarray | None = None) -> np.ndarray:
        """Token ids → [1, L, hidden]; image tokens take the rows of `image_features` in order."""
        row = np.array([ids], np.int64)
        embeddings = self.embedding.run(None, {"input_ids": row})[0]
        if image_features is not None:
            embeddings[row == self.image_token_id] = image_features
        return embeddings

    def _session(self, graph: str) -> onnxruntime.InferenceSession:
        path = self.folder / self.manifest["graphs"][graph]["file"]
        return onnxruntime.InferenceSession(
            str(path), session_options(self.threads), providers=["CPUExecutionProvider"]
        )

    def _half_session(self) -> onnxruntime.InferenceSession:
        half, data_file = self.manifest["graphs"]["halfDecoder"], self._data_file
        data = np.fromfile(data_file, np.uint8)
        return self._session_on(half["file"], {data_file.name: data, half["dataPath"]: half_decoder_data(data)})

    def _processor_session(self) -> onnxruntime.InferenceSession:
        table = self.manifest["graphs"]["processorDecoder"]
        data = processor_decoder_data(self._data_file.read_bytes(), table)
        return self._session_on(table["file"], {table["dataPath"]: data})

    @property
    def _data_file(self) -> Path:
        return self.folder / self.manifest["graphs"]["decoder"]["data"]

    def _session_on(self, file: str, data: dict[str, np.ndarray]) -> onnxruntime.InferenceSession:
        """Over external data that is there in memory, by the names that the graph has for it."""
        options, buffers = session_options(self.threads), list(data.values())
        sizes = [buffer.nbytes for buffer in buffers]
        options.add_external_initializers_from_files_in_memory(list(data), buffers, sizes)
        model = (self.folder / file).read_bytes()
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
