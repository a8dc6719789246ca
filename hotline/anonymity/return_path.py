"""The keys of the way back by text: nobody holds them, because a report's code or the workers' key brings them back.

The intake, while it has the code in hand, and the workers, who have the report's public reply key, come to the same
secret (X25519): the private half of one side with the public half of the other. Who holds neither cannot even see
which report a number waits for.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from argon2.low_level import Type, hash_secret_raw
from nacl.bindings import crypto_scalarmult

from hotline.anonymity.seal import derive

# As for a report code (`reply.py`): there are only 10^8 Dutch mobile numbers, so each guess must cost something.
_MEMORY_KIB = 19 * 1024
_PASSES = 2


@dataclass(frozen=True, slots=True)
class PathKeys:
    """`mark` is where the number lies, `key` opens it; 32 bytes each."""

    mark: bytes
    key: bytes = field(repr=False)


def meet(private: bytes, public: bytes) -> PathKeys:
    """The keys of one report's path: from the code's private half and the workers' public one, or the other way round."""
    shared = crypto_scalarmult(private, public)
    return PathKeys(derive(shared, b"return path"), derive(shared, b"return number"))


def mark_number(number: str, pepper: bytes) -> bytes:
    """32 bytes by which STOP finds a number (E.164) again. Argon2id under the pepper, some 20 ms of one core."""
    secret = derive(pepper, b"return mark", number.encode())
    salt = derive(pepper, b"return mark salt")[:16]
    return hash_secret_raw(
        secret, salt, time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=1, hash_len=32, type=Type.ID
    )
