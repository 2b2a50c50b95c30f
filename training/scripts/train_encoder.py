"""Stage 2: train the two-view encoder on rendered pairs.

Contrastive matching, dense points and relative pose; |Δ azimuth| widens from --start-deg to --end-deg while left/right
in training is above --ready, and between the fractions --widen of the run whatever happens. Sides that twins.jsonl says
nobody can tell are no labels (look_alikes.py). It ends at its number of pairs or its wall-clock budget, whichever comes
first (a resumed run continues where both stood, and may be given other bounds); new shards are picked up while it runs.
Under `accelerate launch` the same command shares each batch among the processes (their mean losses are averaged, as
data parallel training does).

A loop of our own instead of transformers' Trainer: what is drawn follows a curriculum that the last batches' answers
widen, from sets that grow meanwhile, the rate falls with the clock, and Muon shares its matrices among the processes.

  python scripts/train_encoder.py --data ../data --out ../runs/encoder --pairs 60000 --minutes 60
"""

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from viewpoint_training.augment import augment
from viewpoint_training.data import (
    DataMix,
    PairRule,
    ViewSet,
    check_alignment,
    check_held_out,
    draw_pairs,
)
from viewpoint_training.encoder import Encoder, EncoderConfig, decode_pose, grown
from viewpoint_training.encoder_eval import evaluate_encoder, evaluate_families
from viewpoint_training.encoder_losses import encoder_losses
from viewpoint_training.family_pairs import FamilyPairs, draw_family_pairs, load_judged_pairs, view_indices
from viewpoint_training.movement import BROADER, THREE_TYPES
from viewpoint_training.muon import Muon, Optimizers, hidden_matrices
from viewpoint_training.processes import DEVICE_HELP, DEVICES, Processes
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


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the sets")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint.pt, config.json, log.jsonl")
    parser.add_argument("--init-from", type=Path, help="weights.pt of an earlier run to begin from")
    parser.add_argument("--grow", default="{}", help="with --init-from: EncoderConfig changes that add parts, JSON")
    parser.add_argument(
        "--mix", nargs="+", default=["train-generated*:0.45", "train-cc0*:0.55"], help="pattern:share …"
    )
    parser.add_argument("--val", nargs="+", default=["val-generated*", "val-cc0*"], help="patterns of held-out sets")
    parser.add_argument(
        "--families",
        nargs="*",
        default=[],
        choices=[*THREE_TYPES, *BROADER],
        help="of sets with turned cameras (recipe 2): pairs of these question families in equal shares, at any angle",
    )
    parser.add_argument("--minutes", type=float, default=45.0, help="wall-clock budget, resumes included")
    parser.add_argument("--pairs", type=int, default=60000, help="pairs of the whole run")
    parser.add_argument("--batch", type=int, default=16, help="pairs a step, all processes together")
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--optimizer", choices=["adamw", "muon"], default="adamw", help="muon: for the blocks")
    parser.add_argument("--warmup", type=int, default=200, help="steps")
    parser.add_argument("--start-deg", type=float, default=30.0, help="largest |Δ azimuth| at the start")
    parser.add_argument("--end-deg", type=float, default=110.0, help="the same after the widening")
    parser.add_argument("--rise-deg", type=float, default=20.0, help="largest |Δ elevation|")
    parser.add_argument("--ready", type=float, default=0.8, help="widen while left/right in training is above this")
    parser.add_argument("--widen-deg", type=float, default=0.15, help="widening a step while ready")
    parser.add_argument(
        "--widen", nargs=2, type=float, default=[0.4, 0.7], help="fractions of the run between which it widens anyway"
    )
    parser.add_argument("--still-share", type=float, default=0.08, help="share of pairs without movement")
    parser.add_argument("--wide-share", type=float, default=0.0, help="share of pairs from the wider half")
    parser.add_argument("--far-share", type=float, default=0.08, help="share of pairs up to 180° after the widening")
    parser.add_argument("--repaint-share", type=float, default=1.0, help="share of the batches in changed colours")
    parser.add_argument("--eval-pairs", type=int, default=192, help="a set (0: no evaluation); at the end four times")
    parser.add_argument("--eval-minutes", type=float, default=4.0, help="between evaluations")
    parser.add_argument("--checkpoint-minutes", type=float, default=3.0)
    parser.add_argument("--log-seconds", type=float, default=20.0)
    parser.add_argument("--config", default="{}", help="EncoderConfig overrides, JSON")
    parser.add_argument("--device", choices=DEVICES, default="auto", help=DEVICE_HELP)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


