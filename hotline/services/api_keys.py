"""Makes and recognises the bearer keys of partner systems."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Engine

from hotline.domain.dayparts import local_day
from hotline.domain.partners import Partner
from hotline.storage import api_keys, audit
from hotline.storage.session import transaction

_PREFIX = "dmp_"
"""Lets scanners of repositories and logs recognise a key that got loose."""


def make_api_key(engine: Engine, partner: str, now: datetime, *, actor: str = "hotline") -> str:
    """A new key of 32 random bytes, to be shown once: only its hash is kept. Older keys stay valid."""
    key = _PREFIX + secrets.token_urlsafe(32)
    with transaction(engine) as session:
        api_keys.add_key(session, partner, _hash(key), local_day(now))
        audit.record(session, actor=actor, act="make_api_key", now=now, fields=[partner])
    return key


def revoke_api_keys(engine: Engine, partner: str, now: datetime, *, actor: str = "hotline") -> int:
    """End every key of this partner; gives how many there were."""
    with transaction(engine) as session:
        count = api_keys.revoke_keys(session, partner, local_day(now))
        audit.record(session, actor=actor, act="revoke_api_keys", now=now, fields=[partner])
    return count


def find_key_holder(engine: Engine, partners: Iterable[Partner], key: str) -> Partner | None:
    """The partner whose key this is; None for an unknown or revoked key, or a partner no longer in the partners file.

    The look-up is by a hash of 32 random bytes, so its time tells nothing worth knowing.
    """
    if not key.startswith(_PREFIX):
        return None
    with transaction(engine) as session:
        holder = api_keys.find_partner(session, _hash(key))
    return next((partner for partner in partners if partner.key == holder), None)


def _hash(key: str) -> bytes:
    return sha256(key.encode("utf-8", "replace")).digest()
