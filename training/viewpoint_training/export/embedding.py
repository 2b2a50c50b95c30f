"""The token embedding as its own graph: rows of the tied 4-bit head, dequantized as they are gathered.

Written in standard operators: the browser runtime's build with WebGPU has no GatherBlockQuantized kernel for the CPU.
"""

import numpy as np
from onnx import TensorProto

from ..quantization import ZERO_POINT
from .graph import Graph
from .weights import QuantizedMatrix

CODES_A_BYTE = 2
HIGH_CODE_UNIT = 16


def embedding_graph(head: QuantizedMatrix) -> Graph:
    """`input_ids` int64 [B, L] → `inputs_embeds` float32 [B, L, hidden]."""
    vocab_size, hidden_size = head.codes.shape
    blocks = hidden_size // head.block_size
    graph = Graph("embed_tokens_q4")
    graph.add_input("input_ids", TensorProto.INT64, ["batch_size", "sequence_length"])
    graph.constant("head.codes", head.packed().reshape(vocab_size, hidden_size // CODES_A_BYTE))
    graph.constant("head.scales", head.scales.astype(np.float32).reshape(vocab_size, blocks))
    graph.constant("unit", np.array(HIGH_CODE_UNIT, dtype=np.float32))
    graph.constant("zero_point", np.array(ZERO_POINT, dtype=np.float32))
    graph.constant("axis_3", np.array([3], dtype=np.int64))
    graph.constant("block_shape", np.array([0, 0, blocks, head.block_size], dtype=np.int64))
    graph.constant("row_shape", np.array([0, 0, hidden_size], dtype=np.int64))
    graph.add("Gather", ["head.codes", "input_ids"], "byte_rows", axis=0)  # uint8 [B, L, hidden / 2]
    graph.add("Cast", ["byte_rows"], "bytes", to=TensorProto.FLOAT)
    # Small whole numbers in float32: byte = 16 · high + low, exactly.
    graph.add("Div", ["bytes", "unit"], "sixteenths")
    graph.add("Floor", ["sixteenths"], "high")
    graph.add("Mul", ["high", "unit"], "high_part")
    graph.add("Sub", ["bytes", "high_part"], "low")
    graph.add("Unsqueeze", ["low", "axis_3"], "low_column")
    graph.add("Unsqueeze", ["high", "axis_3"], "high_column")
    graph.add("Concat", ["low_column", "high_column"], "code_pairs", axis=3)  # [B, L, hidden / 2, 2]
    graph.add("Reshape", ["code_pairs", "block_shape"], "codes")
    graph.add("Sub", ["codes", "zero_point"], "centred")
    graph.add("Gather", ["head.scales", "input_ids"], "scale_rows", axis=0)  # [B, L, blocks]
    graph.add("Unsqueeze", ["scale_rows", "axis_3"], "scales")
    graph.add("Mul", ["centred", "scales"], "blocks")
    graph.add("Reshape", ["blocks", "row_shape"], "inputs_embeds")
    graph.add_output("inputs_embeds", TensorProto.FLOAT, ["batch_size", "sequence_length", hidden_size])
    return graph
