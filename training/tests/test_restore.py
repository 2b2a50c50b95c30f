"""What comes back from a shipped folder is what went in, rounded."""

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import helper

from viewpoint_training.connector import Connector, ConnectorConfig, VisionEncoder
from viewpoint_training.encoder import Encoder, EncoderConfig
from viewpoint_training.export.package import Labels, Source, export_model
from viewpoint_training.export.restore import RestoreError, restore, restored_connector, restored_language_model
from viewpoint_training.export.vision import export_vision
from viewpoint_training.language_model import TOKENIZER_FILES, TextCodec
from viewpoint_training.quantization import FakeQuantizer, quantized_parameters

ENCODER = EncoderConfig(image_size_px=32, stem_width=8, cell_width=16, width=32, heads=2, depth=2, refine_every=1)


@pytest.fixture(scope="module")
def folder(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    export_model(source, Labels("tiny", "Tiny"), folder)
    return folder


def test_the_language_model_has_the_rounded_weights(source: Source, folder: Path) -> None:
    restored = restored_language_model(folder)
    ids = torch.arange(6)[None]
    with FakeQuantizer(quantized_parameters(source.llama)), torch.no_grad():
        expected = source.llama(ids).logits
        for name, values in source.llama.state_dict().items():
            torch.testing.assert_close(restored.state_dict()[name], values, msg=name)
    with torch.no_grad():
        torch.testing.assert_close(restored(ids).logits, expected)
        # What rounding gave is not rounded again.
        with FakeQuantizer(quantized_parameters(restored)):
            torch.testing.assert_close(restored(ids).logits, expected)


def test_the_connector_comes_out_of_the_graph(tmp_path: Path) -> None:
    torch.manual_seed(0)
    encoder = Encoder(ENCODER)
    connector = Connector(ConnectorConfig(hidden=48), encoder.config)
    with torch.no_grad():
        for values in connector.parameters():
            values.normal_()
    path = tmp_path / "vision.onnx"
    export_vision(VisionEncoder(encoder, connector), ENCODER.image_size_px, path)
    restored = restored_connector(onnx.load(str(path)))
    assert restored.keys() == connector.state_dict().keys()
    for name, values in connector.state_dict().items():
        np.testing.assert_array_equal(restored[name].numpy(), values.numpy(), err_msg=name)


def test_a_foreign_graph_is_refused() -> None:
    foreign = helper.make_model(helper.make_graph([], "other", [], []))
    with pytest.raises(RestoreError, match="another exporter"):
        restored_connector(foreign)


def test_training_can_go_on_from_the_folder(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viewpoint_training.export.restore.restored_connector", lambda _: {})
    restore(folder, tmp_path)
    assert {"config.json", "model.safetensors", "connector.pt", *TOKENIZER_FILES} <= {
        p.name for p in tmp_path.iterdir()
    }
    assert TextCodec(tmp_path).encode("left")
