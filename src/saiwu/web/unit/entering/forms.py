"""The form of an entry: the team, its members with the questions of the division, its instructors.

The forms turn text into statements; what the rules say of these is not asked here. Whoever the unit knows already (a
pre-registration, a returned entry) is carried by reference: his number is neither shown nor sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django import forms

from saiwu.entries.queries.handing_in import Asked
from saiwu.entries.statements import InstructorStatement, Statement
from saiwu.rules import asking
from saiwu.rules.asking import Kind, Question, Standing
from saiwu.rules.rulebook.eligibility import DeclarationTerm
from saiwu.web.forms import Form, dress
from saiwu.web.shared.asking import fault_of, field_of
from saiwu.web.unit.entering.words import WORDS

MOST_MEMBERS, MOST_INSTRUCTORS = 12, 6
"""Fields that a page has at most where the notice sets no bound."""
STATUS, SIGNED, SCHOOL, RETIREMENT = "status", "signed", "school", "former_retirement"
CAPTAIN, CONTESTANT, SUBSTITUTE = "队长", "选手", "替补"
_TYPED = {Kind.TEXT: {"class": "is-wide-18"}, Kind.DAY: {"placeholder": "2025-09-01"}}
_OWN_FIELDS = frozenset({"person", "name", "number", "phone", "role", STATUS, SIGNED, SCHOOL})


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom the unit knows: his masked numbers, and what was stated of him."""

    person: int
    name: str
    number: str
    phone: str
    role: str
    facts: Mapping[str, Any]


class TeamForm(Form):
    """What is asked of the whole."""

    team_name = forms.CharField(
        label="队名", max_length=60, help_text="按秩序册上要印的写。", error_messages={"required": "请填写队名。"}
    )


