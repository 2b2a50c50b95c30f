"""Averaged looks obey the symmetries exactly, whatever the encoder's weights."""

import torch

from viewpoint_training.encoder import Encoder, EncoderConfig
from viewpoint_training.symmetry import encode_symmetric


def test_exchange_and_mirror_negate_the_movement() -> None:
    torch.manual_seed(0)
    config = EncoderConfig(image_size_px=32, stem_width=8, cell_width=8, width=16, heads=2, depth=1, turn_bins=5)
    encoder = Encoder(config).eval()
    a, b = torch.rand(2, 2, 3, 32, 32) * 2 - 1
    with torch.no_grad():
        out = encode_symmetric(encoder, a, b)
        exchanged = encode_symmetric(encoder, b, a)
        mirrored = encode_symmetric(encoder, a.flip(-1), b.flip(-1))
    close = {"atol": 1e-5, "rtol": 1e-5}
    torch.testing.assert_close(exchanged.azimuth, out.azimuth.flip(-1), **close)
    torch.testing.assert_close(exchanged.elevation, out.elevation.flip(-1), **close)
    torch.testing.assert_close(exchanged.distance, out.distance.flip(-1), **close)
    torch.testing.assert_close(mirrored.azimuth, out.azimuth.flip(-1), **close)
    torch.testing.assert_close(exchanged.turn, out.turn.flip(-1), **close)
    torch.testing.assert_close(mirrored.turn, out.turn.flip(-1), **close)
    torch.testing.assert_close(mirrored.elevation, out.elevation, **close)
    torch.testing.assert_close(mirrored.moved, out.moved, **close)
    # The tokens are those of the pair as it was shown.
    torch.testing.assert_close(out.patches, encoder(a, b, with_points=False).patches, **close)
