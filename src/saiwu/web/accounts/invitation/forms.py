"""A new password, twice."""

from __future__ import annotations

from django import forms

from saiwu.web.forms import Form

NEW = {"autocomplete": "new-password"}
HINT = "至少 10 个字符，不能全是数字，不能用常见密码。几个不相干的词连起来，好记也难猜。"


class NewPassword(Form):
    """Typed twice, since nobody sees it."""

    new = forms.CharField(
        label="新密码", help_text=HINT, max_length=200, strip=False, widget=forms.PasswordInput(attrs=NEW)
    )
    again = forms.CharField(label="再填一次", max_length=200, strip=False, widget=forms.PasswordInput(attrs=NEW))

    def clean_again(self) -> str:
        """The same as the first."""
        again = str(self.cleaned_data["again"])
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError("两次填写的密码不同，请重填。")
        return again
