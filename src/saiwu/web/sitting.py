"""Who has signed in, and for how long that holds: ends after two hours without a click, and after twelve in any case.

Times of a session are real ones, whatever the clock of a demonstration says.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import get_user, login, logout
from django.http import HttpRequest

from saiwu.accounts.models import Account

_SINCE, _SEEN, _PENDING = "signed_in_at", "seen_at", "password_right"
_SEEN_EVERY_S = 300
"""A click is put down at most so often: a page that is only read does not write."""
_CODE_WITHIN_S = 600


def begin(request: HttpRequest, account: Account) -> None:
    """Sign the account in: a new session, whose key nobody knew before."""
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    now = _now()
    request.session[_SINCE] = request.session[_SEEN] = now


def account_of(request: HttpRequest) -> Account | None:
    """The account that is signed in; None where nobody is, or it has been too long. At most 2 SQL statements."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = get_user(request)
    if not isinstance(user, Account) or not user.is_active:
        return None
    now, session = _now(), request.session
    seen, since = session.get(_SEEN, 0), session.get(_SINCE, 0)
    if now - seen > settings.SESSION_IDLE_SECONDS or now - since > settings.SESSION_COOKIE_AGE:
        logout(request)
        return None
    if now - seen > _SEEN_EVERY_S:
        session[_SEEN] = now
    return user


def end(request: HttpRequest) -> None:
    """Sign out: the session is gone from the server too."""
    logout(request)


def stay(request: HttpRequest, account: Account) -> None:
    """After a change of password: this session goes on under a new key, all others of the account have ended."""
    begin(request, account)


def ask_for_code(request: HttpRequest, account: Account) -> None:
    """Remember that the password was right, until the second factor is."""
    request.session.cycle_key()
    request.session[_PENDING] = [account.pk, _now()]


def waiting_for_code(request: HttpRequest) -> int | None:
    """The account whose password was right a short while ago; None where there is none."""
    account_id, since = request.session.get(_PENDING, (None, 0))
    return account_id if account_id is not None and _now() - since <= _CODE_WITHIN_S else None


def forget_code(request: HttpRequest) -> None:
    """No account waits for its code any more."""
    request.session.pop(_PENDING, None)


def _now() -> int:
    return int(datetime.now(UTC).timestamp())
