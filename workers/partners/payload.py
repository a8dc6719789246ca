"""The envelope around a version: one NL GOV CloudEvent in structured mode, the same bytes at every attempt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hotline.services.dispatch import Parcel

CONTENT_TYPE = "application/cloudevents+json"
MAX_BYTES = 20_000
"""Standard Webhooks 1.0 advises at most 20 kB."""

EVENTS: Mapping[str, str] = {
    "report": "nl.drugsoverlast.melding.doorgezet.v1",
    "update": "nl.drugsoverlast.melding.aangevuld.v1",
    "withdrawal": "nl.drugsoverlast.melding.ingetrokken.v1",
    "answer": "nl.drugsoverlast.vraag.beantwoord.v1",
}
"""A delivery's kind → the type of its event."""

_ALARM = "nl.drugsoverlast.alarm.gegeven.v1"
_LATE = {"erasing": "nl.drugsoverlast.wissen.achter.v1", "judging": "nl.drugsoverlast.woorden.achter.v1"}


def wrap_report(parcel: Parcel, oin: str) -> bytes:
    """The event of what leaves for a partner; `time` in the plain bytes is when it may, and moves to the envelope."""
    data = json.loads(parcel.plain)
    time = data.pop("time")
    return _dump(
        {**_envelope(parcel, oin, EVENTS[parcel.kind]), "subject": data["reportId"], "time": time, "data": data}
    )


def wrap_alarm(parcel: Parcel, oin: str, desk_url: str) -> bytes:
    """The event of an alarm: that there is a P0, and where the desk is; no report id, no time, no word.

    An operator's alarm tells how much is late: what Twilio has not forgotten yet, or reports whose marked words nobody judged.
    """
    if parcel.kind in _LATE:
        late = {**json.loads(parcel.plain), "desk": f"{desk_url}/desk"}
        return _dump({**_envelope(parcel, oin, _LATE[parcel.kind]), "data": late})
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
