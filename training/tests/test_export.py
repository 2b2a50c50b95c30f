"""A tiny random model goes through the whole export; graphs, manifest and native answers must agree with PyTorch."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper
from tiny_source import HIDDEN, IMAGE_SIZE_PX, TOKENS_PER_VIEW
from torch import nn

from viewpoint_training.export import package
from viewpoint_training.export.accuracy import AccuracyError
from viewpoint_training.export.card import CardFacts, card_text, write_card
from viewpoint_training.export.decoder import processor_decoder, quantized_decoder
from viewpoint_training.export.half import check_range
from viewpoint_training.export.llama import decoder_weights
from viewpoint_training.export.manifest import weights_sha256
from viewpoint_training.export.package import Labels, SizeError, Source, check_sizes, export_model
from viewpoint_training.export.parity import (
    APPEND_LENGTHS,
    LIMITS,
    Parity,
    ParityError,
    append_difference,
    check_parity,
)
from viewpoint_training.export.self_test import last_logits, pseudo_random_pixels
from viewpoint_training.export.smoothing import fed_by, smoothing
from viewpoint_training.export.tensor_file import ALIGNMENT_BYTES, TensorFile
from viewpoint_training.export.weights import QuantizedMatrix, rows_joined
from viewpoint_training.language_model import tiny_language_model
from viewpoint_training.native import Item, PairPrefix, answer_items, ask, log_softmax, option_log_probs, read_request
from viewpoint_training.native_model import WEIGHTS_F16, WEIGHTS_Q4, WEIGHTS_U8, NativeModel, processor_decoder_data
from viewpoint_training.prompts import ASSISTANT_START, END_OF_TURN, USER_START, Prompts
from viewpoint_training.quantization import FakeQuantizer, dequantize_numpy, quantize_numpy, quantized_parameters

# Eight-bit inputs are rounded to 1/255 of their range.
LOGITS_ATOL = {WEIGHTS_Q4: 1e-4, WEIGHTS_F16: 0.01, WEIGHTS_U8: 0.05}
NORMS = ["final_norm", *(f"layers.{i}.{norm}" for i in range(2) for norm in ("attention_norm", "mlp_norm"))]


def angle_bin(from_deg: int, n: int, correct: int, ci95: list[float]) -> dict:
    return {"fromDeg": from_deg, "toDeg": from_deg + 20, "n": n, "objects": 2, "correct": correct, "ci95": ci95}


REPORT = {
    "schemaVersion": 4,
    "model": "tiny",
    "weightsSha256": "0a" * 32,
    "device": "native",
    "seed": 1,
    "items": 50,
    "families": {
        "vertical": {
            "n": 40,
            "objects": 9,
            "correct": 30,
            "accuracy": 0.75,
            "ci95": [0.502, 0.898],
            "generatedN": 0,
            "wellFormed": 0,
            "generatedCorrect": 0,
            "generatedCi95": [0, 1],
        }
    },
    "together": {"n": 4, "objects": 3, "correct": 3, "ci95": [0.301, 0.954]},
    "swap": {"n": 2, "consistent": 1, "ci95": [0.09, 0.91]},
    "order": {"n": 4, "consistent": 3, "ci95": [0.2, 0.97]},
    "bias": {"vertical": {"down": {"answered": 3, "right": 2}, "up": {"answered": 1, "right": 2}}},
    "byAngle": [
        {"family": "vertical", **angle_bin(40, 1, 0, [0, 0.8])},
        {"family": "vertical", **angle_bin(20, 3, 3, [0.4, 1])},
    ],
    "byAngleTogether": [angle_bin(40, 1, 0, [0, 0.8]), angle_bin(20, 3, 3, [0.3, 1])],
    "excluded": 1,
    "withNothingExcluded": {"vertical": {"n": 50, "correct": 30}},
    "seconds": 1.5,
}


@pytest.fixture(scope="module")
def exported(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    export_model(source, Labels("tiny", "Tiny"), folder)
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    report = REPORT | {"weightsSha256": weights_sha256(files)}
    export_model(source, Labels("tiny", "Tiny", scores={"held-out": report}), folder)
    return folder


@pytest.fixture(scope="module")
def manifest(exported: Path) -> dict:
    return json.loads((exported / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=list(LOGITS_ATOL))
def model(exported: Path, request: pytest.FixtureRequest) -> NativeModel:
    return NativeModel(exported, request.param)


def reference_logits(source: Source, model: NativeModel, ids: list[int], pixels: np.ndarray) -> np.ndarray:
    """PyTorch's logits [L, V] with 4-bit weights."""
    with FakeQuantizer(quantized_parameters(source.llama)), torch.no_grad():
        row = torch.tensor([ids])
        embeddings = source.llama.get_input_embeddings()(row)
        embeddings[row == model.image_token_id] = source.tower(torch.from_numpy(pixels)).reshape(-1, HIDDEN)
        return source.llama(inputs_embeds=embeddings).logits[0].numpy()


