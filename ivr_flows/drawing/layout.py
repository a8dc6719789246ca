"""Places boxes in layers from top to bottom, with arrows that bend around what stands between them.

The usual four steps (Sugiyama): turn back the arrows that close a circle, give each box the layer below the last box
that leads to it, order each layer by where its neighbours stand, and spread the layers out. The same boxes always give
the same drawing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

GAP = 26
LAYER = 92
BOX_HEIGHT = 40
_SWEEPS = 8
_BEND = 12

Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where everything stands, in pixels. `centres` are of the boxes; a route runs from the first box to the second."""

    centres: Mapping[str, tuple[float, float]]
    routes: Mapping[Edge, tuple[tuple[float, float], ...]]
    width: float
    height: float


def place(widths: Mapping[str, float], edges: Sequence[Edge]) -> Placed:
    """Places boxes of these widths; an edge from a box to itself is left to whoever draws it."""
    kept = [edge for edge in dict.fromkeys(edges) if edge[0] != edge[1]]
    down = _turn_back(list(widths), kept)
    layer = _layer(list(widths), list(down.values()))
    sizes, chains = dict(widths), dict[Edge, list[str]]()
    for edge, (top, bottom) in down.items():
        bends = [f"{top}|{bottom}|{at}" for at in range(layer[top] + 1, layer[bottom])]
        for at, bend in enumerate(bends, start=layer[top] + 1):
            layer[bend], sizes[bend] = at, _BEND
        chains[edge] = [top, *bends, bottom]
    rows = _order(layer, list(chains.values()))
    centres, width = _spread(rows, sizes, list(chains.values()))
    routes: dict[Edge, tuple[tuple[float, float], ...]] = {}
    for edge, chain in chains.items():
        points = [centres[one] for one in chain]
        routes[edge] = tuple(points if chain[0] == edge[0] else reversed(points))
    return Placed({name: centres[name] for name in widths}, routes, width, len(rows) * LAYER)


def _turn_back(names: list[str], edges: list[Edge]) -> dict[Edge, Edge]:
    """Each edge as it goes downwards: those that close a circle are turned round."""
    after: dict[str, list[str]] = {name: [] for name in names}
    for source, target in edges:
        after[source].append(target)
    done, on_path = set[str](), set[str]()
    down = {edge: edge for edge in edges}
    for root in names:
        stack = [(root, iter(after[root]))] if root not in done else []
        on_path.update(one for one, _ in stack)
        while stack:
            name, targets = stack[-1]
            for target in targets:
                if target in on_path:
                    down[name, target] = (target, name)
                elif target not in done:
                    on_path.add(target)
                    stack.append((target, iter(after[target])))
                    break
            else:
                stack.pop()
                on_path.discard(name)
                done.add(name)
    return down


def _layer(names: list[str], edges: list[Edge]) -> dict[str, int]:
    layer = dict.fromkeys(names, 0)
    for _ in names:
        changed = False
        for top, bottom in edges:
            if layer[bottom] <= layer[top]:
                layer[bottom] = layer[top] + 1
                changed = True
        if not changed:
            break
    return layer


def _order(layer: Mapping[str, int], chains: list[list[str]]) -> list[list[str]]:
    """Rows of names; each is swept up and down to the mean place of its neighbours."""
    rows: list[list[str]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for name, at in layer.items():
        rows[at].append(name)
    above: dict[str, list[str]] = {name: [] for name in layer}
    below: dict[str, list[str]] = {name: [] for name in layer}
    for chain in chains:
        for top, bottom in pairwise(chain):
            above[bottom].append(top)
            below[top].append(bottom)
    for sweep in range(_SWEEPS):
        near, walk = (above, rows) if sweep % 2 == 0 else (below, rows[::-1])
        seat = {name: float(number) for row in rows for number, name in enumerate(row)}
        for row in walk:
            mean = {one: sum(seat[n] for n in near[one]) / len(near[one]) if near[one] else seat[one] for one in row}
            row.sort(key=mean.__getitem__)
            seat.update((name, float(number)) for number, name in enumerate(row))
    return rows


def _spread(
    rows: list[list[str]], sizes: Mapping[str, float], chains: list[list[str]]
) -> tuple[dict[str, tuple[float, float]], float]:
    """Each row pulled towards the middle of its neighbours, as far as the boxes beside leave room."""
    near: dict[str, list[str]] = {name: [] for row in rows for name in row}
    for chain in chains:
        for top, bottom in pairwise(chain):
            near[top].append(bottom)
            near[bottom].append(top)
    x: dict[str, float] = {}
    for row in rows:
        at = 0.0
        for name in row:
            x[name] = at + sizes[name] / 2
            at += sizes[name] + GAP
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            _pull(row, sizes, near, x)
    left = min((x[name] - sizes[name] / 2 for name in x), default=0.0) - GAP
    width = max((x[name] + sizes[name] / 2 for name in x), default=0.0) - left + GAP
    places = {name: (x[name] - left, at * LAYER + LAYER / 2) for at, row in enumerate(rows) for name in row}
    return places, width


def _pull(row: list[str], sizes: Mapping[str, float], near: Mapping[str, list[str]], x: dict[str, float]) -> None:
    wanted = [sum(x[one] for one in near[name]) / len(near[name]) if near[name] else x[name] for name in row]
    apart = [(sizes[a] + sizes[b]) / 2 + GAP for a, b in pairwise(row)]
    forward, backward = list(wanted), list(wanted)
    for at in range(1, len(row)):
        forward[at] = max(forward[at], forward[at - 1] + apart[at - 1])
    for at in range(len(row) - 2, -1, -1):
        backward[at] = min(backward[at], backward[at + 1] - apart[at])
    # Halfway between two placings that each keep the distances is a placing that keeps them too.
    for name, one, other in zip(row, forward, backward, strict=True):
        x[name] = (one + other) / 2
