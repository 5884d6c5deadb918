"""Changes that were approved and are public: what stood there, what stands there now, why, and who agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from saiwu.competitions.models import ChangeRequest
from saiwu.rules.procedure import Open, Role

_LABELS = {
    "stages.final.on": "决赛日期",
    "stages.final.from": "决赛开始",
    "stages.final.to": "决赛结束",
    "stages.final.venue": "决赛地点",
    "dates.registration.to": "报名截止",
    "dates.preregistration.to": "预报名截止",
    "name": "赛项名称",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One key that changed. `was` and `now` as the rulebook's text; `was_day` and `now_day` where that is a day."""

    key: str
    label: str
    was: str
    now: str
    was_day: date | None
    now_day: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """An approved change of an event."""

    id: int
    event: str
    kind: str
    values: tuple[Value, ...]
    reason: str
    agreed_by: str
    agreed_at: datetime
    letter: str

    @property
    def moves_final(self) -> Value | None:
        """The day of the final, where this moved it (改期)."""
        return next((value for value in self.values if value.key in ("stages.final.on", "stages.final.from")), None)


def changes_of(competition_id: int) -> tuple[Change, ...]:
    """Approved changes of a competition, the newest first. 1 SQL statement."""
    rows = ChangeRequest.objects.filter(
        event__competition_id=competition_id, state=Open.GRANTED, settled_at__isnull=False
    )
    return tuple(_change(row) for row in rows.select_related("event").order_by("-settled_at", "-id"))


def _change(row: ChangeRequest) -> Change:
    assert row.settled_at is not None
    role = Role(row.settled_role).chinese if row.settled_role else ""
    # The office may record what the organiser decided; the letter is then the organiser's.
    agreed_by = Role.ORGANISER.chinese if row.letter else role
    return Change(row.pk, row.event.slug, row.kind, values_of(row), row.reason, agreed_by, row.settled_at, row.letter)


def values_of(row: ChangeRequest) -> tuple[Value, ...]:
    """What a change sets, beside what stood there."""
    return tuple(
        Value(key, label_of(key), row.before.get(key, ""), now, _day(row.before.get(key, "")), _day(now))
        for key, now in row.values.items()
    )


def label_of(key: str) -> str:
    """What a key that changes may set is called."""
    return _LABELS.get(key, key)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
