"""The installation's keys: one file each under `SAIWU_DATA/keys`, mode 0600, made once, never printed.

`fields` encrypts personal data at rest, `digests` keys the blind indexes by which equal ID numbers are found without
being read, `seals` (Ed25519) signs the head of the audit trail and result bundles, `django` signs cookies.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from saiwu.privacy import chance

NAMES = ("fields", "digests", "seals", "django")


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """32 bytes each. No repr: keys never reach a log."""

    fields: bytes
    digests: bytes
    seals: bytes

    def signer(self) -> Ed25519PrivateKey:
        """The key that signs heads and bundles."""
        return Ed25519PrivateKey.from_private_bytes(self.seals)

    def public(self) -> str:
        """The signing key's public half, as hex: what strangers check signatures with."""
        return self.signer().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def make_missing(folder: Path) -> None:
    """Make the keys that an installation lacks. An existing key is never touched."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in NAMES:
        try:
            handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(chance.token(32).hex() + "\n")


def sign(message: bytes) -> tuple[str, str]:
    """Public key and Ed25519 signature of a message by the keys in force, both hex."""
    keys = current()
    return keys.public(), keys.signer().sign(message).hex()


_in_force: ContextVar[Keys | None] = ContextVar("saiwu_keys", default=None)


def current() -> Keys:
    """The keys of this installation. FileNotFoundError (with what to do) where it has none yet."""
    return _in_force.get() or _read(settings.DATA / "keys")


@cache
def _read(folder: Path) -> Keys:
    try:
        parts = {name: bytes.fromhex((folder / name).read_text("ascii")) for name in NAMES[:3]}
    except FileNotFoundError as error:
        raise FileNotFoundError(f"这套安装还没有密钥（{folder}）。请先运行 saiwu migrate。") from error
    return Keys(**parts)


@contextmanager
def using(keys: Keys) -> Iterator[None]:
    """Within the block these keys are in force (a simulation's, a test's)."""
    mark = _in_force.set(keys)
    try:
        yield
    finally:
        _in_force.reset(mark)


def fresh() -> Keys:
    """Three new keys from the source of chance in force."""
    return Keys(*(chance.token(32) for _ in range(3)))
