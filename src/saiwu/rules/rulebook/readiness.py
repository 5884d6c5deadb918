"""What a verb needs of the rulebook and does not find there (§4): absent, or 待定."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum

from saiwu.rules.rulebook.book import Chapters, Rulebook
from saiwu.rules.rulebook.days import Days
from saiwu.rules.rulebook.terms import Term


class Need(StrEnum):
    """The verbs that ask for chapters."""

    PUBLISH = "publish"
    OPEN_REGISTRATION = "open_registration"
    FINAL_LIST = "final_list"
    MARK = "mark"
    RESULTS = "results"


_DAYS_WAIT = frozenset({"on", "since", "proof"})
"""Keys of a rule that may be 待定 while people register: the finding then asks for evidence."""

_WEIGHING = frozenset({"weight", "full", "pass", "stage", "modules", "team_mark", "decimals", "rounding"})
_NOT_IN_RESULTS = frozenset({"issuer", "number"})


def missing_for(
    book: Rulebook,
    event: str | None,
    division: str | None,
    verb: Need | str,
    moments: Mapping[str, datetime] | None = None,
) -> list[str]:
    """The keys that the verb needs and that are absent or 待定, as whole keys; empty where it may go on.

    `event` and `division` by id or name; None for the whole notice or the whole event. Raises KeyError where there is
    no such thing, ValueError for another verb.
    """
    need = Need(verb)
    if need is Need.PUBLISH:
        return _publishing(book)
    if event is None:
        chapters: Chapters = book.chapters
    else:
        chapters = book.event(event) if division is None else book.event(event).division(division)
    match need:
        case Need.OPEN_REGISTRATION:
            return [*_registering(chapters), *_divisions(book, event)]
        case Need.FINAL_LIST:
            days = Days(book, event, division, moments)
            return [] if days.first(chapters.stages["final"]) is not None else ["stages.final.on"]
        case Need.MARK:
            return _chapter(chapters, "components")
        case _:
            return [*_results(chapters)]


def _publishing(book: Rulebook) -> list[str]:
    missing = [] if book.head.name else ["name"]
    if book.head.organisation is None or not book.head.organisation.organisers:
        missing.append("organisation.organisers")
    return missing if book.events else [*missing, "events"]


def _written(term: Term, key: str) -> bool:
    return key in term.meta.sources and not term.is_pending(key)


def _chapter(chapters: Chapters, key: str) -> list[str]:
    return [] if _written(chapters, key) else [key]


def _pending(term: Term, path: str, *, but: frozenset[str] = frozenset()) -> list[str]:
    return [f"{path}.{key}" for key in sorted(term.meta.pending - but)]


def _registering(chapters: Chapters) -> Iterator[str]:
    for key in ("registration", "entry", "eligibility", "quotas"):
        yield from _chapter(chapters, key)
    if chapters.registration is not None:
        yield from _pending(chapters.registration, "registration", but=frozenset({"mailbox", "photo_name"}))
    if chapters.entry is not None:
        yield from _pending(chapters.entry, "entry", but=frozenset({"replace_until", "roles"}))
    for key, rule in chapters.eligibility.items():
        yield from _pending(rule, f"eligibility.{key}", but=_DAYS_WAIT)
    for key, quota in chapters.quotas.items():
        yield from _pending(quota, f"quotas.{key}", but=frozenset({"waived_by"}))
    registration = chapters.dates.get("registration")
    if registration is None:
        yield "dates.registration"
    else:
        yield from _pending(registration, "dates.registration", but=frozenset({"venue", "remind", "who"}))


def _divisions(book: Rulebook, event: str | None) -> Iterator[str]:
    events = book.events.values() if event is None else [book.event(event)]
    for one in events:
        if not one.divisions:
            yield "divisions"
        for key, division in one.divisions.items():
            if division.is_pending("for"):
                yield f"divisions.{key}.for"


def _results(chapters: Chapters) -> Iterator[str]:
    yield from _chapter(chapters, "components")
    yield from _chapter(chapters, "awards")
    for key, component in chapters.components.items():
        yield from _pending(component, f"components.{key}", but=component.meta.pending - _WEIGHING)
        for id_, module in component.modules.items():
            yield from _pending(module, f"components.{key}.modules.{id_}", but=module.meta.pending - _WEIGHING)
    yield from _pending(chapters.ranking, "ranking")
    if chapters.is_pending("ranking"):
        yield "ranking"
    yield from (f"stages.{key}.ranks_by" for key, stage in chapters.stages.items() if stage.is_pending("ranks_by"))
    if chapters.awards is not None:
        yield from _pending(chapters.awards, "awards")
        for key, prize in chapters.awards.prizes.items():
            yield from _pending(prize, f"awards.prizes.{key}", but=frozenset({"name"}))
    if chapters.is_pending("certificates"):
        yield "certificates"
    if chapters.certificates is not None:
        yield from _pending(chapters.certificates, "certificates", but=_NOT_IN_RESULTS)
        rows = [*chapters.certificates.rows, *chapters.certificates.withheld]
        for row in rows:
            yield from _pending(row, row.meta.path)
        gives_papers = any((row.gives or "").startswith("命题") for row in chapters.certificates.rows)
        yield from (key for key in ("paper_level", "certificate_kind") if gives_papers and chapters.is_pending(key))
    for key, second in chapters.also_rank.items():
        yield from _pending(second, f"also_rank.{key}", but=frozenset({"name"}))
