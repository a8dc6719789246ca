"""The signature that the exchange puts on its requests, as Twilio computes it."""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Mapping


def sign(url: str, form: Mapping[str, str], token: str) -> str:
    """Base64 of HMAC-SHA1 over the URL and the form's names and values, sorted by name (Twilio: Webhooks security)."""
    signed = url + "".join(name + form[name] for name in sorted(form))
    return b64encode(hmac.digest(token.encode(), signed.encode(), "sha1")).decode()
