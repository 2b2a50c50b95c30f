r"""Stage 4: GRPO from a release of train_sft (or of make_untuned: the "GRPO only" ablation).

Samples groups of answers in the form that --format asks for, rewards form and exactness by half each, and follows the
group-relative advantage while a KL penalty holds the model near the release. Departs from Actial: pairs of the families
named here instead of SAT, fewer and shorter answers, a learning rate for a small model. Encoder, connector and
embeddings stay; weights are rounded to 4 bits in every forward pass. Bounded by steps or wall-clock time, whichever
comes first; resumes from its checkpoint. Writes a release at every evaluation.

A release's weights lie in the middle of their 4-bit steps, too far from the next ones for a short run: --init-from
begins from the unrounded weights that the release was made of. `changedCodes` in the log is the share that moved.
Under `accelerate launch` the same command shares each step's prompts among the processes.

  python scripts/train_grpo.py --data ../data --release ../runs/sft/release --init-from ../runs/sft/checkpoint.pt \
    --out ../runs/grpo --mix 'train-broad-generated*:0.55' 'train-broad-cc0*:0.45' \
    --val 'val-broad-generated*' 'val-broad-cc0*' \
    --families ego-translation object-translation ego-rotation vertical distance decoupled magnitude
"""

import argparse
import copy
import random
from pathlib import Path

import numpy as np
import torch

from viewpoint_training.checkpoint import load_full_precision, load_release, save_release
from viewpoint_training.data import DataMix, check_held_out, held_out_sets
from viewpoint_training.family_pairs import (
    FamilyPairs,
    answers_held,
    check_held,
    draw_family_pairs,
    left_out_report,
    load_family_pairs,
)
from viewpoint_training.grpo import (
    GrpoConfig,
    answer_draws,
    group_advantages,
    grpo_loss,
    pack_groups,
    sample_answers,
    token_log_probs,
)
from viewpoint_training.grpo_eval import answer_texts, evaluate_generated
from viewpoint_training.language_model import TextCodec
from viewpoint_training.movement import THREE_TYPES
from viewpoint_training.processes import DEVICE_HELP, DEVICES, Processes
from viewpoint_training.prompts import ASSISTANT_START, Prompts
from viewpoint_training.quantization import FakeQuantizer, changed_share, codes_of, quantized_parameters
from viewpoint_training.questions import check_families, make_question
from viewpoint_training.rewards import FORMATS, Target, rewards
from viewpoint_training.sft import Exercises, image_inputs
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
    load_if_there,
    resume_optimizer,
    save_atomically,
    set_rate,
    weights_hash,
)

CODE_STEPS = 10  # between two looks at the 4-bit codes: one takes as long as rounding all weights once


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument(
        "--release", type=Path, required=True, help="folder written by save_release: what the KL holds it to"
    )
    parser.add_argument(
        "--init-from",
        type=Path,
        help="checkpoint.pt of the train_sft.py run that wrote the release: begin from its unrounded weights",
    )
    parser.add_argument("--out", type=Path, required=True, help="checkpoint.pt, log.jsonl, release/")
    parser.add_argument(
        "--mix", nargs="+", default=["train-generated*:0.45", "train-cc0*:0.55"], help="pattern:share …"
    )
    parser.add_argument("--val", nargs="+", default=["val-generated*", "val-cc0*"], help="patterns of held-out sets")
    parser.add_argument("--families", nargs="+", default=list(THREE_TYPES), help="what is asked, equally often")
    parser.add_argument("--format", choices=FORMATS, default="reasoned", help="prompt format of the contract")
    parser.add_argument("--graded", action="store_true", help="an angle earns by how near it is, not only when exact")
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--minutes", type=float, default=40.0, help="wall-clock budget, resumes included")
    parser.add_argument("--prompts", type=int, default=8, help="prompts a step, all processes together")
    parser.add_argument("--group", type=int, default=8, help="answers a prompt")
    parser.add_argument("--updates", type=int, default=1, help="optimizer steps on the answers of one sampling")
    parser.add_argument("--micro", type=int, default=4, help="prompts a backward pass of a process: bounds memory")
    parser.add_argument("--lr", type=float, default=1e-4, help="decoder layers")
    parser.add_argument("--kl", type=float, default=0.01, help="weight of the KL penalty")
    parser.add_argument("--clip", type=float, default=0.2)
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--max-new-tokens", type=int, default=80)
    parser.add_argument("--eval-pairs", type=int, default=32, help="a family and set (0: no evaluation)")
    parser.add_argument("--eval-minutes", type=float, default=10.0)
    parser.add_argument("--checkpoint-minutes", type=float, default=5.0)
    parser.add_argument("--device", choices=DEVICES, default="auto", help=DEVICE_HELP)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    for name in ("steps", "prompts", "updates", "micro"):
        if getattr(args, name) < 1:
            parser.error(f"--{name} takes a positive whole number, got {getattr(args, name)}")
    return args


