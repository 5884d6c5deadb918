"""The login of whoever forgot his password."""

from __future__ import annotations

from django import forms

from saiwu.web.forms import Form


class Forgotten(Form):
    """Only the login."""

    login = forms.CharField(
        label="登录名",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
