"""The door's clock: read once where a request comes in, and handed on as an argument from there.

A demonstration stands still at the instant that its installation names, so that countdowns and states stay as shown.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings


def now() -> datetime:
    """The instant of this request. In a demonstration that names one: that instant."""
    return datetime.fromisoformat(settings.DEMO_AT) if settings.DEMO_AT else datetime.now(UTC)
