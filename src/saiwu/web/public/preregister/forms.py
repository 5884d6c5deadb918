"""The forms of the first three screens. They turn text into answers; what the rules say of these is not asked here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from saiwu.audit.frame import Refused
from saiwu.competitions.queries import EventRow, Planned
from saiwu.entries.queries.preregistering import Closed, Offer
from saiwu.entries.statements import checked_name
from saiwu.rules import asking
from saiwu.rules.asking import Kind, Question, Standing
from saiwu.rules.identity import NotValid, read_identity, read_phone
from saiwu.web.forms import Form
from saiwu.web.public.preregister.words import STATUS_WORDS, Words
from saiwu.web.shared.asking import fault_of, field_of

ASKED = "q-"
"""Before the names of questions that follow from the rules."""


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An event among the choices; `id` is empty where it cannot be chosen."""

    id: str
    row: EventRow
    closed: Closed | None
    planned: Planned | None


class PlaceForm(Form):
    """Event, standing and unit. `standing` is a status, or `:division` where the rules ask for none."""

    event = forms.ChoiceField(widget=forms.RadioSelect)
    standing = forms.ChoiceField(widget=forms.RadioSelect)
    unit = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "organization"}))

    def __init__(self, offers: Iterable[Offer], words: Words, *args: Any, **kwargs: Any) -> None:
        """`offers`: those of the competition; only open ones can be chosen."""
        self.offers = {offer.row.slug: offer for offer in offers}
        self.words = words
        self.open = {slug: offer for slug, offer in self.offers.items() if offer.closed is None}
        super().__init__(*args, **kwargs)
        event, standing, unit = (self.fields[name] for name in ("event", "standing", "unit"))
        event.label, event.help_text = words.t("您报哪个赛项？"), words.t("每人在本届竞赛中只能报一个赛项。")
        event.choices = [(slug, slug) for slug in self.open]  # type: ignore[attr-defined]
        event.error_messages |= {
            "required": words.t("请选择赛项。"),
            "invalid_choice": words.t("这个赛项现在不能预报名，请选别的赛项。"),
        }
        standing.label = words.t("您以什么身份参赛？")
        standing.choices = self._standings()  # type: ignore[attr-defined]
        standing.error_messages |= dict.fromkeys(("required", "invalid_choice"), words.t("请选择参赛身份。"))
        unit.label = words.t("您的单位或学校")
        unit.help_text = words.t("全称，或统一社会信用代码。")
        unit.error_messages["required"] = words.t("请填写单位或学校的全称。")
        if len(standing.choices) == 1:  # type: ignore[attr-defined]
            standing.widget = forms.HiddenInput()
            standing.required = False

    def rows(self) -> list[OfferRow]:
        """The events as choices, with their anchors: the first that can be chosen has the field's."""
        rows, place = [], 0
        for offer in self.offers.values():
            rows.append(
                OfferRow(f"f-event_{place}" if offer.closed is None else "", offer.row, offer.closed, offer.planned)
            )
            place += offer.closed is None
        return rows

    def _standings(self) -> list[tuple[str, str]]:
        found: dict[str, str] = {}
        for offer in self.open.values():
            for one in offer.standings:
                key = standing_key(one, offer.standings)
                found.setdefault(key, self._said(key, offer, one))
        order = list(STATUS_WORDS)
        return sorted(found.items(), key=lambda one: order.index(one[0]) if one[0] in order else len(order))

    def _said(self, key: str, offer: Offer, one: Standing) -> str:
        if key in STATUS_WORDS:
            return self.words.t(STATUS_WORDS[key])
        return self.words.standing(offer.row.rules, one)

    def clean(self) -> dict[str, Any]:
        """The standing must be one of the event's; where there is only one, it is that."""
        cleaned = super().clean() or {}
        offer = self.open.get(cleaned.get("event", ""))
        if offer is None:
            return cleaned
        if len(offer.standings) == 1:
            cleaned["standing"] = standing_key(offer.standings[0], offer.standings)
        elif chosen := cleaned.get("standing"):
            keys = {standing_key(one, offer.standings): one for one in offer.standings}
            if chosen not in keys:
                may = "、".join(self._said(key, offer, one) for key, one in keys.items())
                self.add_error(
                    "standing", f"{self.words.t('这个赛项可以报名的是：')}{may}。{self.words.t('请改选身份或赛项。')}"
                )
        return cleaned


