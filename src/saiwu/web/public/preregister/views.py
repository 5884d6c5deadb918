"""Pre-registration: four screens, then the submit. Each screen sends the answers of all others along.

`?` never carries an answer. A screen is shown by GET only where it is the first, and empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from saiwu.accounts.models import Visitor
from saiwu.audit.frame import NotFound, Refused
from saiwu.competitions.queries import Site, site_of
from saiwu.entries.actions import change_preregistration, preregister
from saiwu.entries.queries import preregistering as queries
from saiwu.entries.queries.preregistering import Place, Stated
from saiwu.entries.statements import Statement, checked
from saiwu.rules import asking
from saiwu.rules.asking import Question
from saiwu.rules.findings import Verdict
from saiwu.rules.identity import read_identity
from saiwu.web.choices import keep, language_of
from saiwu.web.forms import Form
from saiwu.web.kept import Reader
from saiwu.web.public.preregister import given as travelling
from saiwu.web.public.preregister import shown
from saiwu.web.public.preregister.forms import ASKED, AskingForm, PersonForm, PlaceForm, standing_key, standing_of
from saiwu.web.public.preregister.given import Given
from saiwu.web.public.preregister.private import page, private, receipt_address
from saiwu.web.public.preregister.words import Words
from saiwu.web.public.progress.holding import held

_DISAGREED = "请勾选：以上信息属实，同意为报名和审核使用个人信息。"
PLACE, PERSON, PROOF, CHECK = 1, 2, 3, 4
TEMPLATES = {
    PLACE: "public/preregister/event/page.html",
    PERSON: "public/preregister/person/page.html",
    PROOF: "public/preregister/proof/page.html",
}


@private
def preregistration(request: HttpRequest, reader: Reader, slug: str, event: str = "") -> HttpResponse:
    """The screens. `event`: that of the QR code or link from which somebody comes."""
    if request.method != "POST":
        start = Given({"event": event} if event else {})
        return Screens(request, reader, site_of(slug), start).first()
    given = Given.of(request.POST)
    if given["receipt"]:
        # Whatever the button: nobody learns by another way than the look-up whether a receipt and four places agree.
        try:
            held(request, reader, site_of(slug), given["receipt"], given["last_four"])
        except Refused:
            return HttpResponseRedirect(reverse("progress", args=[slug]))
    if given.go == "submit":
        return _submitted(request, reader, slug, given)
    screens = Screens(request, reader, site_of(slug), given)
    if given.go == "change" and given["receipt"]:
        return screens.change()
    return screens.answered()


@dataclass
class Screens:
    """One request to the screens of one competition."""

    request: HttpRequest
    reader: Reader
    site: Site
    given: Given
    fault: str = ""

    # ---- where it goes

    def first(self) -> HttpResponse:
        """The empty first screen; a page that says so where nothing can be pre-registered for."""
        offers = queries.offers(self.site, self.reader.now)
        if not any(offer.closed is None for offer in offers):
            template = "public/preregister/closed/page.html"
            return page(self.request, self.reader, template, self.site, offers=offers, mode=_mode(offers))
        chosen = self.given["event"]
        if chosen and not any(offer.row.slug == chosen for offer in offers):
            raise NotFound(chosen)
        return self.screen(PLACE)

    def answered(self) -> HttpResponse:
        """What a screen's button asks for."""
        step, go = self.given.step, self.given.go
        if go.startswith("lang-"):
            return self._in_language(go.removeprefix("lang-"))
        if go == "back":
            return self.screen(self._before(step))
        if go.startswith("to-"):
            self.given = replace(self.given, checking=True)
            return self.screen({"to-1": PLACE, "to-2": PERSON, "to-3": PROOF}.get(go, PLACE))
        form = self.form(step, bound=True)
        if form is not None:
            if not form.is_valid():
                return self.screen(step, form)
            self.given = self.given.with_answers(self._read(step, form))
        return self._onward(CHECK if self.given.checking or step >= PROOF else step + 1)

    def change(self) -> HttpResponse:
        """A pre-registration opened again: straight to the check page, with what was stated."""
        number, last_four = self.given["receipt"], self.given["last_four"]
        stated = queries.stated(self.site, number, last_four)
        among = queries.standings_of(self.site, stated.event)
        answers = {
            "receipt": number,
            "last_four": last_four,
            "event": stated.event,
            "standing": standing_key(stated.standing, among) if stated.standing in among else "",
            "unit": stated.unit,
            "name": stated.name,
        }
        self.given = Given(answers, step=CHECK, checking=True)
        if self.place is not None:
            said = asking.values_of((*self.place.questions, asking.former_retirement()), stated.answers)
            self.given = self.given.with_answers({ASKED + name: value for name, value in said.items()})
        return self._onward(CHECK)

    def _onward(self, target: int) -> HttpResponse:
        """The screen that is next, or the first before it that is not in order any more."""
        if target > PLACE and (self.place is None or not self.given["unit"]):
            return self.screen(PLACE)
        for step in (PERSON, PROOF):
            form = self.form(step, bound=True) if step < target else None
            if form is not None and not form.is_valid():
                return self.screen(step)
        if target == PROOF and self.form(PROOF, bound=False) is None:
            target = CHECK
        return self.checked() if target == CHECK else self.screen(target)

    def _before(self, step: int) -> int:
        if step == CHECK and self.place is not None and self.form(PROOF, bound=False) is None:
            return PERSON
        return max(step - 1, PLACE)

    def _in_language(self, chosen: str) -> HttpResponse:
        """The same screen in the other language, with the choice in the cookie."""
        self.reader = replace(self.reader, choices=replace(self.reader.choices, language=language_of(chosen)))
        response = self.checked() if self.given.step == CHECK else self.screen(self.given.step)
        keep(response, "lang", chosen)
        return response

    # ---- what is known so far

    @cached_property
    def words(self) -> Words:
        """The reader's language."""
        return Words(self.reader.choices.language)

    @cached_property
    def today(self) -> date:
        """In the notice's zone."""
        return self.reader.now.astimezone(self.site.book.zone).date()

    @property
    def changes(self) -> bool:
        """Whether somebody changes what he submitted before."""
        return bool(self.given["receipt"])

    @property
    def place(self) -> Place | None:
        """Event and standing, once both are chosen. 2 SQL statements the first time."""
        event, key = self.given["event"], self.given["standing"]
        if (event, key) != self._place_of:
            self._place_of = (event, key)
            standing = standing_of(key, queries.standings_of(self.site, event))
            self._place = queries.place_of(self.site, event, standing, self.reader.now) if standing else None
        return self._place

    _place_of: tuple[str, str] = ("", "")
    _place: Place | None = None

    @cached_property
    def stated(self) -> Stated | None:
        """What was submitted before, where somebody changes it."""
        if not self.changes:
            return None
        return queries.stated(self.site, self.given["receipt"], self.given["last_four"])

    def statement(self) -> Statement:
        """What was answered, as verbs take it."""
        assert self.place is not None
        facts = asking.facts_of(self.questions(PERSON) + self.questions(PROOF), self.given.asked())
        if self.place.standing.status:
            facts[asking.STATUS] = self.place.standing.status
        return Statement(self.given["name"], self._number(), self.given["phone"], facts=facts)

    def _number(self) -> str:
        if self.changes:
            return queries.identity_number(self.site, self.given["receipt"], self.given["last_four"])
        return self.given["number"]

    def questions(self, step: int) -> tuple[Question, ...]:
        """Those that a screen asks: where one works or lives on the second, all others on the third."""
        assert self.place is not None
        asked = self.place.questions
        if step == PERSON:
            return tuple(question for question in asked if question.name == "place")
        rest = tuple(question for question in asked if question.name != "place")
        if self._asks_retirement and not any(question.name == "former_retirement" for question in rest):
            rest += (asking.former_retirement(),)
        return rest

    @cached_property
    def _asks_retirement(self) -> bool:
        """Whether it matters when this woman was to retire; nobody else is asked."""
        if self.place is None or not (self.changes or self.given["number"]):
            return False
        try:
            facts = {asking.STATUS: self.place.standing.status} if self.place.standing.status else {}
            one = checked(Statement("某", self._number(), facts=facts), on=self.today)
        except Refused:
            return False
        return queries.asks_former_retirement(self.place, one, self.reader.now)

    def form(self, step: int, *, bound: bool) -> Form | None:
        """The form of a screen, with the answers so far; None where the screen has nothing to ask."""
        data: dict[str, Any] = {"data": dict(self.given.answers)} if bound else {"initial": dict(self.given.answers)}
        if step == PLACE:
            return PlaceForm(queries.offers(self.site, self.reader.now), self.words, **data)
        if self.place is None:
            return None
        if step == PERSON:
            kept = (self.stated.masked_number, self.stated.masked_phone) if self.stated else None
            return PersonForm(self.questions(PERSON), self.words, self.today, held=kept, **data)
        asked = self.questions(PROOF)
        return AskingForm(asked, self.words, **data) if asked else None

    def _read(self, step: int, form: Form) -> Mapping[str, Any]:
        read = dict(form.cleaned_data)
        if step == PLACE:
            read["unit"] = queries.unit_named(read["unit"]) or read["unit"]
        return read

    # ---- pages

    def screen(self, step: int, form: Form | None = None) -> HttpResponse:
        """One of the first three screens."""
        form = form or self.form(step, bound=False)
        if form is None:
            return self.screen(PLACE)
        return self._page(TEMPLATES[step], step, form, title=self._title(step), stated=self.stated)

    def _title(self, step: int) -> str:
        if step != PROOF:
            return {PLACE: "赛项和单位", PERSON: "您的信息"}[step]
        asked = {question.name for question in self.questions(PROOF)}
        if asked & {"studies", "full_time", "enrolled", "major"}:
            return "在校情况"
        return "职业资历" if asked & {"level", "years", "post"} else "参赛条件"

    def checked(self) -> HttpResponse:
        """What the rules say, and what was answered, before the submit; or that they refuse, and why."""
        assert self.place is not None
        said = self.statement()
        try:
            one = checked(said, on=self.today)
        except Refused as refused:
            form = self.form(PERSON, bound=True)
            assert form is not None
            form.is_valid()
            form.take_back(refused)
            return self.screen(PERSON, form)
        findings = queries.verdicts(self.place, one, self.reader.now)
        rows = shown.shown_of(self.site.book, self.place, findings, self._by_fact(), one.identity.born)
        against = tuple(row for row in rows if row.verdict is Verdict.REFUSED)
        if against:
            return self.refused_page(against, step_of(against[0].rule, findings))
        if not self.given["request"]:
            self.given = self.given.with_answers({"request": travelling.new_request()})
        return self._check_page(said, rows, one.identity.born)

    def _check_page(self, said: Statement, rows: tuple[shown.Shown, ...], born: date) -> HttpResponse:
        assert self.place is not None
        ready = {
            "event": self.place.event_id,
            "competition": self.site.id,
            "division": self.place.standing.division,
            "unit": self.given["unit"],
            "name": said.name,
            "number": "" if self.changes else said.number,
            "phone": said.phone,
            "facts": dict(said.facts),
        }
        identity = read_identity(said.number, on=self.today)
        return self._page(
            "public/preregister/check/page.html",
            CHECK,
            None,
            rows=rows,
            lacking=sum(row.verdict is Verdict.EVIDENCE for row in rows),
            to_waive=sum(row.verdict is Verdict.WAIVER for row in rows),
            at_submit=shown.at_submit(self.site.book, self.place.rules),
            left=queries.places_left(self.place, self.given["unit"]),
            place=self.place,
            answers=self._answered(),
            event=self.site.book.events[self.place.event],
            identity=identity,
            born=born,
            unit=self.given["unit"],
            name=said.name,
            number_shown=self.stated.masked_number if self.stated else in_parts(identity.number, 6, 8),
            phone_shown=in_parts(said.phone, 3, 4) if said.phone or not self.stated else self.stated.masked_phone,
            ready=travelling.sealed(ready),
            registration=shown.deadline(self.site.book, self.place, "registration"),
            before=shown.deadline(self.site.book, self.place, "preregistration"),
            fault=self.words.t(self.fault) if self.fault else "",
            stated=self.stated,
        )

    def refused_page(self, rows: tuple[shown.Shown, ...], back_to: int, *, held_already: bool = False) -> HttpResponse:
        """That somebody may not enter: why, by which sentence, and what he can do."""
        assert self.place is not None
        rules = self.place.rules
        return self._page(
            "public/preregister/refused/page.html",
            CHECK,
            None,
            rows=rows,
            back_to=back_to,
            held_already=held_already,
            contact=rules.contact or self.site.book.chapters.contact,
            event=self.site.book.events[self.place.event],
            place=self.place,
        )

    def _answered(self) -> list[tuple[int, str, str]]:
        """Questions and answers in words, with the screen on which they stand."""
        said = self.given.asked()
        return [
            (step, self.words.short(question), self.words.shown(question, said[question.name]))
            for step in (PERSON, PROOF)
            for question in self.questions(step)
            if said.get(question.name) and asking.is_needed(question, said)
        ]

    def _by_fact(self) -> dict[str, str]:
        said = self.given.asked()
        return {
            fact: self.words.shown(question, said[question.name])
            for question in (*self.questions(PERSON), *self.questions(PROOF))
            if said.get(question.name)
            for fact in (question.fact or question.name, *(key for one in question.answers for key in one.facts))
        }

    def _page(self, template: str, step: int, form: Form | None, **values: Any) -> HttpResponse:
        fields = form.fields if form is not None else {}
        return page(
            self.request,
            self.reader,
            template,
            self.site,
            step=step,
            form=form,
            carried=list(self.given.carried(fields)),
            checking=self.given.checking,
            changes=self.changes,
            words=self.words,
            **values,
        )


