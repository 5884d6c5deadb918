"""Login and password; the code of the second factor."""

from __future__ import annotations

from django import forms

from saiwu.web.forms import Form


class SignIn(Form):
    """The first half."""

    login = forms.CharField(
        label="登录名",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="密码",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class Code(Form):
    """The second half: six figures of the authenticator, or a recovery code."""

    code = forms.CharField(
        label="验证码",
        help_text="打开手机上的验证器，填写 6 位数字；手机不在身边的，填一个备用码。",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text", "class": "is-wide-11"}),
    )