def standing_key(one: Standing, among: Iterable[Standing]) -> str:
    """How a form names a standing: by its status where that is enough, so that it holds for several events."""
    alike = [other for other in among if other.status == one.status]
    return one.status if one.status and len(alike) == 1 else f"{one.status or ''}:{one.division}"


def standing_of(key: str, among: tuple[Standing, ...]) -> Standing | None:
    """The standing that a form named."""
    return next((one for one in among if standing_key(one, among) == key), None)


class AskingForm(Form):
    """A form with fields for questions that follow from the rules."""

    def __init__(self, questions: Iterable[Question], words: Words, *args: Any, **kwargs: Any) -> None:
        """A question that the other answers make needless is not required."""
        self.questions, self.words = tuple(questions), words
        super().__init__(*args, **kwargs)
        for question in self.questions:
            name = ASKED + question.name
            self.fields[name] = field = _field(question, words)
            if self.is_bound and not asking.is_needed(question, self._answers()):
                field.required = False

    def _answers(self) -> Mapping[str, str]:
        return {question.name: str(self.data.get(ASKED + question.name, "")) for question in self.questions}

    def clean(self) -> dict[str, Any]:
        """What is no answer to a number or a day is told beside it; what is not needed is dropped."""
        cleaned = super().clean() or {}
        for question in self.questions:
            name = ASKED + question.name
            value = str(cleaned.get(name) or "")
            if not value:
                continue
            if not asking.is_needed(question, self._answers()):
                cleaned[name] = ""
                continue
            if fault := fault_of(question, value, self.words):
                self.add_error(name, fault)
        return cleaned


def _field(question: Question, words: Words) -> forms.Field:
    own = {"type": "date"} if question.kind is Kind.DAY else {}
    if question.needed:
        name, among = question.needed[0]
        own |= {"data-with": ASKED + name, "data-among": " ".join(sorted(among))}
    return field_of(question, words, own)


class PersonForm(AskingForm):
    """Name, ID number, phone, and where somebody works, studies or lives."""

    name = forms.CharField(max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    number = forms.CharField(
        max_length=40,
        widget=forms.TextInput(
            attrs={"class": "is-wide-18", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    phone = forms.CharField(
        max_length=30, widget=forms.TextInput(attrs={"class": "is-wide-11", "inputmode": "tel", "autocomplete": "tel"})
    )

    def __init__(self, questions: Iterable[Question], words: Words, on: date, *args: Any, **kwargs: Any) -> None:
        """`on`: today in the notice's zone. With `held` (masked number and phone) somebody changes what he stated."""
        self.on = on
        held: tuple[str, str] | None = kwargs.pop("held", None)
        super().__init__(questions, words, *args, **kwargs)
        name, number, phone = (self.fields[one] for one in ("name", "number", "phone"))
        name.label, name.help_text = words.t("姓名"), words.t("与身份证一致。")
        name.error_messages["required"] = words.t("请填写姓名，与身份证一致。")
        number.label, number.help_text = words.t("身份证号码"), words.t("18 位，末位可能是 X。")
        number.error_messages["required"] = words.t("请填写身份证号码。")
        phone.label, phone.help_text = words.t("手机号码"), words.t("11 位。有事用这个号码联系您。")
        phone.error_messages["required"] = words.t("请填写手机号码。")
        if held is not None:
            del self.fields["number"]
            phone.required = False
            phone.help_text = f"{words.t('现在是')} {held[1]}{words.t('，不改就留空。')}"

    def clean_name(self) -> str:
        """As it is kept."""
        try:
            return checked_name(self.cleaned_data["name"])
        except Refused as refused:
            raise ValidationError(refused.message) from refused

    def clean_number(self) -> str:
        """In its normal form; what cannot be one is told with how to mend it."""
        try:
            return read_identity(self.cleaned_data["number"], on=self.on).number
        except NotValid as error:
            raise ValidationError(str(error)) from error

    def clean_phone(self) -> str:
        """The same."""
        said = self.cleaned_data["phone"]
        if not said:
            return ""
        try:
            return read_phone(said)
        except NotValid as error:
            raise ValidationError(str(error)) from error
