"""What a reviewer says: what he saw, why he returns or rejects, on which grounds a rule should be waived."""

from __future__ import annotations

from typing import Any

from django import forms

from saiwu.web.forms import Form
from saiwu.web.host.review.shown import ReviewedFinding

_LONGEST = 500


class Accept(Form):
    """What was seen, for each finding that wants evidence: named `seen-` and the rule's id."""

    def __init__(self, findings: tuple[ReviewedFinding, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in findings:
            if one.wants_evidence:
                said = f"请写明从哪份材料认定“{one.title}”，如“劳动合同原件，起止时间相符”。"
                self.fields[one.field] = forms.CharField(
                    label=one.title,
                    max_length=_LONGEST,
                    error_messages={"required": said},
                    widget=forms.TextInput(attrs={"form": "accept", "data-key": "e", "class": "form-control"}),
                )

    def seen(self) -> dict[str, str]:
        """Rule id -> what was seen."""
        return {name.removeprefix("seen-"): str(value) for name, value in self.cleaned_data.items()}


class Return(Form):
    """Ready sentences out of the findings, and words of one's own."""

    phrases = forms.MultipleChoiceField(label="核验结论", required=False, widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label="要改什么",
        help_text="单位会看到。写明哪一处、怎么改。",
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, phrases: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="return", **kwargs)
        if phrases:
            self.fields["phrases"].choices = [(phrase, phrase) for phrase in phrases]  # type: ignore[attr-defined]
        else:
            del self.fields["phrases"]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        given = super().clean() or {}
        parts = [*given.get("phrases", ()), given.get("reason", "").strip()]
        given["said"] = "\n".join(part for part in parts if part)
        if not given["said"] and not self.errors:
            self.add_error("reason", "请写明要改什么，单位会看到。")
        return given


class Reject(Form):
    """Why. Asked once more before it is done."""

    reason = forms.CharField(
        label="不予受理的理由",
        help_text="单位会看到。",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="reject", **kwargs)


class AskWaiver(Form):
    """Which rule, and why."""

    rule = forms.ChoiceField(label="请求豁免哪一条")
    grounds = forms.CharField(
        label="理由和依据",
        help_text="决定的人据此判断，单位也会看到。",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, findings: tuple[ReviewedFinding, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="waiver", **kwargs)
        choices = [(one.rule, f"{one.title}（由{one.waived_by}决定）") for one in findings if one.may_ask]
        self.fields["rule"].choices = choices  # type: ignore[attr-defined]
