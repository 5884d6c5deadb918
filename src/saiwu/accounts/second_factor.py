"""The second factor: codes of an authenticator (RFC 6238, six figures, thirty seconds), and recovery codes, each once.

The secret is encrypted at rest. Authenticators go by the real time, whatever a demonstration's clock says: `moment` is
that of the request by the real clock.
"""

from __future__ import annotations

import base64
import hmac
from datetime import datetime

import pyotp

from saiwu.accounts.models import Account
from saiwu.audit.frame import Refused
from saiwu.privacy import chance, fields

STEP_S = 30
_SECRET_BYTES = 20
"""RFC 4226: at least 128 bits, 160 recommended."""
RECOVERY_CODES = 10
_RECOVERY_LENGTH = 10


def fresh_secret() -> str:
    """A new secret, base 32, as authenticators take it."""
    return base64.b32encode(chance.token(_SECRET_BYTES)).decode("ascii")


def address_of(secret: str, login: str, issuer: str) -> str:
    """The `otpauth:` address that an authenticator reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer)


def step_of(secret: str, code: str, moment: datetime) -> int | None:
    """The time step of which that is the code: this one, or one before or after it (RFC 6238 §5.2); else None."""
    given = "".join(figure for figure in code if figure.isdigit())
    now = int(moment.timestamp()) // STEP_S
    maker = pyotp.TOTP(secret)
    for step in (now, now - 1, now + 1):
        if hmac.compare_digest(maker.at(step * STEP_S), given):
            return step
    return None


def take(account: Account, code: str, moment: datetime) -> str:
    """Take a code of the account within the running verb, so that it is never taken again; says which means it was.

    `""` where the account has no second factor. Raises Refused for a wrong or a used code, or none.
    """
    if account.second_factor_sealed is None:
        return ""
    if not code.strip():
        raise Refused("请填写验证器上的 6 位验证码。", rule="code", field="code")
    secret = fields.unseal(bytes(account.second_factor_sealed), context(account))
    step = step_of(secret, code, moment)
    if step is not None and step > account.second_factor_step:
        account.second_factor_step = step
        return "authenticator"
    digest = recovery_digest(account, code)
    if digest in account.recovery_digests:
        account.recovery_digests = [one for one in account.recovery_digests if one != digest]
        return "recovery code"
    raise Refused("验证码不对，或已用过。请等验证器显示下一个再填。", rule="second_factor", field="code")


def context(account: Account) -> str:
    """What the encrypted secret is bound to."""
    return f"account:{account.pk}:second_factor"


def recovery_digest(account: Account, code: str) -> str:
    """The keyed digest of a recovery code, however it was typed."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return fields.digest(f"recovery {account.pk}", plain)


def fresh_recovery_codes() -> tuple[str, ...]:
    """New recovery codes, in two groups of five."""
    codes = (chance.code(_RECOVERY_LENGTH) for _ in range(RECOVERY_CODES))
    return tuple(f"{code[:5]}-{code[5:]}" for code in codes)
