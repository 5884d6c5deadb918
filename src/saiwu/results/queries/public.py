"""What anybody may read of results: lists once they are published, certificates by their code, the bulletin.

Nothing here tells more of a person than name, unit, division, marks and prize.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q

from saiwu.audit.frame import NotFound
from saiwu.competitions.models import Event
from saiwu.documents import bulletin
from saiwu.entries.queries import names_of
from saiwu.results.actions.publication import notice_ends_at
from saiwu.results.documents import bulletin_from_json, chapters_of, prize_of
from saiwu.results.gathering import WHOLE_EVENT
from saiwu.results.models import Bulletin, Certificate, Result, ResultList

WHOLE = "all"
"""The address of the list that ranks all divisions of an event together."""


@dataclass(frozen=True, slots=True)
class PublishedList:
    """A published list in an index. `division` None: all of the event together. `ranked`: entries with a rank."""

    id: int
    event: str
    key: str
    division: str | None
    number: int
    published_at: datetime
    confirmed_at: datetime | None
    ranked: int

    @property
    def address(self) -> str:
        """How the list is called in addresses."""
        return WHOLE if self.key == WHOLE_EVENT else self.key


@dataclass(frozen=True, slots=True)
class MemberOutcome:
    """What one member of an entry gets beside the prize. `level`: of a certificate of skill level."""

    level: str | None
    certificate: bool
    promotion: bool
    honours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RankRow:
    """An entry with a rank. Marks in thousandths: `marks` by component, `modules` by component and module.

    `decided_by`: the step that set it below the next better (`total`, a word of the tie-break, `decision`), None at the
    top and where the rank is shared. `award` is the prize's id, empty without.
    """

    rank: int
    names: tuple[str, ...]
    team: str
    unit: str
    division: str
    total: int
    marks: Mapping[str, int]
    modules: Mapping[str, Mapping[str, int]]
    award: str
    pending: str
    reason: str
    decided_by: str | None
    penalties: tuple[str, ...]
    members: tuple[MemberOutcome, ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A published list with its rows, best first. `checked_in`: who came. `without_rank`: how many by state."""

    list: PublishedList
    rows: tuple[RankRow, ...]
    awards: Mapping[str, int]
    checked_in: int
    without_rank: Mapping[str, int]
    decisions: tuple[Mapping[str, Any], ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """An award certificate: what is printed on it, and what it is registered under."""

    competition: str
    event: str
    division: str
    number: str
    check_code: str
    name: str
    unit: str
    team: str
    prize: str
    rank: int | None
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class BulletinPage:
    """The bulletin as issued: its values, of which the document is printed again with the same bytes."""

    number: str
    at: datetime
    values: bulletin.Bulletin
    docx_sha256: str


def published(competition_id: int) -> tuple[PublishedList, ...]:
    """The lists that are published, one a division: the newest computation. 2 SQL statements."""
    return _published(event__competition_id=competition_id)


def published_of(event_id: int) -> tuple[PublishedList, ...]:
    """The same of one event. 2 SQL statements."""
    return _published(event_id=event_id)


def _published(**within: int) -> tuple[PublishedList, ...]:
    public = ResultList.objects.filter(published_at__isnull=False, **within)
    newest = (
        public.order_by().values("event_id", "list_key").annotate(newest=Max("pk")).values_list("newest", flat=True)
    )
    rows = (
        ResultList.objects.filter(pk__in=list(newest))
        .defer("bundle")
        .select_related("event", "division")
        .annotate(ranked=Count("results", filter=Q(results__rank__isnull=False)))
    )
    return tuple(_listed(row) for row in rows.order_by("event__position", "division__position", "list_key", "id"))


def _listed(row: ResultList) -> PublishedList:
    assert row.published_at is not None
    division = row.division.slug if row.division else None
    ranked = int(getattr(row, "ranked", 0))
    return PublishedList(
        row.pk, row.event.slug, row.list_key, division, row.number, row.published_at, row.confirmed_at, ranked
    )


def result_page(listed: PublishedList) -> ResultPage:
    """A published list with its rows. 3 SQL statements. Raises NotFound where it is not published (any more)."""
    row = ResultList.objects.filter(pk=listed.id, published_at__isnull=False).first()
    if row is None:
        raise NotFound(f"result list {listed.id}")
    return page_of(listed, row)


def page_of(listed: PublishedList, row: ResultList) -> ResultPage:
    """A list with its rows and names, whoever asks: he has made sure that it may be shown. 2 SQL statements."""
    results = list(
        Result.objects.filter(result_list=row)
        .select_related("entry__unit", "entry__division")
        .order_by("rank", "code", "id")
    )
    names = names_of(row.event_id)
    by_code = {entry["code"]: entry for entry in row.bundle.get("entries", ())}
    outcome = {entry["code"]: entry for entry in row.bundle.get("result", ())}
    without: dict[str, int] = {}
    for result in results:
        if result.rank is None:
            without[result.state] = without.get(result.state, 0) + 1
    return ResultPage(
        list=listed,
        rows=tuple(
            _rank_row(
                result, names.get(result.entry_id, ()), by_code.get(result.code, {}), outcome.get(result.code, {})
            )
            for result in results
            if result.rank is not None
        ),
        awards=row.bundle.get("awards", {}),
        checked_in=sum(1 for entry in by_code.values() if entry.get("checked_in")),
        without_rank=without,
        decisions=tuple(row.bundle.get("decisions", ())),
        sha256=row.sha256,
    )


def _rank_row(result: Result, names: tuple[str, ...], entry: Mapping[str, Any], outcome: Mapping[str, Any]) -> RankRow:
    assert result.rank is not None
    components: Mapping[str, Mapping[str, Any]] = entry.get("components") or result.components
    return RankRow(
        rank=result.rank,
        names=names,
        team=result.entry.team_name,
        unit=result.entry.unit.name,
        division=result.entry.division.slug,
        total=result.total or 0,
        marks={key: part["mark"] for key, part in components.items() if part.get("mark") is not None},
        modules={
            key: {name: module["mark"] for name, module in part["modules"].items() if module.get("mark") is not None}
            for key, part in components.items()
            if part.get("modules")
        },
        award=result.award,
        pending=result.pending,
        reason=result.reason,
        decided_by=outcome.get("decided_by"),
        penalties=tuple(penalty["id"] for penalty in entry.get("penalties", ())),
        members=tuple(
            MemberOutcome(
                member.get("level"),
                bool(member.get("certificate")),
                bool(member.get("promotion")),
                tuple(member.get("honours", ())),
            )
            for member in result.members
        ),
    )


def bundle_of(event_id: int, address: str) -> Mapping[str, Any]:
    """The saiwu-result/1 document of a published list. 1 SQL statement. Raises NotFound where none is published."""
    list_key = WHOLE_EVENT if address == WHOLE else address
    rows = ResultList.objects.filter(event_id=event_id, list_key=list_key, published_at__isnull=False)
    if not address.isprintable():
        raise NotFound("bundle")
    bundle: Mapping[str, Any] | None = rows.order_by("-number", "-id").values_list("bundle", flat=True).first()
    if bundle is None:
        raise NotFound(f"bundle {address}")
    return bundle


def certificate_of(check_code: str) -> CertificatePage:
    """The certificate with that code in its QR. 1 SQL statement. Raises NotFound where there is none."""
    row = _certificates().filter(check_code=check_code).first() if check_code.isalnum() else None
    if row is None:
        raise NotFound("certificate")
    return _certificate(row)


def certificates_numbered(number: str) -> tuple[CertificatePage, ...]:
    """Certificates with that number, newest first: numbers are unique only in a competition. 1 SQL statement."""
    return tuple(_certificate(row) for row in _certificates().filter(number=number).order_by("-issued_at", "-id")[:20])


def _certificates() -> Any:
    return Certificate.objects.select_related(
        "competition",
        "member__person",
        "result__entry__unit",
        "result__entry__division",
        "result__entry__event",
        "result__result_list__event__competition",
    )


def _certificate(row: Certificate) -> CertificatePage:
    entry = row.result.entry
    return CertificatePage(
        competition=row.competition.slug,
        event=entry.event.slug,
        division=entry.division.slug,
        number=row.number,
        check_code=row.check_code,
        name=row.member.person.name,
        unit=entry.unit.name,
        team=entry.team_name,
        prize=prize_of(chapters_of(row.result.result_list), row.result.award),
        rank=row.result.rank,
        issued_at=row.issued_at,
    )


def bulletin_of(competition_id: int) -> BulletinPage | None:
    """The bulletin, or None before it is issued. 1 SQL statement."""
    row = Bulletin.objects.filter(competition_id=competition_id).first()
    return None if row is None else BulletinPage(row.number, row.at, bulletin_from_json(row.values), row.docx_sha256)


def shown_until(event_id: int) -> datetime | None:
    """The last second of the public notice of an event's results; None without. 3 SQL statements."""
    return notice_ends_at(Event.objects.select_related("competition").get(pk=event_id))
