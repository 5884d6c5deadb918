"""Questions about the trail that need no appointment."""

from __future__ import annotations

from saiwu.audit.models import Record


def newest() -> int:
    """Number of the newest record as written, 0 where there is none. Every verb leaves one: while it is the same, what
    a page shows has not changed. 1 SQL statement."""
    return Record.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