@dataclass
class Curriculum:
    """How far apart the views of a pair may be: wider as left/right is learned, and in time whatever happens.

    A fixed schedule left the plateau behind before the encoder had (training/LOG.md).
    """

    args: argparse.Namespace
    widest_deg: float
    side_accuracy: float = 0.5  # running mean over the training pairs, 0…1

    def rule(self, progress: float) -> PairRule:
        start, stop = self.args.widen
        opened = min(1.0, max(0.0, (progress - start) / (stop - start)))
        anyway = self.args.start_deg + (self.args.end_deg - self.args.start_deg) * opened
        self.widest_deg = min(self.args.end_deg, max(self.widest_deg, anyway))
        is_wide = self.widest_deg >= self.args.end_deg
        far, wide = (self.args.far_share, self.args.wide_share) if is_wide else (0.0, 0.0)
        return PairRule(0.0, self.widest_deg, self.args.rise_deg, self.args.still_share, far, wide)

    def observe(self, guess_deg: torch.Tensor, azimuth_deg: torch.Tensor, has_side: torch.Tensor) -> None:
        """Widen a little if the sides of the batch's clearly moved pairs are known, as far as anybody can know them.

        Guess, truth and PairBatch.has_side, (B,) each.
        """
        clear = (azimuth_deg.abs() >= 8) & has_side
        if clear.any():
            share = (guess_deg.sign() == azimuth_deg.sign())[clear].float().mean().item()
            self.side_accuracy += 0.03 * (share - self.side_accuracy)
        if self.side_accuracy > self.args.ready:
            self.widest_deg = min(self.args.end_deg, self.widest_deg + self.args.widen_deg)


def save_weights(encoder: Encoder, widest_deg: float, pairs: int, runs: list[dict], path: Path) -> None:
    """What a later run, or the language model's training, starts from: weights in half precision, no optimizer.

    `pairs` counts those of all that is behind the weights, `runs` are the calls of this run (RunRecord.runs).
    """
    halves = {
        name: value.half() if value.is_floating_point() else value for name, value in encoder.state_dict().items()
    }
    state = {"model": halves, "config": encoder.config.to_json(), "widestDeg": widest_deg, "pairs": pairs}
    save_atomically(state | {"runs": runs}, path)


def pairs_before(args: argparse.Namespace, saved: dict | None, start: dict | None) -> int:
    """Pairs behind the weights that the run began from. Checkpoints of before 2026-11-27 do not say it."""
    if saved and "pairsBefore" in saved:
        return saved["pairsBefore"]
    if saved and args.init_from and args.init_from.exists():
        start = torch.load(args.init_from, map_location="cpu", weights_only=True)
    return start.get("pairs", 0) if start else 0


def pairs_of_run(args: argparse.Namespace, saved: dict | None) -> int:
    """Pairs that the run itself was trained on so far."""
    if saved and "pairs" in saved:
        return saved["pairs"] - saved.get("pairsBefore", 0)
    return trained_before(saved, "pairs", args.batch)


