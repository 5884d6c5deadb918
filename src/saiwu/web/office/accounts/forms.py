"""Somebody who gets an account."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from saiwu.accounts.queries import UnitRow
from saiwu.web.forms import Form


class NewPerson(Form):
    """A new account: login and name."""

    login = forms.RegexField(
        label="登录名",
        help_text="字母、数字，如姓名的拼音。以后不能改。",
        regex=r"^[A-Za-z0-9][A-Za-z0-9._@-]+$",
        max_length=100,
        error_messages={"invalid": "登录名用字母、数字，可以含 . _ - @，至少 2 位。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label="姓名",
        help_text="本人姓名。一人一个账号，不用单位名。",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class NewAccount(NewPerson):
    """A new account, which may act for a unit at once. `unit` is found by part of its name."""

    unit = forms.CharField(
        label="经办哪个单位",
        help_text="单位经办人才填：单位全称或其中几个字。",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def one_of(self, found: Sequence[UnitRow]) -> UnitRow | None:
        """The unit that was meant, of those found; a fault beside the field where it cannot be told."""
        meant = str(self.cleaned_data["unit"])
        exact = [row for row in found if row.name == meant]
        if len(exact or found) == 1:
            return (exact or found)[0]
        few = "、".join(row.name for row in found[:5])
        told = f"有几个单位叫这个：{few}。请填写全称。" if found else "没有这个单位。先建单位，再开账号。"
        self.add_error("unit", told)
        return None
