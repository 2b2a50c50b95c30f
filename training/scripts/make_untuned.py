"""A release before any tuning: soft words at their start, the base LM. For the exporter and the "GRPO only" ablation.

The encoder is random, or with --encoder a trained one.

python scripts/make_untuned.py --lm ../runs/drilled --encoder ../runs/encoder/checkpoint.pt --out ../runs/untuned
"""

import argparse
from pathlib import Path

import torch
from transformers import LlamaForCausalLM

from viewpoint_training.checkpoint import save_release
from viewpoint_training.connector import Connector, ConnectorConfig
from viewpoint_training.encoder import Encoder, EncoderConfig
from viewpoint_training.language_model import TextCodec
from viewpoint_training.sft import start_soft_words


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lm", type=Path, required=True, help="folder written by drill_letters.py")
    parser.add_argument("--encoder", type=Path, help="checkpoint.pt of train_encoder.py; default: a random encoder")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    lm = LlamaForCausalLM.from_pretrained(args.lm, dtype=torch.float32)
    encoded = torch.load(args.encoder, map_location="cpu", weights_only=False) if args.encoder else None
    encoder = Encoder(EncoderConfig(**(encoded["config"] if encoded else {})))
    if encoded:
        encoder.load_state_dict(encoded["model"])
    connector = Connector(ConnectorConfig(hidden=lm.config.hidden_size), encoder.config)
    start_soft_words(connector, lm, TextCodec(args.lm))
    about = {"stage": "untuned", "encoderPairs": encoded["pairs"] if encoded else 0}
    save_release(args.out, encoder, connector, lm, args.lm, about)


if __name__ == "__main__":
    main()
