"""The command line; each command loads only what it needs."""

from __future__ import annotations

import os
import sys

import click

from config.settings import Settings, SettingsError, load_settings


class Commands(click.Group):
    """Shows a known error as a sentence and not as a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; exit 1 with the sentence of an error that is the user's to mend."""
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            click.echo("These settings must change first:", err=True)
            for problem in error.problems:
                click.echo(f"  {problem}", err=True)
        except click.ClickException:
            raise
        except Exception as error:
            if _EXPECTED.isdisjoint(kind.__name__ for kind in type(error).__mro__):
                raise
            click.echo(str(error), err=True)
        sys.exit(1)


_EXPECTED = frozenset({"HotlineError", "MistakesError", "FlowError", "HomeError", "StartError"})
"""Errors, and roots of errors, whose text says what to do; by name, because a command loads only what it needs."""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The Drugsmeldpunt: run the line, look after its people, partners, flows and keys."""


def settings() -> Settings:
    """The settings of this environment."""
    return load_settings(os.environ)


from hotline.cli import (  # noqa: E402 - they add to `main`
    backups,
    canary,
    database,
    doctor,
    erasing,
    flows,
    indexing,
    keys,
    lines,
    partners,
    people,
    playing,
    publishing,
    retention,
    running,
    scrubbing,
)

__all__ = [
    "backups",
    "canary",
    "database",
    "doctor",
    "erasing",
    "flows",
    "indexing",
    "keys",
    "lines",
    "main",
    "partners",
    "people",
    "playing",
    "publishing",
    "retention",
    "running",
    "scrubbing",
]
