"""Settling a change request: approve with a remark or refuse with a reason, and the letter where another decides."""

from __future__ import annotations

from django import forms

from saiwu.web.committee.settling import WithLetter


class Settle(WithLetter):
    """同意 or 不同意."""

    remark = forms.CharField(
        label="批注",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="承办单位会看到。不同意的，请写明理由。",
    )
