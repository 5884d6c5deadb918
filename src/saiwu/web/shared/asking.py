"""Questions that follow from the rules (`rules.asking`) as fields of a form, in the words of whoever is asked.

Which questions there are, and which of them are required, is the form's business; a door says them in its own `Wording`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from django import forms

from saiwu.rules import asking
from saiwu.rules.asking import Answer, Kind, Question
from saiwu.rules.rulebook.values import NotAllowed
from saiwu.web.forms import dress

MANY = 6
"""More answers than so many are a list to pull down."""

_WIDTHS: Mapping[Kind, str] = {Kind.NUMBER: "is-wide-4", Kind.DAY: "is-wide-11"}


class Wording(Protocol):
    """How questions are said."""

    def t(self, chinese: str) -> str:
        """A word of the software."""

    def ask(self, question: Question) -> str:
        """The question itself."""

    def hint(self, question: Question) -> str:
        """What helps to answer it; empty where nothing need be said."""

    def answer(self, answer: Answer) -> str:
        """One of its answers."""


def field_of(question: Question, words: Wording, own: Mapping[str, str]) -> forms.Field:
    """The field of a question. `own`: attributes that the door gives it where the answer is typed."""
    label, hint = words.ask(question), words.hint(question)
    field: forms.Field
    if question.kind is Kind.ONE:
        choices = [(one.value, words.answer(one)) for one in question.answers]
        many = len(choices) > MANY
        field = forms.ChoiceField(
            label=label,
            help_text=hint,
            choices=[("", words.t("请选择")), *choices] if many else choices,
            widget=forms.Select() if many else forms.RadioSelect(),
            error_messages=dict.fromkeys(("required", "invalid_choice"), f"{words.t('请选择：')}{label}"),
        )
    else:
        attrs = {"autocomplete": "off", "class": _WIDTHS.get(question.kind, "")}
        if question.kind is Kind.NUMBER:
            attrs |= {"inputmode": "numeric" if question.ground else "decimal"}
        field = forms.CharField(
            label=label,
            help_text=hint,
            max_length=60,
            widget=forms.TextInput(attrs={**attrs, **own}),
            error_messages={"required": f"{words.t('请填写：')}{label}"},
        )
    dress(field)
    return field


def fault_of(question: Question, value: str, words: Wording) -> str:
    """Why a value is no answer; empty where it is one."""
    try:
        asking.read(question, value)
    except NotAllowed as error:
        return f"{words.ask(question)}：{error}。"
    return ""
