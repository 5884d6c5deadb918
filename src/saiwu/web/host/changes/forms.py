"""A change request: the values that go with its kind, and why."""

from __future__ import annotations

from typing import Any

from django import forms

from saiwu.competitions.actions.changes import KEYS
from saiwu.competitions.queries.changes import label_of
from saiwu.web.forms import Form

_FREE = frozenset({"name", "stages.final.venue"})
_HINTS = {
    "stages.final.on": "只比一天的填这一项。",
    "stages.final.from": "比几天的，填开始和结束。",
}


class Change(Form):
    """Fields named as the keys that the kind may set."""

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = KEYS.get(kind, ())
        for key in keys:
            attrs = {} if key in _FREE else {"type": "date", "class": "is-wide-11"}
            self.fields[key] = forms.CharField(
                label=f"新的{label_of(key)}",
                required=len(keys) == 1,
                max_length=120,
                help_text=_HINTS.get(key, ""),
                widget=forms.TextInput(attrs=attrs),
            )
        self.fields["reason"] = forms.CharField(
            label="原因",
            help_text="主办单位据此决定；同意后公众也会看到。",
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        for name in self.fields:  # added after the form dressed its fields
            widget = self.fields[name].widget
            widget.attrs["class"] = f"form-control {widget.attrs.get('class', '')}".strip()

    def values(self) -> dict[str, str]:
        """Key -> new text, of those that were filled in."""
        return {
            name: str(value).strip()
            for name, value in self.cleaned_data.items()
            if name != "reason" and str(value).strip()
        }
