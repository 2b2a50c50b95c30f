"""The two-view encoder with its connector as one float32 graph."""

from pathlib import Path

import onnx
import torch
from torch import nn

VISION_OPSET = 18


def export_vision(tower: nn.Module, image_size_px: int, path: Path) -> None:
    """Writes `tower` (float32 [2, 3, S, S] → [2, T, hidden]) to `path`, weights inside the file."""
    example = torch.zeros(2, 3, image_size_px, image_size_px)
    torch.onnx.export(
        tower.eval(),
        (example,),
        str(path),
        input_names=["pixel_values"],
        output_names=["image_features"],
        opset_version=VISION_OPSET,
        external_data=False,
        verbose=False,
    )
    drop_source_traces(path)


def drop_source_traces(path: Path) -> None:
    """Removes stack traces and file paths of the exporting machine from the graph."""
    model = onnx.load(str(path))
    for entry in (*model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output):
        entry.doc_string = ""
        del entry.metadata_props[:]
    del model.metadata_props[:]
    del model.graph.metadata_props[:]
    del model.functions[:]
    onnx.save(model, str(path))
