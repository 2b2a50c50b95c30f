"""The recipes in runs/, with an interpreter and an npm that only write down what they were asked for."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[1]
SCRIPTS = TRAINING / "scripts"
TOOLS = {"dataset": "dataset/render-dataset.ts", "dataset:card": "dataset/collect-sets.ts", "eval": "eval/eval.ts"}
RECIPES = sorted((TRAINING / "runs").glob("*.sh"))

# Stands for both: notes its arguments, and leaves the files that a later stage looks for.
RECORDER = """#!{python}
import json, os, sys
from pathlib import Path

arguments = sys.argv[1:]
with open(os.environ["RECORD"], "a", encoding="utf-8") as record:
    record.write(json.dumps([Path(sys.argv[0]).name, *arguments]) + "\\n")


def after(option):
    return Path(arguments[arguments.index(option) + 1]) if option in arguments else None


out = after("--out")
if Path(sys.argv[0]).name == "npm":
    for option in ("--out", "--answers"):
        if "eval" in arguments and after(option):
            after(option).write_text("{{}}")
    if after("--keep"):
        after("--keep").mkdir(parents=True)
elif out and out.suffix == "":
    out.mkdir(parents=True, exist_ok=True)
    (out / "release").mkdir(exist_ok=True)
    for name in ("checkpoint.pt", "weights.pt", "connector.pt", "config.json", "release/config.json", "baselines.json"):
        (out / name).write_text("stub")
    (out / "manifest.json").write_text('{{\\n "id": "some-candidate-1",\\n "x": {{"id": "y"}}\\n}}')
