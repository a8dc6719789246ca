"""`hotline flow play`: a conversation at the terminal, on any channel and in any language."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from hotline.cli.flows import PLACE, flow
from ivr_flows.rehearsal import Rehearsal, is_looking_up, show_lines, write_golden

if TYPE_CHECKING:
    from ivr_flows.simulate import Heard

_CODE = "482193705514"
_HELP = """Type words to say or send them, nothing for silence, `presses 1`, `hangs up`, `answers`, `quits`.
Where the house looks something up: `finds CASE, name=value, …`."""


@flow.command()
@click.argument("place", type=PLACE, required=False)
@click.option("--channel", type=click.Choice(["voice", "sms", "web"]), default="voice", help="voice, sms or web.")
@click.option("--language", type=click.Choice(["nl", "en", "de", "fr"]), default="nl", help="nl, en, de or fr.")
@click.option("--repro", type=click.Path(path_type=Path), help="Write the conversation to this file as a golden case.")
def play(place: Path | None, channel: str, language: str, repro: Path | None) -> None:
    """Play the flow move by move; moves come from the keyboard, or a line each from standard input."""
    from config.neighbourhoods import load_gazetteer
    from hotline.cli.flow_files import read_script
    from hotline.understanding.meaning import understand
    from ivr_flows.channels import Channel, Language
    from ivr_flows.simulate import Script

    loaded = read_script(place)
    gazetteer = load_gazetteer()
    script = Script(cast(Channel, channel), (), cast(Language, language), {"code": _CODE, "demo": "no"})
    rehearsal = Rehearsal(loaded.flow, loaded.prompts, lambda text, spoken: understand(text, spoken, gazetteer), script)
    if sys.stdin.isatty():
        click.echo(_HELP)
    _converse(rehearsal)
    if repro and rehearsal.transcript:
        about = f"Played at the terminal on {channel}."
        repro.write_text(write_golden(rehearsal.transcript, rehearsal.script, about), encoding="utf-8")
        click.echo(f"written to {repro}")


def _converse(rehearsal: Rehearsal) -> None:
    heard = None
    if rehearsal.script.channel != "sms":
        heard = rehearsal.take("starts")
        _show(rehearsal, heard)
    while heard is None or not heard.outcome or _waits(rehearsal, heard):
        waits = heard is not None and _waits(rehearsal, heard)
        line = _read("finds> " if waits else "> ")
        if line is None or line == "quits":
            return
        if line == "answers":
            for name, value in rehearsal.answers.items():
                click.echo(f"  {name}: {value}")
        elif waits != line.startswith("finds "):
            click.echo("  only a lookup is answered with `finds CASE, name=value, …`", err=True)
        else:
            try:
                heard = rehearsal.find(line[6:]) if waits else rehearsal.take(line)
            except ValueError as error:
                click.echo(f"  {error}", err=True)
            else:
                _show(rehearsal, heard)


def _waits(rehearsal: Rehearsal, heard: Heard) -> bool:
    """Whether the house must still say what it finds."""
    return is_looking_up(heard) and not rehearsal.script.moves[-1].finds


def _read(prompt: str) -> str | None:
    if sys.stdin.isatty():
        click.echo(prompt, nl=False)
    line = sys.stdin.readline()
    return line.strip() if line else None


def _show(rehearsal: Rehearsal, heard: Heard) -> None:
    if _waits(rehearsal, heard):
        click.echo("  ~ the house looks something up")
        return
    for line in show_lines(rehearsal.prompts, rehearsal.script.channel, heard):
        click.echo(f"  {line}")
    for what in heard.notices if rehearsal.script.channel == "sms" else ():
        click.echo(f"  ! {what}")
    if heard.outcome and rehearsal.script.channel == "sms":
        click.echo(f"  # {heard.outcome}")
