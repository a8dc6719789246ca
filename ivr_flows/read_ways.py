"""Reads what nodes have in common: ways, cases, answers that are set, and the words of an option."""

from __future__ import annotations

from yaml.nodes import Node as YamlNode
from yaml.nodes import ScalarNode

from ivr_flows.channels import Language
from ivr_flows.nodes import Case, Way, Words
from ivr_flows.prompts import Prompts
from ivr_flows.reading import Source, Table, line_of, read_table, read_text, read_texts


def read_way(table: Table, key: str) -> Way:
    """The way under a key that must be there."""
    node = table.take(key)
    if node is None:
        table.source.refuse(table.line, f"{table.where} lacks '{key}'; say which node comes next")
        return Way("")
    return read_any_way(table.source, node, table.where)


def read_any_way(source: Source, node: YamlNode, where: str) -> Way:
    """A node's name, or a way that leads elsewhere after so many times."""
    if isinstance(node, ScalarNode):
        return Way(read_text(source, node, where))
    table = read_table(source, node, f"{where}: a limited way")
    way = Way(table.text("to"), table.number("at_most", 0), table.text("then"))
    if not way.at_most:
        source.refuse(line_of(node), f"{where}: a limited way needs 'at_most' of 1 or more")
    table.close()
    return way


def read_words(source: Source, line: int, wording: str, prompts: Prompts) -> Words:
    """The words of an option or interrupt in every language; one that a language lacks is refused."""
    found: dict[Language, tuple[str, ...]] = {}
    for language, catalog in prompts.catalogs.items():
        one = catalog.wording(wording)
        if one is None:
            source.refuse(line, f"'{wording}' is missing under 'options' in {catalog.file}; add its label and words")
        else:
            found[language] = one.words
    return found


def read_sets(table: Table) -> dict[str, str]:
    """The answers under `sets`."""
    return read_pairs(table.table("sets"))


def read_pairs(table: Table) -> dict[str, str]:
    """Every entry as a name and a text."""
    return {name: read_text(table.source, node, table.where) for name, node in table.each()}


def read_case(table: Table) -> Case:
    """One arm of a branch, or one reason not to ask."""
    when = table.table("when")
    if not when.entries:
        table.source.refuse(table.line, f"{table.where} lacks 'when'; add 'when: {{name: value}}'")
    conditions = {name: read_texts(table.source, node, when.where) for name, node in when.each()}
    case = Case(conditions, read_way(table, "goto"))
    table.close()
    return case
