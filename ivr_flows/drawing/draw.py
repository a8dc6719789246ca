"""Draws a flow: as Mermaid's text, or as SVG of our own, one drawing per part, readable in light and in dark."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from itertools import pairwise

from ivr_flows.check import prompts_of
from ivr_flows.drawing.layout import BOX_HEIGHT, LAYER, Placed, place
from ivr_flows.drawing.outline import Arrow, arrows_of
from ivr_flows.nodes import ACCEPT, KINDS, RETURN, Flow, Node, kind_of
from ivr_flows.prompts import Prompts

Parts = Mapping[str, tuple[str, ...]]

_LETTER = 7.2
_SMALL_LETTER = 5.6
_MOST_WORDS = 34
_HEAD = 44
_SHAPES = {
    "menu": ("{{", "}}"),
    "ask": ("[/", "/]"),
    "branch": ("{", "}"),
    "call": ("[[", "]]"),
    "find": ("[(", ")]"),
    "end": ("([", "])"),
}
_STYLE = """
svg{font-family:system-ui,sans-serif;background:#fff}
text{fill:#16202b;font-size:13px;text-anchor:middle}
.small{font-size:10px;fill:#4d5a68}.title{font-size:18px;font-weight:600;text-anchor:start}
.label{font-size:10px;fill:#16202b;paint-order:stroke;stroke:#fff;stroke-width:4px}
.box{stroke:#4d5a68;stroke-width:1.2;fill:#f3f5f8}.way{fill:none;stroke:#7b8794;stroke-width:1.2}
.menu{fill:#dcebfb}.ask{fill:#d9f2e3}.branch{fill:#fbf0d0}.find{fill:#ece3f8}.call{fill:#f8e0ee}.do{fill:#fde3d3}.end{fill:#e3e6ea}
.away{fill:none;stroke-dasharray:4 3}
@media (prefers-color-scheme:dark){svg{background:#12181f}text{fill:#e8edf2}.small{fill:#aab6c2}
.label{fill:#e8edf2;stroke:#12181f}.box{stroke:#93a1af;fill:#222c36}.way{stroke:#8593a1}
.menu{fill:#173a5e}.ask{fill:#174a31}.branch{fill:#51420f}.find{fill:#3d2a5c}.call{fill:#542440}.do{fill:#5a3016}.end{fill:#39424c}
.away{fill:none}}
"""


def draw_mermaid(flow: Flow, parts: Parts) -> str:
    """A whole flow as a Mermaid flowchart with a subgraph per part."""
    lines = ["flowchart TD"]
    for number, (title, names) in enumerate(parts.items(), start=1):
        lines.append(f'  subgraph part{number}["{_plain(title)}"]')
        for name in names:
            before, after = _SHAPES.get(kind_of(flow.nodes[name]), ("[", "]"))
            lines.append(f'    {name}_{before}"{name}"{after}:::{kind_of(flow.nodes[name])}_')
        lines.append("  end")
    for names in parts.values():
        for arrow in (one for name in names for one in arrows_of(flow.nodes[name])):
            label = f'|"{_plain(arrow.label)}"|' if arrow.label else ""
            target = f"{arrow.target}_" + (f"([{arrow.target}])" if arrow.target in (RETURN, ACCEPT) else "")
            lines.append(f"  {arrow.source}_ -->{label} {target}")
    lines += [f"  classDef {kind}_ stroke-width:1px" for kind in KINDS]
    return "\n".join(lines) + "\n"


def draw_svg(flow: Flow, prompts: Prompts, parts: Parts, title: str) -> str:
    """One part as SVG. Where a way leads to another part, a dashed box names the node and its part."""
    names = parts[title]
    home = {name: part for part, held in parts.items() for name in held}
    arrows = [one for name in names for one in arrows_of(flow.nodes[name])]
    away = {one.target: home.get(one.target, "") for one in arrows if one.target not in names}
    words = {name: _words(prompts, flow.nodes[name]) for name in names}
    widths = {name: _width(name, words[name]) for name in names}
    widths |= {name: _width(name, part) for name, part in away.items()}
    placed = place(widths, [(one.source, one.target) for one in arrows])
    width = max(placed.width, _LETTER * len(title) * 1.5 + 40)
    body = [line for name in names for line in _draw_arrows(placed, widths, [a for a in arrows if a.source == name])]
    body += [_draw_box(placed, widths, name, kind_of(flow.nodes[name]), words[name]) for name in names]
    body += [_draw_box(placed, widths, name, "away", part) for name, part in away.items()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {placed.height + _HEAD:.0f}" '
        f'width="{width:.0f}" height="{placed.height + _HEAD:.0f}" role="img">'
        f"<title>{escape(f'{flow.name}: {title}')}</title><style>{_STYLE}</style>"
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path class="way" d="M1 1L8 4L1 7"/></marker></defs>'
        f'<text class="title" x="16" y="28">{escape(title)}</text><g transform="translate(0 {_HEAD})">\n'
        + "\n".join(body)
        + "\n</g></svg>\n"
    )


def name_file(flow: Flow, title: str) -> str:
    """The name of a part's drawing."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return f"{slug}.svg" if slug.startswith(flow.name) else f"{flow.name}-{slug}.svg"


def _width(name: str, words: str) -> float:
    return max(_LETTER * len(name), _SMALL_LETTER * len(words)) + 24


def _words(prompts: Prompts, node: Node) -> str:
    keys = prompts_of(node)
    prompt = prompts.catalogs["nl"].prompts.get(keys[0].rpartition(":")[2]) if keys else None
    source = prompt.voice.source or prompt.text.source if prompt else ""
    return source if len(source) <= _MOST_WORDS else f"{source[: _MOST_WORDS - 1]}…"


def _draw_box(placed: Placed, widths: Mapping[str, float], name: str, kind: str, words: str) -> str:
    x, y = placed.centres[name]
    round_ = 20 if kind == "end" else 10 if kind in ("menu", "ask") else 2
    box = (
        f'<rect class="box {kind}" x="{x - widths[name] / 2:.0f}" y="{y - BOX_HEIGHT / 2:.0f}" '
        f'width="{widths[name]:.0f}" height="{BOX_HEIGHT}" rx="{round_}"/>'
    )
    first = f'<text x="{x:.0f}" y="{y - 3 if words else y + 4:.0f}">{escape(name)}</text>'
    second = f'<text class="small" x="{x:.0f}" y="{y + 12:.0f}">{escape(words)}</text>' if words else ""
    return box + first + second


def _draw_arrows(placed: Placed, widths: Mapping[str, float], arrows: list[Arrow]) -> list[str]:
    """The arrows of one box: they leave it side by side, in the order of where they go, with labels on lines of their own."""
    loops = [one for one in arrows if one.source == one.target]
    leaving = [one for one in arrows if one.source != one.target]
    leaving.sort(key=lambda one: placed.routes[one.source, one.target][1])
    step = min(30.0, widths[arrows[0].source] / (len(leaving) + 1)) if leaving else 0.0
    drawn = [_draw_loop(placed, widths, one) for one in loops]
    for number, one in enumerate(leaving):
        drawn.append(_draw_arrow(placed, one, (number - (len(leaving) - 1) / 2) * step, 13 + 11 * (number % 3)))
    return drawn


def _draw_loop(placed: Placed, widths: Mapping[str, float], arrow: Arrow) -> str:
    x, y = placed.centres[arrow.source]
    right = x + widths[arrow.source] / 2
    return _draw_way(f"M{right:.0f} {y - 8:.0f}c22 -6 22 22 0 16", (right + 20, y), arrow.label)


def _draw_arrow(placed: Placed, arrow: Arrow, aside: float, below: float) -> str:
    points = [*placed.routes[arrow.source, arrow.target]]
    sign = 1 if points[1][1] > points[0][1] else -1
    points[0] = (points[0][0] + aside, points[0][1] + sign * BOX_HEIGHT / 2)
    points[-1] = (points[-1][0], points[-1][1] - sign * BOX_HEIGHT / 2)
    path = f"M{points[0][0]:.0f} {points[0][1]:.0f}"
    for (x1, y1), (x2, y2) in pairwise(points):
        middle = (y1 + y2) / 2
        path += f"C{x1:.0f} {middle:.0f} {x2:.0f} {middle:.0f} {x2:.0f} {y2:.0f}"
    (x1, y1), (x2, _) = points[0], points[1]
    return _draw_way(path, (x1 + (x2 - x1) * below / LAYER, y1 + sign * below), arrow.label)


def _draw_way(path: str, spot: tuple[float, float], label: str) -> str:
    text = f'<text class="label" x="{spot[0]:.0f}" y="{spot[1]:.0f}">{escape(label)}</text>' if label else ""
    return f'<path class="way" marker-end="url(#tip)" d="{path}"/>{text}'


def _plain(text: str) -> str:
    return text.replace('"', "'")
