"""The result bundle (format saiwu-result/1): one list, without names, from which anybody can compute it again."""

from saiwu.rules.bundle.reading import NotABundle, Read, read
from saiwu.rules.bundle.recomputing import Difference, UnknownRules, recompute
from saiwu.rules.bundle.signing import public_key_of, sign, signed_by_its_key
from saiwu.rules.bundle.writing import FORMAT, RULES_VERSION, build

__all__ = [
    "FORMAT",
    "RULES_VERSION",
    "Difference",
    "NotABundle",
    "Read",
    "UnknownRules",
    "build",
    "public_key_of",
    "read",
    "recompute",
    "sign",
    "signed_by_its_key",
]
