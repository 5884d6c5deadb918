"""The door's clock: read once where a request comes in, and handed on as an argument from there.

A demonstration has a clock of its own. `saiwu run` lets it go on from the instant at which the installation was left;
without that it stands still at the instant that the installation names, so that countdowns and states stay as shown.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings


def now() -> datetime:
    """The instant of this request."""
    real = datetime.now(UTC)
    if settings.DEMO_CLOCK:
        shown, _, then = settings.DEMO_CLOCK.partition("@")
        return datetime.fromisoformat(shown) + (real - datetime.fromisoformat(then))
    return datetime.fromisoformat(settings.DEMO_AT) if settings.DEMO_AT else real
