"""The calendar of finals and deadlines as iCalendar (RFC 5545), for phones and desks to subscribe to.

An entry keeps its UID for ever; what changed is told by DTSTAMP and SEQUENCE, both handed in, so that a calendar that
nothing changed in is the same bytes on every day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from saiwu.documents.origin import NOWHERE, Origin
from saiwu.documents.text import clean, cleaned

_PRODUCT = "-//Saiwu//Saiwu//ZH"
_WIDTH = 75  # octets of a line, its end not counted (RFC 5545 3.1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One date. `uid`: stable, of a form like event-3.final@competition; never given to another date.

    `start` a day, or an instant with its zone; `end` of the same kind: of days the last one, included, of instants the
    end; None: the day alone, or an instant without length (a deadline). `changed_at`: when anything in it last changed.
    `changes`: how often it was changed since it was first shown. `remind`: how long before the start a reader is told.
    """

    uid: str
    summary: str
    start: date | datetime
    changed_at: datetime
    end: date | datetime | None = None
    location: str = ""
    description: str = ""
    url: str = ""
    changes: int = 0
    cancelled: bool = False
    remind: tuple[timedelta, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """`name` is what the calendar is called in the reader's list. Entries are written in their order.

    What the calendar's own line (`origin`) says stands at the end of every entry as well, where readers see it.
    """

    name: str
    entries: tuple[CalendarEntry, ...]
    origin: Origin = NOWHERE


def render(values: Calendar) -> bytes:
    """The calendar as .ics, UTF-8, lines ended by CR LF.

    Raises ValueError where an instant has no zone, an end lies before its start or is of another kind, or two entries
    share a UID.
    """
    values = cleaned(values)
    if len({entry.uid for entry in values.entries}) < len(values.entries):
        raise ValueError("two entries of a calendar share a UID")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(values.name)}",
    ]
    about = values.origin.line()
    if about:
        lines.append(f"X-WR-CALDESC:{escaped(about)}")
    for entry in values.entries:
        lines += _event(entry, about)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def _event(entry: CalendarEntry, about: str) -> list[str]:
    described = "\n".join(part for part in (entry.description, about) if part)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(entry.uid)}",
        f"DTSTAMP:{_instant(entry.changed_at)}",
        f"LAST-MODIFIED:{_instant(entry.changed_at)}",
        f"SEQUENCE:{entry.changes}",
        *_when(entry),
        f"SUMMARY:{escaped(entry.summary)}",
    ]
    if entry.location:
        lines.append(f"LOCATION:{escaped(entry.location)}")
    if described:
        lines.append(f"DESCRIPTION:{escaped(described)}")
    if entry.url:
        lines.append(f"URL:{_uri(entry.url)}")
    lines += [f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}", "TRANSP:TRANSPARENT"]
    if not entry.cancelled:
        for before in entry.remind:
            lines += _alarm(entry, before)
    return [*lines, "END:VEVENT"]


def _when(entry: CalendarEntry) -> list[str]:
    start, end = entry.start, entry.end
    if isinstance(start, datetime):
        if end is None:
            return [f"DTSTART:{_instant(start)}"]
        if not isinstance(end, datetime) or end < start:
            raise ValueError("an instant ends at an instant, not before it starts")
        return [f"DTSTART:{_instant(start)}", f"DTEND:{_instant(end)}"]
    last = start if end is None else end
    if isinstance(last, datetime) or last < start:
        raise ValueError("a day ends on a day, not before it starts")
    # DTEND of days is the first day that no longer belongs to it (RFC 5545 3.6.1).
    return [f"DTSTART;VALUE=DATE:{start:%Y%m%d}", f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"]


def _instant(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("an instant of a calendar needs its zone")
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _alarm(entry: CalendarEntry, before: timedelta) -> list[str]:
    minutes = before // _MINUTE
    if minutes < 0:
        raise ValueError("a reminder comes before the start")
    trigger = f"-P{minutes // 1440}D" if minutes % 1440 == 0 else f"-PT{minutes}M"
    return [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{escaped(entry.summary)}",
        f"TRIGGER:{trigger}",
        "END:VALARM",
    ]


def escaped(text: str) -> str:
    """Text of a property (RFC 5545 3.3.11): backslash, semicolon, comma and line feed are written as pairs."""
    marked = clean(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return marked.replace("\n", "\\n")


def _uri(url: str) -> str:
    """An address is no text and is not escaped; what could end its line is dropped."""
    return "".join(url.split())


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, each but the first after a space; no character is split."""
    pieces: list[str] = []
    piece, octets = "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > _WIDTH:
            pieces.append(piece)
            piece, octets = " ", 1
        piece, octets = piece + character, octets + size
    return "\r\n".join([*pieces, piece])
