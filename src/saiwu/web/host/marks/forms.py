"""A correction: the value and why."""

from __future__ import annotations

from django import forms

from saiwu.web.forms import Form


class Correct(Form):
    """What it should be, and why it was not."""

    value = forms.CharField(
        label="更正为", max_length=20, widget=forms.TextInput(attrs={"class": "is-wide-11", "inputmode": "decimal"})
    )
    reason = forms.CharField(
        label="理由",
        help_text="如“录入时看错一行”。原来的评分和理由都留在记录里。",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
