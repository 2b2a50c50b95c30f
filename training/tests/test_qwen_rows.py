"""Rows of the Viewpoint-100K form, the rewards, and worked reasoning from items: everything that needs no model."""

import json
import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("PIL", reason="the extra 'qwen' is not installed")

from PIL import Image

from viewpoint_training.prompts import Prompts
from viewpoint_training.qwen_vl.reasoned_rows import reasoned_row, reasoned_rows
from viewpoint_training.qwen_vl.rewards import answer_reward, format_reward
from viewpoint_training.qwen_vl.rows import REASONED_SUFFIX, SYSTEM_PROMPT, read_rows

PROMPTS = Prompts.load()
SUFFIX = PROMPTS.formats["letter"]["suffix"]
TRAINING = Path(__file__).parents[1]
# A set whose export the tests of tools/dataset hold to what the exporter writes.
GOLDEN = TRAINING.parent / "src/contract/golden/export"


def export_row(shard: str, answer: str, family: str = "ego-translation") -> dict:
    """A row as tools/dataset/export-viewpoint-100k.ts writes it."""
    text = PROMPTS.user_text(family, "letter", list(PROMPTS.option_texts(family).values()))
    messages = [{"role": "user", "content": "<image><image>" + text}, {"role": "assistant", "content": answer}]
    return {"messages": messages, "images": [f"images/{shard}/00000.png", f"images/{shard}/00001.png"]}


def write_rows(folder: Path, name: str, rows: list[dict], with_images: bool = True) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for index, image in enumerate(name for row in rows for name in row["images"]):
        if with_images:
            (folder / image).parent.mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (56, 56), (40 * index % 256, 90, 200)).save(folder / image)
    return path


def test_a_letter_row_is_asked_as_it_stands(tmp_path: Path) -> None:
    row = read_rows(write_rows(tmp_path, "rows.jsonl", [export_row("x", "B")]))[0]
    assert (row.letter, row.reasoning) == ("B", None)
    (user,) = row.prompt(reasoned=False)
    assert "<image>" + "<image>" + user["content"] == export_row("x", "B")["messages"][0]["content"]
    assert row.images == (tmp_path / "images/x/00000.png", tmp_path / "images/x/00001.png")


def test_a_reasoned_prompt_allows_one_format_only(tmp_path: Path) -> None:
    answer = "<think>It slid left.</think><answer>B</answer>"
    row = read_rows(write_rows(tmp_path, "rows.jsonl", [export_row("x", answer)]))[0]
    assert (row.letter, row.reasoning) == ("B", answer)
    system, user = row.prompt(reasoned=True)
    assert system == {"role": "system", "content": SYSTEM_PROMPT}
    assert SUFFIX not in user["content"] and user["content"].endswith(f"C: No movement {REASONED_SUFFIX}")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda row: row["messages"][1].update(content="D"), "'D' is not the letter of an option"),
        (lambda row: row["messages"][1].update(content="Move to the left"), "not the letter of an option"),
        (lambda row: row["messages"][0].update(content="Where?"), "must start with '<image><image>'"),
        (lambda row: row["messages"][0].update(role="system"), "roles are 'system', 'assistant'"),
        (lambda row: row["images"].pop(), "1 pictures; must be two"),
        (lambda row: row["images"].__setitem__(1, "images/none.png"), "none.png is missing"),
        (lambda row: row.pop("messages"), "'messages'"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, change, message: str) -> None:
    good, bad = export_row("x", "A"), export_row("y", "A")
    write_rows(tmp_path, "rows.jsonl", [good, bad])
    change(bad)
    path = write_rows(tmp_path, "rows.jsonl", [good, bad], with_images=False)
    with pytest.raises(ValueError, match=message) as error:
        read_rows(path)
    assert f"{path}:2:" in str(error.value)


