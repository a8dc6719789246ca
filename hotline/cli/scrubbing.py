"""`hotline scrub`."""

from __future__ import annotations

import json
import sys

import click

from hotline.cli import main


@main.command()
def scrub() -> None:
    """Read JSON lines {"text": …, "lang"?: …, "known"?: …} and write what may be stored of each, a line for a line."""
    from config.neighbourhoods import load_gazetteer
    from hotline.anonymity.scrub import Known, to_json
    from hotline.anonymity.scrub import scrub as run

    gazetteer = load_gazetteer()
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            known = asked.get("known") or {}
            text, lang = asked["text"], asked.get("lang") or "nl"
            values = {name: str(known[name]) for name in ("number", "name", "city") if known.get(name)}
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, KeyError, TypeError, AttributeError):
            raise click.ClickException(
                f'line {number}: each line is an object such as {{"text": "…", "lang": "nl", "known": {{"number": "+31…"}}}}'
            ) from None
        found = to_json(run(text, lang=lang, known=Known(**values), gazetteer=gazetteer))
        click.echo(json.dumps(found, ensure_ascii=False))
