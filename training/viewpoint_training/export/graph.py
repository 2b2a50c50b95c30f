"""A thin builder over onnx.helper: collects nodes and initializers of one graph."""

from dataclasses import dataclass, field

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

ONNX_OPSET = 17
IR_VERSION = 8
CONTRIB_DOMAIN = "com.microsoft"

Dims = list[int | str]


@dataclass
class Graph:
    """Nodes in running order, with the values that enter and leave."""

    name: str
    nodes: list[NodeProto] = field(default_factory=list)
    initializers: list[TensorProto] = field(default_factory=list)
    inputs: list[ValueInfoProto] = field(default_factory=list)
    outputs: list[ValueInfoProto] = field(default_factory=list)

    def add_input(self, name: str, element_type: int, dims: Dims) -> str:
        self.inputs.append(helper.make_tensor_value_info(name, element_type, dims))
        return name

    def add_output(self, name: str, element_type: int, dims: Dims) -> str:
        self.outputs.append(helper.make_tensor_value_info(name, element_type, dims))
        return name

    def constant(self, name: str, value: np.ndarray) -> str:
        """A small initializer that stays inside the graph file."""
        self.initializers.append(numpy_helper.from_array(value, name))
        return name

    def add(
        self, op: str, inputs: list[str], output: str | list[str], domain: str = "", **attributes: int | float
    ) -> str:
        """Adds a node named after its first output and returns that output."""
        outputs = [output] if isinstance(output, str) else output
        self.nodes.append(helper.make_node(op, inputs, outputs, name=outputs[0], domain=domain, **attributes))
        return outputs[0]

    def to_model(self) -> onnx.ModelProto:
        graph = helper.make_graph(self.nodes, self.name, self.inputs, self.outputs, initializer=self.initializers)
        opsets = [helper.make_opsetid("", ONNX_OPSET), helper.make_opsetid(CONTRIB_DOMAIN, 1)]
        return helper.make_model(
            graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="viewpoint_training.export"
        )