def test_export_writes_the_whole_layout_and_nothing_else(exported: Path, manifest: dict) -> None:
    files = {path.relative_to(exported).as_posix() for path in exported.rglob("*") if path.is_file()}
    assert files == {entry["path"] for entry in manifest["files"]} | {"manifest.json"}
    assert {
        "onnx/vision_encoder.onnx",
        "onnx/embed_tokens_q4.onnx",
        "onnx/decoder_model_merged_q4.onnx",
        "onnx/decoder_model_merged_q4.onnx_data",
        "onnx/decoder_model_merged_f16.onnx",
        "onnx/decoder_model_merged_u8.onnx",
        "config.json",
        "generation_config.json",
        "preprocessor_config.json",
        "tokenizer.json",
        "chat_template.jinja",
        "README.md",
        "NOTICE",
    } <= files
    assert [path.name for path in exported.parent.iterdir()] == ["tiny"]


def test_card_names_license_base_and_scores(exported: Path) -> None:
    card = (exported / "README.md").read_text(encoding="utf-8")
    assert card.startswith("---\nlicense: apache-2.0\nbase_model: HuggingFaceTB/SmolLM2-135M-Instruct\n")
    assert "| vertical | 40 | 9 | 75.0 % | 50.2–89.8 % | 60.0 % | – | – |" in card
    assert "50 items of evaluation seed `1` on native; 1 left out as ambiguous." in card
    assert "Together 75.0 % of 4 items (30.1–95.4 %, 3 objects)." in card
    assert "With every option under another letter the generated letter names the same option in 75.0 % of 4" in card
    assert "| vertical | down 3 (2), up 1 (2) |" in card
    assert "| hardly turned | 27 of 36 | 27 of 36, 75.0 % |" in card
    bands = [line for line in card.splitlines() if line.startswith(("| 20–40°", "| 40–60°"))]
    assert [line.split(" | ")[1] for line in bands] == ["3 of 3", "0 of 1"]
    assert bands[0].endswith("| 3 of 3, 100.0 % (30.0–100.0) |")
    assert "No temperature was fitted" in card


def test_card_claims_no_more_than_was_measured() -> None:
    report = REPORT | {"excluded": 0, "byAngle": []}
    calibration = {"temperature": 0.681, "n": 240, "ece": 0.0347}
    card = card_text(CardFacts("Tiny", calibration=calibration), {"held-out": report})
    assert "| vertical | 40 | 9 | 75.0 % | 50.2–89.8 % | not assessed | – | – |" in card
    assert "ambiguity was not assessed" in card
    assert "0.035, fitted on the same 240" in card
    assert "packs that Scores calls not trained on" in card and "## Baselines" not in card


def test_card_and_notice_name_a_backbone(tmp_path: Path) -> None:
    write_card(tmp_path, CardFacts("Tiny"), {})
    assert not any("ImageNet" in (tmp_path / name).read_text() for name in ("README.md", "NOTICE"))
    write_card(tmp_path, CardFacts("Tiny", backbone=True), {})
    for name in ("README.md", "NOTICE"):
        text = (tmp_path / name).read_text()
        assert "EfficientNet-Lite0" in text and "ImageNet" in text and "Apache" in text


