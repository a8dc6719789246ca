"""Turns a flow's YAML into nodes; what a node may hold is written down here and nowhere else."""

from __future__ import annotations

import re
from typing import TypedDict

from yaml.nodes import Node as YamlNode
from yaml.nodes import ScalarNode

from ivr_flows.nodes import (
    KINDS,
    Ask,
    Branch,
    Call,
    Case,
    Do,
    End,
    Find,
    Menu,
    Node,
    Option,
    Tell,
    Way,
)
from ivr_flows.prompts import Prompts
from ivr_flows.read_ways import read_any_way, read_case, read_pairs, read_sets, read_way, read_words
from ivr_flows.reading import Source, Table, read_table

_OPTION_KEYS = "12345"


class _Shared(TypedDict):
    name: str
    file: str
    line: int
    prompts: tuple[str, ...]
    noinput: tuple[str, ...]
    nomatch: tuple[str, ...]
    give_up_silent: Way
    give_up_wrong: Way
    skip: Way | None
    again: str
    timeout: int
    speech: bool
    keep: str
    hints: tuple[str, ...]
    unless: tuple[Case, ...]


def read_node(source: Source, name: str, yaml_node: YamlNode, prompts: Prompts) -> Node | None:
    """One node; None where not even its kind can be read."""
    table = read_table(source, yaml_node, f"node '{name}'")
    kinds = [kind for kind in KINDS if kind in table.entries]
    if len(kinds) != 1:
        source.refuse(table.line, f"node '{name}' must have exactly one of {', '.join(KINDS)}")
        return None
    node = _read_kind(source, name, kinds[0], table, prompts)
    table.close()
    return node


def _read_kind(source: Source, name: str, kind: str, table: Table, prompts: Prompts) -> Node:
    file, line = str(source.path), table.line
    match kind:
        case "tell":
            return Tell(name=name, file=file, line=line, prompts=table.texts("tell"), goto=read_way(table, "goto"))
        case "menu":
            return _read_menu(source, name, table, prompts)
        case "ask":
            return _read_ask(source, name, table)
        case "branch":
            cases = tuple(read_case(entry) for entry in table.items("branch"))
            return Branch(name=name, file=file, line=line, cases=cases, otherwise=read_way(table, "otherwise"))
        case "call":
            return Call(name=name, file=file, line=line, call=table.text("call"), goto=read_way(table, "goto"))
        case "find":
            return Find(
                name=name,
                file=file,
                line=line,
                lookup=table.text("find"),
                args=read_pairs(table.table("with")),
                cases={key: read_any_way(source, node, table.where) for key, node in table.table("cases").each()},
                otherwise=read_way(table, "otherwise"),
            )
        case "do":
            notify = table.text("do")
            return Do(
                name=name,
                file=file,
                line=line,
                notify="" if notify == "nothing" else notify,
                sets=read_sets(table),
                goto=read_way(table, "goto"),
            )
    return End(name=name, file=file, line=line, prompts=table.texts("end"), outcome=table.text("outcome"))


def _read_menu(source: Source, name: str, table: Table, prompts: Prompts) -> Menu:
    options: list[Option] = []
    for entry in table.items("options"):
        key = entry.text("key")
        if key not in _OPTION_KEYS or len(key) != 1:
            source.refuse(
                entry.line, f"{entry.where}: key '{key}' cannot be an option; use 1 to 5 (0, 9, * and # are taken)"
            )
        if key in {option.key for option in options}:
            source.refuse(
                entry.line, f"{entry.where}: key '{key}' is used twice in this menu; give each option its own"
            )
        sets = read_sets(entry)
        wording = entry.text("wording", default=".".join(list(sets.items())[-1]).lstrip("_") if sets else "")
        if not wording:
            source.refuse(
                entry.line, f"{entry.where} gives no answer, so it lacks 'wording'; name one of the prompts' 'options'"
            )
        options.append(
            Option(key, wording, read_words(source, entry.line, wording, prompts), sets, read_way(entry, "goto"))
        )
        entry.close()
    if not options:
        source.refuse(table.line, f"menu '{name}' has no options; add 'options:' with at least one")
    return Menu(**_question(source, name, table, "menu"), options=tuple(options))


def _read_ask(source: Source, name: str, table: Table) -> Ask:
    pattern = table.text("pattern", default="")
    try:
        re.compile(pattern)
    except re.error:
        source.refuse(table.line, f"ask '{name}': 'pattern' is not a regular expression")
        pattern = ""
    return Ask(
        **_question(source, name, table, "ask"),
        answer=table.text("answer"),
        goto=read_way(table, "goto"),
        digits=table.number("digits", 0),
        pattern=pattern,
        also=table.texts("also"),
    )


def _question(source: Source, name: str, table: Table, kind: str) -> _Shared:
    noinput, nomatch = table.texts("noinput"), table.texts("nomatch")
    if len(noinput) < 2 or len(noinput) != len(nomatch):
        source.refuse(
            table.line,
            f"{kind} '{name}' needs 'noinput' and 'nomatch' with at least two prompts each and equally many "
            f"(it has {len(noinput)} and {len(nomatch)}): they are counted together",
        )
    silent, wrong = _read_give_up(source, name, table, kind)
    timeout = table.number("timeout", 6)
    if not 3 <= timeout <= 20:
        source.refuse(table.line, f"{kind} '{name}': 'timeout' must be 3 to 20 seconds, not {timeout}")
    skip = table.take("skip")
    return {
        "name": name,
        "file": str(source.path),
        "line": table.line,
        "prompts": table.texts(kind),
        "noinput": noinput,
        "nomatch": nomatch,
        "give_up_silent": silent,
        "give_up_wrong": wrong,
        "skip": read_any_way(source, skip, table.where) if skip is not None else None,
        "again": table.text("again", default=""),
        "timeout": timeout,
        "speech": table.flag("speech", True),
        "keep": table.text("keep", default=""),
        "hints": table.texts("hints"),
        "unless": tuple(read_case(entry) for entry in table.items("unless")),
    }


def _read_give_up(source: Source, name: str, table: Table, kind: str) -> tuple[Way, Way]:
    node = table.take("give_up")
    if node is None:
        source.refuse(table.line, f"{kind} '{name}' has no 'give_up'; say where it goes after the last re-prompt")
        return Way(""), Way("")
    if not isinstance(node, ScalarNode):
        both = read_table(source, node, f"{table.where}: 'give_up'")
        if "noinput" in both.entries or "nomatch" in both.entries:
            ways = read_way(both, "noinput"), read_way(both, "nomatch")
            both.close()
            return ways
    way = read_any_way(source, node, table.where)
    return way, way
