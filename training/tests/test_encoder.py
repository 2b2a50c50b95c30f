"""The encoder learns matching on a tiny set; connector shapes and soft words come out as promised."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from fake_data import write_pose_shard

from viewpoint_training.connector import (
    TOKENS_PER_VIEW,
    Connector,
    ConnectorConfig,
    VisionEncoder,
    pooling_matrix,
    soft_word_probabilities,
    soft_word_texts,
)
from viewpoint_training.data import PairRule, ViewSet, draw_pairs, load_pairs
from viewpoint_training.encoder import Encoder, EncoderConfig, decode_pose, expected_azimuth_deg, grown
from viewpoint_training.encoder_eval import evaluate_encoder, evaluate_families, head_codes
from viewpoint_training.encoder_losses import encoder_losses, soft_targets
from viewpoint_training.family_pairs import FamilyPairs
from viewpoint_training.sft import continue_connector

TINY = EncoderConfig(image_size_px=64, width=32, heads=2, depth=1, stem_width=8, cell_width=16)


def test_overfits_a_few_pairs(fake_data) -> None:
    torch.manual_seed(0)
    views = ViewSet(fake_data, "train-generated*")
    batch = load_pairs(views, *draw_pairs(views, 6, PairRule(max_azimuth_deg=60), np.random.default_rng(0)))
    encoder = Encoder(TINY)
    optimizer = torch.optim.AdamW(encoder.parameters(), 3e-3)
    first = None
    for _ in range(150):
        losses = encoder_losses(encoder(batch.a, batch.b), batch, TINY)
        first = first or losses
        optimizer.zero_grad()
        losses.total.backward()
        optimizer.step()
    assert losses.total.item() < 0.5 * first.total.item()
    assert losses.terms["matchAccuracy"] > max(0.5, 2 * first.terms["matchAccuracy"])
    guess = expected_azimuth_deg(encoder(batch.a, batch.b).azimuth, torch.tensor(TINY.azimuth_centres_deg()))
    assert (guess.sign() == batch.azimuth_deg.sign()).all()


def test_sides_that_nobody_can_tell_are_no_labels(fake_data) -> None:
    """The azimuth's loss is that of the other pairs alone; all other terms stay."""
    torch.manual_seed(0)
    views = ViewSet(fake_data, "train-generated*")
    batch = load_pairs(views, *draw_pairs(views, 6, PairRule(max_azimuth_deg=60), np.random.default_rng(0)))
    encoder = Encoder(TINY)
    batch.has_side = torch.tensor([True, False, True, True, False, True])
    out = encoder(batch.a, batch.b)
    masked = encoder_losses(out, batch, TINY).terms
    told = masked["azimuth"]
    batch.azimuth_deg = torch.where(batch.has_side, batch.azimuth_deg, -batch.azimuth_deg)
    assert encoder_losses(out, batch, TINY).terms == masked
    batch.has_side = None
    unmasked = encoder_losses(out, batch, TINY).terms
    assert unmasked["azimuth"] != pytest.approx(told)
    assert {k: v for k, v in unmasked.items() if k != "azimuth"} == {k: v for k, v in masked.items() if k != "azimuth"}


def test_an_evaluation_of_no_pairs_says_nothing(fake_data) -> None:
    assert evaluate_encoder(Encoder(TINY), ViewSet(fake_data, "val-generated*"), count=0) == {}


def test_evaluation_reports_percentages(fake_data) -> None:
    report = evaluate_encoder(Encoder(TINY), ViewSet(fake_data, "val-generated*"), count=8)
    assert set(report) == {"leftRight", "leftRightFourLooks", "upDown", "moved", "still", "medianErrorDeg"}
    assert 0 <= report["leftRight"] <= 100


def test_soft_targets_peak_at_the_value() -> None:
    centres = torch.tensor(TINY.azimuth_centres_deg())
    target = soft_targets(torch.tensor([179.0, 22.5, 0.0]), centres, 8.0, 360.0)
    assert torch.allclose(target.sum(-1), torch.ones(3))
    assert target[1].argmax() == (centres == 22.5).nonzero().item()
    assert torch.isclose(target[2, 11], target[2, 12])  # 0° lies between two bins
    assert target[0, -1] > 0.5 and target[0, 0] > target[0, 1]  # wraps


