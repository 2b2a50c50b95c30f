r"""Stage 3: teach the language model to answer from the frozen encoder's view of a pair.

Connector and decoder layers learn; embeddings stay; weights are rounded to 4 bits in the forward pass from
--quantize-from of the run on, slowly with --quantize-over. Words first, then words, letters and drills with
--reasoned-share of worked reasoning. Bounded by sequences or wall-clock time, whichever comes first; resumes from its
checkpoint. Writes a release at every evaluation.
--families names all questions that are taught, by default the three of the paper; pairs of others come from recipe 2.
Under `accelerate launch` the same command shares each batch among the processes.

A loop of our own instead of trl's SFTTrainer: several questions share one pair's image tokens, masked from each other
(packing.py), and what is asked, how strongly weights are rounded and the rate follow the clock.

  python scripts/train_sft.py --data ../data --lm ../runs/drilled --encoder ../runs/encoder/checkpoint.pt \
    --out ../runs/sft
"""

import argparse
import contextlib
import math
import random
from pathlib import Path

import numpy as np
import torch
from transformers import LlamaForCausalLM

from viewpoint_training.augment import augment
from viewpoint_training.checkpoint import load_full_precision, save_release
from viewpoint_training.connector import Connector, ConnectorConfig
from viewpoint_training.data import DataMix, check_held_out, held_out_sets, load_pairs
from viewpoint_training.early_answer import EarlyAnswers, EarlyHead
from viewpoint_training.encoder import Encoder, EncoderConfig
from viewpoint_training.family_pairs import (
    FamilyPairs,
    answers_held,
    check_held,
    draw_answerable_pairs,
    draw_family_pairs,
    left_out_report,
    load_family_pairs,
)
from viewpoint_training.language_model import TextCodec
from viewpoint_training.movement import THREE_TYPES
from viewpoint_training.packing import IGNORED, pack
from viewpoint_training.processes import DEVICE_HELP, DEVICES, Processes
from viewpoint_training.prompts import Paraphrases, Prompts
from viewpoint_training.quantization import FakeQuantizer, quantized_parameters, rounding_strength
from viewpoint_training.questions import check_families
from viewpoint_training.sft import (
    FAMILY_WEIGHTS,
    ExerciseMix,
    Exercises,
    continue_connector,
    draw_rules,
    image_inputs,
    mix_at,
    movements_of,
    sft_loss,
    start_soft_words,
)
from viewpoint_training.sft_eval import evaluate_sft
from viewpoint_training.training_loop import (
    Clock,
    Every,
    RunLog,
    RunRecord,
    StepGuard,
    adamw,
    check_finite,
    check_same_start,
    cosine_rate,
    current_commit,
    load_if_there,
    resume_optimizer,
    runs_of,
    save_atomically,
    set_rate,
    tensors_hash,
    trained_before,
    weights_hash,
)


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--lm", type=Path, required=True, help="folder written by drill_letters.py")
    parser.add_argument("--encoder", type=Path, required=True, help="checkpoint.pt of train_encoder.py")
    parser.add_argument("--connector", type=Path, help="checkpoint.pt of an earlier SFT run: begin from its connector")
    parser.add_argument(
        "--init-from",
        type=Path,
        help="the same: begin from its language model too, in the place of the weights of --lm",
    )
    parser.add_argument("--out", type=Path, required=True, help="checkpoint.pt, log.jsonl, release/")
    parser.add_argument(
        "--mix", nargs="+", default=["train-generated*:0.45", "train-cc0*:0.55"], help="pattern:share …"
    )
    parser.add_argument("--val", nargs="+", default=["val-generated*", "val-cc0*"], help="patterns of held-out sets")
    parser.add_argument(
        "--families",
        nargs="+",
        default=list(THREE_TYPES),
        help="question families; with others than the paper's three every pair is drawn for one of them",
    )
    parser.add_argument("--sequences", type=int, default=5000, help="pairs of the whole run")
    parser.add_argument("--minutes", type=float, default=30.0, help="wall-clock budget, resumes included")
    parser.add_argument("--batch", type=int, default=8, help="pairs a step, all processes together")
    parser.add_argument("--lr", type=float, default=2e-4, help="decoder layers")
    parser.add_argument("--connector-lr", type=float, default=1e-3)
    parser.add_argument(
        "--weights",
        nargs="+",
        default=[],
        metavar="FAMILY:WEIGHT",
        help="how often pairs are drawn for a family, and what its answers weigh in the loss "
        "(default: ego-translation 2, all others 1)",
    )
    parser.add_argument("--letter-share", type=float, default=0.45, help="of the questions, once all formats are asked")
    parser.add_argument(
        "--reasoned-share",
        type=float,
        default=0.1,
        help="of the questions, then too: worked reasoning, the paper's hybrid cold start (0: answers only)",
    )
    parser.add_argument(
        "--paraphrased-share",
        type=float,
        default=0.0,
        help="of the questions, then too: in other words (src/contract/paraphrases.json); evaluation asks others",
    )
    parser.add_argument("--letters-from", type=float, default=0.4, help="fraction of the run that asks in words only")
    parser.add_argument(
        "--early-drills",
        type=int,
        default=0,
        help="letter drills a pair during that part, for a model that was not drilled before",
    )
    parser.add_argument(
        "--quantize-from", type=float, default=0.3, help="fraction of the run with full-precision weights"
    )
    parser.add_argument(
        "--quantize-over",
        type=float,
        default=0.0,
        help="share of the run after that over which the weights move to the rounded ones (0: at once)",
    )
    parser.add_argument(
        "--bfloat16",
        action="store_true",
        help="products of the language model in bfloat16: half the time a step on processors that have it",
    )
    parser.add_argument(
        "--early-layer",
        type=int,
        default=0,
        help="decoder layer whose head is asked for the answer where the stem ends, before the options (0: none)",
    )
    parser.add_argument("--early-weight", type=float, default=1.0, help="of that in the loss")
    parser.add_argument("--eval-pairs", type=int, default=64)
    parser.add_argument("--eval-minutes", type=float, default=6.0)
    parser.add_argument("--checkpoint-minutes", type=float, default=5.0)
    parser.add_argument("--log-steps", type=int, default=10)
    parser.add_argument("--device", choices=DEVICES, default="auto", help=DEVICE_HELP)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    for name in ("reasoned_share", "paraphrased_share"):
        if not 0 <= getattr(args, name) <= 1:
            parser.error(f"--{name.replace('_', '-')} takes a share from 0 to 1, got {getattr(args, name)}")
    return args


