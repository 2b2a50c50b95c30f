"""The decoder graph, node by node: over 4-bit weights, or over those that the runtime makes of them for a processor.

Both graphs have the same inputs, outputs and nodes except for the matrix products. Keys and values grow by as many
tokens as are fed, so a prefix can be kept and continued by several tokens at once; past and present may also be one
buffer that is longer than its content. Positions follow from `attention_mask` (all ones; right padding only):
`position_ids` is accepted because callers of this layout feed it, and is not read.
"""

from collections.abc import Callable

import numpy as np
from onnx import TensorProto

from ..quantization import BITS
from .graph import CONTRIB_DOMAIN, Graph
from .smoothing import ZERO_POINT, Smoothing
from .tensor_file import TensorFile
from .weights import DecoderShape, DecoderWeights, rotary_tables

# float32 activations: int8 ones (level 4) moved logits of the 12-layer model by up to 1.7. A processor gains by them:
# its decoder takes them where they do least harm. A graphics card does not.
ACCURACY_LEVEL = 1
INT64_MAX = np.iinfo(np.int64).max

# (graph, input value, weight name, output value): adds `output = input · weightᵀ`
LinearWriter = Callable[[Graph, str, str, str], str]


def past_name(layer: int, part: str) -> str:
    return f"past_key_values.{layer}.{part}"


def present_name(layer: int, part: str) -> str:
    return f"present.{layer}.{part}"


def quantized_decoder(weights: DecoderWeights, data: TensorFile) -> Graph:
    """The decoder with MatMulNBits products; its weights are added to `data`."""
    graph = Graph("decoder_q4")
    for name, matrix in weights.matrices.items():
        graph.initializers.append(data.add(f"{name}.codes", matrix.packed()))
        graph.initializers.append(data.add(f"{name}.scales", matrix.scales.reshape(-1)))
    for name, values in float_tensors(weights).items():
        graph.initializers.append(data.add(name, values))

    def linear(graph: Graph, value: str, weight: str, output: str) -> str:
        out_features, in_features = weights.matrices[weight].codes.shape
        return graph.add(
            "MatMulNBits",
            [value, f"{weight}.codes", f"{weight}.scales"],
            output,
            domain=CONTRIB_DOMAIN,
            K=in_features,
            N=out_features,
            bits=BITS,
            block_size=weights.shape.block_size,
            accuracy_level=ACCURACY_LEVEL,
        )

    write_decoder(graph, weights.shape, linear)
    return graph


def add_smoothing(weights: DecoderWeights, smoothed: Smoothing, data: TensorFile) -> None:
    """Adds to `data` what the eight-bit products need beyond the 4-bit weights."""
    for norm, factors in smoothed.channels.items():
        data.add(channels_name(norm), factors)
        data.add(smoothed_gain_name(norm), weights.norms[norm] / factors)
    for matrix, scales in smoothed.columns.items():
        data.add(column_scales_name(matrix), scales)


def processor_decoder(weights: DecoderWeights, smoothed: Smoothing, data: TensorFile) -> Graph:
    """The decoder for a processor: eight-bit products behind norms, float32 ones elsewhere.

    Its weights are only reserved in `data`, matrices as [K, N].
    """
    graph, float32 = Graph("decoder_u8"), np.dtype(np.float32)
    for name, matrix in weights.matrices.items():
        shape = matrix.codes.shape[::-1]
        if name in smoothed.columns:
            graph.initializers.append(data.reserve(name, shape, np.dtype(np.uint8)))
            graph.initializers.append(data.reserve(column_scales_name(name), shape[1:], float32))
        else:
            graph.initializers.append(data.reserve(name, shape, float32))
    for name, values in float_tensors(weights).items():
        graph.initializers.append(data.reserve(name, values.shape, values.dtype))
    graph.constant("zero_point", np.array(ZERO_POINT, np.uint8))
    integers: dict[str, list[str]] = {}  # value -> its integers, their scale, their zero point

    def linear(graph: Graph, value: str, weight: str, output: str) -> str:
        if weight not in smoothed.columns:
            return graph.add("MatMul", [value, weight], output)
        if value not in integers:
            integers[value] = [f"{value}.u8", f"{value}.scale", f"{value}.zero_point"]
            graph.add("DynamicQuantizeLinear", [value], integers[value])
        codes, scale, zero_point = integers[value]
        inputs = [codes, weight, scale, column_scales_name(weight), zero_point, "zero_point"]
        return graph.add("MatMulIntegerToFloat", inputs, output, domain=CONTRIB_DOMAIN)

    write_decoder(graph, weights.shape, linear)
    return graph


def column_scales_name(matrix: str) -> str:
    return f"{matrix}.column_scales"


def channels_name(norm: str) -> str:
    return f"{norm}.channels"


def smoothed_gain_name(norm: str) -> str:
    return f"{norm}.smoothed"


def float_tensors(weights: DecoderWeights) -> dict[str, np.ndarray]:
    """What is float32 in both graphs: norm gains and rotary tables."""
    cos, sin = rotary_tables(weights.shape)
    return {**weights.norms, "rotary.cos": cos, "rotary.sin": sin}


