"""The second look, sending back, and the witness's proof."""

from __future__ import annotations

from typing import Any

from django import forms

from saiwu.web.forms import Form


class Look(Form):
    """Which codes were looked at again."""

    codes = forms.MultipleChoiceField(
        label="复核了哪些加密号",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请勾选复核过的加密号。"},
    )
    remark = forms.CharField(
        label="复核情况",
        help_text="如“与原始评分表一致”。",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, codes: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]


class SendBack(Form):
    """Why marks go back."""

    reason = forms.CharField(
        label="退回重评的原因",
        help_text="写明哪个加密号、哪一项不对，裁判长会看到。",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="back", **kwargs)


class Witness(Form):
    """The supervisor proves at the registrar's screen that he is there himself."""

    login = forms.CharField(
        label="监督的登录名",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="监督的密码",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    code = forms.CharField(
        label="动态码或备用码",
        help_text="启用了两步验证的监督须填。",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text", "class": "is-wide-11"}),
    )
