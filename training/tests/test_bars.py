"""What a report is held against, and what of it the table says."""

import json
from pathlib import Path

from eval_reports import entry, report

from viewpoint_training.export.bars import bars_table, source_of
from viewpoint_training.export.card import CardFacts, card_text
from viewpoint_training.movement import THREE_TYPES

PACKS = {"meshes": [{"name": "space"}], "assessed": True}
GENERATED = {"meshes": [{"name": "generated"}], "assessed": True}


def line(scores: dict[str, dict], begins: str) -> list[str]:
    """Cells of the line of the table that begins so."""
    (found,) = [row for row in bars_table(scores) if row.startswith(f"| {begins}")]
    return [part.strip() for part in found.strip("|").split("|")]


def three(share: float, n: int, **more: object) -> dict:
    return report({family: entry(share, n) for family in THREE_TYPES}) | more


def test_each_source_of_objects_has_its_bars() -> None:
    assert source_of(report({}) | GENERATED) == "generated" and source_of(report({}) | PACKS) == "packs"
    assert source_of(report({}) | {"meshes": [{"name": "Scopia"}]}) == "sealed"
    assert source_of(report({})) == "photos" and source_of(report({}) | {"meshes": [{"name": "sphere"}]}) is None
    for other in ({"heldOutWording": True}, {"changedScene": True}, {"device": "native, as on a processor"}):
        assert source_of(report({}) | GENERATED | other) is None
    reasoned = report({"ego-rotation": entry(1.0) | {"reasoned": {}}}) | GENERATED
    assert source_of(reasoned) is None


def test_says_what_is_met_and_by_how_much_the_rest_is_missed() -> None:
    scores = {"a": three(0.9, 100, **GENERATED), "b": three(0.94, 100, **PACKS)}
    cells = line(scores, "the three types, 20–100°")
    assert cells[1] == "≥ 97 / 92 %"
    assert cells[2].startswith("90.0 % (86.1–92.9), n 300") and cells[2].endswith("**missed by 7.0**")
    assert cells[3].startswith("94.0 %") and cells[3].endswith(": met")
    assert bars_table({}) == []


def test_of_several_reports_the_one_that_asked_most_counts() -> None:
    few, many = (report({"vertical": entry(share, n)}) | GENERATED for share, n in ((1.0, 40), (0.5, 200)))
    for scores in ({"few": few, "many": many}, {"many": many, "few": few}):
        assert line(scores, "`vertical`")[2].startswith("50.0 %")


def test_letters_are_compared_with_the_words_of_the_same_items() -> None:
    families = {"vertical": entry(0.8, letters=0.6), "distance": entry(0.7, letters=0.75)}
    scores = {"a": report(families) | PACKS}
    assert line(scores, "the same, `vertical`")[2] == "20.0 points, n 200: **missed by 18.0**"
    assert line(scores, "the same, `distance`")[2] == "-5.0 points, n 200: met"


def test_consistency_of_a_family_is_its_own() -> None:
    swap = {"n": 50, "consistent": 40, "ci95": [0.67, 0.89]}
    scores = {"a": report({"vertical": entry(0.8, letters=0.8) | {"swap": swap}}) | GENERATED}
    assert any(
        "`vertical` | ≥ 97 / 92 % | 80.0 % (67.0–89.0), n 50: **missed by 17.0** |" in row for row in bars_table(scores)
    )


def test_what_was_left_out_is_told_of_the_three_types_and_of_all() -> None:
    judged = three(0.9, 100, **PACKS) | {"items": 400, "excluded": 100}
    broad = report({"vertical": entry(0.9)}) | PACKS | {"items": 600, "excluded": 20}
    scores = {"a": judged, "b": broad}
    assert line(scores, "left out as ambiguous, the three types")[2] == "25.0 %, n 400: **missed by 5.0**"
    assert line(scores, "left out as ambiguous, all questions")[2] == "12.0 %, n 1,000: met"


def test_the_card_tells_bars_and_photos_and_how_it_was_made() -> None:
    card = card_text(CardFacts("Tiny", made={"SFT": "40 minutes"}), {"photos": three(0.9, 100)})
    assert "## Where it stands" in card and "| photographs |" in card and "| SFT | 40 minutes |" in card
    assert "few objects on turntables" in card and "outside its training range" not in card
    plain = card_text(CardFacts("Tiny"), {})
    assert (
        "## Where it stands" not in plain and "outside its training range" in plain and "How it was made" not in plain
    )


def test_the_readme_says_where_the_shipped_model_stands() -> None:
    root = Path(__file__).parents[2]
    manifest = json.loads((root / "public/models/viewpoint-v0/manifest.json").read_text(encoding="utf-8"))

    def cells(row: str) -> list[str]:
        return [part.strip() for part in row.split("|")]

    told = [cells(row) for row in (root / "README.md").read_text(encoding="utf-8").splitlines() if row.startswith("|")]
    header, _, *rows = [cells(row) for row in bars_table(manifest["scores"], short=True)]
    assert len(rows) > 10
    for row in (header, *rows):
        assert row in told, "README: copy the table that renew_card.py prints"
