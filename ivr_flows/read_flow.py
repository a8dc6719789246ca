"""Turns a flow's YAML into nodes; what a node may hold is written down here and nowhere else."""

from __future__ import annotations

import re
from typing import TypedDict, get_args

from yaml.nodes import Node as YamlNode
from yaml.nodes import ScalarNode

from ivr_flows.model import Channel, Language
from ivr_flows.nodes import (
    Ask,
    Branch,
    Case,
    Do,
    End,
    Find,
    Interrupt,
    Menu,
    Node,
    Option,
    Tell,
    Way,
    Words,
)
from ivr_flows.reading import Source, Table, line_of, read_table, read_text, read_texts
from ivr_flows.words import fold

KINDS = ("tell", "menu", "ask", "branch", "find", "do", "end")
_CHANNELS: tuple[Channel, ...] = get_args(Channel)
_LANGUAGES: tuple[Language, ...] = get_args(Language)
_OPTION_KEYS = "12345"


class _Shared(TypedDict):
    name: str
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


def read_node(source: Source, name: str, yaml_node: YamlNode) -> Node | None:
    """One node; None where not even its kind can be read."""
    table = read_table(source, yaml_node, f"node '{name}'")
    kinds = [kind for kind in KINDS if kind in table.entries]
    if len(kinds) != 1:
        source.refuse(table.line, f"node '{name}' must have exactly one of {', '.join(KINDS)}")
        return None
    node = _read_kind(source, name, kinds[0], table)
    table.close()
    return node


def _read_kind(source: Source, name: str, kind: str, table: Table) -> Node:
    line = table.line
    match kind:
        case "tell":
            return Tell(name=name, line=line, prompts=table.texts("tell"), goto=_way(table, "goto"))
        case "menu":
            return _read_menu(source, name, table)
        case "ask":
            return _read_ask(source, name, table)
        case "branch":
            cases = tuple(_read_case(entry) for _, entry in table.items("branch"))
            return Branch(name=name, line=line, cases=cases, otherwise=_way(table, "otherwise"))
        case "find":
            return Find(
                name=name,
                line=line,
                lookup=table.text("find"),
                args=_read_pairs(table.table("with")),
                cases={key: _read_way(source, node, table.where) for key, node in _all(table.table("cases"))},
                otherwise=_way(table, "otherwise"),
            )
        case "do":
            notify = table.text("do")
            return Do(
                name=name,
                line=line,
                notify="" if notify == "nothing" else notify,
                sets=_sets(table),
                goto=_way(table, "goto"),
            )
    return End(name=name, line=line, prompts=table.texts("end"), outcome=table.text("outcome"))


def _read_menu(source: Source, name: str, table: Table) -> Menu:
    options: list[Option] = []
    for where, entry in table.items("options"):
        key = entry.text("key")
        if key not in _OPTION_KEYS or len(key) != 1:
            source.refuse(entry.line, f"{where}: key '{key}' cannot be an option; use 1 to 5 (0, 9, * and # are taken)")
        if key in {option.key for option in options}:
            source.refuse(entry.line, f"{where}: key '{key}' is used twice in this menu; give each option its own")
        options.append(Option(key, _words(entry), _sets(entry), _way(entry, "goto")))
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
        goto=_way(table, "goto"),
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
    skip = _read_way(source, table.entries["skip"], table.where) if "skip" in table.entries else None
    table.taken.add("skip")
    return {
        "name": name,
        "line": table.line,
        "prompts": table.texts(kind),
        "noinput": noinput,
        "nomatch": nomatch,
        "give_up_silent": silent,
        "give_up_wrong": wrong,
        "skip": skip,
        "again": table.text("again", default=""),
        "timeout": timeout,
        "speech": table.flag("speech", True),
        "keep": table.text("keep", default=""),
        "hints": table.texts("hints"),
    }


def _read_give_up(source: Source, name: str, table: Table, kind: str) -> tuple[Way, Way]:
    node = table.take("give_up")
    if node is None:
        source.refuse(table.line, f"{kind} '{name}' has no 'give_up'; say where it goes after the last re-prompt")
        return Way(""), Way("")
    if not isinstance(node, ScalarNode):
        both = read_table(source, node, f"{table.where}: 'give_up'")
        if "noinput" in both.entries or "nomatch" in both.entries:
            ways = _way(both, "noinput"), _way(both, "nomatch")
            both.close()
            return ways
    way = _read_way(source, node, table.where)
    return way, way


def _read_case(table: Table) -> Case:
    when = table.table("when")
    if not when.entries:
        table.source.refuse(table.line, f"{table.where} lacks 'when'; add 'when: {{name: value}}'")
    conditions = {name: read_texts(table.source, node, when.where) for name, node in _all(when)}
    case = Case(conditions, _way(table, "goto"))
    table.close()
    return case


def read_interrupt(table: Table) -> Interrupt:
    """One entry of `interrupts`: words or digits, and a key or a way."""
    source = table.source
    one = Interrupt(
        words=_words(table),
        digits=table.number("digits", 0),
        answer=table.text("answer", default=""),
        key=table.text("key", default=""),
        goto=_way(table, "goto") if "goto" in table.entries else None,
        channels=tuple(channel for channel in _CHANNELS if channel in table.texts("channels")),
        nodes=table.texts("nodes"),
    )
    for channel in table.texts("channels"):
        if channel not in _CHANNELS:
            source.refuse(table.line, f"{table.where}: unknown channel '{channel}'; known are {', '.join(_CHANNELS)}")
    if bool(one.words) == bool(one.digits):
        source.refuse(table.line, f"{table.where} must have either 'words' or 'digits'")
    if bool(one.key) == bool(one.goto):
        source.refuse(table.line, f"{table.where} must have either 'key' or 'goto'")
    if one.digits and not one.answer:
        source.refuse(table.line, f"{table.where} lacks 'answer'; name the answer that takes the digits")
    table.close()
    return one


def _way(table: Table, key: str) -> Way:
    node = table.take(key)
    if node is None:
        table.source.refuse(table.line, f"{table.where} lacks '{key}'; say which node comes next")
        return Way("")
    return _read_way(table.source, node, table.where)


def _read_way(source: Source, node: YamlNode, where: str) -> Way:
    if isinstance(node, ScalarNode):
        return Way(read_text(source, node, where))
    table = read_table(source, node, f"{where}: a limited way")
    way = Way(table.text("to"), table.number("at_most", 0), table.text("then"))
    if not way.at_most:
        source.refuse(line_of(node), f"{where}: a limited way needs 'at_most' of 1 or more")
    table.close()
    return way


def _words(table: Table) -> Words:
    words = table.table("words")
    for language, node in words.entries.items():
        if language not in _LANGUAGES:
            known = ", ".join(_LANGUAGES)
            table.source.refuse(line_of(node), f"{words.where}: unknown language '{language}'; known are {known}")
    found = {language: words.texts(language) for language in _LANGUAGES if language in words.entries}
    return {language: tuple(fold(one) for one in texts) for language, texts in found.items()}


def _sets(table: Table) -> dict[str, str]:
    return _read_pairs(table.table("sets"))


def _read_pairs(table: Table) -> dict[str, str]:
    return {name: read_text(table.source, node, table.where) for name, node in _all(table)}


def _all(table: Table) -> list[tuple[str, YamlNode]]:
    table.taken.update(table.entries)
    return list(table.entries.items())
