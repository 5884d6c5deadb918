"""Certificates that were issued and are to be, for the office of a competition: by name, number and unit, and as PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from saiwu.audit.frame import NotFound
from saiwu.competitions.models import Event
from saiwu.documents import award_certificate
from saiwu.documents.award_certificate import AwardCertificate
from saiwu.results.actions.certificates import still_to_issue
from saiwu.results.documents import certificates_of, chapters_of, prize_of
from saiwu.results.models import Certificate, Result

COUNT = 50
"""Rows of a page."""
TOGETHER = 300
"""So many certificates at most are packed into one answer."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate in a list. `team` empty without."""

    id: int
    number: str
    check_code: str
    name: str
    team: str
    unit: str
    prize: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class ToIssue:
    """What issuing would do now. `teams`: entries with a prize that lack some."""

    wanted: int
    entries: int
    issued: int


def counted(competition_id: int) -> Mapping[str, int]:
    """How many were issued, by event. 1 SQL statement."""
    rows = Certificate.objects.filter(competition_id=competition_id).order_by()
    counts = rows.values(event=F("result__result_list__event__slug")).annotate(many=Count("pk"))
    return {row["event"]: row["many"] for row in counts}


def without_any(competition_id: int) -> frozenset[str]:
    """Events with prizes on a published list of which nobody has a certificate yet. 1 SQL statement."""
    won = Result.objects.filter(
        result_list__event__competition_id=competition_id, result_list__published_at__isnull=False
    )
    return frozenset(
        won.exclude(award="")
        .order_by()
        .values_list("result_list__event__slug")
        .annotate(issued=Count("certificates"))
        .filter(issued=0)
        .values_list("result_list__event__slug", flat=True)
    )


def to_issue(event_id: int) -> ToIssue:
    """How many certificates of an event are still to be issued. 6 SQL statements, however many."""
    wanted, issued = still_to_issue(Event.objects.select_related("competition").get(pk=event_id))
    return ToIssue(len(wanted), len({result.pk for result, _ in wanted}), issued)


def issued(event_id: int, *, search: str = "", start: int = 0, count: int = COUNT) -> tuple[Issued, ...]:
    """Certificates of an event in the order of their numbers. 1 SQL statement.

    `search`: a number, or part of a name, a team or a unit.
    """
    rows = _of(event_id, search).select_related(
        "member__person",
        "result__entry__unit",
        "result__result_list__event__competition",
    )
    rows = rows.defer("result__result_list__bundle", "result__components", "result__members")
    return tuple(_issued(row) for row in rows.order_by("number", "id")[start : start + count])


def count_issued(event_id: int, *, search: str = "") -> int:
    """How many there are. 1 SQL statement."""
    return _of(event_id, search).count()


def _of(event_id: int, search: str) -> QuerySet[Certificate]:
    rows = Certificate.objects.filter(result__result_list__event_id=event_id)
    if search:
        rows = rows.filter(
            Q(number__icontains=search)
            | Q(member__person__name__icontains=search)
            | Q(result__entry__team_name__icontains=search)
            | Q(result__entry__unit__name__icontains=search)
        )
    return rows


def _issued(row: Certificate) -> Issued:
    return Issued(
        id=row.pk,
        number=row.number,
        check_code=row.check_code,
        name=row.member.person.name,
        team=row.result.entry.team_name,
        unit=row.result.entry.unit.name,
        prize=prize_of(chapters_of(row.result.result_list), row.result.award),
        issued_at=row.issued_at,
    )


def pdf_of(competition_id: int, certificate_id: int, *, check_address: str, remark: str = "") -> bytes:
    """One certificate as PDF. 5 SQL statements. Raises NotFound where the competition has none of that id, MissingGlyphs
    where a text of it cannot be printed. `check_address` and `remark` as `certificates_of`."""
    found = Certificate.objects.filter(competition_id=competition_id, pk=certificate_id)
    event = Event.objects.select_related("competition").filter(result_lists__results__certificates__in=found).first()
    if event is None:
        raise NotFound(f"certificate {certificate_id}")
    (values,) = certificates_of(event, check_address=check_address, remark=remark, only=[certificate_id])
    return award_certificate.render(values)


def printed_part(event_id: int, part: int, *, check_address: str, remark: str = "") -> tuple[AwardCertificate, ...]:
    """What stands on the certificates of an event, `TOGETHER` at a time, from part 1 on, in the order of their numbers.
    5 SQL statements. Raises NotFound where there is no such part."""
    ordered = _of(event_id, "").order_by("number", "id").values_list("pk", flat=True)
    ids = list(ordered[(part - 1) * TOGETHER : part * TOGETHER])
    if not ids:
        raise NotFound(f"part {part} of certificates")
    event = Event.objects.select_related("competition").get(pk=event_id)
    return tuple(certificates_of(event, check_address=check_address, remark=remark, only=ids))


def unprintable(values: tuple[AwardCertificate, ...]) -> tuple[tuple[str, str], ...]:
    """Numbers of those that cannot be printed, with what is missing."""
    return tuple((number, str(missing)) for number, missing in award_certificate.unprintable(values))


def unprintable_of(event_id: int) -> tuple[tuple[str, str], ...]:
    """The same of all certificates of an event, before anybody prints them. At most 5 SQL statements, however many."""
    event = Event.objects.select_related("competition").get(pk=event_id)
    return unprintable(tuple(certificates_of(event, check_address="")))


def pdfs(values: tuple[AwardCertificate, ...]) -> Iterator[tuple[str, bytes]]:
    """(number, PDF) of each, one after another: only one is in memory."""
    return award_certificate.batch(values)
