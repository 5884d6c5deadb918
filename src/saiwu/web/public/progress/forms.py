"""The form of the look-up: a receipt's number and four places that only its holder knows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from saiwu.web.forms import Form
from saiwu.web.public.preregister.words import Words

_BLANKS = str.maketrans("", "", " -\u3000\u00a0")


class LookUpForm(Form):
    """Receipt and last four places."""

    receipt = forms.CharField(
        max_length=20,
        widget=forms.TextInput(attrs={"class": "is-wide-11", "inputmode": "numeric", "autocomplete": "off"}),
    )
    last_four = forms.CharField(
        max_length=8, widget=forms.TextInput(attrs={"class": "is-wide-4", "autocomplete": "off", "spellcheck": "false"})
    )

    def __init__(self, words: Words, *args: Any, **kwargs: Any) -> None:
        """Labels in the reader's language."""
        super().__init__(*args, **kwargs)
        self.words = words
        receipt, last_four = self.fields["receipt"], self.fields["last_four"]
        receipt.label, receipt.help_text = words.t("回执号"), words.t("8 位数字，预报名提交后给您的。")
        last_four.label = words.t("后四位")
        last_four.help_text = words.t("报名时填的手机号码或身份证号码的后四位。")
        receipt.error_messages["required"] = words.t("请填写回执号。")
        last_four.error_messages["required"] = words.t("请填写后四位。")

    def clean_receipt(self) -> str:
        """Eight figures, however they are parted."""
        number = str(self.cleaned_data["receipt"]).translate(_BLANKS)
        if len(number) != 8 or not (number.isascii() and number.isdigit()):
            raise ValidationError(self.words.t("回执号应为 8 位数字，请对照回执重填。"))
        return number

    def clean_last_four(self) -> str:
        """Four places, the last of which may be X."""
        places = str(self.cleaned_data["last_four"]).translate(_BLANKS).upper()
        if len(places) != 4 or not (places.isascii() and places.isalnum()):
            raise ValidationError(self.words.t("应为 4 位，请对照手机号码或身份证号码重填。"))
        return places
