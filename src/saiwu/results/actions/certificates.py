"""Award certificates 获奖证书: numbered in the order of ranks, each with a code by which anybody can check it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Actor
from saiwu.audit.frame import Refused, action, record
from saiwu.competitions.models import Competition, Event
from saiwu.competitions.rulebooks import days_of, in_force, rules_of_event
from saiwu.entries.models import Member
from saiwu.privacy import chance
from saiwu.results.gathering import contestants
from saiwu.results.lists import latest_lists
from saiwu.results.models import Certificate, Result
from saiwu.results.numbering import numbers, series
from saiwu.rules.rulebook.certificates import Certificates

CHECK_CODE_LENGTH = 10
"""Forty-five bits: nobody finds a certificate by trying."""


@action
def issue_certificates(*, event_id: int, by: Actor, at: datetime) -> int:
    """Issue a certificate to each member of every entry with a prize, once. Returns how many.

    Raises Refused where there is nobody to issue to, or all are issued already.
    """
    event = begin("results.issue_certificates", Event, event_id, by=by, at=at, related=("competition",))
    # Series may go on from event to event: whoever numbers for another event of the competition waits here.
    Competition.objects.select_for_update().get(pk=event.competition_id)
    wanted, issued = still_to_issue(event)
    if not wanted:
        raise Refused(
            "本赛项的证书已全部颁发。" if issued else "本赛项没有获奖选手（队），没有证书可颁发。", rule="certificates"
        )
    given = list(Certificate.objects.filter(competition=event.competition).values_list("number", flat=True))
    final = days_of(event).day("决赛")
    year = at.year if final is None else final.year
    fresh: dict[str, Iterator[str]] = {}
    rows = []
    for result, member in wanted:
        of_series = _series(event, result, year)
        if of_series not in fresh:
            fresh[of_series] = numbers(of_series, given)
        rows.append(
            Certificate(
                competition=event.competition,
                result=result,
                member=member,
                number=next(fresh[of_series]),
                check_code=chance.code(CHECK_CODE_LENGTH),
                issued_at=at,
            )
        )
    Certificate.objects.bulk_create(rows)
    facts = {"certificates": len(rows), "first": rows[0].number, "last": rows[-1].number}
    record("results.issue_certificates", event, by=by, at=at, facts=facts)
    return len(rows)


def still_to_issue(event: Event) -> tuple[list[tuple[Result, Member]], int]:
    """Who has won and has no certificate, in the order in which they are numbered; how many have one. 5 SQL statements."""
    winners = list(_winners(event))
    issued = already_issued(winners)
    wanted = [
        (result, member)
        for result in winners
        for member in contestants(result.entry)
        if (result.pk, member.pk) not in issued
    ]
    return wanted, len(issued)


def already_issued(winners: Sequence[Result]) -> frozenset[tuple[int, int]]:
    """Pairs of result and member that have their certificate. 1 SQL statement."""
    rows = Certificate.objects.filter(result__in=[result.pk for result in winners])
    return frozenset(rows.values_list("result_id", "member_id"))


def _winners(event: Event) -> Iterator[Result]:
    """Results with a prize, list by list, in the order of ranks. 4 SQL statements."""
    lists = latest_lists(event)
    place = {row.pk: at for at, row in enumerate(lists)}
    results = (
        Result.objects.filter(result_list__in=lists)
        .exclude(award="")
        .select_related("entry__division")
        .prefetch_related("entry__members")
    )
    yield from sorted(results, key=lambda result: (place[result.result_list_id], result.rank or 0, result.code))


def _series(event: Event, result: Result, year: int) -> str:
    """By the rules of the entry's division; where all are ranked in one list, of the event."""
    rules = rules_of_event(event)
    division = result.entry.division.slug
    term = (rules if rules.ranking.list_ == "赛项" else rules.divisions[division]).certificates or Certificates()
    head = in_force(event.competition).head
    return series(
        term.number,
        short=head.short_name or head.name or event.competition.slug,
        year=year,
        event=event.slug,
        division=division,
    )
