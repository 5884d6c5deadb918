"""Canonical JSON: the bytes of a document that is hashed or signed (RFC 8785, for what occurs here).

No floats occur (marks are whole thousandths), and keys are ASCII or BMP text, whose order by code point is that by
UTF-16 unit; so sorted keys, no white space and unescaped UTF-8 are canonical. Text is brought to normal form C first.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping

LARGEST = 2**53 - 1
"""Whole numbers beyond it are not exact everywhere JSON is read (RFC 8785, 3.2.2.3)."""


class NotCanonical(ValueError):  # noqa: N818
    """A value that has no canonical form here: a float, a number too large, a key beyond the BMP, a lone surrogate."""


def canonical(document: object) -> bytes:
    """The canonical bytes of a JSON document. Raises NotCanonical."""
    text = json.dumps(_normal(document), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("lone surrogate") from error


def sha256(document: object) -> str:
    """SHA-256 of the canonical bytes, as hex."""
    return hashlib.sha256(canonical(document)).hexdigest()


def nfc(text: str) -> str:
    """Text in normal form C."""
    return unicodedata.normalize("NFC", text)


def _normal(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise NotCanonical(f"number too large: {value}")
        return int(value)
    if isinstance(value, Mapping):
        entries = {_key(key): _normal(inner) for key, inner in value.items()}
        if len(entries) != len(value):
            raise NotCanonical("two keys are the same in normal form C")
        return entries
    if isinstance(value, (list, tuple)):
        return [_normal(inner) for inner in value]
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


def _key(key: object) -> str:
    if not isinstance(key, str) or any(ord(letter) > 0xFFFF for letter in key):
        raise NotCanonical(f"key {key!r}")
    return nfc(key)