@pytest.mark.parametrize(
    ("text", "well_formed", "right"),
    [
        ("<think>a\nb</think><answer>B</answer>", 1, 1),
        ("  <THINK>a</THINK>\n <answer> B </answer>\n", 1, 1),
        ("<think></think><answer>B</answer>", 1, 1),
        ("<think>a</think><answer>A</answer>", 1, 0),
        ("<think>a</think><answer>B: Move</answer>", 1, 0),
        ("<answer>B</answer>", 0, 1),
        ("<think>a</think><answer>B</answer> so there", 0, 1),
        ("<think>a<think>b</think><answer>B</answer>", 0, 1),
        ("<think>a</think><answer>A</answer><answer>B</answer>", 0, 0),  # all letters in turn must not pay
        ("<think>a</think>B", 0, 0),
        ("B", 0, 0),
        ("", 0, 0),
    ],
)
def test_rewards(text: str, well_formed: float, right: float) -> None:
    chats = [
        [{"role": "assistant", "content": text}],
        [{"role": "assistant", "content": [{"type": "text", "text": text}]}],
    ]
    columns = {"prompts": [[]] * 2, "completion_ids": [[]] * 2, "solution": ["B", "B"], "trainer_state": None}
    assert format_reward(completions=chats, **columns) == [well_formed] * 2
    assert answer_reward(completions=chats, **columns) == [right] * 2


def item(azimuth_b_deg: float, key: str, family: str = "object-translation") -> dict:
    """As much of an item as reasoning reads; camera A stands at 170°."""
    texts = PROMPTS.option_texts(family)
    views = [
        {"orbit": {"azimuthDeg": azimuth, "elevationDeg": 10.0, "distanceM": 3.0}, "positionWorld": [azimuth, 0.0, 3.0]}
        for azimuth in (170.0, azimuth_b_deg)
    ]
    options = [{"letter": "CAB"[i], "key": k, "text": texts[k]} for i, k in enumerate(sorted(texts))]
    question = {"question": family, "stem": PROMPTS.families[family]["stem"], "options": options}
    return {"id": f"i{azimuth_b_deg:.0f}", "answerKey": key, "answerable": True, **question} | dict(
        zip(("viewA", "viewB"), views, strict=True)
    )


def test_reasoning_follows_the_poses_and_is_a_row(tmp_path: Path) -> None:
    right = item(-150.0, "left")  # 40° to the camera's right, so to the object's left
    row = reasoned_row(right, ["images/x/00003.png", "images/x/00001.png"])
    assert "camera right 40°" in row["messages"][1]["content"]
    read = read_rows(write_rows(tmp_path, "reasoned.jsonl", [row]))[0]
    assert f"{read.letter}: Move to the left" in read.question
    assert format_reward([read.reasoning]) == answer_reward([read.reasoning], solution=[read.letter]) == [1.0]


def test_a_key_against_the_poses_stops_everything() -> None:
    with pytest.raises(ValueError, match="item i-150: the poses say 'left', its key 'right'"):
        reasoned_row(item(-150.0, "right"), ["a.png", "b.png"])


def test_only_answerable_orbits_are_reasoned_about() -> None:
    good, ambiguous, loose = item(-150.0, "left"), item(130.0, "right"), item(140.0, "right")
    ambiguous["answerable"], loose["viewB"]["orbit"] = False, None
    exported = [{"item": one, "images": [f"{n}.png", "b.png"]} for n, one in enumerate([good, ambiguous, loose])]
    assert [row["images"][0] for row in reasoned_rows(exported, 1, seed=0)] == ["0.png"]
    with pytest.raises(ValueError, match="1 of 3 items can be reasoned about"):
        reasoned_rows(exported, 2, seed=0)


@pytest.fixture
def golden_set(tmp_path: Path) -> Path:
    """The golden set, with pictures where its export names them."""
    shutil.copytree(GOLDEN, folder := tmp_path / "set")
    export = folder / "viewpoint-100k"
    write_rows(export, "viewpoint-100k.jsonl", read_lines(export / "viewpoint-100k.jsonl"))
    return folder


