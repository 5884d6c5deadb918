"""What is on record of a unit."""

from __future__ import annotations

from typing import Any

from django import forms

from saiwu.rules.rulebook.eligibility import BUILT_IN_FACTS
from saiwu.web.forms import Form

SCHOOL = "院校"
NO_SCHOOL = "不是院校，或不清楚"


class UnitData(Form):
    """A unit's data, by the words of the verbs that take them."""

    name = forms.CharField(
        label="单位全称",
        help_text="与公章一致；报名表、证书照此打印。",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    credit_code = forms.CharField(
        label="统一社会信用代码",
        help_text="18 位，用来认出同一单位。",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "is-wide-18"}),
    )
    kind = forms.ChoiceField(
        label="单位性质", choices=[(one, one) for one in BUILT_IN_FACTS["unit_kind"]], widget=forms.RadioSelect
    )
    school_kind = forms.ChoiceField(
        label="院校类型",
        help_text="只有院校填。有的规则按它限定谁可以报名。",
        required=False,
        choices=[("", NO_SCHOOL), *((one, one) for one in BUILT_IN_FACTS["school_kind"])],
    )
    district = forms.CharField(label="所在区县", required=False, max_length=30)

    def clean(self) -> dict[str, Any]:
        """The kind of school belongs to schools alone."""
        given = super().clean() or self.cleaned_data
        if given.get("school_kind") and given.get("kind") not in (SCHOOL, None):
            self.add_error("school_kind", f"单位性质不是院校，这一项请选“{NO_SCHOOL}”。")
        return given


class KnownPerson(Form):
    """Somebody who has an account."""

    known = forms.CharField(
        label="登录名",
        help_text="此人已有的登录名。",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
