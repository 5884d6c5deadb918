"""Small forms of an entry's page."""

from __future__ import annotations

from django import forms

from saiwu.web.forms import Form


class Withdraw(Form):
    """Why an entry is withdrawn."""

    reason = forms.CharField(
        label="撤回的原因",
        help_text="承办单位会看到。",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明撤回的原因，承办单位会看到。"},
    )
