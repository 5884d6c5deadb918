"""Questions about the trail that need no appointment."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from saiwu.audit.models import Record


def newest() -> int:
    """Number of the newest record as written, 0 where there is none. Every verb leaves one: while it is the same, what
    a page shows has not changed. 1 SQL statement."""
    return Record.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def newest_at() -> datetime | None:
    """The latest instant of any record; None where there is none. 1 SQL statement."""
    latest: datetime | None = Record.objects.aggregate(latest=Max("at"))["latest"]
    return latest