def main() -> None:
    args = parse_args()
    torch.set_num_threads(args.threads)
    processes = Processes(args.device)
    rows = processes.rows(args.prompts, "--prompts")
    config = GrpoConfig(args.group, args.clip, args.kl, args.temperature, args.max_new_tokens)
    prompts = Prompts.load()
    check_families(prompts, args.families)
    if args.format not in prompts.formats:
        raise ValueError(f"--format {args.format!r}: the contract has {', '.join(prompts.formats)}")
    saved = load_if_there(args.out / "checkpoint.pt")
    seed = args.seed + (saved["step"] if saved else 0)
    torch.manual_seed(seed)
    rng, order, generator = np.random.default_rng(seed), random.Random(seed), torch.Generator().manual_seed(seed)

    train, held_out = DataMix(args.data, args.mix), held_out_sets(args.data, args.val, args.eval_pairs)
    check_held_out(train.sets, held_out)
    sources = {views.pattern: FamilyPairs(views) for views in train.filled()}
    held = answers_held(sources, args.families)
    check_held(held)

    release = load_release(args.release)
    if release.config["promptsVersion"] != prompts.version:
        raise ValueError(
            f"{args.release} was trained on prompts version {release.config['promptsVersion']}, the contract has "
            f"{prompts.version}: train it again, or check out the contract of that version"
        )
    encoder, connector, lm = (part.to(processes.device) for part in (release.encoder, release.connector, release.lm))
    encoder.requires_grad_(False)
    connector.requires_grad_(False)
    codec = TextCodec(release.tokenizer_dir)
    exercises = Exercises(prompts, codec, connector.config.tokens_per_view, encoder.config.azimuth_centres_deg())
    with_options = prompts.formats[args.format]["withOptions"]
    reference = copy.deepcopy(lm).requires_grad_(False)
    lm.requires_grad_(False)
    learned = [p.requires_grad_(True) for layer in lm.model.layers for p in layer.parameters()]
    optimizer = adamw([{"params": learned, "base_lr": args.lr}], weight_decay=0.0)
    quantizer = FakeQuantizer(quantized_parameters(lm))
    movable = [p for p in quantizer.parameters if p.requires_grad]
    start_codes = release_codes = codes_of(movable)
    if args.init_from:
        load_full_precision(args.init_from, lm, connector)
        start_codes = codes_of(movable)
    start = {"--release": weights_hash(encoder, connector), "--release or --init-from": weights_hash(lm)}
    check_same_start(saved, start, args.out)
    clock, step = Clock(args.minutes * 60), 0
    if saved:
        lm.load_state_dict(saved["lm"])
        resume_optimizer(optimizer, saved["optimizer"])
        clock, step = Clock(args.minutes * 60, saved["elapsedS"]), saved["step"]
    log = RunLog(args.out / "log.jsonl", silent=not processes.is_main)
    # Not 0: the checkpoint is not the one that the release was made of.
    log.write(families=held, codesOffRelease=changed_share(release_codes, start_codes))
    log.write(leftOut=left_out_report(sources, args.families))
    record, guard = RunRecord(args, saved, "steps", step), StepGuard(log)

    def save() -> None:
        if not processes.is_main:
            return
        check_finite(lm)
        state = {"lm": lm.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
        state |= {"elapsedS": clock.elapsed_s, "runs": record.runs, "start": start}
        save_atomically(state, args.out / "checkpoint.pt")

    def evaluate(count: int) -> None:
        if not processes.is_main:
            return
        reports, changed = {}, changed_share(start_codes, codes_of(movable))
        with quantizer:
            for views in held_out:
                parts = (encoder, connector, lm, exercises, views)
                report = evaluate_generated(*parts, args.families, count, args.format, args.max_new_tokens)
                report |= evaluate_sft(*parts, count, families=args.families)
                reports[views.pattern] = report
                log.write(evaluation=views.pattern, step=step, pairs=count, changedCodes=changed, **report)
        about = {
            "stage": f"{release.config['stage']}+grpo",
            "grpoSteps": step,
            "changedCodes": changed,
            "families": release.config.get("families", args.families),
            "evaluation": reports,
            "runs": release.config.get("runs", {}) | {"grpo": record.runs},
            "trainingCommit": record.commit(release.config["trainingCommit"]),
        }
        kept = {k: release.config[k] for k in ("sequences", "encoderPairs") if k in release.config}
        save_release(args.out / "release", encoder, connector, lm, release.tokenizer_dir, kept | about)

    saving, looking = Every(args.checkpoint_minutes), Every(args.eval_minutes)
    while (progress := processes.from_main(max(clock.fraction, step / args.steps))) < 1:
        set_rate(optimizer, cosine_rate(step, progress, 10, floor=0.1))
        source = sources[train.draw(rng).pattern]
        drawn = draw_family_pairs(source, args.families, [1] * len(args.families), args.prompts, rng)
        pairs, movements = load_family_pairs(source, drawn, generator)
        features = connector(image_inputs(encoder, processes.own(pairs)))
        # All processes draw all prompts, so that their random streams stay together, and keep their own.
        asked = [make_question(prompts, pair.family, m, order) for pair, m in zip(drawn, movements, strict=True)][rows]
        texts = [codec.encode(exercises.user_text(question, args.format) + ASSISTANT_START) for question in asked]
        with quantizer:
            groups = sample_answers(
                lm,
                features,
                exercises.prefix,
                exercises.image_id,
                texts,
                range(len(asked)),
                config.group,
                config.max_new_tokens,
                codec.end_id,
                config.temperature,
                answer_draws(args.seed, step, range(args.prompts)[rows], config.group, config.max_new_tokens),
            )
        answers = [answer for group in groups for answer in group]
        targets = [Target(question, with_options, args.format) for question in asked for _ in range(config.group)]
        judged = rewards(*answer_texts(exercises, answers), targets, args.graded)
        earned = torch.tensor([reward.total for reward in judged]).view(len(asked), config.group)
        advantages = group_advantages(earned.to(processes.device))

        slices = [slice(start, start + args.micro) for start in range(0, len(asked), args.micro)]
        packs = [
            pack_groups(exercises.prefix, texts[part], groups[part], codec.end_id).to(processes.device)
            for part in slices
        ]
        with torch.no_grad():
            frozen = [
                token_log_probs(reference, features[part], packed, exercises.image_id, config.temperature).values
                for part, packed in zip(slices, packs, strict=True)
            ]
        before: list[torch.Tensor] = []  # of the weights that sampled
        kl, clipped = [], []
        is_skipped = False
        for update in range(args.updates):
            optimizer.zero_grad(set_to_none=True)
            total = 0.0
            with quantizer:
                for index, (part, packed) in enumerate(zip(slices, packs, strict=True)):
                    new = token_log_probs(lm, features[part], packed, exercises.image_id, config.temperature)
                    if update == 0:
                        before.append(new.values.detach())
                    advantage = advantages[part].flatten()
                    loss = grpo_loss(new, before[index], frozen[index], advantage, config, len(answers))
                    loss.value.backward()
                    total += loss.value.item()
                    kl.append(loss.kl)
                    clipped.append(loss.clipped)
            # Every process has as many answers: the mean of their means is that of the whole step.
            processes.average_gradients(learned)
            norm = torch.nn.utils.clip_grad_norm_(learned, 1.0).item()
            loss_value = processes.mean_values({"loss": total})["loss"]
            is_skipped = not guard.allows(step + 1, loss_value, norm)
            if is_skipped:
                break
            optimizer.step()
            record.add(1 if update == 0 else 0)
        step += 1
        if is_skipped:
            continue
        by_family: dict[str, list[bool]] = {}
        for target, reward in zip(targets, judged, strict=True):
            by_family.setdefault(target.question.family, []).append(reward.exact == 1)
        by_family = processes.merge(by_family)
        own_means = {
            "reward": earned.mean().item(),
            "accuracy": 100 * float(np.mean([reward.exact for reward in judged])),
            "wellFormed": 100 * float(np.mean([reward.form for reward in judged])),
            "graded": 100 * float(np.mean([reward.graded for reward in judged])),
            "kl": float(np.mean(kl)),
            "clipped": float(np.mean(clipped)),
            "length": float(np.mean([len(answer) for answer in answers])),
            "undecidedGroups": float((advantages == 0).all(1).float().mean()),
        }
        codes = {}
        if step % CODE_STEPS == 0 and processes.is_main:
            codes["changedCodes"] = changed_share(start_codes, codes_of(movable))
        log.write(
            elapsedS=clock.elapsed_s,
            step=step,
            loss=loss_value,
            **processes.mean_values(own_means),
            gradientNorm=norm,
            **codes,
            **{f"{family}/exact": 100 * float(np.mean(values)) for family, values in sorted(by_family.items())},
        )
        if saving.is_due():
            save()
        if looking.is_due():
            evaluate(args.eval_pairs)
    save()
    evaluate(4 * args.eval_pairs)
    log.write(done=True, step=step, elapsedS=clock.elapsed_s)
    processes.close()


if __name__ == "__main__":
    main()
