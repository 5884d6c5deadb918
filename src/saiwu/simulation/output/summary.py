"""summary.json: what happened, counted, and every file with its SHA-256."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from saiwu.audit.sealing import lines
from saiwu.competitions.models import ChangeRequest, Competition, Decision
from saiwu.competitions.rulebooks import in_force
from saiwu.entries.models import Entry, Preregistration
from saiwu.people.models import Person
from saiwu.results.lists import latest_lists
from saiwu.results.models import UnitAward
from saiwu.rules.findings import Verdict
from saiwu.rules.procedure import EntryState, Open
from saiwu.simulation.output.folder import Folder
from saiwu.simulation.output.outcomes import WHOLE
from saiwu.simulation.output.papers import FORMS_A_DIVISION
from saiwu.simulation.world import World


def summary(
    world: World,
    folder: Folder,
    *,
    seed: str,
    scale: Fraction,
    supplemented: Sequence[str],
    forms: int,
    certificates: int,
    unprintable: Sequence[str],
) -> dict[str, Any]:
    """The summary of a played competition whose files are all written."""
    competition = Competition.objects.select_related("in_force").get(pk=world.competition_id)
    book = in_force(competition)
    entries = Entry.objects.filter(event__competition=competition)
    return {
        "notice": book.id,
        "competition": book.head.name,
        "version": book.version,
        "seed": seed,
        "scale": str(scale),
        "supplemented": list(supplemented),
        "units": len(world.plan.units),
        "people": Person.objects.filter(competition=competition).count(),
        "preregistrations": {
            "attempts": dict(sorted(world.counts.preregistrations.items())),
            "kept": Preregistration.objects.filter(competition=competition).count(),
        },
        "entries": entries.count(),
        "entries_by_state": _by_state(entries.values_list("state", flat=True)),
        "finalists": entries.filter(state__in=(EntryState.FINALIST, EntryState.CHECKED_IN)).count(),
        "finalists_by_division": _by_division(world, entries),
        "events": _states(competition),
        "verdicts": {verdict.value: world.counts.verdicts[verdict.value] for verdict in Verdict},
        "refusals": dict(sorted(world.counts.refusals.items())),
        "troubles": dict(sorted((str(key), number) for key, number in world.counts.troubles.items())),
        "waivers": dict(sorted(world.counts.waivers.items())),
        "decisions": _decisions(world, competition),
        "changes": _changes(world, competition),
        "prizes": _prizes(competition),
        "unit_awards": _unit_awards(competition),
        "certificates": {"printed": certificates, "unprintable": list(unprintable)},
        "forms": {"entries": forms, "note": f"各组别取决赛名单前 {FORMS_A_DIVISION} 份作样本，其余不写出"},
        "audit": _audit(),
        "files": folder.digests(),
    }


def _by_state(states: Any) -> dict[str, int]:
    found = Counter(states)
    return {state.value: found[state.value] for state in EntryState if found[state.value]}


def _states(competition: Competition) -> dict[str, str]:
    return dict(competition.events.order_by("position").values_list("slug", "state"))


def _by_division(world: World, entries: Any) -> dict[str, dict[str, int]]:
    in_final = entries.filter(state__in=(EntryState.FINALIST, EntryState.CHECKED_IN))
    found = Counter(in_final.values_list("event__slug", "division__slug"))
    return {
        slug: {division: found[slug, division] for division in rules.divisions}
        for slug, rules in world.book.events.items()
    }


def _decisions(world: World, competition: Competition) -> list[dict[str, Any]]:
    rows = Decision.objects.filter(event__competition=competition).select_related("event", "division").order_by("id")
    return [
        {
            "event": row.event.slug,
            "division": row.division.slug if row.division is not None else None,
            "kind": row.kind,
            "message": row.message,
            "clause": row.clause or None,
            "concerns": row.concerns,
            "options": row.options,
            "choice": row.choice,
            "by_role": row.taken_role or None,
            "letter": row.letter or None,
            "reason": row.reason or None,
            "at": _instant(world, row.taken_at),
        }
        for row in rows
    ]


def _changes(world: World, competition: Competition) -> list[dict[str, Any]]:
    rows = ChangeRequest.objects.filter(event__competition=competition).select_related("event", "version")
    return [
        {
            "event": row.event.slug,
            "kind": row.kind,
            "values": row.values,
            "before": row.before,
            "reason": row.reason,
            "state": Open(row.state).value,
            "by_role": row.settled_role or None,
            "letter": row.letter or None,
            "remark": row.remark or None,
            "asked_at": _instant(world, row.asked_at),
            "settled_at": _instant(world, row.settled_at),
            "version": row.version.version if row.version is not None else None,
        }
        for row in rows.order_by("id")
    ]


def _instant(world: World, at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(world.clock.zone).isoformat()


def _prizes(competition: Competition) -> dict[str, dict[str, dict[str, int]]]:
    events = competition.events.select_related("competition__in_force").order_by("position")
    return {
        event.slug: {
            (row.division.slug if row.division is not None else WHOLE): row.bundle["awards"]
            for row in latest_lists(event)
        }
        for event in events
    }


def _unit_awards(competition: Competition) -> list[dict[str, Any]]:
    rows = UnitAward.objects.filter(competition=competition).order_by("id")
    return [
        {"award": row.award, "prize": row.prize or None, "recipient": row.recipient, "points": row.points}
        for row in rows
    ]


def _audit() -> dict[str, Any]:
    head, number = None, 0
    for line in lines():
        head, number = line["hash"], line["n"]
    return {"records": number, "head": head}
