"""The marks that count: those that nothing replaces."""

from __future__ import annotations

from django.db.models import QuerySet

from saiwu.marking.models import Mark, Penalty


def current(event_id: int) -> QuerySet[Mark]:
    """Current marks of an event."""
    return Mark.objects.filter(event_id=event_id, replaced_by=None)


def has_marked(account_id: int, event_id: int) -> bool:
    """Whether the account gave a mark or a penalty in the event, even one that was replaced. At most 2 statements."""
    return (
        Mark.objects.filter(event_id=event_id, by_id=account_id).exists()
        or Penalty.objects.filter(event_id=event_id, by_id=account_id).exists()
    )
