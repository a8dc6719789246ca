"""The demo partner's page: what it received, for a person to read, without a script."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape

from hotline.simulator.inbox import Received

STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 0 auto; padding: 1rem; }
article { border: 1px solid GrayText; border-radius: .75rem; padding: .75rem 1rem; margin: 0 0 1rem; }
h2 { font-size: 1.1rem; margin: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .5rem 0; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
pre { overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.alarm { border-width: 3px; border-color: #c23634; }
"""
_NAMES = {
    "category": "Soort",
    "priority": "Voorrang",
    "text": "Melding",
    "respondBy": "Antwoord vóór",
    "reportId": "Nummer",
    "place": "Plek",
    "period": "Wanneer",
    "answers": "Antwoorden",
    "thirdParties": "Over anderen",
    "questionId": "Vraag",
    "answer": "Antwoord",
}


_TITLES = {
    "nl.drugsoverlast.melding.aangevuld.v1": "Aanvulling",
    "nl.drugsoverlast.melding.ingetrokken.v1": "Ingetrokken",
    "nl.drugsoverlast.vraag.beantwoord.v1": "Antwoord op vraag",
}


def show_inbox(received: Iterable[Received], refused: int) -> str:
    """The whole page; it loads itself anew every five seconds."""
    items = "".join(_article(one) for one in reversed(list(received)))
    empty = "<p>Er is nog niets ontvangen. Geef aan de desk een melding vrij; dan komt ze hier binnen.</p>"
    wrong = f"<p>Geweigerd omdat de handtekening niet klopte: {refused}</p>" if refused else ""
    return (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta http-equiv="refresh" content="5">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Oefenpartner</title>'
        f"<style>{STYLE}</style></head><body><h1>Oefenpartner</h1>"
        f"<p>Dit systeem speelt de politie. Het controleert elke handtekening.</p>{wrong}{items or empty}</body></html>"
    )


def _article(one: Received) -> str:
    data = one.content.get("data")
    fields = data if isinstance(data, dict) else dict(one.content)
    rows = "".join(f"<dt>{escape(_NAMES.get(name, name))}</dt><dd>{_value(fields[name])}</dd>" for name in fields)
    title = "Alarm" if one.kind == "alarm" else _TITLES.get(str(one.content.get("type")), "Melding")
    again = f", {one.times} keer bezorgd" if one.times > 1 else ""
    raw = escape(json.dumps(one.content, ensure_ascii=False, indent=2))
    return (
        f'<article class="{one.kind}"><h2>{title} om {one.first_at:%H:%M:%S} UTC{again}</h2><dl>{rows}</dl>'
        f"<details><summary>Precies zoals ontvangen ({escape(one.webhook_id)})</summary><pre>{raw}</pre></details>"
        "</article>"
    )


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "<br>".join(f"{escape(str(name))}: {_value(inner)}" for name, inner in value.items()) or "geen"
    if isinstance(value, list):
        return "<br>".join(_value(inner) for inner in value) or "geen"
    return escape("geen" if value is None or value == "" else str(value))
