"""From rows to the values of `saiwu.documents`: result table, award certificates, bulletin.

Here names join what has been computed without them. Nothing is written; the same rows give the same values.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from saiwu.competitions.models import Competition, Event
from saiwu.competitions.origins import origin_of
from saiwu.competitions.rulebooks import in_force, rules_of_event
from saiwu.documents import award_certificate, bulletin, result_table
from saiwu.entries.models import Entry
from saiwu.results.gathering import contestants
from saiwu.results.lists import latest_lists
from saiwu.results.models import Certificate, Result, ResultList, UnitAward
from saiwu.rules.awards import prize_name
from saiwu.rules.certificates import SPECIAL_SKILL
from saiwu.rules.marking import State
from saiwu.rules.procedure import EventState
from saiwu.rules.rulebook import Rulebook
from saiwu.rules.rulebook.book import Chapters

OPEN = "open"
"""The division of an event that has none: its name is not printed."""


def table_of(row: ResultList, *, named: bool, made_on: date, remark: str = "") -> result_table.ResultTable:
    """The table of a list, best first, those without rank last. 4 SQL statements.

    `named`: with names and units, for the public notice; else with codes alone. `row.event.competition` and
    `row.division` should be selected with it.
    """
    book = in_force(row.event.competition)
    rules = chapters_of(row)
    keys = list(rules.components)
    results = row.results.select_related("entry__unit").prefetch_related("entry__members__person")
    ordered = sorted(results, key=lambda result: (result.rank is None, result.rank or 0, result.code))
    return result_table.ResultTable(
        competition=book.head.name or "",
        event=rules_of_event(row.event).name or row.event.slug,
        division=division_name(rules_of_event(row.event).divisions.get(row.list_key), row.list_key),
        components=tuple(rules.components[key].name or key for key in keys),
        rows=tuple(_table_row(result, rules, keys, named=named) for result in ordered),
        made_on=made_on,
        decimals=rules.ranking.decimals,
        remark=remark,
        origin=origin_of(book),
    )


def _table_row(result: Result, rules: Chapters, keys: Sequence[str], *, named: bool) -> result_table.ResultRow:
    entry = result.entry
    return result_table.ResultRow(
        rank=result.rank,
        marks=tuple(result.components.get(key, {}).get("mark") for key in keys),
        total=result.total,
        code="" if named else result.code,
        team=entry.team_name if named else "",
        names=names_of(entry) if named else (),
        unit=entry.unit.name if named else "",
        prize=prize_of(rules, result.award),
        level=level_of(result.members),
        state=State(result.state).chinese,
        reason=result.reason,
    )


def certificates_of(
    event: Event, *, check_address: str, remark: str = "", only: Sequence[int] | None = None
) -> list[award_certificate.AwardCertificate]:
    """The certificates of an event (`only`: those of these ids), in the order of their numbers. 3 SQL statements.

    `check_address`: what stands before the check code and a slash in the QR code, such as https://host/certificates/.
    `remark` stands small at the foot, such as that all data are invented.
    """
    book, rules = in_force(event.competition), rules_of_event(event)
    rows = (
        Certificate.objects.filter(result__result_list__event=event)
        .select_related("member__person", "result__entry__unit", "result__entry__division", "result__result_list")
        .prefetch_related("result__entry__instructors__person")
        .order_by("number", "id")
    )
    values = []
    for row in rows if only is None else rows.filter(pk__in=only):
        entry = row.result.entry
        division = rules.divisions[entry.division.slug]
        awarded: Chapters = rules if rules.ranking.list_ == "赛项" else division
        values.append(
            award_certificate.AwardCertificate(
                number=row.number,
                names=(row.member.person.name,),
                competition=book.head.name or "",
                prize=prize_of(awarded, row.result.award),
                hosts=book.head.organisation.organisers if book.head.organisation else (),
                issued_on=row.issued_at.astimezone(book.zone).date(),
                check_url=f"{check_address}{row.check_code}/",
                unit=entry.unit.name,
                event=rules.name or event.slug,
                division=division_name(division, entry.division.slug),
                team=entry.team_name,
                instructors=tuple(one.person.name for one in entry.instructors.all()),
                origin=origin_of(book, remark),
            )
        )
    return values


def bulletin_of(competition: Competition, *, number: str, note: str, at: datetime) -> bulletin.Bulletin:
    """What the bulletin says: every event with its winners, cancelled ones with a remark, and the unit awards.

    SQL statements: 2, and 4 an event.
    """
    book = in_force(competition)
    rows = competition.events.select_related("competition").order_by("position")
    events = [_event_winners(event) for event in rows]
    honoured = _unit_awards(competition, book)
    organisers = book.head.organisation.organisers if book.head.organisation else ()
    won = sum(len(division.winners) for event in events for division in event.divisions)
    name = book.head.name or competition.slug
    return bulletin.Bulletin(
        head=organisers,
        title=f"关于{name}结果的通报",
        addressees="各参赛单位、承办单位：",
        paragraphs=bulletin.usual_paragraphs(
            name,
            origin_of(book),
            events=sum(1 for event in events if event.divisions),
            winners=won,
            unit_awards=sum(len(award.units) for award in honoured),
        ),
        events=tuple(events),
        signed_by=organisers,
        issued_on=at.astimezone(book.zone).date(),
        number=number,
        unit_awards=honoured,
        note=note,
        contact=f"（联系方式：{contact}）" if (contact := origin_of(book).contact) else "",
    )


def _event_winners(event: Event) -> bulletin.EventWinners:
    rules = rules_of_event(event)
    name = rules.name or event.slug
    if event.state == EventState.CANCELLED:
        return bulletin.EventWinners(name, (), "本赛项经批准取消，未产生名次。")
    lists = latest_lists(event)
    results = (
        Result.objects.filter(result_list__in=lists)
        .exclude(award="")
        .select_related("entry__unit")
        .prefetch_related("entry__members__person", "entry__instructors__person")
    )
    winners: dict[int, list[Result]] = {row.pk: [] for row in lists}
    for result in results:
        winners[result.result_list_id].append(result)
    divisions = []
    for row in lists:
        row.event = event
        awarded = chapters_of(row)
        ordered = sorted(winners[row.pk], key=lambda result: (result.rank or 0, result.code))
        divisions.append(
            bulletin.DivisionWinners(
                division_name(rules.divisions.get(row.list_key), row.list_key),
                tuple(
                    bulletin.Winner(
                        names_of(result.entry),
                        result.entry.unit.name,
                        prize_of(awarded, result.award),
                        tuple(one.person.name for one in result.entry.instructors.all()),
                    )
                    for result in ordered
                ),
            )
        )
    none = not any(division.winners for division in divisions)
    return bulletin.EventWinners(name, tuple(divisions), "本赛项只排名次，不设奖。" if none else "")


def _unit_awards(competition: Competition, book: Rulebook) -> tuple[bulletin.UnitAward, ...]:
    given: dict[tuple[str, str], list[str]] = {}
    for award, prize, recipient in (
        UnitAward.objects.filter(competition=competition).order_by("id").values_list("award", "prize", "recipient")
    ):
        given.setdefault((award, prize), []).append(recipient)
    order = {key: at for at, key in enumerate(book.unit_awards)}
    return tuple(
        bulletin.UnitAward(_unit_award_name(book, award, prize), tuple(recipients))
        for (award, prize), recipients in sorted(given.items(), key=lambda pair: order.get(pair[0][0], len(order)))
    )


def _unit_award_name(book: Rulebook, award: str, prize: str) -> str:
    term = book.unit_awards[award]
    name = term.name or award
    return f"{name}（{prize_name(prize, term.prizes[prize])}）" if prize in term.prizes else name


def as_json(values: object) -> Any:
    """The values of a document as a row keeps them: mappings, lists, text; days as 2025-11-14."""
    if dataclasses.is_dataclass(values) and not isinstance(values, type):
        return {field.name: as_json(getattr(values, field.name)) for field in dataclasses.fields(values)}
    if isinstance(values, (tuple, list)):
        return [as_json(value) for value in values]
    return values.isoformat() if isinstance(values, date) else values


def bulletin_from_json(values: Mapping[str, Any]) -> bulletin.Bulletin:
    """The bulletin that a row keeps: printed again it gives the same bytes."""
    plain: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    plain["issued_on"] = date.fromisoformat(values["issued_on"])
    plain["unit_awards"] = tuple(bulletin.UnitAward(one["name"], tuple(one["units"])) for one in values["unit_awards"])
    plain["events"] = tuple(
        bulletin.EventWinners(
            event["event"],
            tuple(
                bulletin.DivisionWinners(
                    division["division"],
                    tuple(
                        bulletin.Winner(tuple(one["names"]), one["unit"], one["prize"], tuple(one["instructors"]))
                        for one in division["winners"]
                    ),
                )
                for division in event["divisions"]
            ),
            event["remark"],
        )
        for event in values["events"]
    )
    return bulletin.Bulletin(**plain)


def chapters_of(row: ResultList) -> Chapters:
    """The rules that a list is under: its division's, or the event's where it ranks all together."""
    rules = rules_of_event(row.event)
    return rules.divisions.get(row.list_key, rules)


def names_of(entry: Entry) -> tuple[str, ...]:
    """The names of those who compete, in their order. No SQL statement where members and persons are prefetched."""
    return tuple(member.person.name for member in contestants(entry))


def prize_of(rules: Chapters, award: str) -> str:
    """A prize as documents call it; empty without."""
    if not award or rules.awards is None or award not in rules.awards.prizes:
        return award
    return prize_name(award, rules.awards.prizes[award])


def level_of(members: Sequence[Mapping[str, Any]]) -> str:
    """What the entry's certificate is of: the highest level of its members, or a special skill; empty without."""
    levels = [str(member["level"]) for member in members if member.get("level")]
    if levels:
        return "、".join(dict.fromkeys(levels))
    return SPECIAL_SKILL if any(member.get("certificate") for member in members) else ""


def division_name(division: Chapters | None, slug: str) -> str:
    """学生组; empty where an event is not divided, or for the list of a whole event."""
    name = getattr(division, "name", None)
    return "" if division is None or slug == OPEN else name or slug
