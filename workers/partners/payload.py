"""The envelope around a version: one NL GOV CloudEvent in structured mode, the same bytes at every attempt."""

from __future__ import annotations

import json
from typing import Any

from hotline.services.dispatch import Parcel

CONTENT_TYPE = "application/cloudevents+json"
MAX_BYTES = 20_000
"""Standard Webhooks 1.0 advises at most 20 kB."""

_RELEASED = "nl.drugsoverlast.melding.doorgezet.v1"
_ALARM = "nl.drugsoverlast.alarm.gegeven.v1"


def wrap_report(parcel: Parcel, oin: str) -> bytes:
    """The event of a released report; `time` in the plain bytes is the release's and moves to the envelope."""
    data = json.loads(parcel.plain)
    time = data.pop("time")
    return _dump({**_envelope(parcel, oin, _RELEASED), "subject": data["reportId"], "time": time, "data": data})


def wrap_alarm(parcel: Parcel, oin: str, desk_url: str) -> bytes:
    """The event of an alarm: that there is a P0, and where the desk is; no report id, no time, no word."""
    data = {"priority": "P0", "desk": f"{desk_url}/desk"}
    return _dump({**_envelope(parcel, oin, _ALARM), "data": data})


def _envelope(parcel: Parcel, oin: str, kind: str) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": str(parcel.delivery_id),
        "source": f"urn:nld:oin:{oin}:systeem:drugsmeldpunt",
        "type": kind,
        "datacontenttype": "application/json",
    }


def _dump(event: dict[str, Any]) -> bytes:
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