def test_connector_shapes_and_words() -> None:
    encoder, config = Encoder(TINY), ConnectorConfig(hidden=64)
    connector = Connector(config, TINY)
    connector.start_from_words(lambda text: torch.full((64,), float(len(text))))
    texts = soft_word_texts(TINY)
    assert texts["side"][0] == " left" and texts["side"][-2] == " right" and texts["side"][-1] == " none"
    assert texts["yaw"][0] == " right" and texts["vertical"][0] == " down" and texts["nearness"][-1] == " farther"
    out = encoder(torch.zeros(3, 3, 64, 64), torch.zeros(3, 3, 64, 64))
    for word, probability in soft_word_probabilities(out).items():
        assert probability.shape == (3, len(texts[word]))
        assert torch.allclose(probability.sum(-1), torch.ones(3), atol=1e-5)
    assert connector(out).shape == (3, 2, TOKENS_PER_VIEW, 64)
    assert VisionEncoder(encoder, connector)(torch.zeros(2, 3, 64, 64)).shape == (2, TOKENS_PER_VIEW, 64)


def test_pooling_is_adaptive_average_pooling() -> None:
    x = torch.randn(1, 5, 10, 10)
    pooled = pooling_matrix(10, 3) @ x.flatten(2).transpose(1, 2)
    expected = torch.nn.functional.adaptive_avg_pool2d(x, 3).flatten(2).transpose(1, 2)
    assert torch.allclose(pooled, expected, atol=1e-6)


def test_a_grown_encoder_answers_as_before(fake_data) -> None:
    views = ViewSet(fake_data, "train-generated*")
    pairs = load_pairs(views, *draw_pairs(views, 4, PairRule(), np.random.default_rng(0)))
    source = {"config": TINY.to_json(), "model": Encoder(TINY).state_dict()}
    for changes, matchings in (({"depth": 3, "refine_every": 2}, 1), ({"depth": 5}, 2)):
        trained = Encoder(EncoderConfig(**source["config"])).eval()
        trained.load_state_dict(source["model"])
        config, weights = grown(source, changes)
        larger = Encoder(config).eval()
        larger.load_state_dict(weights)
        with torch.no_grad():
            out = larger(pairs.a, pairs.b)
            assert torch.allclose(out.azimuth, trained(pairs.a, pairs.b).azimuth, atol=1e-6)
        assert [matches.shape for matches in out.refined] == matchings * [out.matches.shape]
        # As after some training: what began at zero does not stay there.
        moved = {name: value + 0.1 if name.endswith("read.weight") else value for name, value in weights.items()}
        source = {"config": config.to_json(), "model": moved}
    first, second = (weights[f"refinements.{index}.descriptor.weight"] for index in (0, 1))
    assert torch.equal(first, second)
    with pytest.raises(ValueError, match="no place"):
        grown(source, {"depth": 1})
    with pytest.raises(ValueError, match="moves that"):
        grown(source, {"refine_every": 1})


def test_cells_and_tokens_are_rearranged_into_each_other() -> None:
    encoder = Encoder(replace(TINY, refine_every=1))
    cells = torch.arange(2 * TINY.grid**2 * 3.0).view(2, TINY.grid**2, 3)
    assert torch.equal(encoder._cells_of(encoder._tokens_of(cells)), cells)
    side = TINY.tokens_side
    # The second token of the first row covers columns 2 and 3 of rows 0 and 1.
    expected = torch.cat([cells[:, 2], cells[:, 3], cells[:, TINY.grid + 2], cells[:, TINY.grid + 3]], -1)
    assert torch.equal(encoder._tokens_of(cells)[:, 1], expected)
    # A cell sure of its match in the last token of the other view gives that token a quarter of its token's row.
    logits = torch.full((2, 1, TINY.grid**2, TINY.grid**2), -1e4)
    logits[..., :, 0] = 0
    logits[..., 0, :] = -1e4
    logits[..., 0, -1] = 0
    read, rows = encoder._read(logits.log_softmax(-1))
    assert read.shape == (2, TINY.grid**2, Encoder.CORRELATION_FEATURES)
    assert torch.allclose(rows[0, 0, [0, side * side - 1]], torch.tensor([0.75, 0.25]))