elif out:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("{{}}")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the recipes, so that nothing of the project is written."""
    shutil.copytree(TRAINING / "runs", tmp_path / "training" / "runs")
    (tmp_path / "training" / "checkpoints").mkdir()
    for name, content in (("encoder-broad.pt", "shipped"), ("encoder-backbone.pt", "newest")):
        (tmp_path / "training" / "checkpoints" / name).write_text(content)
    (tmp_path / "bin").mkdir()
    for name in ("python", "npm"):
        stub = tmp_path / "bin" / name
        stub.write_text(RECORDER.format(python=sys.executable), encoding="utf-8")
        stub.chmod(0o755)
    return tmp_path


def called(project: Path, recipe: str, expected: int = 0, **settings: str) -> list[list[str]]:
    """Runs a recipe; the commands that it gave, `train` and `alone` taken away."""
    record = project / "record.jsonl"
    record.write_text("", encoding="utf-8")
    inherited = {key: os.environ[key] for key in ("HOME", "LANG") if key in os.environ}
    environment = inherited | {"PATH": f"{project / 'bin'}:{os.environ['PATH']}", "RECORD": str(record)}
    environment |= {"PYTHON": str(project / "bin" / "python"), "RUN": "runs/test"} | settings
    command = ["bash", f"training/runs/{recipe}.sh"]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == expected, done.stderr
    commands = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
    return [plain(command) for command in commands]


def plain(command: list[str]) -> list[str]:
    """Script or npm command, then its arguments."""
    name, *rest = command
    if name == "npm":
        rest = [part for part in rest if part not in ("run", "-s", "--")]
        return [f"npm {rest[0]}", *rest[1:]]
    index = next(i for i, part in enumerate(rest) if part.endswith(".py"))
    return [Path(rest[index]).stem, *rest[index + 1 :]]


def values(command: list[str], option: str) -> list[str]:
    """All that stands after every `option` of a command, up to the next option."""
    found: list[str] = []
    is_inside = False
    for part in command[1:]:
        if part.startswith("--"):
            is_inside = part == option
        elif is_inside:
            found.append(part)
    return found


PACKS = {"MESHES": "meshes", "TRAIN_PACKS": "a,b", "HELD_OUT": "heldout", "EVAL_SEED": "new"}


def check_options(commands: list[list[str]]) -> None:
    """Every option that a recipe gives is one of its command: scripts' own, tools' own."""
    for name, *rest in commands:
        if name == "make_golden":
            continue
        if name.startswith("npm "):
            text = (TRAINING.parent / "tools" / TOOLS[name.removeprefix("npm ")]).read_text(encoding="utf-8")
            known = {f"--{found}" for found in re.findall(r"^\s+'?([a-z-]+)'?: \{ type:", text, re.MULTILINE)}
        else:
            known = set(re.findall(r'"(--[a-z0-9-]+)"', (SCRIPTS / f"{name}.py").read_text(encoding="utf-8")))
        unknown = {part for part in rest if part.startswith("--")} - known
        assert not unknown, f"{name}: {unknown}"


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda path: path.stem)
def test_recipes_are_bash(recipe: Path) -> None:
    subprocess.run(["bash", "-n", str(recipe)], check=True)


def test_all_stages_follow_each_other(project: Path) -> None:
    commands = called(project, "all", **PACKS)
    check_options(commands)
    stages = [name for name, *_ in commands]
    order = ["npm dataset", "npm dataset:card", "train_encoder", "restore_release", "train_sft", "train_grpo"]
    order += ["draw_curves", "export_model", "npm eval", "fit_calibration", "baselines", "make_golden"]
    assert sorted(set(stages), key=stages.index) == order
    part, sft = (command for command in commands if command[0] == "train_sft")
    assert values(part, "--families") == ["ego-translation", "object-translation"]
    assert values(sft, "--init-from") == ["runs/test/part/checkpoint.pt"] and len(values(sft, "--families")) == 7
    assert values(part, "--early-layer") == values(sft, "--early-layer") == ["6"]
    grpo = next(command for command in commands if command[0] == "train_grpo")
    assert values(grpo, "--release") == ["runs/test/sft/release"]
    assert values(grpo, "--init-from") == ["runs/test/sft/checkpoint.pt"]


def test_only_the_last_export_is_of_the_page(project: Path) -> None:
    commands = called(project, "release", **PACKS)
    check_options(commands)
    first, calibrated, last = (command for command in commands if command[0] == "export_model")
    assert values(first, "--out") == values(calibrated, "--out") == ["runs/test/candidate"]
    assert "--out" not in last and "--scores" not in [*first, *calibrated]
    assert values(last, "--release") == ["runs/test/sft/release"]
    assert len(values(last, "--scores")) == 7 and len(values(last, "--baselines")) == 4
    *evaluations, presets = (command for command in commands if command[0] == "npm eval")
    assert len(evaluations) == 10 and values(presets, "--model") == ["viewpoint-v0"]
    assert all(values(command, "--model") == ["runs/test/candidate"] for command in evaluations)
    assert len([command for command in evaluations if "--keep" in command]) == 8
    assert len([command for command in evaluations if values(command, "--meshes") == ["sphere"]]) == 1
    golden = next(command for command in commands if command[0] == "make_golden")
    assert values(golden, "--items") == values(evaluations[-1], "--keep")
    # Reports that are there are not made again; of another seed they are.
    again = called(project, "release", **PACKS)
    assert [name for name, *_ in again] == [*["export_model"] * 3, "npm eval", "make_golden", "npm eval"]
    settings = PACKS | {"EVAL_SEED": "newer", "PROCESSOR_ITEMS": "0", "CONTROL_ITEMS": "0", "ANSWERABLE": "0"}
    other = called(project, "release", **settings)
    assert len([command for command in other if command[0] == "npm eval"]) == 8
    assert not any("--answerable-only" in command for command in other)


def test_the_encoder_goes_on_from_the_newest_and_is_kept_once_it_is_shipped(project: Path) -> None:
    called(project, "encoder")
    called(project, "sft")
    (project / "runs/test/encoder/weights.pt").write_text("trained on", encoding="utf-8")
    called(project, "release", RELEASE="runs/other/release", **PACKS)
    checkpoints = [project / "training/checkpoints" / name for name in ("encoder-broad.pt", "encoder-backbone.pt")]
    assert [path.read_text(encoding="utf-8") for path in checkpoints] == ["shipped", "newest"]
    called(project, "release", **PACKS)
    assert [path.read_text(encoding="utf-8") for path in checkpoints] == ["stub", "stub"]
    assert (project / "runs/test/start.pt").read_text(encoding="utf-8") == "newest"
    # Trained on, and broken off before its weights were written.
    weights = project / "runs/test/encoder/weights.pt"
    os.utime(weights, (0, 0))
    called(project, "sft")
    assert not (project / "runs/test/sft/encoder.pt").exists()


def test_a_release_refuses_reports_of_other_settings(project: Path) -> None:
    called(project, "release", ITEMS="40", **PACKS)
    called(project, "release", expected=1, ITEMS="345", **PACKS)
    called(project, "release", ITEMS="345", **PACKS | {"EVAL_SEED": "newer"})


def test_the_sealed_test_is_measured_and_a_candidate_may_be_kept(project: Path) -> None:
    commands = called(project, "release", SEALED="sealed", REPLACE="0", **PACKS)
    evaluations = [command for command in commands if command[0] == "npm eval"]
    assert len([command for command in evaluations if values(command, "--meshes") == ["sealed"]]) == 2
    assert [values(command, "--scores") for command in commands if command[0] == "export_model"] == [[], []]
    commands = called(project, "release", SEALED="sealed", **PACKS | {"EVAL_SEED": "newer"})
    shown = values(next(command for command in commands if "--scores" in command), "--scores")
    assert len([name for name in shown if name.startswith("A sealed test")]) == 2


def test_without_grpo_the_release_is_that_of_sft(project: Path) -> None:
    called(project, "all", **PACKS)
    commands = called(project, "release", GRPO_MINUTES="0", **PACKS)
    exported = [values(command, "--release") for command in commands if command[0] == "export_model"]
    assert exported == [["runs/test/sft/release"]] * 3


def test_the_card_counts_sets_of_other_seeds(project: Path) -> None:
    for name in ("train-broad-generated-21", "train-broad-generated-31", "val-broad-cc0"):
        (project / "data" / name).mkdir(parents=True)
        (project / "data" / name / "card.json").write_text("{}", encoding="utf-8")
    card = next(c for c in called(project, "data", **PACKS, SEED="31") if c[0] == "npm dataset:card")
    assert values(card, "--sets") == ["train-broad-generated-21,train-broad-generated-31,val-broad-cc0"]


def test_from_nothing(project: Path) -> None:
    commands = called(project, "all", ENCODER="none", FROM="base", GRPO_MINUTES="0", **PACKS)
    check_options(commands)
    stages = [name for name, *_ in commands]
    assert stages.count("train_encoder") == 3 and "restore_release" not in stages and "train_grpo" not in stages
    sft = next(command for command in commands if command[0] == "train_sft")
    assert values(sft, "--lm") == ["runs/test/drilled"] and "--connector" not in sft
    called(project, "drills", RUN="runs/other")
    called(project, "drills", expected=1, RUN="runs/other", FROM="base")


def test_the_sets_are_those_of_the_card(project: Path) -> None:
    """The tool refuses a set that was made otherwise than it is named."""
    rendered = {values(c, "--set")[0]: c for c in called(project, "data", **PACKS) if c[0] == "npm dataset"}
    card = (TRAINING / "dataset.md").read_text(encoding="utf-8")
    told = [["npm dataset", *shlex.split(c)] for c in re.findall(r"`npm run dataset -- (.*?)`", card)]
    made = {values(command, "--set")[0]: command for command in told}
    assert rendered.keys() == made.keys()
    assert all(("--twins" in command) == name.startswith("train-") for name, command in rendered.items())
    defaults = {"--repeats": ["1"], "--variants": ["0"], "--size": ["160"], "--objects-per-shard": ["93"]}
    for name, command in made.items():
        for option in ("--seed", "--recipe", "--objects", "--items", *defaults):
            given = values(rendered[name], option) or defaults.get(option, [])
            assert given == (values(command, option) or defaults.get(option, [])), f"{name} {option}"


def test_settings_reach_their_stage(project: Path) -> None:
    settings = {"GRADED": "1", "GRPO_FORMAT": "letter", "INIT_FROM": "x.pt", "GRPO_PROCESSES": "2"}
    graded = called(project, "grpo", **settings)
    assert values(graded[0], "--out") == ["runs/test/grpo-graded"] and "--graded" in graded[0]
    assert values(graded[0], "--format") == ["letter"] and values(graded[0], "--init-from") == ["x.pt"]
    (sft,) = called(project, "sft", PART_MINUTES="0", REASONED_SHARE="0", WEIGHTS="decoupled:3", SFT_MINUTES="7")
    assert values(sft, "--reasoned-share") == ["0"] and "--init-from" not in sft
    assert values(sft, "--weights") == ["decoupled:3"] and values(sft, "--minutes") == ["7"]
    drills = called(project, "drills", DRILL_MINUTES="40")
    assert [name for name, *_ in drills] == ["restore_release", "drill_letters"]


def test_seeds_reach_their_stage(project: Path) -> None:
    for recipe, name in (("encoder", "ENCODER_SEED"), ("grpo", "GRPO_SEED")):
        assert values(called(project, recipe)[0], "--seed") == ["0"]
        assert values(called(project, recipe, **{name: "7"})[0], "--seed") == ["7"]
    fresh = called(project, "encoder", ENCODER="none", ENCODER_SEED="7", RUN="runs/other")
    assert [values(command, "--seed") for command in fresh] == [["7"]] * 3


def test_the_encoder_of_the_release_has_no_backbone(project: Path) -> None:
    (newest,) = called(project, "encoder")
    (released,) = called(project, "encoder", BACKBONE="0", RUN="runs/released")
    grown = [json.loads(" ".join(values(command, "--grow"))) for command in (newest, released)]
    assert grown[0] == grown[1] | {"backbone": True} and "backbone" not in grown[1]
    assert (project / "runs/test/start.pt").read_text(encoding="utf-8") == "newest"
    assert (project / "runs/released/start.pt").read_text(encoding="utf-8") == "shipped"


def test_processes_and_device_reach_every_stage(project: Path) -> None:
    def launched(recipe: str, **settings: str) -> tuple[str | None, list[str], list[str]]:
        """Processes that the launcher starts (None: no launcher), then --device and --threads of the first stage."""
        (command, *_) = called(project, recipe, **settings)
        first = json.loads((project / "record.jsonl").read_text(encoding="utf-8").splitlines()[0])
        count = first[first.index("--nproc_per_node") + 1] if "--nproc_per_node" in first else None
        return count, values(command, "--device"), values(command, "--threads")

    assert launched("encoder") == ("2", ["auto"], ["1"])
    assert launched("encoder", PROCESSES="4", DEVICE="cuda") == ("4", ["cuda"], ["1"])
    assert launched("sft", PROCESSES="1", DEVICE="cpu") == (None, ["cpu"], ["2"])
    assert launched("grpo", DEVICE="cpu") == (None, ["cpu"], [])
    assert launched("grpo", GRPO_PROCESSES="2", PROCESSES="1") == ("2", ["auto"], ["1"])


def test_ablations_go_without_weights_that_a_base_has_not(project: Path) -> None:
    commands = called(project, "ablations", HELD_OUT="heldout", LM="plain", VARIANTS="base grpo")
    (grpo,) = (command for command in commands if command[0] == "train_grpo")
    assert "--init-from" not in grpo


def test_ablations_share_start_and_items(project: Path) -> None:
    commands = called(project, "ablations", HELD_OUT="heldout", SFT_MINUTES="3", GRPO_MINUTES="2")
    check_options(commands)
    trained = {values(c, "--out")[0]: c for c in commands if c[0] in ("train_sft", "train_grpo", "make_untuned")}
    root = "runs/test/ablations"
    assert list(trained) == [f"{root}/{n}" for n in ("base/release", "sft", "answers-only", "sft-grpo", "grpo")]
    hybrid, answers_only = trained[f"{root}/sft"], trained[f"{root}/answers-only"]
    assert values(answers_only, "--reasoned-share") == ["0"] and "--reasoned-share" not in hybrid
    assert len(answers_only) == len(hybrid) + 2
    assert values(trained[f"{root}/sft-grpo"], "--init-from") == [f"{root}/sft/checkpoint.pt"]
    assert values(trained[f"{root}/grpo"], "--release") == [f"{root}/base/release"]
    assert values(trained[f"{root}/grpo"], "--init-from") == [f"{root}/drilled/checkpoint.pt"]
    evaluations = [command for command in commands if command[0] == "npm eval"]
    assert len(evaluations) == 10
    for option in ("--seed", "--items", "--families"):
        assert len({tuple(values(command, option)) for command in evaluations}) == 1
    table = commands[-1]
    assert table[0] == "ablation_table" and len(values(table, "--set")) == 2 + 10
    again = called(project, "ablations", VARIANTS="base sft", LM="some/lm")
    assert [name for name, *_ in again].count("npm eval") == 0 and values(again[-1], "--set")[1:] == [
        f"base={root}/base/eval-generated.json",
        f"sft={root}/sft/eval-generated.json",
    ]
    called(project, "ablations", expected=1, VARIANTS="others")
