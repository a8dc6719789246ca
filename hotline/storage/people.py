"""Who may log in: questions to the table of people."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.storage.tables import Person


def by_username(session: Session, username: str) -> Person | None:
    """The active or inactive person of that name."""
    return session.scalars(select(Person).where(Person.username == username)).one_or_none()


def by_id(session: Session, person_id: UUID) -> Person | None:
    """The person a session cookie names."""
    return session.get(Person, person_id)


def add(session: Session, *, username: str, password_hash: str, role: str, partner: str | None) -> Person:
    """Add one person; the caller looked whether the name is free, the unique constraint decides a race."""
    person = Person(id=uuid4(), username=username, password_hash=password_hash, role=role, partner=partner, active=True)
    session.add(person)
    return person
