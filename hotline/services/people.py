"""People who may log in: adding them, and checking their passwords."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from hotline.domain.errors import BadInput
from hotline.storage import people
from hotline.storage.session import transaction
from hotline.storage.tables import Person

ROLES = ("operator", "supervisor", "admin", "partner")
STAFF = ("operator", "supervisor", "admin")
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 256

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's floor: 19 MiB, about 25 ms

_DEMO = (
    ("operator", "operator", None),
    ("operator2", "operator", None),
    ("supervisor", "supervisor", None),
    ("admin", "admin", None),
    ("politie", "partner", "politie"),
    ("gemeente", "partner", "gemeente"),
)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who is logged in. `stamp` changes with the password, so that a change ends every older session."""

    id: UUID
    username: str
    role: str
    partner: str | None
    stamp: str


def add_person(engine: Engine, username: str, password: str, role: str, partner: str | None = None) -> Account:
    """Add one person; raises BadInput with everything that is wrong at once."""
    username = username.strip().lower()
    errors = _faults(username, password, role, partner)
    if errors:
        raise BadInput(errors)
    try:
        with transaction(engine) as session:
            person = people.add(
                session, username=username, password_hash=_HASHER.hash(password), role=role, partner=partner
            )
    except IntegrityError:
        raise BadInput({"username": "there is already a person of this name"}) from None
    return _account(person)


def check_password(engine: Engine, username: str, password: str) -> Account | None:
    """The account when name and password fit and it is active; takes as long for a name that does not exist."""
    with transaction(engine) as session:
        person = people.by_username(session, username.strip().lower()[:100])
        stored = person.password_hash if person else _nobody()
        if not _fits(stored, password) or person is None or not person.active:
            return None
        if _HASHER.check_needs_rehash(stored):
            person.password_hash = _HASHER.hash(password)
        return _account(person)


def find_account(engine: Engine, person_id: UUID) -> Account | None:
    """The active account that a session names."""
    with transaction(engine) as session:
        person = people.by_id(session, person_id)
        return _account(person) if person and person.active else None


def ensure_demo_people(engine: Engine, password: str) -> None:
    """Make the demo accounts, or give them this password; doing it twice changes nothing."""
    with transaction(engine) as session:
        for username, role, partner in _DEMO:
            person = people.by_username(session, username)
            if person is None:
                people.add(session, username=username, password_hash=_HASHER.hash(password), role=role, partner=partner)
            elif not _fits(person.password_hash, password):
                person.password_hash = _HASHER.hash(password)


def _faults(username: str, password: str, role: str, partner: str | None) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not username or len(username) > 60 or not all(one.isalnum() or one in "._-" for one in username):
        errors["username"] = "letters, digits, dots and dashes, at most 60"
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        errors["password"] = f"between {SHORTEST_PASSWORD} and {LONGEST_PASSWORD} characters"
    if role not in ROLES:
        errors["role"] = f"one of {', '.join(ROLES)}"
    if (role == "partner") != bool(partner):
        errors["partner"] = "the partner's key, for the role partner and for no other"
    return errors


def _fits(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _HASHER.hash("a password that nobody has")


def _account(person: Person) -> Account:
    stamp = blake2b(person.password_hash.encode(), digest_size=8).hexdigest()
    return Account(person.id, person.username, person.role, person.partner, stamp)
