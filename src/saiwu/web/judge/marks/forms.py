"""The form of a correction."""

from __future__ import annotations

from django import forms

from saiwu.web.forms import Form


class CorrectionForm(Form):
    """Another value for a mark, and why."""

    value = forms.CharField(max_length=30, label="更正为", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    reason = forms.CharField(
        max_length=300,
        label="更正的理由",
        help_text="理由与原来的评分一起留存，不要写姓名和单位。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
