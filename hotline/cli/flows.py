"""`hotline flow check`, `draw` and `diff`: reading, proving, drawing and comparing the script of the conversation."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hotline.cli import main

if TYPE_CHECKING:
    from ivr_flows.proof.model_check import Checked

PLACE = click.Path(exists=True, file_okay=False, path_type=Path)


@main.group()
def flow() -> None:
    """The script of the conversation."""


@flow.command()
@click.argument("place", type=PLACE, required=False)
@click.option("--model", is_flag=True, help="Play every reachable state on every channel, and prove what must hold.")
@click.option("--markdown", is_flag=True, help="With --model: write the counts as a table for docs/flows.md.")
def check(place: Path | None, model: bool, markdown: bool) -> None:
    """Read the flow and its prompts, and say what is wrong with them; exit 1 when something is."""
    from hotline.cli.flow_files import VOICES, read_script
    from ivr_flows.lint import lint
    from ivr_flows.proof.model_check import check_channel
    from ivr_flows.proof.report import show_table

    script = read_script(place)
    loaded, prompts = script.flow, script.prompts
    problems = lint(loaded, prompts)
    for problem in problems:
        click.echo(str(problem), err=True)
    checked: list[tuple[Checked, float]] = []
    for channel in ("voice", "sms", "web") if model or markdown else ():
        began = time.monotonic()
        one = check_channel(loaded, prompts, channel, VOICES, say=lambda line: click.echo(f"… {line}", err=True))
        checked.append((one, time.monotonic() - began))
        for failure in one.failures:
            click.echo(str(failure), err=True)
    failures = sum(len(one.failures) for one, _ in checked)
    if markdown:
        click.echo(show_table(checked, loaded.languages), nl=False)
    else:
        for one, seconds in checked:
            click.echo(f"{one.channel}: {one.states} states, {one.transitions} turns, {seconds:.0f} s")
        verdict = "nothing wrong" if not problems and not failures else f"{len(problems) + failures} things are wrong"
        click.echo(f"{loaded.name}: {len(loaded.nodes)} nodes, version {loaded.version}: {verdict}")
    if problems or failures:
        sys.exit(1)


@flow.command()
@click.argument("place", type=PLACE, required=False)
@click.option("--format", "form", type=click.Choice(["svg", "mermaid"]), default="mermaid", help="svg or mermaid.")
@click.option("--output", type=click.Path(path_type=Path), help="A file for mermaid, a folder for svg.")
def draw(place: Path | None, form: str, output: Path | None) -> None:
    """Draw the flow: one SVG per part, or one Mermaid text."""
    from hotline.cli.flow_files import read_script
    from ivr_flows.drawing.draw import draw_mermaid, draw_svg, name_file
    from ivr_flows.drawing.outline import read_parts

    script = read_script(place)
    loaded, prompts = script.flow, script.prompts
    parts = read_parts(loaded, script.sources)
    if form == "mermaid":
        text = draw_mermaid(loaded, parts)
        if output:
            output.write_text(text, encoding="utf-8")
        else:
            click.echo(text, nl=False)
        return
    if output is None:
        raise click.ClickException("svg makes a drawing per part; name a folder with --output")
    output.mkdir(parents=True, exist_ok=True)
    for title in parts:
        file = output / name_file(loaded, title)
        file.write_text(draw_svg(loaded, prompts, parts, title), encoding="utf-8")
        click.echo(f"{file}: {len(parts[title])} nodes")


@flow.command()
@click.argument("before", type=PLACE)
@click.argument("after", type=PLACE)
def diff(before: Path, after: Path) -> None:
    """Say what differs between two flows, each a folder with definitions and prompts; exit 1 when they do."""
    from hotline.cli.flow_files import read_script
    from ivr_flows.compare import compare

    old, new = read_script(before), read_script(after)
    lines = compare(old.flow, new.flow, old.prompts, new.prompts)
    for line in lines:
        click.echo(line)
    if lines:
        sys.exit(1)
    click.echo("no difference")
