"""Fetches a recording or a medium from Twilio: the one thing there that is no JSON, and that may lie in another store."""

from __future__ import annotations

from urllib.parse import urlsplit

from twilio.rest import Client

from hotline.domain.attachments import Unreachable
from hotline.telephony.rest import NoAnswer, Reply, Wire, call

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_STORES = (".twilio.com", ".twiliocdn.com", ".amazonaws.com")
"""Where Twilio keeps media: it answers with an address there that opens without our password."""


def fetch(client: Client, path: str) -> bytes:
    """The bytes of a recording (as WAV) or of a medium, by its `path` below the account; raises Unreachable.

    The address is built from the configured one and Twilio's own ids, never from what a webhook says.
    """
    wire: Wire = client.http_client
    suffix = ".wav" if path.startswith("Recordings/") else ""
    try:
        reply = wire.ask("GET", f"/2010-04-01/Accounts/{client.account_sid}/{path}{suffix}")
        if reply.status in _REDIRECTS:
            reply = _follow(reply.headers.get("Location", ""))
    except NoAnswer as silence:
        raise Unreachable(str(silence)) from None
    if reply.status != 200:
        raise Unreachable(f"the telephone service answered {reply.status}")
    return reply.body


def _follow(url: str) -> Reply:
    """One step to where Twilio keeps its media, without our password."""
    try:
        parts = urlsplit(url)
        is_theirs = parts.scheme == "https" and (parts.hostname or "").endswith(_STORES) and parts.port in (None, 443)
    except ValueError:
        is_theirs = False
    if not is_theirs:
        raise Unreachable("the telephone service points elsewhere")
    return call(url, "GET", f"{parts.path}?{parts.query}" if parts.query else parts.path or "/")
