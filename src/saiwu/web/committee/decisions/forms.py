"""Taking a decision: one of its options (or the codes it concerns, best first), a reason, a date and a letter where needed."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.html import format_html

from saiwu.competitions.queries.office import AskedDecision
from saiwu.web.committee.words import OPTIONS
from saiwu.web.forms import Form

ORDERED = frozenset({"tie", "advance"})
CODES = "codes"
"""The choice that stands for a list of codes."""


class Take(Form):
    """作出裁定."""

    choice = forms.ChoiceField(label="裁定", widget=forms.RadioSelect)
    codes = forms.CharField(
        label="按先后列出编号", required=False, max_length=2000, help_text="用顿号、逗号或空格隔开，最好的在最前。"
    )
    until = forms.CharField(
        label="到哪一天",
        required=False,
        max_length=30,
        help_text="选“延长”或“延期”时填写，如 2025-10-20。",
        widget=forms.TextInput(attrs={"class": "is-wide-11", "placeholder": "2025-10-20"}),
    )
    reason = forms.CharField(
        label="理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text="与裁定一起留在记录里。"
    )
    letter = forms.CharField(
        label="来文文号", max_length=60, required=False, help_text="由主办单位决定、办公室代为登记时填写。"
    )

    def __init__(self, decision: AskedDecision, *args: Any, letter: bool, **kwargs: Any) -> None:
        """The options of this decision; `letter`: whether it is only recorded for another."""
        super().__init__(*args, **kwargs)
        options = [(option, _explained(option)) for option in decision.options]
        if decision.kind == "border":
            options.append((CODES, "列出得较高奖次的编号"))
        self.fields["choice"].choices = options  # type: ignore[attr-defined]
        if "延长" not in decision.options and "延期" not in decision.options:
            del self.fields["until"]
        if decision.kind not in (*ORDERED, "border"):
            del self.fields["codes"]
        if decision.kind in ORDERED:
            del self.fields["choice"]
            self.fields["codes"].required = True
            self.fields["codes"].initial = "、".join(decision.concerns)
        if letter:
            self.fields["letter"].required = True
            self.fields["letter"].error_messages["required"] = "由主办单位决定。代为登记的，请填写其来文文号。"
        else:
            del self.fields["letter"]

    def chosen(self) -> str | list[str]:
        """The choice as the verb takes it."""
        choice = self.cleaned_data.get("choice", CODES)
        return re.split(r"[、，,\s]+", self.cleaned_data["codes"].strip("、，, ")) if choice == CODES else choice


def _explained(option: str) -> str:
    return format_html("<b>{}</b><small>{}</small>", option, OPTIONS[option]) if option in OPTIONS else option
