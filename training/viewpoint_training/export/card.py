"""README.md (model card) and NOTICE of a model folder."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ..baselines import PAPER_ROWS, Row, markdown
from ..movement import THREE_TYPES
from .accuracy import CONTROL, is_sealed
from .bars import PHOTOS, bars_table, source_of
from .parity import LIMITS as PARITY_LIMITS

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

NOTICE_TEXT = f"""Viewpoint Playground model

This model is distributed under the Apache License, Version 2.0.

It contains weights derived from {BASE_MODEL}
(https://huggingface.co/{BASE_MODEL}),
by Hugging Face, licensed under the Apache License, Version 2.0.

Changes to that work: decoder layers were removed, the vocabulary was cut, an unused special token was renamed to the
image token, and the remaining weights were trained further and quantized to 4 bits. A two-view image encoder and a
connector, trained from scratch on rendered pictures, were added.
"""
NOTICE_OF_BACKBONE = """
The encoder reads a second network, which contains weights of EfficientNet-Lite0 by Google, trained on ImageNet,
licensed under the Apache License, Version 2.0. Changes to that work: its batch norms were folded into the convolutions,
the layers after stride 16 were removed.
"""

BACKBONE_LINES = (
    "",
    "Beside its own first layers the encoder reads EfficientNet-Lite0 (Apache-2.0) up to stride 16, as it was",
    "trained on the photographs of ImageNet: of everything in this folder, only these 0.69 M weights have seen any.",
)

DATA_AND_CODE = (
    "- Pictures: rendered by the playground's own scene code (`npm run dataset`), of objects from its generator",
    "  (`src/scene/generator`, families of split `train`) and of CC0 meshes: the KayKit packs Dungeon Remastered,",
    "  Medieval Hexagon and Restaurant Bits by Kay Lousberg, and a mixed pack of small props.",
    "- Questions: the three types of Viewpoint-100K (Actial, arXiv 2511.01618), stems verbatim; what else was taught",
    "  is worded in `src/contract/prompts.json`. Truth from the poses.",
)

SCORED_OBJECTS = (
    "- Generated objects: the families of the generator that are held out of training (split `heldout`).",
    "  Validation, calibration and the scores draw from the same families, by different seeds.",
    "- Meshes: the KayKit packs Space Base Bits and Adventurers by Kay Lousberg (CC0), which are never trained on.",
    "  The same meshes were looked at as validation set while the model was made, and other packs of the same",
    "  artist were trained on: the objects are new to the model, their style is not.",
)

SEALED_OBJECTS = (
    "- Sealed test: furniture, household objects and vehicles of four furniture libraries of Sweet Home 3D (CC BY 3.0:",
    "  contributors of BlendSwap; Andrew Kator and Jennifer Legaz; Reallusion; Scopia Visual Interfaces Systems;",
    "  collected by Emmanuel Puybaret, eTeks). Nothing was trained, chosen or calibrated on them",
    "  (`training/runs/sealed.sh`).",
)

SCORES_EXPLAINED = (
    "Each table is one run of `npm run eval -- --model … --meshes … --items … --seed …` on this folder's files and",
    "pairs rendered for it: |Δ azimuth| 20–100°, both signs equally often, |Δ elevation| ≤ 15°, light fixed to",
    "the world or to the camera, one question a prompt; `vertical`, `distance`, `decoupled` vary what they ask about",
    "(`tools/dataset/view-recipe-2.ts`). The evaluation seed stands under each table;",
    "`training/LOG.md` says which seeds were used before, and for what. *Scored*: the option whose text the model",
    "finds most likely; in the three types the camera always moved, so a constant answer earns 50 %. *Generated*:",
    "greedy answer to the paper's prompt, which asks for a letter; the options' order is random, so a constant letter",
    "earns 33 % of three options. *Nothing excluded*: ambiguous pairs too. *Worked reasoning*: greedy answer to the",
    "prompt that asks for it; *the answer follows* when it is what the side that the reasoning names makes it.",
    "Intervals are of 95 % and count the questions about one object as a cluster (effective number of questions in",
    "Wilson's interval); no pair of views is asked twice by a family.",
)

BARS_EXPLAINED = (
    "Scored answers of these very files about pairs that the pictures can tell, with 95 % intervals that count what",
    "was asked about one object together; *bar*: what the project asks of held-out families, then of packs; *missed",
    "by*: in points, of the figure as printed. A bar met by less than the interval may be missed on other pairs.",
)

HOW_TO_ASK = (
    "Two square pictures, A then B, and a question; the exact wordings stand in `src/contract/prompts.json`. Either",
    "let it write a letter, `A: …`, `B: …`, after the paper's format sentence, or, as the page does, put the question",
    "without its options and take the option whose text gets the largest summed log-probability, end token included.",
    "In transformers.js:",
    "",
    "```js",
    "const processor = await AutoProcessor.from_pretrained(folder);",
    "const model = await AutoModelForImageTextToText.from_pretrained(folder);",
    "const content = [{ type: 'image' }, { type: 'image' }, { type: 'text', text: question }];",
    "const prompt = processor.apply_chat_template([{ role: 'user', content }], { add_generation_prompt: true });",
    "const inputs = await processor([pictureA, pictureB], prompt, { add_special_tokens: false });",
    "const ids = await model.generate({ ...inputs, max_new_tokens: 8, do_sample: false });",
    "```",
)

BASELINES_EXPLAINED = (
    "What is right without this language model, with 95 % intervals that count the questions about one object as a",
    "cluster (`training/scripts/baselines.py`).",
    "*Constant*: always the same option or letter, the best of them. *SIFT + essential matrix*: the classical matcher,",
    "which is told the field of view. *Pose heads*: the encoder's own. Where one finds no answer, a random option",
    "counts.",
)

UNTAUGHT = {
    "vertical": "whether the camera rose or sank",
    "distance": "whether it came closer",
    "decoupled": "strafing and turning in place from an orbit",
    "magnitude": "how far it turned",
}

PHOTOS_UNKNOWN = ("- Trained on rendered pictures of single objects; real photographs are outside its training range.",)
PHOTOS_ASKED = (
    "- Trained on rendered pictures of single objects. The photographs above are of few objects on turntables before",
    "  plain backgrounds: a sign that real pictures can work, no measure of how often they do.",
)
LIMITS = (
    "- Each picture is one square view; both views show the same object.",
    "- Objects that look alike from several sides are answered by chance; the note under each table says whether",
    "  such pairs were left out.",
    "- Evaluated pairs without movement have another light or background in the second picture, moved pairs of the",
    "  three types have not, so that much could give them away. Pairs trained on differ so with movement too.",
    "- Its worked reasoning is a form that it has learnt: words beside an answer, no proof that it came about so.",
    "- Answers questions about the camera's movement only; other questions get fluent but unfounded text.",
)

NAMES = {  # of a report's `meshes` that are no folder of files
    "generated": "the generator's families",
    "builtin": "the page's own",
    CONTROL: "a featureless sphere in the camera's own light, a control that shows only how far away it is",
}
NOT_ASSESSED = "not assessed"


@dataclass(frozen=True)
class CardFacts:
    """What a card tells beside the evaluation reports; as JSON it is kept for the next renewal (training/cards)."""

    name: str
    facts: dict[str, str] = field(default_factory=dict)  # rows of the table of parts
    parity: dict[str, float] = field(default_factory=dict)  # comparison -> largest absolute difference
    # {"temperature", "n", "ece", "crossed", "families", "temperatures"} of scripts/fit_calibration.py; without "n" the
    # card says that none was fitted, without "crossed" that the error is of the fitted answers
    calibration: dict = field(default_factory=dict)
    families: Sequence[str] = THREE_TYPES  # of questions that were taught
    baselines: dict[str, dict] = field(default_factory=dict)  # heading -> baselines.json
    backbone: bool = False  # whether the encoder reads features that were learned on photographs
    made: dict[str, str] = field(default_factory=dict)  # stage -> what was done in it

    def save(self, path: Path) -> None:
        """JSON that gives this again as `CardFacts(**json)`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def write_card(folder: Path, card: CardFacts, scores: dict[str, dict]) -> None:
    """README.md and NOTICE into `folder`."""
    (folder / "README.md").write_text(card_text(card, scores), encoding="utf-8")
    notice = NOTICE_TEXT + NOTICE_OF_BACKBONE if card.backbone else NOTICE_TEXT
    (folder / "NOTICE").write_text(notice, encoding="utf-8")


def card_text(card: CardFacts, scores: dict[str, dict]) -> str:
    """The model card, Markdown with the hub's front matter.

    scores: heading -> report (src/contract/eval-report.schema.json; KeyError for one that lacks a field).
    """
    limits = PARITY_LIMITS.labelled()
    return "\n".join(
        [
            FRONT_MATTER,
            f"# {card.name}",
            "",
            "A small multimodal language model that compares two pictures of one object and says how the camera moved",
            "between them. It runs in a browser with onnxruntime-web and loads in transformers.js as `llava`. Part of",
            "Viewpoint Playground.",
            "",
            *where_it_stands(scores),
            "## How to ask it",
            "",
            *HOW_TO_ASK,
            "",
            "## What it is made of",
            "",
            *table(("part", "value"), card.facts.items()),
            "",
            f"The language model descends from {BASE_MODEL} (Apache-2.0): the middle decoder layers",
            "and the rarest token ids were removed, the rest was trained further. The encoder and the connector were",
            "trained from scratch on pictures rendered by the playground. Weights of the language model are stored in",
            "4 bits (blocks of 32, symmetric).",
            *(BACKBONE_LINES if card.backbone else ()),
            "",
            *made_lines(card.made),
            "## Data and code",
            "",
            *DATA_AND_CODE,
            *untrained_lines(scores),
            "- Code: `training/`, MIT; the commands stand in `training/runs/`.",
            "",
            "## Scores",
            "",
            *SCORES_EXPLAINED,
            "",
            "Where the objects come from:",
            "",
            *SCORED_OBJECTS,
            *(SEALED_OBJECTS if any(is_sealed(report) for report in scores.values()) else ()),
            "",
            *score_lines(scores),
            "",
            *baseline_lines(card.baselines),
            "## Calibration",
            "",
            *calibration_lines(card.calibration),
            "",
            "## Agreement of the exported graphs with PyTorch",
            "",
            "Largest absolute difference on the export's check inputs; above its limit nothing is exported.",
            "",
            *table(
                ("comparison", "difference", "limit"),
                [
                    (key, f"{value:.2e}", f"{limits[key]:g}" if key in limits else "–")
                    for key, value in card.parity.items()
                ],
            ),
            "",
            "## Limits",
            "",
            *limit_lines(card.families, scores),
            "",
        ]
    )


def where_it_stands(scores: dict[str, dict]) -> list[str]:
    """A section with the bars and how far each is missed; nothing without reports."""
    if not (lines := bars_table(scores)):
        return []
    return ["## Where it stands", "", *BARS_EXPLAINED, "", *lines, ""]


def made_lines(made: dict[str, str]) -> list[str]:
    """A section with a line a stage of training; nothing where nobody said."""
    return ["## How it was made", "", *table(("stage", "what was done"), made.items()), ""] if made else []


def limit_lines(families: Sequence[str], scores: dict[str, dict]) -> list[str]:
    """What the model cannot do, by what it was taught and what was measured."""
    untaught = [text for family, text in UNTAUGHT.items() if family not in families]
    has_photos = any(source_of(report) == PHOTOS for report in scores.values())
    return [
        *(PHOTOS_ASKED if has_photos else PHOTOS_UNKNOWN),
        *LIMITS,
        *([f"- It was not taught to tell {'; '.join(untaught)}."] if untaught else []),
    ]


def score_lines(scores: dict[str, dict]) -> list[str]:
    """Three tables a report: a line a question family, a line a band of angles, and what was answered how often."""
    if not scores:
        return ["Not evaluated yet."]
    lines: list[str] = []
    for name, report in scores.items():
        header = ("question", "n", "objects", "scored", "95 % interval", "nothing excluded", "generated", "well-formed")
        rows = [score_row(report, family) for family in report["families"]]
        lines += [f"### {name}", "", *table(header, rows), "", report_note(report), ""]
        if report["byAngle"]:
            lines += [*angle_table(report), ""]
        lines += [*bias_table(report["bias"]), ""]
        if reasoned := {family: e["reasoned"] for family, e in report["families"].items() if "reasoned" in e}:
            lines += [*reasoned_table(reasoned), ""]
    return lines[:-1]


def score_row(report: dict, family: str) -> list[str]:
    entry, everything = report["families"][family], report["withNothingExcluded"].get(family, {"n": 0, "correct": 0})
    low, high = entry["ci95"]
    return [
        family,
        str(entry["n"]),
        str(entry["objects"]),
        percent(entry["correct"], entry["n"]),
        f"{100 * low:.1f}–{100 * high:.1f} %",
        percent(everything["correct"], everything["n"]) if is_ambiguity_assessed(report) else NOT_ASSESSED,
        percent(entry["generatedCorrect"], entry["generatedN"]),
        percent(entry["wellFormed"], entry["generatedN"]),
    ]


def angle_table(report: dict) -> list[str]:
    """Scored answers by |Δ azimuth|: a line a band, a column a family, and all families of a band together; then what
    lies in no band, such as a camera that came straight closer."""
    bins = report["byAngle"]
    families = list(dict.fromkeys(entry["family"] for entry in bins))
    bands: dict[tuple[float, float], dict[str, dict]] = {}
    for entry in bins:
        bands.setdefault((entry["fromDeg"], entry["toDeg"]), {})[entry["family"]] = entry
    rows = []
    for band in sorted(report["byAngleTogether"], key=lambda one: one["fromDeg"]):
        entries = bands.get((band["fromDeg"], band["toDeg"]), {})
        n, correct, (low, high) = band["n"], band["correct"], band["ci95"]
        cells = [f"{e['correct']} of {e['n']}" if (e := entries.get(family)) else "–" for family in families]
        share = f"{correct} of {n}, {percent(correct, n)} ({100 * low:.1f}–{100 * high:.1f})"
        rows.append([f"{band['fromDeg']:g}–{band['toDeg']:g}°", *cells, share])
    others = {
        family: [
            report["families"][family][key] - sum(one[key] for one in bins if one["family"] == family)
            for key in ("correct", "n")
        ]
        for family in families
    }
    if any(n for _, n in others.values()):
        cells = [f"{correct} of {n}" if n else "–" for correct, n in others.values()]
        correct, n = (sum(one[place] for one in others.values()) for place in (0, 1))
        rows.append(["hardly turned", *cells, f"{correct} of {n}, {percent(correct, n)}"])
    return table(("Δ azimuth", *families, "together"), rows)


def is_ambiguity_assessed(report: dict) -> bool:
    """Whether somebody looked for ambiguous pairs: older reports tell it only by those that they left out."""
    return report.get("assessed", report["excluded"] > 0)


def pack_names(report: dict) -> list[str]:
    return [source["name"] for source in report.get("meshes", []) if source["name"] not in NAMES]


def untrained_lines(scores: dict[str, dict]) -> list[str]:
    """What was kept out of training. Older reports do not name their packs."""
    packs = sorted({name for report in scores.values() for name in pack_names(report)})
    named = f"the packs {', '.join(packs)}" if packs else "the packs that Scores calls not trained on"
    return [f"- Not trained on: the generator's held-out families, {named}, the page's own objects."]


def origin(report: dict) -> str:
    """A sentence with a space before it that says what the objects came from; empty when the report does not."""
    parts = [
        f"the generator's families {', '.join(source['families'])}" if source.get("families") else NAMES[source["name"]]
        for source in report.get("meshes", [])
        if source["name"] in NAMES
    ]
    packs = pack_names(report)
    parts += [f"the pack{'s' if len(packs) > 1 else ''} {', '.join(packs)}"] if packs else []
    return f" Objects: {'; '.join(parts)}." if parts else ""


def report_note(report: dict) -> str:
    swap, together = report["swap"], report["together"]
    low, high = together["ci95"]
    # Its one right answer is a constant's, too: beside others it is scored apart.
    still = ', "no movement" among them,' if report["families"].get("no-movement", {"n": 0})["n"] else ""
    share = (
        f"Together{still} {percent(together['correct'], together['n'])} of {together['n']} items "
        f"({100 * low:.1f}–{100 * high:.1f} %, {together['objects']} objects)."
    )
    ambiguous = (
        f"{report['excluded']} left out as ambiguous"
        if is_ambiguity_assessed(report)
        else "ambiguity was not assessed, so all are asked"
    )
    order = report["order"]
    letters = (
        f" With every option under another letter the generated letter names the same option in "
        f"{percent(order['consistent'], order['n'])} of {order['n']} items."
        if order["n"]
        else ""
    )
    swapped = f"{percent(swap['consistent'], swap['n'])} of {swap['n']} pairs"
    # Said with it: the figure is no evidence of understanding.
    flips = (
        f" The answer flips when the views are swapped in {swapped}, which is built in for the most part: the encoder"
        " averages its poses over both orders."
        if swap["n"]
        else ""
    )
    items = f"{report['items']} items of evaluation seed `{report['seed']}` on {report['device']}"
    return f"{share} {items}; {ambiguous}.{origin(report)}{flips}{letters}{asked_how(report)}"


def asked_how(report: dict) -> str:
    """Sentences, each with a space before it, on what was asked in another way than elsewhere."""
    ways = [
        " Questions were put in wordings that training never used, options in their own words."
        if report.get("heldOutWording")
        else "",
        " The second picture has another light or background, though the camera moved."
        if report.get("changedScene")
        else "",
    ]
    return "".join(ways)


def bias_table(bias: dict[str, dict[str, dict]]) -> list[str]:
    """How often each option was answered and how often it was right, a line a question family."""
    rows = [
        [family, ", ".join(f"{key} {counts['answered']} ({counts['right']})" for key, counts in options.items())]
        for family, options in bias.items()
    ]
    return table(("question", "scored answers by option (how often it was right)"), rows)


def reasoned_table(reasoned: dict[str, dict]) -> list[str]:
    """Answers with worked reasoning before them, a line a question family."""
    header = ("worked reasoning", "n", "well-formed", "right", "names a side", "the true side", "the answer follows")
    rows = [
        [
            family,
            str(e["n"]),
            percent(e["wellFormed"], e["n"]),
            percent(e["correct"], e["n"]),
            percent(e["sideSaid"], e["n"]),
            percent(e["sideRight"], e["sideSaid"]),
            percent(e["followed"], e["sideSaid"]),
        ]
        for family, e in reasoned.items()
    ]
    return table(header, rows)


def calibration_lines(calibration: dict) -> list[str]:
    """The temperature of the option bars and how far their shares are off."""
    if "n" not in calibration:
        return ["No temperature was fitted: the shares of the options are the model's own."]
    n = calibration["n"]
    rows = [("temperature of the option bars", f"{calibration['temperature']:g}")]
    rows += [(f"the same, `{name}`", f"{value:g}") for name, value in calibration.get("temperatures", {}).items()]
    rows += [("answers that it was fitted on", f"{n}, of held-out families of generated objects")]
    if "ece" in calibration:
        how = (
            "measured on half of the objects under temperatures fitted on the other half, both ways"
            if calibration.get("crossed")
            else f"fitted on the same {n}: likely larger on others"
        )
        error = f"{calibration['ece']:.3f}, {how}"
        rows += [("expected calibration error", error)]
    rows += [
        (f"the same, `{family}` alone", f"{one['ece']:.3f} (n = {one['n']})")
        for family, one in calibration.get("families", {}).items()
    ]
    return table(("what", "value"), rows)


def baseline_lines(baselines: dict[str, dict]) -> list[str]:
    """A section with a table a set of items, then the paper's own figures; nothing without baselines."""
    if not baselines:
        return []
    lines = ["## Baselines", "", *BASELINES_EXPLAINED, ""]
    for name, report in baselines.items():
        rows = [Row.from_json(row) for row in report["rows"]]
        left_out = f"; {report['leftOut']} left out as ambiguous" if report["leftOut"] else ""
        lines += [f"### {name}", "", *markdown(rows, paper=False).split("\n"), ""]
        lines += [f"{report['items']} items{left_out}.", ""]
    paper = [(name, f"{100 * share:.1f} %") for name, share in PAPER_ROWS.items()]
    return [*lines, "### On the paper's own 1,000 test questions", "", *table(("who", "all three types"), paper), ""]


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    def line(cells: Sequence[str]) -> str:
        return f"| {' | '.join(cells)} |"

    return [line(header), "|" + "---|" * len(header), *(line(row) for row in rows)]
