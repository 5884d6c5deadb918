"""Signature of a bundle: Ed25519 (RFC 8032) over the canonical JSON of the document without `signature`.

The key is handed in; nothing here knows where keys are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from saiwu.rules.canonical import NotCanonical, canonical

ALGORITHM = "Ed25519"


def _signed(document: Mapping[str, Any]) -> bytes:
    return canonical({key: value for key, value in document.items() if key != "signature"})


def public_key_of(private_key: bytes) -> str:
    """The public key (hex) of a private key of 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw().hex()


def sign(document: Mapping[str, Any], private_key: bytes) -> dict[str, Any]:
    """The document with its signature; key and value as hex. `private_key` has 32 bytes."""
    value = Ed25519PrivateKey.from_private_bytes(private_key).sign(_signed(document))
    signature = {"algorithm": ALGORITHM, "key": public_key_of(private_key), "value": value.hex()}
    return {**{key: inner for key, inner in document.items() if key != "signature"}, "signature": signature}


def signed_by_its_key(document: Mapping[str, Any]) -> bool:
    """Whether the signature is that of the key which the document names. Whose key that is, it cannot say."""
    signature = document.get("signature")
    if not isinstance(signature, Mapping) or set(signature) != {"algorithm", "key", "value"}:
        return False
    if signature["algorithm"] != ALGORITHM:
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signature["key"]))
        key.verify(bytes.fromhex(signature["value"]), _signed(document))
    except (InvalidSignature, ValueError, TypeError, NotCanonical):
        return False
    return True
