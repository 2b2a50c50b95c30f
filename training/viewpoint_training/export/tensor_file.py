"""Layout of one external data file of an ONNX graph: every tensor starts at a multiple of 64 bytes."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto

ALIGNMENT_BYTES = 64
ONNX_TYPES = {np.dtype(np.float32): TensorProto.FLOAT, np.dtype(np.uint8): TensorProto.UINT8}


@dataclass(frozen=True)
class Slot:
    """Where a tensor lies in the file."""

    offset_bytes: int
    size_bytes: int


@dataclass
class TensorFile:
    """Hands out aligned offsets in the file `location` and remembers the arrays that go there.

    A tensor that is only reserved takes up room without data: the processor's decoder names a file that nobody stores.
    """

    location: str
    size_bytes: int = 0
    slots: dict[str, Slot] = field(default_factory=dict)
    arrays: dict[str, np.ndarray] = field(default_factory=dict)

    def reserve(self, name: str, shape: tuple[int, ...], dtype: np.dtype) -> TensorProto:
        """An initializer `name` that points at fresh room in this file."""
        if name in self.slots:
            raise ValueError(f"tensor {name!r} is already in {self.location}; give each initializer its own name")
        offset = -(-self.size_bytes // ALIGNMENT_BYTES) * ALIGNMENT_BYTES
        slot = Slot(offset, int(np.prod(shape, dtype=np.int64)) * np.dtype(dtype).itemsize)
        self.slots[name] = slot
        self.size_bytes = slot.offset_bytes + slot.size_bytes
        tensor = TensorProto(name=name, data_type=ONNX_TYPES[np.dtype(dtype)], dims=shape)
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", self.location), ("offset", slot.offset_bytes), ("length", slot.size_bytes)):
            tensor.external_data.append(onnx.StringStringEntryProto(key=key, value=str(value)))
        return tensor

    def add(self, name: str, array: np.ndarray) -> TensorProto:
        """As `reserve`, and keeps the array for `write`."""
        tensor = self.reserve(name, array.shape, array.dtype)
        self.arrays[name] = np.ascontiguousarray(array)
        return tensor

    def write(self, folder: Path) -> None:
        """Writes the file into `folder`, the gaps filled with zeros."""
        with open(folder / self.location, "wb") as file:
            for name, array in self.arrays.items():
                slot = self.slots[name]
                file.write(bytes(slot.offset_bytes - file.tell()))
                file.write(array.tobytes())