def test_a_head_for_turns_begins_undecided_and_is_told_to_the_language_model(fake_data) -> None:
    views = ViewSet(fake_data, "train-generated*")
    config, weights = grown({"config": TINY.to_json(), "model": Encoder(TINY).state_dict()}, {"turn_bins": 13})
    encoder = Encoder(config)
    encoder.load_state_dict(weights)
    batch = load_pairs(views, *draw_pairs(views, 4, PairRule(), np.random.default_rng(0)))
    batch.turned_deg = torch.tensor([-9.0, 0.0, 9.0, 18.0])
    out = encoder(batch.a, batch.b)
    assert torch.equal(out.turn, torch.zeros(4, 13))
    assert torch.allclose(decode_pose(out, config).turn_deg, torch.zeros(4), atol=1e-5)
    assert "turn" in encoder_losses(out, batch, config).terms
    assert soft_word_texts(config)["turn"] == [" left"] * 6 + [" none"] + [" right"] * 6

    connector, earlier = Connector(ConnectorConfig(hidden=64), config), Connector(ConnectorConfig(hidden=64), TINY)
    turn = connector.words["turn"].detach().clone()
    assert continue_connector(connector, earlier.state_dict()) == ["words.distance", "words.turn"]
    assert continue_connector(connector, connector.state_dict()) == []
    assert torch.equal(connector.words["turn"], turn) and torch.equal(connector.words["side"], earlier.words["side"])
    assert connector(out).shape == (4, 2, TOKENS_PER_VIEW, 64)
    with pytest.raises(RuntimeError):
        continue_connector(connector, {"up.weight": earlier.up.weight})


def test_a_camera_head_learns_what_each_camera_is_by_itself(fake_data) -> None:
    torch.manual_seed(0)
    views = ViewSet(fake_data, "train-generated*")
    config, weights = grown({"config": TINY.to_json(), "model": Encoder(TINY).state_dict()}, {"camera_head": True})
    encoder = Encoder(config)
    encoder.load_state_dict(weights)
    first, second = draw_pairs(views, 4, PairRule(), np.random.default_rng(0))
    batch = load_pairs(views, first, second)
    assert torch.allclose(batch.cameras[:, 1, 0] - batch.cameras[:, 0, 0], batch.elevation_deg)
    assert torch.allclose(batch.cameras[:, 1, 1] - batch.cameras[:, 0, 1], batch.distance_log, atol=1e-6)
    assert batch.cameras[0, 0, 2].item() == pytest.approx(-np.log(np.tan(np.deg2rad(views.fov_y_deg[first[0]] / 2))))
    assert torch.equal(encoder(batch.a, batch.b).cameras, torch.zeros(4, 2, 3))
    optimizer = torch.optim.AdamW(encoder.parameters(), 3e-3)
    terms = []
    for _ in range(60):
        losses = encoder_losses(encoder(batch.a, batch.b), batch, config)
        optimizer.zero_grad()
        losses.total.backward()
        optimizer.step()
        terms.append(losses.terms["cameras"])
    assert terms[-1] < 0.5 * terms[0]


def test_heads_answer_by_the_likeliest_sign() -> None:
    config = replace(TINY, turn_bins=13)
    out = Encoder(config)(torch.zeros(3, 3, 64, 64), torch.zeros(3, 3, 64, 64))
    peaks = {"azimuth": [0, 23, 23], "elevation": [7, 0, 14], "distance": [0, 4, 8], "turn": [9, 0, 6]}
    for name, places in peaks.items():
        logits = torch.zeros_like(getattr(out, name))
        logits[range(3), places] = 20.0
        setattr(out, name, logits)
    out.moved = torch.tensor([5.0, -5.0, -5.0])
    codes = {family: found.tolist() for family, found in head_codes(out, config).items()}
    assert codes == {"vertical": [0, -1, 1], "distance": [-1, 0, 1], "decoupled": [-1, -2, 0]}


def test_families_are_evaluated_on_sets_that_hold_them(tmp_path) -> None:
    write_pose_shard(tmp_path / "train-broad" / "shard-0000", objects=2)
    views = ViewSet(tmp_path, "train-broad*")
    assert views.has_turned
    report = evaluate_families(Encoder(replace(TINY, turn_bins=13)), FamilyPairs(views), count=6)
    assert set(report) == {"vertical", "distance", "decoupled", "decoupledMoved"}
    assert "decoupled" not in evaluate_families(Encoder(TINY), FamilyPairs(views), count=6)
