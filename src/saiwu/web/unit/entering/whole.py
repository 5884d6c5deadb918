"""All forms of an entry as one: their faults, their statements, and what is carried on in hidden fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django import forms
from django.http import QueryDict

from saiwu.audit.frame import Refused
from saiwu.entries.queries.handing_in import Asked
from saiwu.entries.statements import InstructorStatement, Statement
from saiwu.rules import asking
from saiwu.web.forms import Form
from saiwu.web.unit.entering.forms import (
    MOST_INSTRUCTORS,
    MOST_MEMBERS,
    RETIREMENT,
    SCHOOL,
    SIGNED,
    STATUS,
    SUBSTITUTE,
    InstructorForm,
    Known,
    MemberForm,
    PersonForm,
    TeamForm,
    most_members,
)


class EntryForm:
    """All forms of an entry as one: their faults, their statements, and what is carried on in hidden fields."""

    def __init__(
        self,
        asked: Asked,
        data: QueryDict | None = None,
        *,
        known: Iterable[Known] = (),
        members: Sequence[Known] = (),
        instructors: Sequence[Known] = (),
        team_name: str = "",
        school: str = "",
    ) -> None:
        """`known`: people whom `data` may name; `members` and `instructors`: who stands in the form when it opens."""
        self.asked, self.refused = asked, None
        stated = any(RETIREMENT in one.facts for one in members)
        self.retirement = RETIREMENT in data if data is not None else stated
        entry = asked.entry
        of = {one.person: one for one in (*known, *members, *instructors)}
        contestants = most_members(asked)
        places = contestants + _most(entry.substitutes.high, MOST_MEMBERS)
        self.team = TeamForm(data, initial={"team_name": team_name}) if not entry.team_size.holds(1) else None
        seated = _seated(members, contestants)
        self.members = []
        for place in range(places):
            form = MemberForm(
                asked, place, of, self.retirement, data, initial=_initial(asked, seated.get(place), school)
            )
            form.optional = place >= max(entry.team_size.low or 1, 1)
            if form.substitute:
                form.optional = place - contestants >= (entry.substitutes.low or 0)
            self.members.append(form)
        least = entry.instructors.low or 0
        self.instructors = [
            InstructorForm(
                place,
                place >= least,
                of,
                data,
                initial={"person": instructors[place].person, "name": instructors[place].name}
                if place < len(instructors)
                else {},
            )
            for place in range(_most(entry.instructors.high, MOST_INSTRUCTORS))
        ]

    def _all(self) -> list[Form]:
        return [*([self.team] if self.team else []), *self.members, *self.instructors]

    def is_valid(self) -> bool:
        """Whether every form is."""
        return False not in [form.is_valid() for form in self._all()]

    @property
    def errors(self) -> list[Any]:
        """As a form's: empty where nothing is wrong."""
        return [form.errors for form in self._all() if form.is_bound and form.errors]

    def faults(self) -> list[tuple[str, str]]:
        """What is wrong, in the order of the page, with whose it is where there are several people."""
        several = len([form for form in self.members if not (form.is_bound and form.optional and form.blank())]) > 1
        found: list[tuple[str, str]] = []
        for form in self._all():
            whose = f"{form.title}：" if isinstance(form, PersonForm) and (several or form in self.instructors) else ""
            found += [
                (
                    anchor,
                    message if message.startswith(whose[:1]) and "：" in message and not whose else whose + message,
                )
                for anchor, message in form.faults()
            ]
        return found

    def take_back(self, refused: Refused) -> None:
        """Show what was refused beside the field that decided, else on top."""
        self.refused = refused  # type: ignore[assignment]
        kind, _, rest = (refused.field or "").partition(".")
        place, _, field = rest.partition(".")
        named: dict[str, list[PersonForm]] = {"members": [*self._filled()], "instructors": [*self._taught()]}
        those = named.get(kind, [])
        if place.isdigit() and int(place) < len(those):
            form = those[int(place)]
            form.add_error(field if field in form.fields else "number" if not field else None, str(refused))
            return
        first: Form = self.team or self.members[0]
        first.add_error(refused.field if refused.field in first.fields else None, str(refused))

    def _filled(self) -> list[MemberForm]:
        return [form for form in self.members if form.cleaned_data]

    def _taught(self) -> list[InstructorForm]:
        return [form for form in self.instructors if form.cleaned_data]

    def statements(self) -> tuple[Statement, ...]:
        """Of the members who were filled in."""
        return tuple(form.statement() for form in self._filled())

    def teachers(self) -> tuple[InstructorStatement, ...]:
        """Of the instructors who were filled in."""
        return tuple(form.statement() for form in self._taught())

    @property
    def team_name(self) -> str:
        """As filled in; empty where there is no team."""
        return str(self.team.cleaned_data["team_name"]) if self.team else ""

    def carried(self) -> list[tuple[str, str]]:
        """All that was filled in, as hidden fields of the next page."""
        found = []
        for form in self._all():
            for name in form.fields:
                key = form.add_prefix(name)
                values = form.data.getlist(key) if isinstance(form.data, QueryDict) else []
                found += [(key, value) for value in values if value]
        return found

    def summary(self) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """Title, then label, answer and anchor of every line that was filled in: to be checked by eye."""
        parts = []
        if self.team:
            parts.append(("参赛队", [("队名", self.team_name, self.team["team_name"].id_for_label)]))
        for form in [*self._filled(), *self._taught()]:
            parts.append((form.title, list(_lines(form))))
        return parts


def _lines(form: PersonForm) -> Iterable[tuple[str, str, str]]:
    for bound in form:
        value = form.cleaned_data.get(bound.name)
        said = "、".join(value) if isinstance(value, list) else str(value or "")
        if bound.name == "person":
            continue
        if not said and form.known is not None and form.cleaned_data.get("person"):
            said = {"number": form.known.number, "phone": form.known.phone}.get(bound.name, "")
        if isinstance(bound.field, forms.ChoiceField) and not isinstance(value, list):
            said = dict(bound.field.choices).get(said, said)  # type: ignore[arg-type]
        if said:
            yield str(bound.label), said, bound.id_for_label or bound.auto_id


def _seated(members: Sequence[Known], contestants: int) -> dict[int, Known]:
    """Who stands at which place of the form: contestants first, substitutes at theirs."""
    mains = [one for one in members if one.role != SUBSTITUTE]
    others = [one for one in members if one.role == SUBSTITUTE]
    return dict(enumerate(mains)) | {contestants + place: one for place, one in enumerate(others)}


def _initial(asked: Asked, one: Known | None, school: str) -> dict[str, Any]:
    if one is None:
        return {SCHOOL: school}
    questions = (*chain.from_iterable(asked.questions.values()), asking.former_retirement())
    given = {
        "person": one.person,
        "name": one.name,
        "role": one.role,
        SCHOOL: one.facts.get(SCHOOL) or school,
        STATUS: one.facts.get(STATUS),
        SIGNED: one.facts.get(SIGNED) or [],
    }
    return asking.values_of(questions, one.facts) | given


def _most(high: int | None, bound: int) -> int:
    return bound if high is None else min(high, bound)
