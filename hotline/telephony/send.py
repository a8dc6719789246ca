"""Sends one text by Twilio, and says whether it left; it is never tried twice where that could make two."""

from __future__ import annotations

from typing import Literal

from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from hotline.telephony.rest import Answered, NoAnswer

_LATER = frozenset({401, 403, 429})


def send_text(client: Client, to: str, sender: str, text: str) -> tuple[Literal["sent", "later", "lost"], str]:
    """The result, and the SID of what was sent. `later`: it surely did not leave; `lost`: it never will, or who knows."""
    try:
        return "sent", str(client.messages.create(to=to, from_=sender, body=text).sid)
    except Answered as answer:
        return ("later" if answer.status in _LATER or answer.status >= 500 else "lost"), ""
    except NoAnswer as silence:
        return ("lost" if silence.was_asked else "later"), ""
    except (TwilioException, ValueError, KeyError, TypeError, AttributeError):  # an answer that is no message
        return "lost", ""
