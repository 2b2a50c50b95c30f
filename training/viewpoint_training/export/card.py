"""README.md (model card) and NOTICE of a model folder."""

from collections.abc import Iterable, Sequence
from pathlib import Path

BASE_MODEL = "HuggingFaceTB/SmolLM2-135M-Instruct"
LICENSE = "apache-2.0"

FRONT_MATTER = f"""---
license: {LICENSE}
base_model: {BASE_MODEL}
language: en
pipeline_tag: image-text-to-text
library_name: transformers.js
tags:
  - viewpoint
  - spatial-reasoning
  - onnx
---
"""

NOTICE = f"""Viewpoint Playground model

This model is distributed under the Apache License, Version 2.0.

It contains weights derived from {BASE_MODEL}
(https://huggingface.co/{BASE_MODEL}),
by Hugging Face, licensed under the Apache License, Version 2.0.

Changes to that work: decoder layers were removed, the vocabulary was cut, an unused special token was renamed to the
image token, and the remaining weights were trained further and quantized to 4 bits. A two-view image encoder and a
connector, trained from scratch on rendered pictures, were added.
"""

DATA_AND_CODE = (
    "- Pictures: rendered by the playground's own scene code (`npm run dataset`), of objects from its generator",
    "  (`src/scene/generator`, families of split `train`) and of CC0 meshes: the KayKit packs Dungeon Remastered,",
    "  Medieval Hexagon and Restaurant Bits by Kay Lousberg, and a mixed pack of small props.",
    "- Questions: the three types of Viewpoint-100K (Actial, arXiv 2511.01618), stems verbatim, truth from the poses.",
    "- Not trained on: the generator's held-out families, the packs named under Scores, the page's own objects.",
    "- Code: `training/`, MIT; the commands stand in `training/runs/`.",
)

SCORES_EXPLAINED = (
    "Each table is one run of `npm run eval -- --model … --meshes … --items … --seed …` on this folder's files and",
    "pairs rendered afresh: |Δ azimuth| 20–100°, both signs equally often, |Δ elevation| ≤ 15°, light fixed to",
    "the world or to the camera, one question a prompt. *Scored*: the option whose text the model finds most likely.",
    "*Generated*: greedy answer to the paper's prompt, which asks for a letter. Here the camera always moved, so a",
    "constant answer earns 50 %. Intervals are Wilson's.",
)

LIMITS = (
    "- Trained on rendered pictures of single objects; real photographs are outside its training range.",
    "- Each picture is one square view; both views show the same object.",
    "- Objects that look alike from several sides are answered by chance; none were left out of the scores.",
    "- Left, right and no movement only: not how far, not how high, not how close; strafing and turning in place are",
    "  taken for an orbit.",
    "- Its worked reasoning is a form it has learnt. It may contradict its own answer.",
    "- Answers questions about the camera's movement only; other questions get fluent but unfounded text.",
)


def write_card(
    folder: Path, name: str, facts: dict[str, str], scores: dict[str, dict], parity: dict[str, float]
) -> None:
    (folder / "README.md").write_text(card_text(name, facts, scores, parity), encoding="utf-8")
    (folder / "NOTICE").write_text(NOTICE, encoding="utf-8")


def card_text(name: str, facts: dict[str, str], scores: dict[str, dict], parity: dict[str, float]) -> str:
    return "\n".join(
        [
            FRONT_MATTER,
            f"# {name}",
            "",
            "A small multimodal language model that compares two pictures of one object and says how the camera moved",
            "between them. It runs in a browser with onnxruntime-web and loads in transformers.js as `llava`. Part of",
            "Viewpoint Playground.",
            "",
            "## What it is made of",
            "",
            *table(("part", "value"), facts.items()),
            "",
            f"The language model descends from {BASE_MODEL} (Apache-2.0): the middle decoder layers",
            "and the rarest token ids were removed, the rest was trained further. The encoder and the connector were",
            "trained from scratch on pictures rendered by the playground. Weights of the language model are stored in",
            "4 bits (blocks of 32, symmetric).",
            "",
            "## Data and code",
            "",
            *DATA_AND_CODE,
            "",
            "## Scores",
            "",
            *SCORES_EXPLAINED,
            "",
            *score_lines(scores),
            "",
            "## Agreement of the exported graphs with PyTorch",
            "",
            "Largest absolute difference on the export's check inputs.",
            "",
            *table(("comparison", "difference"), [(key, f"{value:.2e}") for key, value in parity.items()]),
            "",
            "## Limits",
            "",
            *LIMITS,
            "",
        ]
    )


def score_lines(scores: dict[str, dict]) -> list[str]:
    """One table a report (src/contract/eval-report.schema.json), a line a question family."""
    if not scores:
        return ["Not evaluated yet."]
    lines: list[str] = []
    for name, report in scores.items():
        header = ("question", "n", "scored", "95 % interval", "nothing excluded", "generated", "well-formed")
        rows = [score_row(report, family) for family in report["families"]]
        lines += [f"### {name}", "", *table(header, rows), "", report_note(report), ""]
    return lines[:-1]


def score_row(report: dict, family: str) -> list[str]:
    entry, everything = report["families"][family], report["withNothingExcluded"].get(family, {"n": 0, "correct": 0})
    low, high = entry["ci95"]
    return [
        family,
        str(entry["n"]),
        percent(entry["correct"], entry["n"]),
        f"{100 * low:.1f}–{100 * high:.1f} %",
        percent(everything["correct"], everything["n"]),
        percent(entry["generatedCorrect"], entry["generatedN"]),
        percent(entry["wellFormed"], entry["generatedN"]),
    ]


def report_note(report: dict) -> str:
    swap = report["swap"]
    return (
        f"{report['items']} items of seed {report['seed']} on {report['device']}; {report['excluded']} left out as "
        f"ambiguous. The answer flips when the views are swapped in {percent(swap['consistent'], swap['n'])} of "
        f"{swap['n']} pairs."
    )


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    def line(cells: Sequence[str]) -> str:
        return f"| {' | '.join(cells)} |"

    return [line(header), "|" + "---|" * len(header), *(line(row) for row in rows)]
