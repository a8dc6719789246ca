"""What a worker must know of something left at the telephone service: where it lies, and to whom it is sealed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.dayparts import start_of_part
from hotline.domain.erasure import Kind
from hotline.domain.errors import HotlineError

LONGEST_LIFE = timedelta(hours=24)
LONGEST_MESSAGE_S = 120

FIGURES = {"naive": "39–42%", "informed": "31%", "adaptive": "13–14%", "of_ten": "76%", "pitch": "5%"}
"""How often an attacker errs (equal error rate) on voices distorted by this method, measured on telephone speech of ten
speakers: one who knows nothing of it, one who distorts alike, one who also learns from it, which then names the right
speaker of ten so often. Last, an informed attacker on voices whose pitch was only shifted."""

_PATH = re.compile(r"Recordings/RE[0-9a-f]{32}|Messages/[SM]M[0-9a-f]{32}/Media/ME[0-9a-f]{32}")


class BadSource(HotlineError):
    """What should say where something lies says something else."""


class Unreachable(HotlineError):
    """The service does not give it at this moment: away, or a recording that is not ready; a later try may do."""


@dataclass(frozen=True, slots=True)
class Source:
    """`path` is the resource below the account; `key_id` and `public` (32 bytes) are the desk's key that it is sealed to."""

    path: str
    key_id: str
    public: bytes

    @property
    def there(self) -> tuple[Kind, str]:
        """What it is at Twilio, and the SID by which it is erased there."""
        kind, sid, *medium = self.path.split("/")
        return (Kind.RECORDING, sid) if kind == "Recordings" else (Kind.MEDIA, f"{sid}/{medium[-1]}")

    def dump(self) -> bytes:
        """As bytes, to be sealed to the workers."""
        return json.dumps({"path": self.path, "key": self.key_id, "public": self.public.hex()}).encode()

    @staticmethod
    def load(plain: bytes) -> Source:
        """What `dump` gave; BadSource for anything else, so that no other resource is ever fetched or deleted."""
        try:
            read = json.loads(plain)
            source = Source(read["path"], read["key"], bytes.fromhex(read["public"]))
        except (ValueError, TypeError, KeyError):
            raise BadSource("this is no source") from None
        if not isinstance(source.path, str) or not _PATH.fullmatch(source.path) or not isinstance(source.key_id, str):
            raise BadSource("this names no recording and no medium")
        return source


def destroy_at(now: datetime) -> datetime:
    """When something that arrives now must be gone: within 24 hours, by a moment that tells its part of day and no more."""
    return start_of_part(now) + LONGEST_LIFE
