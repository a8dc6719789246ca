"""Reads what is heeded at any moment: words that interrupt, and what is mentioned in passing."""

from __future__ import annotations

from ivr_flows.channels import CHANNELS, LANGUAGES
from ivr_flows.nodes import Interrupt, Mention
from ivr_flows.prompts import Prompts
from ivr_flows.read_ways import read_way, read_words
from ivr_flows.reading import Table


def read_mention(table: Table) -> Mention:
    """One entry of `mentions`: what is heard, and where that leads first."""
    one = Mention(table.text("hears"), table.text("value"), table.text("goto"), table.number("at_most", 1))
    table.close()
    return one


def read_interrupt(table: Table, prompts: Prompts) -> Interrupt:
    """One entry of `interrupts`: words or digits, and a key, a language or a way."""
    source = table.source
    wording = table.text("wording", default="")
    language = table.text("language", default="")
    channels = table.texts("channels")
    one = Interrupt(
        words=read_words(source, table.line, wording, prompts) if wording else {},
        digits=table.number("digits", 0),
        answer=table.text("answer", default=""),
        key=table.text("key", default=""),
        language=next((one for one in LANGUAGES if one == language), None),
        goto=read_way(table, "goto") if "goto" in table.entries else None,
        channels=tuple(channel for channel in CHANNELS if channel in channels),
        nodes=table.texts("nodes"),
    )
    for channel in channels:
        if channel not in CHANNELS:
            source.refuse(table.line, f"{table.where}: unknown channel '{channel}'; known are {', '.join(CHANNELS)}")
    if bool(wording) == bool(one.digits):
        source.refuse(table.line, f"{table.where} must have either 'wording' or 'digits'")
    if language not in ("", *LANGUAGES):
        source.refuse(table.line, f"{table.where}: unknown language '{language}'; known are {', '.join(LANGUAGES)}")
    if sum(map(bool, (one.key, language, one.goto))) != 1:
        source.refuse(table.line, f"{table.where} must have one of 'key', 'language' and 'goto'")
    if one.digits and not one.answer:
        source.refuse(table.line, f"{table.where} lacks 'answer'; name the answer that takes the digits")
    table.close()
    return one
