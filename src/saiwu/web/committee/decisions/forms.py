"""Taking a decision: one of its options (or the codes it concerns, best first), a reason, a date and a letter where needed."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.html import format_html

from saiwu.competitions.queries.asked import AskedDecision
from saiwu.web.committee.settling import WithLetter
from saiwu.web.committee.words import OPTIONS

ORDERED = frozenset({"tie", "advance"})
CODES = "codes"
"""The choice that stands for a list of codes."""


NOT_YET = frozenset({"合并"})
"""Effects that a notice may name and the program cannot carry out: shown with the reason, not to be chosen."""


class _Effects(forms.RadioSelect):
    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if option["value"] in NOT_YET:
            option["attrs"]["disabled"] = True
        return option


class Take(WithLetter):
    """作出裁定."""

    choice = forms.ChoiceField(label="裁定", widget=_Effects)
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

    def __init__(self, decision: AskedDecision, *args: Any, letter: bool, **kwargs: Any) -> None:
        """The options of this decision; `letter`: whether it is only recorded for another."""
        super().__init__(*args, letter=letter, **kwargs)
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

    def chosen(self) -> str | list[str]:
        """The choice as the verb takes it."""
        choice = self.cleaned_data.get("choice", CODES)
        return re.split(r"[、，,\s]+", self.cleaned_data["codes"].strip("、，, ")) if choice == CODES else choice


def _explained(option: str) -> str:
    return format_html("<b>{}</b><small>{}</small>", option, OPTIONS[option]) if option in OPTIONS else option