def in_parts(number: str, *lengths: int) -> str:
    """A number as people read it out: 500198 19940412 019X, 164 0000 5678."""
    parts, start = [], 0
    for length in lengths:
        parts.append(number[start : start + length])
        start += length
    return " ".join([*parts, number[start:]])


def step_of(rule: str, findings: Any) -> int:
    """The screen on which the fact was answered that decided a rule."""
    fact = next((finding.fact for finding in findings if finding.rule == rule), None)
    if fact in (asking.STATUS, "division"):
        return PLACE
    return PERSON if fact in ("born", "sex", "place", "number", "name") else PROOF


def _mode(offers: Any) -> str:
    closed = {offer.closed for offer in offers}
    for kind in (queries.Closed.NOT_YET, queries.Closed.OVER, queries.Closed.BY_UNIT):
        if kind in closed:
            return kind.value
    return queries.Closed.CANCELLED.value


def _submitted(request: HttpRequest, reader: Reader, slug: str, given: Given) -> HttpResponse:
    """The submit: what was checked, claimed; then the receipt. Statements of the verb alone where all is well."""
    ready = travelling.unsealed(request.POST.get("ready", ""))
    key = travelling.request_of(given["request"])
    if ready is None or key is None:
        return Screens(request, reader, site_of(slug), replace(given, step=CHECK, go="next")).answered()
    if "agree" not in request.POST:
        return Screens(request, reader, site_of(slug), given, fault=_DISAGREED).checked()
    said = Statement(ready["name"], ready["number"], ready["phone"], facts=ready["facts"])
    where = {"event_id": ready["event"], "division": ready["division"], "unit_name": ready["unit"]}
    try:
        if given["receipt"]:
            receipt = change_preregistration(
                receipt=given["receipt"],
                competition_id=ready["competition"],
                last_four=given["last_four"],
                statement=said,
                by=Visitor(given["receipt"]),
                at=reader.now,
                **where,
            )
        else:
            receipt = preregister(statement=said, request=key, by=Visitor(), at=reader.now, **where)
    except Refused as refused:
        return _not_accepted(Screens(request, reader, site_of(slug), given), refused)
    return HttpResponseRedirect(receipt_address(slug, receipt.number))


def _not_accepted(screens: Screens, refused: Refused) -> HttpResponse:
    """What the verb refused, on a page that says what can be done."""
    if screens.place is None:
        return screens.screen(PLACE)
    book, place = screens.site.book, screens.place
    if refused.rule in ("identity", "phone"):
        form = screens.form(PERSON, bound=True)
        assert form is not None
        form.is_valid()
        form.take_back(refused)
        return screens.screen(PERSON, form)
    clauses = shown.at_submit(book, place.rules) if refused.rule == "one_event" else ()
    row = shown.of_refusal(book, refused, clauses)
    findings = [one for one in refused.findings if one.verdict is Verdict.REFUSED]
    rows = shown.shown_of(book, place, findings, screens._by_fact(), None) if findings else (row,)
    back_to = step_of(rows[0].rule, refused.findings) if findings else PLACE
    return screens.refused_page(rows, back_to, held_already=refused.rule == "one_event")
