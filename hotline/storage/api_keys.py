"""Partner systems' bearer keys, as hashes; and the answers that a repeated POST gets again."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from hotline.storage.tables import ApiAnswer, ApiKey


def add_key(session: Session, partner: str, key_hash: bytes, today: date) -> None:
    """Keep one more key of this partner; older ones stay valid until they are revoked."""
    session.add(ApiKey(id=uuid4(), partner=partner, key_hash=key_hash, made_on=today, revoked_on=None))


def find_partner(session: Session, key_hash: bytes) -> str | None:
    """Whose key this is; None when it is nobody's or revoked."""
    return session.scalar(select(ApiKey.partner).where(ApiKey.key_hash == key_hash, ApiKey.revoked_on.is_(None)))


def revoke_keys(session: Session, partner: str, today: date) -> int:
    """End all keys of this partner; gives how many."""
    ended = update(ApiKey).where(ApiKey.partner == partner, ApiKey.revoked_on.is_(None)).values(revoked_on=today)
    return len(session.execute(ended.returning(ApiKey.id)).all())


def begin_answer(
    session: Session, *, partner: str, key_hash: bytes, request_hash: bytes, now: datetime
) -> ApiAnswer | None:
    """Reserve the answer to this key; the earlier answer when there is one.

    A second request that comes while the first still runs waits here for the first one's end.
    """
    empty = insert(ApiAnswer).values(
        partner=partner, key_hash=key_hash, request_hash=request_hash, status=0, body=b"", made_at=now
    )
    if session.execute(empty.on_conflict_do_nothing().returning(ApiAnswer.partner)).first() is not None:
        return None
    return session.get_one(ApiAnswer, (partner, key_hash))


def end_answer(session: Session, *, partner: str, key_hash: bytes, status: int, body: bytes) -> None:
    """Fill in the reserved answer."""
    mine = (ApiAnswer.partner == partner, ApiAnswer.key_hash == key_hash)
    session.execute(update(ApiAnswer).where(*mine).values(status=status, body=body))


def forget_answers(session: Session, *, before: datetime) -> int:
    """Delete the answers that were made before; gives how many."""
    return len(session.execute(delete(ApiAnswer).where(ApiAnswer.made_at < before).returning(ApiAnswer.partner)).all())
