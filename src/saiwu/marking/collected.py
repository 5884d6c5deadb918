"""The marks, times and penalties of an event, as the rules take them: by code, and no more is known of an entry."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from fractions import Fraction

from saiwu.competitions.models import Event
from saiwu.competitions.rulebooks import rules_of_event
from saiwu.marking.current import current
from saiwu.marking.models import Penalty
from saiwu.marking.parts import divisions_by_code
from saiwu.privacy import fields
from saiwu.rules.marking import ComponentMarks, EntryMarks, GivenPenalty, JudgeMark, PartMark, component_mark, judged
from saiwu.rules.rulebook.awards import HANDED_IN, TIME_USED
from saiwu.rules.rulebook.book import Chapters
from saiwu.rules.rulebook.stages import Module
from saiwu.rules.rulebook.values import Rounding

Given = dict[str, list[JudgeMark]]


def judge_code(account_id: int) -> str:
    """What stands for a judge wherever marks are shown: keyed, the same for all that he marked."""
    return "J" + fields.digest("judge", str(account_id))[:8].upper()


def collected(event: Event) -> dict[str, EntryMarks]:
    """Every code of the event with what was given it, in the order of the codes. 3 SQL statements.

    Raises Refused before codes are issued.
    """
    of_code = divisions_by_code(event)
    marks: dict[str, Given] = defaultdict(lambda: defaultdict(list))
    for code, part, by, value in (
        current(event.pk).order_by("code", "part", "seat").values_list("code", "part", "by_id", "value")
    ):
        marks[code][part].append(JudgeMark(judge_code(by), value))
    divisions = rules_of_event(event).divisions
    penalties: dict[str, list[GivenPenalty]] = defaultdict(list)
    for code, key, times, reason in (
        Penalty.objects.filter(event=event)
        .order_by("code", "penalty")
        .values_list("code", "penalty", "times", "reason")
    ):
        term = divisions[of_code[code]].penalties[key]
        penalties[code].append(GivenPenalty(key, times, term.clause, reason))
    return {
        code: EntryMarks(
            code,
            components=_components(divisions[slug], marks[code]),
            time_used_s=_seconds(marks[code], TIME_USED),
            handed_in_at=_instant(_seconds(marks[code], HANDED_IN)),
            penalties=tuple(penalties[code]),
            division=slug,
        )
        for code, slug in of_code.items()
    }


def _components(rules: Chapters, given: Given) -> dict[str, ComponentMarks]:
    made = {}
    for key, component in rules.components.items():
        modules = {inner: _part(module, given[f"{key}/{inner}"]) for inner, module in component.modules.items()}
        if modules:
            whole = ComponentMarks(modules=modules)
            made[key] = ComponentMarks(mark=component_mark(component, whole), modules=modules)
        else:
            part = _part(component, given[key])
            made[key] = ComponentMarks(mark=part.mark, made_of=part.made_of)
    return made


def _part(term: Module, given: list[JudgeMark]) -> PartMark:
    exact = judged(given, term.judging).mark
    shown = None if exact is None else Rounding.HALF_UP.apply(Fraction(exact))
    return PartMark(shown, tuple(given))


def _seconds(given: Given, part: str) -> int | None:
    return given[part][0].mark if given[part] else None


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
