"""Settling a waiver: a reason, and the number of the letter where another decides."""

from __future__ import annotations

from typing import Any

from django import forms

from saiwu.web.forms import Form


class Settle(Form):
    """同意 or 不同意."""

    reason = forms.CharField(
        label="理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text="承办单位和参赛单位会看到。"
    )
    letter = forms.CharField(
        label="来文文号", max_length=60, required=False, help_text="由主办单位决定、办公室代为登记时填写。"
    )

    def __init__(self, *args: Any, letter: bool, **kwargs: Any) -> None:
        """`letter`: whether it is only recorded for another."""
        super().__init__(*args, **kwargs)
        if letter:
            self.fields["letter"].required = True
            self.fields["letter"].error_messages["required"] = "由主办单位决定。代为登记的，请填写其来文文号。"
        else:
            del self.fields["letter"]
