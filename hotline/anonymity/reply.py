"""The reply key, which nobody holds: the report code brings it back."""

from __future__ import annotations

from dataclasses import dataclass, field

from argon2.low_level import Type, hash_secret_raw

from hotline.anonymity.keyring import pair_of
from hotline.anonymity.seal import derive
from hotline.domain.codes import parse_code

# OWASP's second recommendation for Argon2id. Ten digits are few: the pepper keeps a database alone from being searched.
_MEMORY_KIB = 19 * 1024
_PASSES = 2


@dataclass(frozen=True, slots=True)
class ReplyKey:
    """`lookup` finds the report's row, `public` seals what the reporter may hear, `private` opens it."""

    lookup: bytes
    public: bytes
    private: bytes = field(repr=False)


def unlock(code: str, pepper: bytes) -> ReplyKey:
    """The reply key of a report code; `CodeTypo`, without any costly step, when the check digits do not fit.

    Argon2id, 19 MiB, two passes, one lane: measured 23 ms of one core, with 19 MiB held meanwhile, so callers limit how often.
    The pepper is salt and key at once; look-up value and seed come from the result by separate derivations, so that
    the stored look-up value tells nothing of the private half.
    """
    secret = derive(pepper, b"code", parse_code(code).encode())
    salt = derive(pepper, b"code salt")[:16]
    root = hash_secret_raw(
        secret, salt, time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=1, hash_len=32, type=Type.ID
    )
    pair = pair_of("reply", derive(root, b"reply seed"))
    return ReplyKey(lookup=derive(root, b"reply lookup"), public=pair.public, private=pair.private)
