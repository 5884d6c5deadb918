"""Settling a waiver: a reason, and the number of the letter where another decides."""

from __future__ import annotations

from django import forms

from saiwu.web.committee.settling import WithLetter


class Settle(WithLetter):
    """同意 or 不同意."""

    reason = forms.CharField(
        label="理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text="承办单位和参赛单位会看到。"
    )
