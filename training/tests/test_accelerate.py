"""The training stages under `accelerate launch`: two CPU processes follow the one-process loss curve."""

import json
import os
import runpy
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from fake_data import write_pose_shard

from viewpoint_training.checkpoint import save_release
from viewpoint_training.data import ViewSet, load_pairs
from viewpoint_training.encoder import Encoder, EncoderConfig, decode_pose
from viewpoint_training.grpo import pack_groups, token_log_probs
from viewpoint_training.packing import Segment, pack
from viewpoint_training.processes import Processes, uses_cuda
from viewpoint_training.prompts import ASSISTANT_START

TRAINING = Path(__file__).parents[1]
TINY_ENCODER = {"image_size_px": 64, "stem_width": 8, "cell_width": 16, "width": 32, "heads": 2, "depth": 1}
ENCODER_STEPS, ENCODER_BATCH = 8, 32
SFT_STEPS, SFT_BATCH = 6, 4
DRILL_STEPS = GRPO_STEPS = (3, 6)  # of a first call, and of the one that resumes it


def run_here(script: str, arguments: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    """The stage in this process, as `python script …` runs it."""
    path, threads = TRAINING / "scripts" / script, torch.get_num_threads()
    monkeypatch.setattr(sys, "argv", [str(path), *map(str, arguments)])
    runpy.run_path(str(path), run_name="__main__")
    torch.set_num_threads(threads)


def run_in_two(script: str, arguments: list[object]) -> None:
    """The same command under accelerate's launcher, two processes.

    The launcher starts several processes only with --multi_gpu (torchrun); the stages use the CPU all the same.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    launcher = [sys.executable, "-m", "accelerate.commands.accelerate_cli", "launch", "--multi_gpu"]
    command = [*launcher, "--num_processes", "2", "--main_process_port", str(port), str(TRAINING / "scripts" / script)]
    # Neither an outer launcher nor a user's accelerate settings may reach in.
    outer = ("ACCELERATE_", "WORLD_", "RANK", "LOCAL_", "MASTER_", "HF_HOME")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(outer)}
    environment |= {"PYTHONPATH": str(TRAINING), "OMP_NUM_THREADS": "1", "HF_HOME": str(TRAINING / "no-settings")}
    done = subprocess.run(
        [*command, *map(str, arguments)], capture_output=True, text=True, env=environment, cwd=TRAINING
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]


def logged_steps(log: Path) -> list[dict[str, float]]:
    """One entry a step; a second process that logged too would make it longer."""
    return [entry for entry in map(json.loads, log.read_text().splitlines()) if "loss" in entry]


def loss_curve(out: Path) -> list[float]:
    return [entry["loss"] for entry in logged_steps(out / "log.jsonl")]


def weights_of(state: dict[str, torch.Tensor]) -> torch.Tensor:
    return torch.cat([state[name].reshape(-1) for name in sorted(state)])


def encoder_arguments(data: Path, out: Path) -> list[object]:
    sets = ["--data", data, "--mix", "train-generated*:1", "--val", "val-generated*"]
    size = ["--pairs", ENCODER_STEPS * ENCODER_BATCH, "--batch", ENCODER_BATCH, "--config", json.dumps(TINY_ENCODER)]
    # |Δ azimuth| stays small: far pairs share so few points that the two halves would weigh very differently.
    near = ["--start-deg", 30, "--end-deg", 31, "--far-share", 0]
    rest = ["--minutes", 1000, "--warmup", 2, "--lr", "2e-3", "--eval-pairs", 1, "--log-seconds", 0, "--threads", 1]
    rest += ["--device", "cpu"]  # of one GPU two processes have none each
    return [*sets, *size, *near, *rest, "--out", out]


@pytest.fixture(scope="module")
def encoder_run(fake_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("encoder-one")
    with pytest.MonkeyPatch.context() as patch:
        run_here("train_encoder.py", encoder_arguments(fake_data, out), patch)
    return out


def test_encoder_follows_the_one_process_curve(encoder_run: Path, fake_data: Path, tmp_path: Path) -> None:
    """Means of half batches differ a little from the mean of the whole (their masks count differently): up to 0.4 %.
    With gradients that are not averaged the curves part by 1.5–5.5 %, and the weights' ways have a cosine of 0.94."""
    run_in_two("train_encoder.py", encoder_arguments(fake_data, tmp_path))
    one, two = loss_curve(encoder_run), loss_curve(tmp_path)
    assert len(one) == len(two) == ENCODER_STEPS
    np.testing.assert_allclose(two, one, rtol=0.01)
    torch.manual_seed(0)
    start = weights_of(Encoder(EncoderConfig(**TINY_ENCODER)).state_dict())
    saved = [torch.load(run / "checkpoint.pt", weights_only=False) for run in (encoder_run, tmp_path)]
    ways = [weights_of(checkpoint["model"]) - start for checkpoint in saved]
    assert torch.cosine_similarity(*ways, dim=0) > 0.99
    assert saved[0]["pairs"] == saved[1]["pairs"] == ENCODER_STEPS * ENCODER_BATCH


def test_sft_follows_the_one_process_curve(
    encoder_run: Path, fake_data: Path, tiny_lm_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its loss weighs each process by its answers, so the curves are equal but for rounding; 4-bit weights would make
    steps of that rounding, so this run keeps full precision."""
    one, two = tmp_path / "one", tmp_path / "two"
    sets = ["--data", fake_data, "--mix", "train-generated*:1", "--val", "val-generated*", "--lm", tiny_lm_folder]
    size = ["--encoder", encoder_run / "checkpoint.pt", "--sequences", SFT_STEPS * SFT_BATCH, "--batch", SFT_BATCH]
    rest = ["--minutes", 1000, "--quantize-from", 2, "--eval-pairs", 1, "--log-steps", 1, "--threads", 1]
    rest += ["--early-layer", 1, "--device", "cpu"]
    run_here("train_sft.py", [*sets, *size, *rest, "--out", one], monkeypatch)
    run_in_two("train_sft.py", [*sets, *size, *rest, "--out", two])
    assert len(loss_curve(one)) == SFT_STEPS
    np.testing.assert_allclose(loss_curve(two), loss_curve(one), atol=2e-5)
    first, second = (torch.load(run / "checkpoint.pt", weights_only=False) for run in (one, two))
    for part in ("lm", "connector"):
        torch.testing.assert_close(weights_of(first[part]), weights_of(second[part]), atol=1e-4, rtol=0)
    assert (two / "release" / "config.json").exists()


def test_drills_follow_the_one_process_curve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when they resume; the running accuracies, which end a run, are those of the whole batch in both."""
    one, two = tmp_path / "one", tmp_path / "two"
    size = ["--tiny", "--batch", 8, "--minutes", 1000, "--log-every", 1, "--threads", 1, "--device", "cpu"]
    for steps in DRILL_STEPS:
        run_here("drill_letters.py", [*size, "--steps", steps, "--out", one], monkeypatch)
        run_in_two("drill_letters.py", [*size, "--steps", steps, "--out", two])
    first, second = (logged_steps(out / "drills.jsonl") for out in (one, two))
    assert [entry["step"] for entry in second] == list(range(1, DRILL_STEPS[-1] + 1))
    for name in ("loss", "realOptions", "randomWords"):
        np.testing.assert_allclose([e[name] for e in second], [e[name] for e in first], atol=2e-5)
    saved = [torch.load(out / "checkpoint.pt", weights_only=False)["lm"] for out in (one, two)]
    torch.testing.assert_close(weights_of(saved[1]), weights_of(saved[0]), atol=1e-4, rtol=0)


@pytest.fixture
def talkative_release(parts, tiny_lm_folder: Path, tmp_path: Path) -> Path:
    """A release that says letters, whatever it sees: from answers that never earn anything GRPO learns nothing."""
    lm, codec, encoder, connector, exercises = parts
    lm.model.embed_tokens.weight.data *= 15  # as large as a trained model's: otherwise no token can be likely
    features = torch.randn(1, 2, connector.config.tokens_per_view, lm.config.hidden_size)
    answers = [[*codec.encode(letter), codec.end_id] for letter in "ABC"]
    packed = pack_groups(exercises.prefix, [codec.encode(ASSISTANT_START)], [answers], codec.end_id)
    optimizer = torch.optim.AdamW(lm.model.layers.parameters(), 5e-3, weight_decay=0.0)
    for _ in range(30):
        optimizer.zero_grad()
        (-token_log_probs(lm, features, packed, exercises.image_id).values.mean()).backward()
        optimizer.step()
    save_release(tmp_path / "release", encoder, connector, lm, tiny_lm_folder, {"stage": "sft"})
    return tmp_path / "release"


def test_grpo_follows_the_one_process_curve(
    talkative_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prompts have draws of their own, so both sample the same answers; also when they resume."""
    one, two = tmp_path / "one", tmp_path / "two"
    for seed, name in enumerate(["train-posed", "val-posed"]):
        write_pose_shard(tmp_path / "data" / name / "shard-0000", objects=2, seed=seed)
    sets = ["--data", tmp_path / "data", "--mix", "train-posed:1", "--val", "val-posed", "--release", talkative_release]
    size = ["--prompts", 4, "--group", 4, "--micro", 2, "--updates", 2, "--format", "letter", "--max-new-tokens", 2]
    rest = ["--minutes", 1000, "--lr", "1e-3", "--eval-pairs", 1, "--threads", 1, "--device", "cpu"]
    for steps in GRPO_STEPS:
        run_here("train_grpo.py", [*sets, *size, *rest, "--steps", steps, "--out", one], monkeypatch)
        run_in_two("train_grpo.py", [*sets, *size, *rest, "--steps", steps, "--out", two])
    first, second = (logged_steps(out / "log.jsonl") for out in (one, two))
    assert [entry["step"] for entry in second] == list(range(1, GRPO_STEPS[-1] + 1))
    assert any(entry["undecidedGroups"] < 1 for entry in first)
    for name in ("loss", "reward", "accuracy", "kl", "length", "gradientNorm"):
        np.testing.assert_allclose([e[name] for e in second], [e[name] for e in first], 1e-3, 1e-4, err_msg=name)
    assert (two / "release" / "config.json").exists()


def test_an_uneven_batch_is_refused() -> None:
    processes = Processes()
    assert processes.rows(6) == slice(0, 6)
    processes.count, processes.index = 4, 1
    assert processes.rows(8) == slice(2, 4)
    with pytest.raises(ValueError, match="--batch 6 cannot be shared by 4 processes"):
        processes.rows(6)
    with pytest.raises(ValueError, match="--prompts 2 cannot be shared by 4 processes"):
        processes.rows(2, "--prompts")


def test_a_launcher_that_started_one_process_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """`accelerate launch --cpu --num_processes 2` without MPI starts a single process and says nothing."""
    monkeypatch.setenv("ACCELERATE_USE_CPU", "True")
    monkeypatch.setenv("MASTER_ADDR", "127.0.0.1")
    with pytest.warns(UserWarning, match="started one process"):
        Processes()


def test_a_gpu_is_used_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.delenv("ACCELERATE_USE_CPU", raising=False)
    assert uses_cuda("auto") and uses_cuda("cuda") and not uses_cuda("cpu")
    monkeypatch.setenv("ACCELERATE_USE_CPU", "True")  # the launcher's --cpu
    assert not uses_cuda("auto") and uses_cuda("cuda")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert not uses_cuda("auto") and not uses_cuda("cpu")
    with pytest.raises(ValueError, match="torch sees no GPU"):
        uses_cuda("cuda")


def test_a_gpu_is_not_shared_by_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes would both get cuda:0, and nccl would stop with "Duplicate GPU"."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    monkeypatch.delenv("ACCELERATE_USE_CPU", raising=False)
    monkeypatch.setenv("LOCAL_WORLD_SIZE", "2")
    for device in ("auto", "cuda"):
        with pytest.raises(ValueError, match=r"2 processes, and torch sees 1 GPU: .*PROCESSES="):
            Processes(device)
    assert not uses_cuda("cpu")
    monkeypatch.setenv("LOCAL_WORLD_SIZE", "1")
    assert uses_cuda("auto") and uses_cuda("cuda")


def test_batches_follow_the_model(fake_data: Path) -> None:
    """To a device without memory, in the place of a GPU: a constant left on the CPU would not go with the rest."""
    meta, cpu = torch.device("meta"), torch.device("cpu")
    packed = pack([([1, 2], [Segment([3], [4], early=(0, 1))])], 0)
    pairs = load_pairs(ViewSet(fake_data, "train-generated*"), np.array([0, 1]), np.array([1, 2]))
    for batch in (packed, pairs):
        assert batch.to(cpu) is batch
        tensors = [value for value in vars(batch.to(meta)).values() if isinstance(value, torch.Tensor)]
        assert len(tensors) >= 7 and all(tensor.device == meta for tensor in tensors)
    encoder = Encoder(EncoderConfig(**TINY_ENCODER)).to(meta)
    pixels = torch.empty(2, 3, 64, 64, device=meta)
    pose = decode_pose(encoder(pixels, pixels), encoder.config)
    assert pose.azimuth_deg.device == pose.distance_log.device == encoder.device == meta