def write_decoder(graph: Graph, shape: DecoderShape, linear: LinearWriter) -> None:
    """Adds every node, input and output of a decoder to `graph`; `linear` writes its matrix products.

    inputs_embeds float32 [B, L, hidden] with P past tokens of keys and values [B, kv_heads, P, head_size] a layer ->
    logits [B, K, vocab] of the last K = num_logits_to_keep positions (0: all L), and the present keys and values of
    P + L tokens. The graph's initializers must hold the weights by the names of `DecoderWeights`.
    """
    add_inputs(graph, shape)
    add_sequence_lengths(graph)
    residual, skip = "inputs_embeds", None
    for layer in range(shape.layers):
        prefix = f"layers.{layer}"
        normed, residual = add_norm(graph, shape, residual, skip, f"{prefix}.attention_norm")
        skip = add_attention(graph, shape, linear, normed, layer)
        normed, residual = add_norm(graph, shape, residual, skip, f"{prefix}.mlp_norm")
        skip = add_mlp(graph, linear, normed, prefix)
    normed, _ = add_norm(graph, shape, residual, skip, "final_norm")
    linear(graph, add_kept_positions(graph, normed), "head", "logits")
    graph.add_output("logits", TensorProto.FLOAT, ["batch_size", "kept_length", shape.vocab_size])
    for layer in range(shape.layers):
        for part in ("key", "value"):
            dims = ["batch_size", shape.kv_heads, "present_sequence_length", shape.head_size]
            graph.add_output(present_name(layer, part), TensorProto.FLOAT, dims)


def add_inputs(graph: Graph, shape: DecoderShape) -> None:
    graph.add_input("inputs_embeds", TensorProto.FLOAT, ["batch_size", "sequence_length", shape.hidden_size])
    graph.add_input("attention_mask", TensorProto.INT64, ["batch_size", "total_sequence_length"])
    graph.add_input("position_ids", TensorProto.INT64, ["batch_size", "sequence_length"])
    graph.add_input("num_logits_to_keep", TensorProto.INT64, [])
    for layer in range(shape.layers):
        for part in ("key", "value"):
            dims = ["batch_size", shape.kv_heads, "past_sequence_length", shape.head_size]
            graph.add_input(past_name(layer, part), TensorProto.FLOAT, dims)


def add_sequence_lengths(graph: Graph) -> None:
    """`seqlens_k` int32 [B] (attended length − 1) and `total_length` int32 scalar from `attention_mask` [B, P + L]."""
    graph.constant("axis_1", np.array([1], dtype=np.int64))
    graph.constant("one", np.array(1, dtype=np.int64))
    graph.add("ReduceSum", ["attention_mask", "axis_1"], "mask_sum", keepdims=0)
    graph.add("Sub", ["mask_sum", "one"], "mask_sum_minus_one")
    graph.add("Cast", ["mask_sum_minus_one"], "seqlens_k", to=TensorProto.INT32)
    graph.add("Shape", ["attention_mask"], "mask_shape")
    graph.add("Gather", ["mask_shape", "one"], "mask_length", axis=0)
    graph.add("Cast", ["mask_length"], "total_length", to=TensorProto.INT32)


def add_norm(graph: Graph, shape: DecoderShape, residual: str, skip: str | None, name: str) -> tuple[str, str]:
    """RMS norm of `residual + skip`. Gives the normed value and the sum, [B, L, hidden] each."""
    output = f"{name}.output"
    if skip is None:
        op = "SimplifiedLayerNormalization"
        return graph.add(op, [residual, name], output, axis=-1, epsilon=shape.norm_epsilon, stash_type=1), residual
    total = f"{name}.sum"
    graph.add(
        "SkipSimplifiedLayerNormalization",
        [residual, skip, name],
        [output] if name == "final_norm" else [output, "", "", total],
        domain=CONTRIB_DOMAIN,
        epsilon=shape.norm_epsilon,
    )
    return output, total


def add_attention(graph: Graph, shape: DecoderShape, linear: LinearWriter, value: str, layer: int) -> str:
    """Grouped-query attention with rotary positions; queries, keys and values come from one product."""
    prefix = f"layers.{layer}.attention"
    qkv = linear(graph, value, f"{prefix}.qkv", f"{prefix}.qkv.output")  # [B, L, (heads + 2 · kv_heads) · head_size]
    inputs = [qkv, "", "", past_name(layer, "key"), past_name(layer, "value")]
    inputs += ["seqlens_k", "total_length", "rotary.cos", "rotary.sin"]
    attended = graph.add(
        "GroupQueryAttention",
        inputs,
        [f"{prefix}.attended", present_name(layer, "key"), present_name(layer, "value")],
        domain=CONTRIB_DOMAIN,
        num_heads=shape.heads,
        kv_num_heads=shape.kv_heads,
        do_rotary=1,
        rotary_interleaved=0,
        scale=shape.head_size**-0.5,
    )
    return linear(graph, attended, f"{prefix}.out", f"{prefix}.output")


def add_mlp(graph: Graph, linear: LinearWriter, value: str, prefix: str) -> str:
    """SwiGLU: down(silu(gate) · up)."""
    gate = linear(graph, value, f"{prefix}.mlp.gate", f"{prefix}.mlp.gate.output")  # [B, L, intermediate]
    up = linear(graph, value, f"{prefix}.mlp.up", f"{prefix}.mlp.up.output")
    sigmoid = graph.add("Sigmoid", [gate], f"{prefix}.mlp.sigmoid")
    silu = graph.add("Mul", [gate, sigmoid], f"{prefix}.mlp.silu")
    product = graph.add("Mul", [silu, up], f"{prefix}.mlp.product")
    return linear(graph, product, f"{prefix}.mlp.down", f"{prefix}.mlp.output")


def add_kept_positions(graph: Graph, value: str) -> str:
    """The last `num_logits_to_keep` positions of [B, L, hidden]; 0 keeps all: a slice from −0 starts at the front."""
    graph.constant("slice_end", np.array([INT64_MAX], dtype=np.int64))
    graph.constant("vector_shape", np.array([1], dtype=np.int64))
    graph.add("Neg", ["num_logits_to_keep"], "kept_start_scalar")
    graph.add("Reshape", ["kept_start_scalar", "vector_shape"], "kept_start")
    return graph.add("Slice", [value, "kept_start", "slice_end", "axis_1"], "kept_hidden")
