"""Sealing to a public key, encrypting under a shared one, and deriving keys and names from a key.

A key of the day lives in Redis and in memory, so whoever copies the database and a running Redis holds it. Therefore
nothing is encrypted under the day key itself: working state and replayable outputs go under
`derive(day_key, b"state", call_sid)`, and the call's id is stored nowhere in clear. Both dumps together open nothing;
only the carrier's next request, which brings the id along, does.
"""

from __future__ import annotations

from hashlib import blake2b

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from nacl.public import PublicKey as NaclPublicKey
from nacl.secret import SecretBox

from hotline.domain.errors import HotlineError

KEY_SIZE = 32
PAD_TO = 256
"""Plaintexts are padded to a multiple of this, so that a ciphertext's length tells a yes from a story, not a street."""


class SealError(HotlineError):
    """Something sealed does not open with this key: the wrong key, or bytes that were changed."""


def seal(public: bytes, plain: bytes) -> bytes:
    """Seal to the holder of `public`'s private half; whoever seals cannot open it again."""
    return bytes(SealedBox(NaclPublicKey(_checked(public))).encrypt(sodium_pad(plain, PAD_TO)))


def open_sealed(private: bytes, sealed: bytes) -> bytes:
    """What `seal` was given; `SealError` when it is not for this key."""
    box = SealedBox(PrivateKey(_checked(private)))
    try:
        return sodium_unpad(box.decrypt(sealed), PAD_TO)
    except (CryptoError, ValueError, TypeError):
        raise SealError("this key does not open what was sealed") from None


def encrypt(key: bytes, plain: bytes) -> bytes:
    """Encrypt and authenticate under a shared key of 32 bytes, with a random nonce in front."""
    return bytes(SecretBox(_checked(key)).encrypt(sodium_pad(plain, PAD_TO)))


def decrypt(key: bytes, encrypted: bytes) -> bytes:
    """What `encrypt` was given; `SealError` when the key is another or the bytes were changed."""
    box = SecretBox(_checked(key))
    try:
        return sodium_unpad(box.decrypt(encrypted), PAD_TO)
    except (CryptoError, ValueError, TypeError):
        raise SealError("this key does not decrypt what was encrypted") from None


def derive(key: bytes, *context: bytes) -> bytes:
    """32 bytes that only a holder of `key` can compute, another for every `context`; the first part names the purpose.

    Keyed BLAKE2b; each part goes in with its length, so that no two contexts read alike.
    """
    digest = blake2b(key=_checked(key), digest_size=KEY_SIZE, person=b"drugsmeldpunt-1")
    for part in context:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


def _checked(key: bytes) -> bytes:
    if len(key) != KEY_SIZE:
        raise SealError(f"a key has {KEY_SIZE} bytes, this one has {len(key)}")
    return key
