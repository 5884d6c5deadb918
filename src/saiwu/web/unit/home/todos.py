"""What a unit has to do next, and by when: worked out from its entries, ordered by deadline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from saiwu.competitions.queries import EventRow, Planned
from saiwu.entries.queries.of_unit import OwnEntry, Preregistered
from saiwu.rules.findings import Verdict
from saiwu.rules.procedure import EntryState, EventState, Open
from saiwu.rules.rulebook.days import Days
from saiwu.web.desk import Desk
from saiwu.web.shared.countdown import Left, left
from saiwu.web.unit.desks import place

_STILL = (EventState.REGISTERING, EventState.REVIEWING)


@dataclass(frozen=True, slots=True)
class By:
    """A deadline that is not over, with the time left."""

    at: datetime
    left: Left
    assumed: str | None

    @classmethod
    def of(cls, planned: Planned | None, now: datetime) -> By | None:
        """None where there is none, or it is past."""
        if planned is None or planned.closes is None or planned.closes < now:
            return None
        return cls(planned.closes, left(now, planned.closes), planned.assumed)


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: `title` a verb first, `said` a sentence, `act` the word on its button."""

    title: str
    where: str
    said: str
    act: str
    address: str
    by: By | None


def todos_of(
    at: Desk, rows: Sequence[EventRow], entries: Iterable[OwnEntry], waiting: Iterable[Preregistered]
) -> tuple[Todo, ...]:
    """The things to do, the next deadline first; what has none last."""
    events = {row.slug: row for row in rows}
    found: list[Todo] = []
    for entry in entries:
        if events[entry.event].state in _STILL:
            found += _of_entry(at, events[entry.event], entry)
    found += _photos(at, events, [entry for entry in entries if entry.open])
    for one in waiting:
        row = events[one.event]
        if not one.entered and row.state is EventState.REGISTERING:
            address = reverse("unit-enter", args=[*place(at), one.event, one.division]) + f"?from={one.id}"
            by = By.of(_date(at, row, one.division, "registration"), at.now)
            if by is not None or "registration" not in row.rules.divisions[one.division].dates:
                found.append(
                    Todo(
                        f"为{one.name}报名",
                        _where(row, one.division),
                        "本人已预报名，等单位核对并报名。",
                        "核对并报名",
                        address,
                        by,
                    )
                )
    return tuple(sorted(found, key=lambda one: (one.by is None, one.by.at if one.by else at.now)))


def _of_entry(at: Desk, row: EventRow, entry: OwnEntry) -> Iterable[Todo]:
    address = reverse("unit-entry", args=[*place(at), entry.id])
    where = _where(row, entry.division)
    if entry.state is EntryState.RETURNED:
        reason = entry.told[-1].reason if entry.told else ""
        mend = reverse("unit-mend", args=[*place(at), entry.id])
        yield Todo(
            f"改正{entry.shown}的报名表", where, f"承办单位退回：{reason}", "去改正", mend, _mend_by(at, row, entry)
        )
    if entry.state in (EntryState.SUBMITTED, EntryState.WAITING):
        lacking = _lacking(entry)
        if lacking:
            by = _mend_by(at, row, entry)
            yield Todo(f"补交{entry.shown}的材料", where, "；".join(lacking), "上传材料", f"{address}#people", by)
    refused = [one for one in entry.waivers if one.state is Open.REFUSED]
    if entry.open and refused:
        reason = refused[-1].reason
        yield Todo(
            f"{entry.shown}没有获得豁免，请决定怎么办",
            where,
            f"未同意：{reason}",
            "去处理",
            address,
            _mend_by(at, row, entry),
        )


def _lacking(entry: OwnEntry) -> list[str]:
    """Findings that wait for a document of which none was uploaded."""
    said = []
    for kept in entry.findings:
        if kept.finding.verdict is Verdict.EVIDENCE:
            whose = [one for one in entry.members if kept.member in (None, one.position)]
            if not any(kept.finding.rule in one.shown_for for one in whose):
                who = f"{whose[0].name}：" if kept.member and len(entry.members) > 1 and whose else ""
                said.append(f"{who}{kept.finding.message.rstrip('。')}")
    return said


def _photos(at: Desk, events: Mapping[str, EventRow], entries: Sequence[OwnEntry]) -> Iterable[Todo]:
    by_event: dict[tuple[str, str], list[OwnEntry]] = {}
    for entry in entries:
        if entry.without_photo and events[entry.event].state in _STILL:
            by_event.setdefault((entry.event, entry.division), []).append(entry)
    for (event, division), those in by_event.items():
        names = [one.name for entry in those for one in entry.without_photo]
        address = reverse("unit-entry", args=[*place(at), those[0].id]) + "#people"
        if len(those) > 1:
            address = reverse("unit-roster", args=place(at)) + f"#{event}-{division}"
        by = _mend_by(at, events[event], those[0])
        said = f"{'、'.join(names)}。竖向证件照，可以用手机拍后裁剪。"
        yield Todo(f"补交 {len(names)} 张照片", _where(events[event], division), said, "上传照片", address, by)


def _where(row: EventRow, division: str) -> str:
    return f"{row.rules.name or row.slug} · {row.rules.division_name(division)}"


def _mend_by(at: Desk, row: EventRow, entry: OwnEntry) -> By | None:
    """Until when something may be mended: the end of review where the notice plans one, else of registration."""
    for key in ("registration", "review"):
        by = By.of(_date(at, row, entry.division, key), at.now)
        if by is not None:
            return by
    return None


def _date(at: Desk, row: EventRow, division: str, key: str) -> Planned | None:
    term = row.rules.divisions[division].dates.get(key)
    if term is None:
        return None
    return Planned.of(key, term, Days(at.site.book, row.slug, division, row.days.timeline.moments))
