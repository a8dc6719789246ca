"""`hotline flow check` and `hotline flow play`."""

from __future__ import annotations

import click

from config.settings import ROOT
from hotline.cli import main

FLOWS = ROOT / "ivr_flows"


@main.group()
def flow() -> None:
    """The script of the conversation."""


@flow.command()
def check() -> None:
    """Read the flow and its prompts, and say what is wrong with them."""
    from ivr_flows.load import load_flow, load_prompts

    loaded = load_flow(FLOWS / "definitions" / "report.yaml", load_prompts(FLOWS / "prompts"))
    click.echo(f"report.yaml: {len(loaded.nodes)} nodes, version {loaded.version}: nothing wrong")
