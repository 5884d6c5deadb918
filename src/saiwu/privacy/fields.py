"""Encrypted values and keyed digests.

Envelope: version byte 1, key id byte, 12 bytes nonce, AES-256-GCM ciphertext with tag. The context (`person:K7…:phone`)
is associated data: a value moved to another row or column does not open.
"""

from __future__ import annotations

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from saiwu.privacy import chance, keys

_VERSION, _KEY_ID, _NONCE = 1, 1, 12


def seal(text: str, context: str) -> bytes:
    """Encrypt under the installation's key, bound to its context."""
    nonce = chance.token(_NONCE)
    sealed = AESGCM(keys.current().fields).encrypt(nonce, text.encode(), context.encode())
    return bytes((_VERSION, _KEY_ID)) + nonce + sealed


def unseal(envelope: bytes, context: str) -> str:
    """Decrypt. ValueError where the envelope was altered or belongs to another place."""
    envelope = bytes(envelope)
    if envelope[:2] != bytes((_VERSION, _KEY_ID)):
        raise ValueError("unknown envelope")
    nonce, sealed = envelope[2 : 2 + _NONCE], envelope[2 + _NONCE :]
    try:
        return AESGCM(keys.current().fields).decrypt(nonce, sealed, context.encode()).decode()
    except InvalidTag as error:
        raise ValueError("the envelope was altered, or belongs to another row or column") from error


def digest(kind: str, text: str) -> str:
    """A keyed digest, 64 hex digits: equal texts of one kind match, and nobody without the key can try all ID numbers."""
    return hmac.new(keys.current().digests, f"{kind}\n{text}".encode(), hashlib.sha256).hexdigest()


def masked_number(number: str) -> str:
    """An ID number as pages show it: **** 019X."""
    return f"**** {number[-4:]}"


def masked_phone(phone: str) -> str:
    """A phone number as pages show it: 164 **** 5678."""
    return f"{phone[:3]} **** {phone[-4:]}"
