"""The 4-bit rounding is stable under itself and equal in numpy and torch."""

import numpy as np
import pytest
import torch

from viewpoint_training.language_model import tiny_language_model
from viewpoint_training.quantization import (
    FakeQuantizer,
    changed_share,
    codes_of,
    dequantize_numpy,
    fake_quantize,
    quantize_numpy,
    quantized_parameters,
    rounding_strength,
)


def random_weight() -> np.ndarray:
    weight = np.random.default_rng(0).normal(size=(24, 96)).astype(np.float32)
    weight[3, :32] = 0  # a dead block
    weight[4, :32] = -np.abs(weight[4, :32])
    return weight


def test_twins_agree() -> None:
    weight = random_weight()
    again = dequantize_numpy(*quantize_numpy(weight))
    np.testing.assert_array_equal(again, fake_quantize(torch.from_numpy(weight)).numpy())
    assert np.abs(again - weight).max() < np.abs(weight).max() / 7


def test_requantizing_gives_the_same_integers() -> None:
    codes, scales = quantize_numpy(random_weight())
    codes_again, scales_again = quantize_numpy(dequantize_numpy(codes, scales))
    np.testing.assert_array_equal(codes, codes_again)
    np.testing.assert_array_equal(scales, scales_again)
    assert codes.min() == 0 and codes.max() == 15


def test_gradients_pass_straight_through() -> None:
    model = tiny_language_model(64)
    parameters = quantized_parameters(model)
    before = [p.detach().clone() for p in parameters]
    quantizer = FakeQuantizer(parameters)
    with quantizer:
        assert not torch.equal(parameters[0], before[0])
        model(input_ids=torch.arange(8)[None]).logits.square().sum().backward()
    for p, full in zip(parameters, before, strict=True):
        assert torch.equal(p, full) and p.grad is not None and p.grad.abs().sum() > 0


def test_a_weaker_quantizer_moves_weights_part_of_the_way() -> None:
    weight = torch.nn.Parameter(torch.from_numpy(random_weight()))
    full = weight.detach().clone()
    with FakeQuantizer([weight], strength=0.25):
        assert torch.allclose(weight, full + 0.25 * (fake_quantize(full) - full), atol=1e-6)
    assert torch.equal(weight, full)


def test_codes_move_from_full_precision_and_not_from_rounded_weights() -> None:
    """The reason for `--init-from`: a small step from anywhere, and from the middle of the weights' 4-bit steps."""
    full = torch.nn.Parameter(torch.randn(24, 96, generator=torch.Generator().manual_seed(1)))
    rounded = torch.nn.Parameter(fake_quantize(full.detach()))
    start = codes_of([full])
    np.testing.assert_array_equal(start[0].reshape(24, 96).numpy() + 8, quantize_numpy(full.detach().numpy())[0])
    assert changed_share(start, codes_of([rounded])) == 0
    step = 0.02 * full.detach().abs().amax() / 8 * torch.randn(24, 96, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        full += step
        rounded += step
    assert 0 < changed_share(start, codes_of([full])) < 0.1
    assert changed_share(start, codes_of([rounded])) == 0
    assert changed_share([torch.zeros(4)], [torch.tensor([0, 1, 0, 0])]) == 0.25


@pytest.mark.parametrize(
    ("progress", "start", "over", "strength"),
    [
        (0, 0, 0, 1),
        (0.2, 0.3, 0, 0),
        (0.3, 0.3, 0, 1),
        (0, 0, 0.6, 0),
        (0.3, 0, 0.6, 0.5),
        (0.5, 0.2, 0.4, 0.75),
        (1, 0, 0.6, 1),
    ],
)
def test_rounding_may_grow(progress: float, start: float, over: float, strength: float) -> None:
    assert rounding_strength(progress, start, over) == pytest.approx(strength)
