"""Turns a prompts file's YAML into the catalog of one language."""

from __future__ import annotations

from yaml.nodes import Node as YamlNode

from ivr_flows.prompts import Catalog, Prompt, Template, Wording, cut_template
from ivr_flows.reading import Source, line_of, read_table
from ivr_flows.words import fold


def read_catalog(source: Source, root: YamlNode | None) -> Catalog:
    """The prompts and what options are called; empty where the file could not be read."""
    if root is None:
        return Catalog(str(source.path), {}, {})
    table = read_table(source, root, "the prompts file")
    prompts = {name: _read_prompt(source, name, node) for name, node in table.table("prompts").each()}
    wordings = {name: _read_wording(source, name, node) for name, node in table.table("options").each()}
    table.close()
    return Catalog(str(source.path), prompts, wordings)


def _read_prompt(source: Source, name: str, node: YamlNode) -> Prompt:
    table = read_table(source, node, f"prompt '{name}'")
    voice = table.text("voice")
    text = table.text("text", default=voice)
    prompt = Prompt(
        voice=_cut(source, node, name, voice),
        text=_cut(source, node, name, text),
        web=_cut(source, node, name, table.text("web", default=text)),
        alone=table.flag("alone", False),
        line=table.line,
    )
    table.close()
    return prompt


def _read_wording(source: Source, name: str, node: YamlNode) -> Wording:
    table = read_table(source, node, f"option '{name}'")
    wording = Wording(table.text("label", default=""), tuple(fold(one) for one in table.texts("words")))
    if not all(wording.words):
        source.refuse(table.line, f"option '{name}' has a word without letters or digits; take it out")
    table.close()
    return wording


def _cut(source: Source, node: YamlNode, name: str, text: str) -> Template:
    try:
        return cut_template(" ".join(text.split()))
    except ValueError as error:
        source.refuse(line_of(node), f"prompt '{name}': {error}")
        return Template("", ())
