"""The form of a penalty: to which code, which of the rulebook's, how often, and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from saiwu.web.forms import Form


class PenaltyForm(Form):
    """`times` counts where the rulebook counts occurrences; `confirmed`: the second step."""

    code = forms.ChoiceField(label="加密号")
    penalty = forms.ChoiceField(label="处罚", widget=forms.RadioSelect)
    times = forms.IntegerField(
        label="次数",
        min_value=1,
        max_value=99,
        initial=1,
        required=False,
        help_text="只有按次计的处罚可以多于 1 次。",
        widget=forms.NumberInput(attrs={"class": "form-control is-wide-4", "inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label="事实",
        max_length=500,
        help_text="写发生了什么；会随成绩公开，不要写姓名和单位。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, codes: Sequence[str], terms: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """`terms`: key and words of each penalty."""
        super().__init__(*args, **kwargs)
        code, penalty = self.fields["code"], self.fields["penalty"]
        assert isinstance(code, forms.ChoiceField)
        assert isinstance(penalty, forms.ChoiceField)
        code.choices = [("", "请选择"), *((one, one) for one in codes)]
        penalty.choices = list(terms)
