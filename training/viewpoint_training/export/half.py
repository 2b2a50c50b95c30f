"""The decoder in 16-bit floats, for graphics cards that compute in them.

Its graph is the 4-bit decoder's, node by node, and has no data of its own: the codes are the same bytes of the same
file; scales, norm gains and rotary tables are those floats of it rounded to float16, in a file that the runtime makes
and nobody stores. Embeddings come and logits leave in float32; keys and values are float16.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper, numpy_helper


def half_decoder(graph_file: Path, data_path: str) -> ModelProto:
    """Of the written 4-bit decoder, its data file beside it; `data_path` names the file that is made of that one."""
    model = onnx.load(str(graph_file), load_external_data=False)
    graph = model.graph
    graph.name = "decoder_f16"
    for tensor in graph.initializer:
        if tensor.data_type == TensorProto.FLOAT:
            check_range(tensor, graph_file.parent)
            tensor.data_type = TensorProto.FLOAT16
            place = {entry.key: entry for entry in tensor.external_data}
            place["location"].value = data_path
            for key in ("offset", "length"):
                place[key].value = str(int(place[key].value) // 2)
    for value in (*graph.input, *graph.output):
        if value.name.startswith(("past_key_values.", "present.")):
            value.type.tensor_type.elem_type = TensorProto.FLOAT16
    for node in graph.node:
        for names in (node.input, node.output):
            names[:] = [f"{name}.half" if name in ("inputs_embeds", "logits") else name for name in names]
    graph.node.insert(0, cast("inputs_embeds", "inputs_embeds.half", TensorProto.FLOAT16))
    graph.node.append(cast("logits.half", "logits", TensorProto.FLOAT))
    return model


def check_range(tensor: TensorProto, folder: Path) -> None:
    """Raises when a value of a stored tensor is beyond the range of float16."""
    if not np.abs(numpy_helper.to_array(tensor, str(folder))).max() <= np.finfo(np.float16).max:
        raise ValueError(f"{tensor.name} has values beyond the range of float16: leave this decoder out")


def cast(value: str, output: str, element_type: int) -> onnx.NodeProto:
    return helper.make_node("Cast", [value], [output], name=f"{value}.cast", to=element_type)
