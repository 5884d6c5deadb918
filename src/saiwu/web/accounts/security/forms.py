"""Changing one's password; the code that shows that an authenticator works."""

from __future__ import annotations

from django import forms

from saiwu.web.accounts.invitation.forms import NewPassword
from saiwu.web.forms import Form


class ChangePassword(NewPassword):
    """The old one first."""

    old = forms.CharField(
        label="原密码",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old", "new", "again")


class Enrol(Form):
    """`sealed` carries the secret, encrypted and bound to the account, so that it is stored nowhere before it works."""

    sealed = forms.CharField(widget=forms.HiddenInput)
    code = forms.CharField(
        label="验证器上显示的 6 位数字",
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "is-wide-11"}),
    )


class Renew(Form):
    """The password once more before recovery codes are shown."""

    password = forms.CharField(
        label="密码",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