def make_optimizer(encoder: Encoder, args: argparse.Namespace, processes: Processes) -> Optimizers:
    """AdamW for everything; or Muon for the matrices of the blocks and AdamW for the rest, at the same rate."""
    matrices = hidden_matrices(encoder.across) + hidden_matrices(encoder.within) if args.optimizer == "muon" else []
    chosen = {id(matrix) for matrix in matrices}
    trained = [parameter for parameter in encoder.parameters() if parameter.requires_grad]
    others = [parameter for parameter in trained if id(parameter) not in chosen]
    optimizers: list[torch.optim.Optimizer] = [adamw([{"params": others, "base_lr": args.lr}], weight_decay=0.03)]
    if matrices:
        groups = [{"params": matrices, "base_lr": args.lr}]
        part = (processes.index, processes.count)
        optimizers.append(Muon(groups, lr=args.lr, weight_decay=0.03, part=part, share=processes.sum))
    return Optimizers(*optimizers)


def main() -> None:
    args = parse_args()
    torch.set_num_threads(args.threads)
    processes = Processes(args.device)
    processes.rows(args.batch)  # refuse an uneven batch before anything is read
    saved = load_if_there(args.out / "checkpoint.pt")
    # A run of its own that begins from another's weights; once it has a checkpoint, that one counts.
    start = torch.load(args.init_from, map_location="cpu", weights_only=True) if args.init_from and not saved else None
    earlier = pairs_before(args, saved, start)
    # Other batches than the run before drew, also where it was resumed: it took fewer steps than pairs.
    seed = args.seed + earlier + (saved["step"] if saved else 0)
    torch.manual_seed(seed)
    rng, generator = np.random.default_rng(seed), torch.Generator().manual_seed(seed)

    train = DataMix(args.data, args.mix)
    held_out = [ViewSet(args.data, pattern) for pattern in args.val]
    log = RunLog(args.out / "log.jsonl", silent=not processes.is_main)
    for views in (*train.sets, *held_out):
        if len(views):
            log.write(set=views.pattern, objects=len(views), shards=len(views.shards), alignment=check_alignment(views))
    check_held_out(train.sets, held_out)
    sources = {views.pattern: FamilyPairs(views) for views in train.sets}
    for source in sources.values():
        source.check_twins()
    # They may still be rendered, as those to train on may.
    for views in held_out:
        if not len(views):
            log.write(set=views.pattern, objects=0, missing="nothing is evaluated on it until a shard is finished")

    begun = saved or start
    if start:
        config, weights = grown(start, json.loads(args.grow))
        begun |= {"model": weights, "config": config.to_json()}
    encoder = Encoder(EncoderConfig(**(begun["config"] if begun else json.loads(args.config))))
    encoder = encoder.to(processes.device, memory_format=torch.channels_last)  # a tenth faster on CPU
    optimizer = make_optimizer(encoder, args, processes)
    clock, step = Clock(args.minutes * 60), 0
    record, guard = RunRecord(args, saved, "pairs", pairs_of_run(args, saved)), StepGuard(log)
    curriculum = Curriculum(args, args.start_deg)
    if begun:
        curriculum.widest_deg = begun["widestDeg"]
        encoder.load_state_dict(begun["model"])
    if saved:
        curriculum.side_accuracy = saved.get("sideAccuracy", curriculum.side_accuracy)
        resume_optimizer(optimizer, saved["optimizer"])
        clock, step = Clock(args.minutes * 60, saved["elapsedS"]), saved["step"]

    def save() -> None:
        if not processes.is_main:
            return
        check_finite(encoder)
        state = {"model": encoder.state_dict(), "optimizer": optimizer.state_dict(), "config": encoder.config.to_json()}
        # "pairs" is what all runs behind these weights have seen; the run's own are those after "pairsBefore".
        state |= {"step": step, "elapsedS": clock.elapsed_s, "pairs": earlier + record.count}
        state |= {"pairsBefore": earlier, "runs": record.runs}
        state |= {"widestDeg": curriculum.widest_deg, "sideAccuracy": curriculum.side_accuracy}
        save_atomically(state, args.out / "checkpoint.pt")
        (args.out / "run.json").write_text(json.dumps(record.runs, indent=2), encoding="utf-8")
        (args.out / "config.json").write_text(json.dumps(encoder.config.to_json(), indent=2), encoding="utf-8")

    def draw(views: ViewSet, rule: PairRule) -> tuple[np.ndarray, np.ndarray]:
        """Views A and B of a batch."""
        if not (args.families and views.has_turned):
            return draw_pairs(views, args.batch, rule, rng)
        weights = [1.0] * len(args.families)
        return view_indices(draw_family_pairs(sources[views.pattern], args.families, weights, args.batch, rng))

    def evaluate(count: int) -> None:
        if not processes.is_main or count == 0:
            return
        for views in held_out:
            if views.refresh():
                check_held_out(train.sets, [views])
            if len(views):
                report = evaluate_encoder(encoder, views, count)
                if args.families and views.has_turned:
                    report |= evaluate_families(encoder, FamilyPairs(views, answerable_only=False), count)
                log.write(evaluation=views.pattern, step=step, **report)

    running: dict[str, float] = {}
    now = time.monotonic()
    saving, looking = Every(args.checkpoint_minutes), Every(args.eval_minutes)
    next_log, steps_logged = now + args.log_seconds, step
    encoder.train()
    while (progress := processes.from_main(max(clock.fraction, record.count / args.pairs))) < 1:
        rule = curriculum.rule(progress)
        views = train.draw(rng)
        pairs = load_judged_pairs(sources[views.pattern], *draw(views, rule))
        batch = processes.own(augment(pairs, generator, args.repaint_share))

        set_rate(optimizer, cosine_rate(step, progress, args.warmup))
        out = encoder(batch.a, batch.b)
        losses = encoder_losses(out, batch, encoder.config)
        optimizer.zero_grad(set_to_none=True)
        losses.total.backward()
        processes.average_gradients(encoder.parameters())
        norm = torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0).item()
        own_values = torch.tensor([losses.total.item(), *losses.terms.values()], dtype=torch.float64)
        loss, *values = processes.mean(own_values).tolist()
        step += 1
        if not guard.allows(step, loss, norm):
            continue
        optimizer.step()
        record.add(args.batch)
        with torch.no_grad():
            guess_deg = decode_pose(out, encoder.config).azimuth_deg
        curriculum.observe(*(processes.gather(part) for part in (guess_deg, batch.azimuth_deg, batch.has_side)))
        for name, value in zip(losses.terms, values, strict=True):
            running[name] = value if name not in running else 0.97 * running[name] + 0.03 * value

        now = time.monotonic()
        if processes.from_main(now >= next_log):
            rate = (step - steps_logged) * args.batch / (now - next_log + args.log_seconds)
            log.write(
                elapsedS=clock.elapsed_s,
                step=step,
                pairs=record.count,
                maxDeg=rule.max_azimuth_deg,
                side=curriculum.side_accuracy,
                pairsPerS=rate,
                loss=loss,
                **running,
            )
            next_log, steps_logged = now + args.log_seconds, step
            # A shard may end between two processes' looks. From then on they may draw different batches; each still
            # takes its own rows of one, so the gradients' mean is that of a batch all the same.
            for group in train.sets:
                if group.refresh():
                    check_held_out([group], held_out)
                    sources[group.pattern].check_twins()
                    log.write(
                        set=group.pattern,
                        objects=len(group),
                        shards=len(group.shards),
                        alignment=check_alignment(group),
                    )
        if saving.is_due():
            save()
        if looking.is_due():
            evaluate(args.eval_pairs)
    save()
    if processes.is_main:
        pairs = earlier + record.count
        save_weights(encoder, curriculum.widest_deg, pairs, record.runs, args.out / "weights.pt")
    evaluate(4 * args.eval_pairs)
    log.write(done=True, step=step, pairs=record.count, elapsedS=clock.elapsed_s)
    processes.close()


if __name__ == "__main__":
    main()