def parse_weights(texts: list[str], families: tuple[str, ...]) -> dict[str, float]:
    """["decoupled:2", …] -> {"decoupled": 2.0, …}. ValueError for a family that the run does not ask, and for what is
    no number above 0."""
    found = {}
    for text in texts:
        family, _, weight = text.partition(":")
        if family not in families:
            raise ValueError(f'--weights "{text}": this run asks {", ".join(families)}')
        try:
            found[family] = float(weight)
        except ValueError:
            found[family] = math.nan
        if not 0 < found[family] < math.inf:
            raise ValueError(
                f'--weights "{text}": a weight is a number above 0; what is not to be asked is left out of --families'
            )
    return found


def main() -> None:
    args = parse_args()
    torch.set_num_threads(args.threads)
    prompts, families = Prompts.load(), tuple(args.families)
    check_families(prompts, families)
    family_weights = FAMILY_WEIGHTS | parse_weights(args.weights, families)
    is_broad = set(families) != set(THREE_TYPES)
    processes = Processes(args.device)
    rows = processes.rows(args.batch)
    saved = load_if_there(args.out / "checkpoint.pt")
    seed = args.seed + (saved["step"] if saved else 0)
    torch.manual_seed(seed)
    rng, order, generator = np.random.default_rng(seed), random.Random(seed), torch.Generator().manual_seed(seed)

    train = DataMix(args.data, args.mix)
    held_out = held_out_sets(args.data, args.val, args.eval_pairs)
    check_held_out(train.sets, held_out)
    sources = {views.pattern: FamilyPairs(views) for views in train.filled()}

    encoded = torch.load(args.encoder, map_location="cpu", weights_only=False)
    encoder = Encoder(EncoderConfig(**encoded["config"]))
    encoder.load_state_dict(encoded["model"])
    encoder.to(processes.device).eval().requires_grad_(False)
    lm = LlamaForCausalLM.from_pretrained(args.lm, dtype=torch.float32)
    codec = TextCodec(args.lm)
    connector = Connector(ConnectorConfig(hidden=lm.config.hidden_size), encoder.config)
    start_soft_words(connector, lm, codec)
    unmatched: list[str] = []
    given: list[str] = []
    if args.init_from:
        given = load_full_precision(args.init_from, lm, connector)
    elif args.connector:
        earlier = torch.load(args.connector, map_location="cpu", weights_only=False)
        unmatched, given = continue_connector(connector, earlier["connector"]), list(earlier["connector"])
    # What no file gave is drawn anew by every call, and then replaced by the checkpoint's.
    from_file = {name: value for name, value in connector.state_dict().items() if name in given}
    start = {
        "--encoder": weights_hash(encoder),
        "--lm or --init-from": weights_hash(lm),
        "--connector or --init-from": tensors_hash(from_file),
    }
    check_same_start(saved, start, args.out)
    answers = EarlyAnswers(prompts, codec, families) if args.early_layer else None
    early = EarlyHead(lm.config.hidden_size, len(answers.keys), args.early_layer) if answers else None
    centres = encoder.config.azimuth_centres_deg()
    paraphrases = Paraphrases.load() if args.paraphrased_share else Paraphrases({}, {})
    exercises = Exercises(prompts, codec, connector.config.tokens_per_view, centres, answers, paraphrases.taught)

    for module in (lm, connector, *([early] if early else [])):
        module.to(processes.device)
    lm.requires_grad_(False)
    layers = [p.requires_grad_(True) for layer in lm.model.layers for p in layer.parameters()]
    beside = [*connector.parameters(), *(early.parameters() if early else [])]
    learned = [*layers, *beside]
    optimizer = adamw(
        [
            {"params": layers, "base_lr": args.lr},
            {"params": beside, "base_lr": args.connector_lr},
        ],
        weight_decay=0.01,
    )
    quantizer = FakeQuantizer(quantized_parameters(lm))
    clock, step = Clock(args.minutes * 60), 0
    if saved:
        lm.load_state_dict(saved["lm"])
        connector.load_state_dict(saved["connector"])
        if early:
            early.load_state_dict(saved["early"])
        resume_optimizer(optimizer, saved["optimizer"])
        clock, step = Clock(args.minutes * 60, saved["elapsedS"]), saved["step"]
    log = RunLog(args.out / "log.jsonl", silent=not processes.is_main)
    if unmatched:
        log.write(connector=str(args.connector), unmatched=unmatched, meaning="only one of the two encoders says them")
    if is_broad:
        held = answers_held(sources, families)
        check_held(held)
        log.write(families=held)
    log.write(leftOut=left_out_report(sources, families))
    record = RunRecord(args, saved, "sequences", trained_before(saved, "sequences", args.batch))
    guard = StepGuard(log)

    def save() -> None:
        if not processes.is_main:
            return
        check_finite(lm)
        check_finite(connector)
        state = {"lm": lm.state_dict(), "connector": connector.state_dict(), "optimizer": optimizer.state_dict()}
        state |= {"early": early.state_dict()} if early else {}
        state |= {"step": step, "elapsedS": clock.elapsed_s, "start": start}
        state |= {"sequences": record.count, "runs": record.runs}
        save_atomically(state, args.out / "checkpoint.pt")

    def evaluate(count: int) -> None:
        if not processes.is_main:
            return
        reports = {}
        quantizer.strength = 1.0
        with quantizer:
            for views in held_out:
                reports[views.pattern] = evaluate_sft(
                    encoder, connector, lm, exercises, views, count, families=families, paraphrases=paraphrases.held_out
                )
                log.write(evaluation=views.pattern, step=step, pairs=count, **reports[views.pattern])
        config = {
            "stage": "sft",
            "sequences": record.count,
            "encoderPairs": encoded["pairs"],
            "families": list(families),
            "evaluation": reports,
            "runs": {"encoder": runs_of(encoded), "sft": record.runs},
            "trainingCommit": record.commit(current_commit()),
        }
        save_release(args.out / "release", encoder, connector, lm, args.lm, config)

    weights = [family_weights.get(family, 1.0) for family in families]
    all_formats = ExerciseMix(
        3, families, args.letter_share, args.reasoned_share, args.paraphrased_share, drills=1, weights=family_weights
    )
    right: dict[str, float] = {}
    loss_mean = None
    saving, looking = Every(args.checkpoint_minutes), Every(args.eval_minutes)
    lm.train()
    while (progress := processes.from_main(max(clock.fraction, record.count / args.sequences))) < 1:
        set_rate(optimizer, cosine_rate(step, progress, 30))
        views = train.draw(rng)
        if is_broad:
            chosen = draw_family_pairs(sources[views.pattern], families, weights, args.batch, rng)
            pairs, movements = load_family_pairs(sources[views.pattern], chosen, generator)
            leads = [pair.family for pair in chosen]
        else:
            first, second = draw_answerable_pairs(sources[views.pattern], draw_rules(args.batch, rng), rng)
            pairs = augment(load_pairs(views, first, second, with_points=False), generator)
            movements, leads = movements_of(pairs), [None] * args.batch
        # All processes draw all exercises, so that their random streams stay together, and keep their own rows.
        mix = mix_at(progress, args.letters_from, all_formats, args.early_drills)
        asked = [
            (exercises.prefix, exercises.segments(m, mix, order, lead))
            for m, lead in zip(movements, leads, strict=True)
        ]
        packed = pack(asked[rows], codec.end_id).to(processes.device)
        out = image_inputs(encoder, processes.own(pairs))
        quantizer.strength = rounding_strength(progress, args.quantize_from, args.quantize_over)
        with quantizer if quantizer.strength else contextlib.nullcontext():
            features = connector(out)
            with torch.autocast(processes.device.type, torch.bfloat16, enabled=args.bfloat16):
                loss = sft_loss(lm, features, packed, exercises.image_id, early)
            optimizer.zero_grad(set_to_none=True)
            # Losses are (weighted) means: scaled by the rows' share of weights and stems, the processes' mean is exact.
            weight = packed.weights.sum()
            value = loss.value * (weight / processes.mean(weight))
            if loss.early is not None:
                stems = (packed.early != IGNORED).sum().float()
                value = value + args.early_weight * loss.early * (stems / processes.mean(stems).clamp_min(1))
            value.backward()
        processes.average_gradients(learned)
        norm = torch.nn.utils.clip_grad_norm_(learned, 1.0).item()
        step_loss = processes.mean(value.detach()).item()
        step += 1
        if not guard.allows(step, step_loss, norm):
            continue
        optimizer.step()
        record.add(args.batch)
        loss_mean = step_loss if loss_mean is None else 0.95 * loss_mean + 0.05 * step_loss
        for kind, hits in processes.merge(loss.right).items():
            share = 100 * float(np.mean(hits))
            right[kind] = (
                share if kind not in right else right[kind] + min(0.5, 0.03 * len(hits)) * (share - right[kind])
            )
        if step % args.log_steps == 0:
            rounded = {kind: round(share, 1) for kind, share in sorted(right.items())}
            tokens = packed.ids.numel()
            log.write(
                elapsedS=clock.elapsed_s,
                step=step,
                sequences=record.count,
                loss=loss_mean,
                tokens=tokens,
                **rounded,
            )
        if saving.is_due():
            save()
        if looking.is_due():
            evaluate(args.eval_pairs)
    save()
    evaluate(4 * args.eval_pairs)
    log.write(done=True, step=step, sequences=record.count, elapsedS=clock.elapsed_s)
    processes.close()


if __name__ == "__main__":
    main()
