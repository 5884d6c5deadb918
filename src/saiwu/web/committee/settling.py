"""Settling what waits, one at a time: the form that asks for a letter where another decides, and doing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from saiwu.audit.frame import Refused
from saiwu.web.forms import Form


class WithLetter(Form):
    """A form that asks, last of all, for the number of the letter in which another has decided."""

    letter = forms.CharField(
        label="来文文号",
        max_length=60,
        help_text="由主办单位决定、办公室代为登记时填写。",
        error_messages={"required": "由主办单位决定。代为登记的，请填写其来文文号。"},
    )

    def __init__(self, *args: Any, letter: bool, **kwargs: Any) -> None:
        """`letter`: whether it is only recorded for another."""
        super().__init__(*args, **kwargs)
        asked = self.fields.pop("letter")
        if letter:
            self.fields["letter"] = asked


Sent = TypeVar("Sent", bound=Form)


def settled(form: Sent | None, do: Callable[[Sent], object]) -> bool:
    """Whether it was sent and is done; what the verb refused then stands in the form. None: he may only look."""
    if form is None or not form.is_bound or not form.is_valid():
        return False
    try:
        do(form)
    except Refused as refused:
        form.take_back(refused)
        return False
    return True