def read_lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_golden_export_is_read_and_reasoned_about(golden_set: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export = golden_set / "viewpoint-100k"
    exported, letters = read_lines(export / "items.jsonl"), read_rows(export / "viewpoint-100k.jsonl")
    for line, row in zip(exported, letters, strict=True):
        options = {option["key"]: option["letter"] for option in line["item"]["options"]}
        assert row.letter == options[line["item"]["answerKey"]]
        assert row.images == tuple(export / image for image in line["images"])
    # All but the vertical one are among the three questions.
    arguments = ["--items", export / "items.jsonl", "--out", export / "reasoned.jsonl", "--count", len(letters) - 1]
    monkeypatch.setattr(sys, "argv", ["qwen_reason.py", *map(str, arguments)])
    runpy.run_path(str(TRAINING / "scripts/qwen_reason.py"), run_name="__main__")
    asked = {(row.question, row.letter, row.images) for row in letters}
    reasoned = read_rows(export / "reasoned.jsonl")
    assert len(reasoned) == len(letters) - 1
    assert {(row.question, row.letter, row.images) for row in reasoned} < asked


@pytest.fixture
def recipe(golden_set: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the recipe with settings, an interpreter in place that notes its arguments in `calls`, a line each."""
    calls, stub = tmp_path / "calls", tmp_path / "python"
    stub.write_text(f'#!/bin/sh\necho "$@" >> "{calls}"\n', encoding="utf-8")
    stub.chmod(0o755)
    environment = os.environ | {"SET": str(golden_set), "PYTHON": str(stub), "OUT": str(tmp_path / "out")}

    def run(**settings: str) -> subprocess.CompletedProcess[str]:
        calls.write_text("", encoding="utf-8")
        command = ["bash", str(TRAINING / "runs/qwen2.5-vl-7b.sh")]
        return subprocess.run(command, env=environment | settings, check=False, capture_output=True, text=True)

    return run


def test_the_recipe_reads_what_the_export_wrote(golden_set: Path, tmp_path: Path, recipe) -> None:
    assert recipe().returncode == 0
    reason, sft, grpo = (call.split() for call in (tmp_path / "calls").read_text(encoding="utf-8").splitlines())

    def path_of(call: list[str], flag: str) -> Path:
        return Path(call[call.index(flag) + 1])

    assert path_of(reason, "--items").is_file()
    assert path_of(sft, "--letters") == path_of(grpo, "--rows") and path_of(sft, "--letters").is_file()
    assert path_of(sft, "--reasoned") == path_of(reason, "--out")
    assert path_of(reason, "--out").parent == path_of(sft, "--letters").parent  # pictures are named relative to either
    shutil.rmtree(golden_set / "viewpoint-100k")
    refused = recipe()
    assert refused.returncode == 1 and "with --export" in refused.stderr


def test_a_recipe_that_broke_off_goes_on(tmp_path: Path, recipe) -> None:
    def stages() -> dict[str, bool]:
        """Stages that were begun, and whether they resume."""
        lines = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
        return {
            name: "--resume" in line.split() for name in ("sft", "grpo") for line in lines if f"qwen_{name}.py" in line
        }

    sft, grpo = tmp_path / "out/sft", tmp_path / "out/grpo"
    assert recipe().returncode == 0 and stages() == {"sft": False, "grpo": False}
    (sft / "checkpoint-100").mkdir(parents=True)
    assert recipe().returncode == 0 and stages() == {"sft": True, "grpo": False}
    (sft / "settings.json").write_text("{}", encoding="utf-8")
    (grpo / "checkpoint-8").mkdir(parents=True)
    done = recipe()
    assert done.returncode == 0 and stages() == {"grpo": True} and f"{sft} is finished" in done.stderr
    (grpo / "settings.json").write_text("{}", encoding="utf-8")
    done = recipe()
    assert done.returncode == 0 and stages() == {} and done.stdout == f"trained: {grpo}\n"


def test_one_gpu_is_not_launched_as_several(tmp_path: Path, recipe) -> None:
    """The launcher refuses --multi_gpu with a single process."""

    def flags(**settings: str) -> list[str]:
        assert recipe(**settings).returncode == 0
        lines = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
        launched = next(line.split() for line in lines if "qwen_sft.py" in line)
        return [part for part in launched if part in ("--multi_gpu", "--use_deepspeed")]

    assert flags(LORA="64", GPUS="1") == [] and flags(LORA="64", GPUS="2") == ["--multi_gpu"]
    assert flags(GPUS="1") == ["--use_deepspeed"]
