"""Drawings are the same for the same flow, hold every node once and every way, and are well-formed."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_flows.drawing.draw import draw_mermaid, draw_svg, name_file
from ivr_flows.drawing.layout import BOX_HEIGHT, LAYER, place
from ivr_flows.drawing.outline import MOST_BOXES, arrows_of, read_parts
from ivr_flows.load import load_script, read_sources

from .flows import small_flow

SCRIPT = load_script(read_sources())
FLOW, PROMPTS = SCRIPT.flow, SCRIPT.prompts
PARTS = read_parts(FLOW, SCRIPT.sources)
DRAWN = Path(__file__).parents[2] / "docs" / "flows"
MOST_BYTES = 120_000
SVG = "{http://www.w3.org/2000/svg}"


def test_every_node_stands_in_one_part() -> None:
    assert sorted(name for names in PARTS.values() for name in names) == sorted(FLOW.nodes)
    assert all(len(names) <= MOST_BOXES for names in PARTS.values())


def test_a_short_file_is_one_part_and_nodes_of_no_file_are_not_lost(tmp_path: Path) -> None:
    flow = small_flow(tmp_path)
    assert read_parts(flow, {}) == {"small": tuple(flow.nodes)}
    text = "nodes:\n  # ---- first\n  hello: {}\n  # ---- then\n  choice: {}\n"
    far = replace(flow, nodes={**flow.nodes, "bye": replace(flow.nodes["bye"], file="definitions/end.yaml")})
    parts = read_parts(
        far, {"definitions/small.yaml": text, "definitions/end.yaml": "nodes:\n  bye: {}\n  hello: {}\n"}
    )
    assert parts["end"] == ("bye",)
    assert parts["small"][:2] == ("hello", "choice")
    assert set(parts["small"]) == flow.nodes.keys() - {"bye"}


def test_the_drawings_of_the_documents_are_of_this_script() -> None:
    drawn = {name_file(FLOW, title): draw_svg(FLOW, PROMPTS, PARTS, title) for title in PARTS}
    assert {path.name: path.read_text(encoding="utf-8") for path in DRAWN.iterdir()} == drawn


@pytest.mark.parametrize("title", PARTS)
def test_a_part_as_svg(title: str) -> None:
    drawn = draw_svg(FLOW, PROMPTS, PARTS, title)
    assert drawn == draw_svg(FLOW, PROMPTS, PARTS, title)
    assert len(drawn.encode()) < MOST_BYTES
    assert "prefers-color-scheme:dark" in drawn
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
    texts = [one.text for one in root.iter(f"{SVG}text")]
    arrows = [arrow for name in PARTS[title] for arrow in arrows_of(FLOW.nodes[name])]
    boxes = [one.text for one in root.iter(f"{SVG}text") if one.get("class") is None]
    assert all(boxes.count(name) == 1 for name in PARTS[title])
    assert {arrow.target for arrow in arrows} <= set(texts)
    assert {arrow.label for arrow in arrows if arrow.label} <= set(texts)
    assert len([one for one in root.iter(f"{SVG}path") if one.get("marker-end")]) == len(arrows)


def test_boxes_of_the_real_script_do_not_overlap() -> None:
    for title in PARTS:
        root = ElementTree.fromstring(draw_svg(FLOW, PROMPTS, PARTS, title))  # noqa: S314 - our own drawing
        boxes = [[float(one.get(side, 0)) for side in ("x", "y", "width")] for one in root.iter(f"{SVG}rect")]
        for (x1, y1, w1), (x2, y2, w2) in combinations(boxes, 2):
            assert abs(y1 - y2) >= BOX_HEIGHT or x1 + w1 <= x2 or x2 + w2 <= x1


def test_files_have_names_of_their_own() -> None:
    names = [name_file(FLOW, title) for title in PARTS]
    assert len(set(names)) == len(names)
    assert all(name.startswith("report") and name.endswith(".svg") for name in names)


def test_mermaid_names_every_node_and_way(tmp_path: Path) -> None:
    flow = small_flow(tmp_path)
    lines = draw_mermaid(flow, {"all": tuple(flow.nodes)}).splitlines()
    assert lines[0] == "flowchart TD"
    assert '    choice_{{"choice"}}:::menu_' in lines
    assert '  choice_ -->|"1 · 2 · silent"| place_' in lines
    assert '  search_ -->|"unknown ≤2"| number_' in lines
    assert "  nobody_ --> return_([return])" in lines


def test_an_answer_has_a_label_of_its_own(tmp_path: Path) -> None:
    flow = small_flow(tmp_path)
    assert [arrow.label for arrow in arrows_of(flow.nodes["place"])] == ["answer · silent · wrong · #"]


NAMES = st.sampled_from("abcdefgh")


@given(edges=st.lists(st.tuples(NAMES, NAMES), max_size=24))
def test_any_boxes_are_placed_apart(edges: list[tuple[str, str]]) -> None:
    widths = {name: 60.0 for one in edges for name in one}
    placed = place(widths, edges)
    assert placed == place(widths, edges)
    assert placed.routes.keys() == {edge for edge in edges if edge[0] != edge[1]}
    for one, two in combinations(sorted(widths), 2):
        (x1, y1), (x2, y2) = placed.centres[one], placed.centres[two]
        assert abs(y1 - y2) >= LAYER or abs(x1 - x2) >= 60
    for edge, route in placed.routes.items():
        assert (route[0], route[-1]) == (placed.centres[edge[0]], placed.centres[edge[1]])
        assert len({y for _, y in route}) == len(route), "each piece of an arrow goes to another layer"
    assert all(0 <= x <= placed.width and 0 <= y <= placed.height for x, y in placed.centres.values())