def test_card_says_what_was_judged_and_what_it_was_drawn_from() -> None:
    packs = REPORT | {"excluded": 0, "assessed": True, "meshes": [{"name": "space"}, {"name": "adventurers"}]}
    generated = REPORT | {"assessed": False, "meshes": [{"name": "generated", "families": ["crane", "drum-kit"]}]}
    calibration = {"temperature": 0.681, "n": 240, "ece": 0.0347, "crossed": True}
    card = card_text(CardFacts("Tiny", calibration=calibration), {"held-out": packs})
    assert "; 0 left out as ambiguous. Objects: the packs space, adventurers." in card and "not assessed" not in card
    assert "held-out families, the packs adventurers, space, the page's own" in card
    assert "0.035, measured on half of the objects under temperatures fitted on the other half" in card
    card = card_text(CardFacts("Tiny"), {"generated": generated})
    assert "not assessed" in card and "Objects: the generator's families crane, drum-kit." in card
    control = card_text(CardFacts("Tiny"), {"control": REPORT | {"meshes": [{"name": "sphere"}]}})
    assert "Objects: a featureless sphere in the camera's own light, a control" in control
    assert "the packs that Scores calls not trained on" in control


def test_card_prints_baselines() -> None:
    score = {"n": 4, "correct": 2, "accuracy": 0.5, "ci95": [0.15, 0.85], "unanswered": 1}
    report = {"items": 4, "leftOut": 1, "paper": {}, "rows": [{"name": "chance", "families": {"vertical": score}}]}
    card = card_text(CardFacts("Tiny", baselines={"Held-out families": report}), {})
    assert "## Baselines" in card and "### Held-out families\n\n| baseline | vertical |" in card
    assert "| chance | 50.0 % (15.0–85.0), 1 of 4 guessed |\n\n4 items; 1 left out as ambiguous.\n" in card
    assert "| human (paper) | 97.7 % |" in card and "| Qwen2.5-VL-7B (paper) | 12.9 % |" in card


def test_graphs_name_no_path_of_the_exporting_machine(exported: Path) -> None:
    for path in exported.glob("onnx/*.onnx"):
        assert str(Path(__file__).parents[1]).encode() not in path.read_bytes()


def test_both_decoders_match_pytorch(source: Source, model: NativeModel, manifest: dict) -> None:
    ids = manifest["selfTest"]["inputIds"]
    pixels = pseudo_random_pixels(IMAGE_SIZE_PX, seed=7)
    expected = reference_logits(source, model, ids, pixels)
    found, _ = model.decoder.extend(model.embed(ids, model.image_features(pixels)), model.decoder.empty_cache(), 0)
    np.testing.assert_allclose(found[0], expected, atol=LOGITS_ATOL[model.weights])


def test_the_decoder_in_half_floats_shares_the_codes(exported: Path) -> None:
    full, half = (
        onnx.load(str(exported / f"onnx/decoder_model_merged_{name}.onnx"), load_external_data=False).graph
        for name in ("q4", "f16")
    )
    codes = [
        [tensor for tensor in graph.initializer if tensor.data_type == onnx.TensorProto.UINT8] for graph in (full, half)
    ]
    assert codes[0] and codes[0] == codes[1]
    floats = [tensor for tensor in half.initializer if tensor.data_type == onnx.TensorProto.FLOAT16]
    assert {"head.scales", "final_norm", "rotary.cos"} <= {tensor.name for tensor in floats}
    where = {"location": "decoder_model_merged_f16.onnx_data"}
    assert all(where.items() <= {entry.key: entry.value for entry in tensor.external_data}.items() for tensor in floats)
    assert not any(tensor.data_type == onnx.TensorProto.FLOAT for tensor in half.initializer)
    types = {value.name: value.type.tensor_type.elem_type for value in (*half.input, *half.output)}
    assert types["inputs_embeds"] == types["logits"] == onnx.TensorProto.FLOAT
    assert types["past_key_values.0.key"] == types["present.1.value"] == onnx.TensorProto.FLOAT16
    for value in (7e4, np.nan):
        with pytest.raises(ValueError, match="scales has values beyond the range of float16"):
            check_range(numpy_helper.from_array(np.array([1, value], np.float32), "scales"), exported)


