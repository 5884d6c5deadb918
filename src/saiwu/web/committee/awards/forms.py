"""Deciding a unit award: who gets it, why, and the number of the letter where another decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from saiwu.web.committee.settling import WithLetter

MOST_NAMES = 100


class Decide(WithLetter):
    """评定单位奖. Recipients are ticked in the table; where a list has no rows here (`listed` empty), written by name."""

    recipients = forms.MultipleChoiceField(
        label="获奖单位",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "请至少勾选一个获奖单位。",
            "invalid_choice": "“%(value)s”已不在可以评定的名单里，请按下表重新勾选。",
        },
    )
    names = forms.CharField(
        label="获奖者名称",
        max_length=4000,
        help_text="一行一个，写全称。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reason = forms.CharField(
        label="理由",
        max_length=2000,
        help_text="写明依据，如“按会议纪要第 3 项”。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, listed: Sequence[str], letter: bool, **kwargs: Any) -> None:
        """`letter`: whether it is only recorded for another."""
        super().__init__(*args, letter=letter, **kwargs)
        if listed:
            self.fields["recipients"].choices = [(name, name) for name in listed]  # type: ignore[attr-defined]
            del self.fields["names"]
        else:
            del self.fields["recipients"]
        if letter:
            self.fields["letter"].error_messages["required"] = "由主办单位评定。代为登记的，请填写其来文文号。"

    def chosen(self) -> tuple[str, ...]:
        """Who is to get it, in the order of the table or as written."""
        if "recipients" in self.fields:
            return tuple(self.cleaned_data["recipients"])
        lines = (line.strip() for line in self.cleaned_data["names"].splitlines())
        return tuple(line for line in lines if line)[:MOST_NAMES]
