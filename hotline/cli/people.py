"""`hotline user add`."""

from __future__ import annotations

import sys

import click

from hotline.cli import main, settings
from hotline.cli.lines import desk_database


@main.group()
def user() -> None:
    """Who may log in."""


@user.command()
@click.argument("username")
@click.option("--role", type=click.Choice(["operator", "supervisor", "admin", "partner"]), required=True)
@click.option("--partner", help="The key of the partner, with --role partner.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
def add(username: str, role: str, partner: str | None, password_stdin: bool) -> None:
    """Add somebody who may log in."""
    from hotline.services.people import add_person

    password = (
        sys.stdin.readline().rstrip("\n")
        if password_stdin
        else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    )
    with desk_database(settings()) as engine:
        add_person(engine, username, password, role, partner)
    click.echo(f"{username} can log in.")