def test_appending_tokens_to_a_cache_equals_one_call(model: NativeModel) -> None:
    embeddings = model.embed(list(range(20, 40)))
    whole, _ = model.decoder.extend(embeddings, model.decoder.empty_cache(), logits_to_keep=0)
    first, cache = model.decoder.extend(embeddings[:, :9], model.decoder.empty_cache())
    several, longer = model.decoder.extend(embeddings[:, 9:16], cache, logits_to_keep=0)
    last_two, _ = model.decoder.extend(embeddings[:, 16:], longer, logits_to_keep=2)
    atol = 0.1 * LOGITS_ATOL[model.weights] if model.weights == WEIGHTS_Q4 else LOGITS_ATOL[model.weights]
    np.testing.assert_allclose(first[0], whole[0, 8:9], atol=atol)
    np.testing.assert_allclose(several[0], whole[0, 9:16], atol=atol)
    np.testing.assert_allclose(last_two[0], whole[0, -2:], atol=atol)
    assert cache.length == 9  # a cache that was continued can be continued again
    again, _ = model.decoder.extend(embeddings[:, 9:16], cache, logits_to_keep=0)
    np.testing.assert_array_equal(again, several)


def test_self_test_holds_for_every_decoder(model: NativeModel, manifest: dict) -> None:
    test = manifest["selfTest"]
    expected = test["processor"] if model.weights == WEIGHTS_U8 else test
    logits = last_logits(model, test["inputIds"])
    assert len(test["topIds"]) >= 8
    np.testing.assert_allclose(
        logits[test["topIds"]], expected["topLogits"], atol=1e-4 if model.weights != WEIGHTS_F16 else 0.01
    )
    assert expected["tolerance"] > 0 and test["half"]["tolerance"] > test["tolerance"]


def test_self_test_pixels_follow_the_contract() -> None:
    pixels = pseudo_random_pixels(IMAGE_SIZE_PX, seed=11).reshape(-1)
    for index in (0, 1, 777):
        assert pixels[index] == np.float32(((index * 2654435761 + 11) % 2**32) / 2**31 - 1)


def test_option_scores_are_summed_token_log_probabilities(source: Source, model: NativeModel) -> None:
    views = np.random.default_rng(0).integers(0, 256, (2, IMAGE_SIZE_PX, IMAGE_SIZE_PX, 3), dtype=np.uint8)
    first_logits, cache = ask(model, PairPrefix(model, views), "hello?")
    images = [model.image_token_id] * (2 * TOKENS_PER_VIEW)
    prompt = [*model.codec.encode(USER_START), *images, *model.codec.encode("hello?" + ASSISTANT_START)]
    option = model.codec.encode("Move to the left" + END_OF_TURN)
    logits = reference_logits(source, model, prompt + option, model.pixel_values(views))
    log_probs = log_softmax(logits[len(prompt) - 1 : -1])
    expected = log_probs[np.arange(len(option)), option].sum()
    (scored,) = option_log_probs(model, first_logits, cache, ["Move to the left"])
    assert scored == pytest.approx(expected, abs=10 * LOGITS_ATOL[model.weights])


def test_a_question_is_the_same_in_the_pieces_that_it_is_run_in(source: Source, model: NativeModel) -> None:
    views = np.random.default_rng(1).integers(0, 256, (2, IMAGE_SIZE_PX, IMAGE_SIZE_PX, 3), dtype=np.uint8)
    prefix = PairPrefix(model, views)
    assert len(model.opening_ids) >= 8
    question = Prompts.load().user_text("vertical", "words")
    images = [model.image_token_id] * (2 * TOKENS_PER_VIEW)
    for text, pieces in ((question, 1), ("hello?", 2), (question, 2)):
        logits, _ = ask(model, prefix, text)
        whole = [*model.codec.encode(USER_START), *images, *model.codec.encode(text + ASSISTANT_START)]
        expected = reference_logits(source, model, whole, model.pixel_values(views))[-1]
        np.testing.assert_allclose(logits, expected, atol=LOGITS_ATOL[model.weights])
        assert len(prefix.caches) == pieces


def test_options_that_start_alike_are_scored_as_each_alone(model: NativeModel) -> None:
    views = np.zeros((2, IMAGE_SIZE_PX, IMAGE_SIZE_PX, 3), np.uint8)
    first_logits, cache = ask(model, PairPrefix(model, views), "hello?")
    options = ["Move to the left", "Move", "Move to the right", "No"]
    together = option_log_probs(model, first_logits, cache, options)
    alone = [option_log_probs(model, first_logits, cache, [option])[0] for option in options]
    np.testing.assert_allclose(together, alone, atol=10 * LOGITS_ATOL[model.weights])
    assert len(set(together)) == 4