class PersonForm(Form):
    """Name and ID number of a person, or a reference to one who is known."""

    known: Known | None = None
    optional = False
    place = 0

    @property
    def title(self) -> str:
        """Who he is among the people of the entry."""
        raise TypeError("a member or an instructor")

    def blank(self) -> bool:
        """Whether nothing at all was filled in."""
        typed = (str(self.data.get(self.add_prefix(name), "")).strip() for name in ("person", "name", "number"))
        return not any(typed)

    def full_clean(self) -> None:
        """A person who need not be there and is not is not asked."""
        if self.is_bound and self.optional and self.blank():
            self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}
            return
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Who is kept by reference keeps his name; anybody else has a number."""
        cleaned = super().clean() or {}
        if self.known is None or cleaned.get("number"):
            cleaned["person"] = None
        elif cleaned.get("name") and cleaned["name"].strip() != self.known.name:
            self.add_error("number", f"要把{self.known.name}换成另一人，请同时填写其证件号码。")
        return cleaned

    def _know(self, known: Mapping[int, Known]) -> None:
        said = self.data.get(self.add_prefix("person")) if self.is_bound else self.initial.get("person")
        text = str(said or "")
        self.known = known.get(int(text)) if text.isascii() and text.isdigit() and len(text) < 16 else None
        if self.known is not None:
            number = self.fields["number"]
            number.required = False
            number.help_text = f"已登记 {self.known.number}，不换人就留空。"


def _name() -> forms.CharField:
    return forms.CharField(
        label="姓名",
        max_length=80,
        help_text="与身份证一致。",
        widget=forms.TextInput(attrs={"class": "is-wide-18", "autocomplete": "off"}),
        error_messages={"required": "请填写姓名，与身份证一致。"},
    )


def _number() -> forms.CharField:
    attrs = {"class": "is-wide-18", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
    return forms.CharField(
        label="身份证号码",
        max_length=40,
        help_text="18 位，末位可能是 X。",
        widget=forms.TextInput(attrs=attrs),
        error_messages={"required": "请填写证件号码。"},
    )


class MemberForm(PersonForm):
    """A contestant or substitute, with the questions that follow from the rules of the division."""

    person = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, asked: Asked, place: int, known: Mapping[int, Known], retirement: bool, *args: Any, **kwargs: Any
    ) -> None:
        """`place` from 0 on. `retirement`: the rules want to know a woman's former retirement age of somebody."""
        super().__init__(*args, prefix=f"m{place}", **kwargs)
        self.asked, self.place, self.retirement = asked, place, retirement
        self.fields["name"], self.fields["number"] = _name(), _number()
        attrs = {"class": "is-wide-11", "inputmode": "tel", "autocomplete": "off"}
        self.fields["phone"] = forms.CharField(
            label="手机号码",
            max_length=30,
            help_text="11 位，赛前有事用这个号码联系本人。",
            widget=forms.TextInput(attrs=attrs),
            error_messages={"required": "请填写手机号码。"},
        )
        self._know(known)
        if self.known is not None and self.known.phone:
            self.fields["phone"].required = False
            self.fields["phone"].help_text = f"已登记 {self.known.phone}，不改就留空。"
        self._ask_role()
        self._ask_status()
        for question in self.questions():
            self.fields[question.name] = field_of(question, WORDS, _TYPED.get(question.kind, {}))
        if SCHOOL_STATUS in {one.status for one in asked.standings}:
            self.fields[SCHOOL] = forms.CharField(label="学校", max_length=120, required=False)
        self._ask_signatures()
        for name, field in self.fields.items():
            dress(field)
            if name not in _OWN_FIELDS:
                field.required = name in (self._needed() if self.is_bound else self._always_needed())

    @property
    def title(self) -> str:
        """Who he is among the members."""
        if self.asked.entry.team_size.high == 1 and not self.substitute:
            return "选手"
        return "替补" if self.substitute else f"第 {self.place + 1} 名队员"

    @property
    def post(self) -> str:
        """His post, where the notice names the posts of a team in order: 飞手."""
        posts = self.asked.entry.roles
        return posts[self.place] if not self.substitute and self.place < len(posts) else ""

    @property
    def substitute(self) -> bool:
        """Whether the place is that of a substitute."""
        return self.place >= most_members(self.asked)

    def _ask_role(self) -> None:
        if self.asked.entry.captain and not self.substitute:
            roles = [(CONTESTANT, "队员"), (CAPTAIN, "队长")]
            self.fields["role"] = forms.ChoiceField(
                label="队内角色",
                choices=roles,
                widget=forms.RadioSelect,
                initial=CAPTAIN if not self.place else CONTESTANT,
            )

    def _ask_status(self) -> None:
        statuses = [one.status for one in self.asked.standings if one.status]
        if len(statuses) > 1:
            self.fields[STATUS] = forms.ChoiceField(
                label="人员类别",
                choices=[(status, status) for status in statuses],
                widget=forms.RadioSelect,
                error_messages={"required": "请选择人员类别。"},
            )

    def _ask_signatures(self) -> None:
        terms = [term for term in self.asked.rules.eligibility.values() if isinstance(term, DeclarationTerm)]
        who = [term.signed_by for term in terms if term.signed_by not in (None, "参赛单位")]
        if who:
            self.fields[SIGNED] = forms.MultipleChoiceField(
                label="已签署的承诺书",
                choices=[(one, f"{one}已签署") for one in dict.fromkeys(who)],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def questions(self) -> tuple[Question, ...]:
        """The questions to all standings of the division, each once."""
        found = {one.name: one for one in chain.from_iterable(self.asked.questions.values())}
        if self.retirement:
            found.setdefault(RETIREMENT, asking.former_retirement())
        return tuple(found.values())

    def _standing(self) -> Standing | None:
        standings = self.asked.standings
        if len(standings) == 1:
            return standings[0]
        said = self.data.get(self.add_prefix(STATUS)) if self.is_bound else None
        return next((one for one in standings if one.status == said), None)

    def _values(self) -> dict[str, str]:
        return {one.name: str(self.data.get(self.add_prefix(one.name), "")).strip() for one in self.questions()}

    def _needed(self) -> frozenset[str]:
        standing = self._standing()
        questions = self.asked.questions.get(standing, ()) if standing else ()
        values = self._values()
        return frozenset(one.name for one in questions if asking.is_needed(one, values))

    def _always_needed(self) -> frozenset[str]:
        """Questions to every standing that no other answer makes needless."""
        asked = [{one.name for one in these if not one.needed} for these in self.asked.questions.values()]
        return frozenset(set.intersection(*asked)) if asked else frozenset()

    def clean(self) -> dict[str, Any]:
        """What is no answer to a number or a day is told beside it."""
        cleaned = super().clean()
        for question in self.questions():
            value = str(cleaned.get(question.name) or "")
            typed = value and question.kind is not Kind.ONE
            if typed and (fault := fault_of(question, value, WORDS)):
                self.add_error(question.name, fault)
        return cleaned

    def statement(self) -> Statement:
        """What was stated of him. The form must be valid."""
        given = self.cleaned_data
        standing = self._standing()
        values = {name: str(given.get(name) or "") for name in given}
        former = [asking.former_retirement()] if given.get(RETIREMENT) else []
        asked = self.asked.questions.get(standing, ()) if standing else ()
        facts = asking.facts_of((*asked, *former), values)
        if standing is not None and standing.status:
            facts[STATUS] = standing.status
        if given.get(SIGNED):
            facts[SIGNED] = list(given[SIGNED])
        if given.get(SCHOOL) and standing is not None and standing.status == SCHOOL_STATUS:
            facts[SCHOOL] = given[SCHOOL]
        role = SUBSTITUTE if self.substitute else given.get("role") or CONTESTANT
        return Statement(
            name=given["name"],
            number=given.get("number") or "",
            phone=given.get("phone") or "",
            role=role,
            facts=facts,
            person=given.get("person"),
        )


SCHOOL_STATUS = "学生"


class InstructorForm(PersonForm):
    """An instructor: his number is asked since clashes with contestants are found by it."""

    person = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, place: int, optional: bool, known: Mapping[int, Known], *args: Any, **kwargs: Any) -> None:
        """`place` from 0 on."""
        super().__init__(*args, prefix=f"t{place}", **kwargs)
        self.place, self.optional = place, optional
        self.fields["name"], self.fields["number"] = _name(), _number()
        self.fields["number"].help_text = "用来核对是否同时参赛。"
        self._know(known)
        for field in self.fields.values():
            dress(field)

    @property
    def title(self) -> str:
        """指导教师 1."""
        return f"指导教师 {self.place + 1}"

    def statement(self) -> InstructorStatement:
        """Who he is. The form must be valid."""
        given = self.cleaned_data
        return InstructorStatement(given["name"], given.get("number") or "", given.get("person"))


def most_members(asked: Asked) -> int:
    """How many contestants a page has fields for."""
    size = asked.entry.team_size
    return min(size.high if size.high is not None else max(size.low or 1, MOST_MEMBERS), MOST_MEMBERS)
