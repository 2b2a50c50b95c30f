"""Shared fixtures: fake shards, a byte-level tokenizer folder and a tiny language model."""

import sys
from pathlib import Path

import pytest
import torch

sys.path.insert(0, str(Path(__file__).parent))

from fake_data import write_shard
from test_language_model import SPECIALS, small_description
from tiny_source import tiny_source
from transformers import LlamaForCausalLM

from viewpoint_training.connector import Connector, ConnectorConfig
from viewpoint_training.encoder import Encoder, EncoderConfig
from viewpoint_training.export.package import Source
from viewpoint_training.language_model import Base, TextCodec, prune_vocabulary, tiny_language_model, write_tokenizer
from viewpoint_training.prompts import Prompts
from viewpoint_training.sft import Exercises, start_soft_words

TINY = EncoderConfig(image_size_px=64, width=32, heads=2, depth=1, stem_width=8, cell_width=16)


@pytest.fixture(scope="session")
def fake_data(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("data")
    write_shard(root / "train-generated" / "shard-0000", objects=6, seed=0)
    write_shard(root / "val-generated" / "shard-0000", objects=4, seed=1)
    return root


@pytest.fixture(scope="session")
def tiny_lm_folder(tmp_path_factory) -> Path:
    """A random two-layer model with a byte-level vocabulary, as drill_letters.py would write it."""
    folder = tmp_path_factory.mktemp("lm")
    description = small_description()
    base = Base(tiny_language_model(len(description["model"]["vocab"])), description)
    prune_vocabulary(base, len(SPECIALS) + 256 + 2, "<image>")
    base.model.save_pretrained(folder)
    write_tokenizer(base.tokenizer, folder, "<image>", 14, 1024)
    return folder


@pytest.fixture(scope="session")
def source(tmp_path_factory) -> Source:
    """A tiny random model for the export."""
    return tiny_source(tmp_path_factory.mktemp("tokenizer"))


@pytest.fixture
def parts(tiny_lm_folder):
    torch.manual_seed(0)
    lm = LlamaForCausalLM.from_pretrained(tiny_lm_folder, dtype=torch.float32)
    codec = TextCodec(tiny_lm_folder)
    encoder = Encoder(TINY).eval()
    connector = Connector(ConnectorConfig(hidden=lm.config.hidden_size), TINY)
    start_soft_words(connector, lm, codec)
    exercises = Exercises(Prompts.load(), codec, connector.config.tokens_per_view, TINY.azimuth_centres_deg())
    return lm, codec, encoder, connector, exercises