def test_native_answers_keep_order_and_format(model: NativeModel) -> None:
    pixels = np.zeros((2, 2, IMAGE_SIZE_PX, IMAGE_SIZE_PX, 3), np.uint8)
    pixels[1] = 200
    options = ["hello", "no"]
    items = [
        Item("a", 1, "hello", options, "hello letters", 3),
        Item("b", 1, "hello", options, None, 3),
        Item("c", 0, "hello", options, None, 3),
    ]
    answers = list(answer_items(model, items, pixels))
    assert [answer["id"] for answer in answers] == ["a", "b", "c"]
    assert answers[0]["optionLogProbs"] == answers[1]["optionLogProbs"] != answers[2]["optionLogProbs"]
    assert len(answers[0]["tokenIds"]) <= 3 and isinstance(answers[0]["generated"], str)
    assert answers[1]["generated"] is None and answers[1]["tokenIds"] == []
    json.dumps(answers)


def test_eight_bit_weights_stand_for_the_same_products(exported: Path, manifest: dict) -> None:
    """Inputs divided by the channels' factors times the eight-bit weights: the 4-bit weights up to half a step."""
    data = (exported / "onnx/decoder_model_merged_q4.onnx_data").read_bytes()
    table = manifest["graphs"]["processorDecoder"]
    tensors = {tensor["name"]: tensor for tensor in table["tensors"] if tensor["kind"] == "u8"}
    assert sorted(tensors) == sorted(name for norm in NORMS for name in fed_by(norm))
    buffer = processor_decoder_data(data, table)
    for name, tensor in tensors.items():
        plain = {key: value for key, value in tensor.items() if "channels" not in key and "column" not in key}
        alone = {"dataSizeBytes": 4 * tensor["inFeatures"] * tensor["outFeatures"]}
        alone["tensors"] = [plain | {"kind": "q4", "targetOffsetBytes": 0}]
        shape = (tensor["inFeatures"], tensor["outFeatures"])
        weight = processor_decoder_data(data, alone).view(np.float32).reshape(shape)
        codes = buffer[tensor["targetOffsetBytes"] :][: weight.size].reshape(shape).astype(np.float64) - 128
        channels = np.frombuffer(data, np.float32, shape[0], tensor["channelsOffsetBytes"])[:, None]
        steps = np.frombuffer(data, np.float32, shape[1], tensor["columnScalesOffsetBytes"])
        assert np.abs(codes).max() == 127, name
        assert (np.abs(codes * steps / channels - weight) <= 0.5001 * steps / channels).all(), name


