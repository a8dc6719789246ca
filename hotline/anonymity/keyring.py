"""Who can seal and who can open: the keys of the intake, the desk and the workers, as plain values.

A key's id is its month (`2026-11`), its day (`2026-11-23`), or the workers' `dispatch`, with the day of its making since
the first rotation (`dispatch-2026-11-24`). No holder has another's private half.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from nacl.public import PrivateKey

from hotline.anonymity.seal import SealError, open_sealed
from hotline.domain.errors import HotlineError

DISPATCH = "dispatch"
_ADVICE = (
    "If it was destroyed on its date, what it sealed is gone for good. If it should exist, run `hotline up`, which "
    "makes the keys of the coming months and days, or copy its file from the key folder where it was made."
)


class KeyGone(HotlineError):
    """A key is not here: destroyed on its date, revoked, or not made yet. `key_id` says which."""

    def __init__(self, key_id: str, advice: str = _ADVICE) -> None:
        super().__init__(f"key {key_id} is not here. {advice}")
        self.key_id = key_id


class Unsealer(Protocol):
    """Opens what is sealed to a holder's keys. Pairs in memory are one way; a key service that keeps them is the other."""

    def open(self, key_id: str | None, sealed: bytes) -> bytes:
        """The plaintext; `KeyGone` when the key is not there, `SealError` when it is another's. No id: try each."""


class PublicKey(NamedTuple):
    """What sealing needs: the key's id, stored beside the ciphertext, and its 32 bytes."""

    id: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A key's id and both halves; the private one stays out of every repr, and is empty where a key service keeps it."""

    id: str
    public: bytes
    private: bytes = field(repr=False)

    @property
    def public_key(self) -> PublicKey:
        """The half that others may have."""
        return PublicKey(self.id, self.public)


def make_pair(key_id: str) -> KeyPair:
    """A new random pair (X25519)."""
    return pair_of(key_id, bytes(PrivateKey.generate()))


def pair_of(key_id: str, private: bytes) -> KeyPair:
    """The pair that belongs to a private half of 32 bytes."""
    return KeyPair(key_id, bytes(PrivateKey(private).public_key), private)


def month_id(day: date) -> str:
    """`2026-11`."""
    return f"{day:%Y-%m}"


def day_id(day: date) -> str:
    """`2026-11-23`."""
    return day.isoformat()


@dataclass(frozen=True, slots=True)
class IntakeKeys:
    """What takes a report holds public halves only, and the pepper of report codes: it cannot read a report back."""

    desk_months: Mapping[str, bytes]
    desk_days: Mapping[str, bytes]
    dispatch_public: bytes
    pepper: bytes = field(repr=False)
    dispatch_id: str = DISPATCH

    def month(self, day: date) -> PublicKey:
        """The desk's key for answers of this day's month."""
        return _find(self.desk_months, month_id(day))

    def day(self, day: date) -> PublicKey:
        """The desk's key for what must be judged soon."""
        return _find(self.desk_days, day_id(day))

    @property
    def dispatch(self) -> PublicKey:
        """The workers' newest key."""
        return PublicKey(self.dispatch_id, self.dispatch_public)


@dataclass(frozen=True, slots=True)
class DeskKeys:
    """The desk opens what the intake sealed, seals its own drafts the same way, and seals versions for the workers.

    `index` are the shared keys of the blind index, by month.
    """

    months: Mapping[str, KeyPair]
    days: Mapping[str, KeyPair]
    dispatch_public: bytes
    index: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    dispatch_id: str = DISPATCH
    unsealer: Unsealer | None = None

    def open(self, key_id: str, sealed: bytes) -> bytes:
        """The plaintext; `KeyGone` when the key is not here, `SealError` when it is another's."""
        if self.unsealer is not None:
            return self.unsealer.open(key_id, sealed)
        pair = self.months.get(key_id) or self.days.get(key_id)
        if pair is None:
            raise KeyGone(key_id)
        return open_sealed(pair.private, sealed)

    def read(self, key_id: str, sealed: bytes) -> str:
        """The words; "" where they cannot be opened any more, so that what stands around them still shows."""
        try:
            return self.open(key_id, sealed).decode()
        except HotlineError:
            return ""

    def month(self, day: date) -> PublicKey:
        """The key for the desk's own texts of this day's month."""
        return _find_pair(self.months, month_id(day)).public_key

    def day(self, day: date) -> PublicKey:
        """The key for drafts that die soon."""
        return _find_pair(self.days, day_id(day)).public_key

    @property
    def dispatch(self) -> PublicKey:
        """The workers' newest key."""
        return PublicKey(self.dispatch_id, self.dispatch_public)


@dataclass(frozen=True, slots=True)
class DispatchKeys:
    """The workers open partners' versions and the ids to erase, and nothing of the desk's.

    What is sealed to them names no key: after a rotation they try the newest pair first, then each of the `older` ones.
    """

    pair: KeyPair
    older: tuple[KeyPair, ...] = ()
    unsealer: Unsealer | None = None

    def open(self, sealed: bytes) -> bytes:
        """The plaintext; `SealError` when it was not sealed for the workers."""
        if self.unsealer is not None:
            return self.unsealer.open(None, sealed)
        for pair in (self.pair, *self.older):
            try:
                return open_sealed(pair.private, sealed)
            except SealError:
                continue
        raise SealError("none of the workers' keys opens what was sealed")


def _find(keys: Mapping[str, bytes], key_id: str) -> PublicKey:
    if key_id not in keys:
        raise KeyGone(key_id)
    return PublicKey(key_id, keys[key_id])


def _find_pair(pairs: Mapping[str, KeyPair], key_id: str) -> KeyPair:
    if key_id not in pairs:
        raise KeyGone(key_id)
    return pairs[key_id]