def test_request_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    line = {"id": "x", "pair": 1, "wordsPrompt": "?", "options": [], "writtenPrompt": None, "maxNewTokens": 8}
    (tmp_path / "items.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    (tmp_path / "pixels.u8").write_bytes(bytes(2 * 4 * 4 * 3))
    with pytest.raises(ValueError, match="'x' names a pair"):
        read_request(tmp_path, 4)
    with pytest.raises(ValueError, match="not a multiple"):
        read_request(tmp_path, 5)


def test_table_offsets_are_aligned_and_do_not_overlap(manifest: dict) -> None:
    table = manifest["graphs"]["processorDecoder"]
    spans = []
    for tensor in table["tensors"]:
        itemsize = 1 if tensor["kind"] == "u8" else 4
        size = tensor.get("sizeBytes") or itemsize * tensor["inFeatures"] * tensor["outFeatures"]
        spans.append((tensor["targetOffsetBytes"], size))
        offsets = [tensor[key] for key in tensor if key.endswith("OffsetBytes")]
        assert all(offset % ALIGNMENT_BYTES == 0 for offset in offsets)
    spans.sort()
    assert all(start + size <= following for (start, size), (following, _) in pairwise(spans))
    assert sum(spans[-1]) == table["dataSizeBytes"]


def test_both_decoder_graphs_have_the_same_signature(source: Source) -> None:
    weights = decoder_weights(source.llama)
    quantized = quantized_decoder(weights, TensorFile("a")).to_model().graph
    ones = {norm: np.ones(HIDDEN, np.float32) for norm in NORMS}
    plain = processor_decoder(weights, smoothing(weights, ones), TensorFile("b")).to_model().graph
    assert list(quantized.input) == list(plain.input) and list(quantized.output) == list(plain.output)
    assert {node.op_type for node in quantized.node} - {node.op_type for node in plain.node} == {"MatMulNBits"}
    assert all(
        tensor.data_location == onnx.TensorProto.EXTERNAL for tensor in plain.initializer if "layers" in tensor.name
    )


def test_packed_codes_are_low_nibble_first_and_join_by_rows() -> None:
    weight = np.random.default_rng(0).normal(size=(3, 64)).astype(np.float32)
    matrix = QuantizedMatrix(*quantize_numpy(weight))
    packed = matrix.packed()
    assert packed.shape == (3, 2, 16)
    assert packed[1, 1, 5] == matrix.codes[1, 42] | matrix.codes[1, 43] << 4
    again = QuantizedMatrix.from_packed(packed, matrix.scales.reshape(-1))
    np.testing.assert_array_equal(again.codes, matrix.codes)
    np.testing.assert_array_equal(again.scales, matrix.scales)
    joined = rows_joined(matrix, matrix)
    np.testing.assert_array_equal(
        dequantize_numpy(joined.codes, joined.scales)[3:], dequantize_numpy(*quantize_numpy(weight))
    )


def test_a_failed_check_leaves_the_old_folder_alone(
    source: Source, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "tiny"
    target.mkdir()
    (target / "old.txt").write_text("old", encoding="utf-8")

    def disagree(*_: object) -> Parity:
        return replace(LIMITS, logits_q4=float("nan"))

    monkeypatch.setattr(package, "measure_parity", disagree)
    with pytest.raises(ParityError, match="logits_q4 nan"):
        export_model(source, Labels("tiny", "Tiny"), target)
    assert [path.name for path in tmp_path.iterdir()] == ["tiny"]
    assert [path.name for path in target.iterdir()] == ["old.txt"]


def test_parity_names_every_figure_above_its_limit() -> None:
    check_parity(LIMITS)
    with pytest.raises(ParityError, match=r"encoder 1 > 0\.001, append_u8 3 > "):
        check_parity(replace(LIMITS, encoder=1.0, append_u8=3.0))


def test_pieces_are_compared_where_something_is_read(exported: Path) -> None:
    """A decoder whose answer before the end is off, as eight-bit inputs make it: told unless only the end is read."""
    quantized = NativeModel(exported)
    inputs = quantized.embed(list(range(20, 40)))

    class Shifted:
        empty_cache = quantized.decoder.empty_cache

        def extend(self, embeddings: np.ndarray, cache: object, logits_to_keep: int = 1) -> tuple:
            logits, longer = quantized.decoder.extend(embeddings, cache, logits_to_keep=logits_to_keep)
            return logits + 3.0 * (embeddings.shape[1] == APPEND_LENGTHS[0]), longer

    assert append_difference(Shifted(), inputs) == pytest.approx(3.0, abs=0.1)
    assert append_difference(Shifted(), inputs, positions=1) < 0.1


def test_sizes_are_limited(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_TOTAL_BYTES", 1000)
    with pytest.raises(SizeError, match="the limit is 1000"):
        check_sizes(exported)


def test_untied_head_is_refused(source: Source) -> None:
    llama = tiny_language_model(64)
    llama.lm_head.weight = nn.Parameter(llama.lm_head.weight.detach() + 1)
    with pytest.raises(ValueError, match="tie them"):
        decoder_weights(llama)


def test_a_report_below_its_floors_stops_the_export(source: Source, tmp_path: Path) -> None:
    report = REPORT | {"families": {"vertical": REPORT["families"]["vertical"] | {"correct": 19}}}
    with pytest.raises(AccuracyError, match=r"held-out: vertical: 19 of 40 \(47\.5 %\) right, floor 54\.0 %"):
        export_model(source, Labels("tiny", "Tiny", scores={"held-out": report}), tmp_path / "tiny")
    assert not any(tmp_path.iterdir())


def test_the_folder_says_what_the_model_was_taught(source: Source, manifest: dict, exported: Path) -> None:
    assert manifest["families"] == ["ego-translation", "object-translation", "ego-rotation"]
    card = (exported / "README.md").read_text(encoding="utf-8")
    assert "not taught to tell whether the camera rose or sank; whether it came closer; strafing" in card
    taught = card_text(CardFacts("Tiny", families=["vertical", "distance", "decoupled", "magnitude"]), {})
    assert "not taught" not in taught
