"""Forms in the look's classes: label above, hint under it, message between hint and field, choices as whole rows.

A form turns text into facts and holds no rule of the competition. `{{ form.field.as_field_group }}` renders a field,
`{% include "shared/errors.html" %}` the summary on top that links to each. What a verb refuses goes back beside the field
that decided: `form.take_back(refused)`.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from saiwu.audit.frame import Refused


class Look(TemplatesSetting):
    """Django's forms rendered with our templates."""

    form_template_name = "shared/forms/form.html"
    field_template_name = "shared/forms/field.html"


class Form(forms.Form):
    """A form of a page. `field_order` and labels are the page's; ids are the fields' names, so that links are short."""

    use_required_attribute = False  # the browser's own bubbles are in the browser's language, and stop the summary
    refused: Refused | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As Django's; ids are the names."""
        kwargs.setdefault("auto_id", "f-%s")
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            dress(field)
            if field.error_messages.get("required") is forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _required(field, name)

    def add_error(self, field: str | None, error: Any) -> None:
        """As Django's; the field is framed as faulty."""
        super().add_error(field, error)
        self._frame_faults()

    def full_clean(self) -> None:
        """As Django's; faulty fields are framed."""
        super().full_clean()
        self._frame_faults()

    def _frame_faults(self) -> None:
        for name in getattr(self, "_errors", None) or ():  # not `errors`: that cleans, and cleaning comes here
            widget = self.fields[name].widget if name in self.fields else None
            classes = widget.attrs.get("class", "") if widget else ""
            if widget and "form-" in classes and "is-invalid" not in classes:
                widget.attrs["class"] = f"{classes} is-invalid"

    def faults(self) -> list[tuple[str, str]]:
        """What is wrong, in the order of the fields: the anchor to go to (empty: the whole form), and the message."""
        found = [("", str(message)) for message in self.non_field_errors()]
        for bound in self:
            anchor = bound.id_for_label or bound.auto_id
            if isinstance(bound.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
                anchor = f"{bound.auto_id}_0"
            found += [(anchor, str(message)) for message in bound.errors]
        return found

    def take_back(self, refused: Refused, fields: dict[str, str] | None = None) -> None:
        """Show what a verb refused: beside its field where this form has it (`fields`: the verb's word -> the form's), else
        on top. The form must have been cleaned."""
        self.refused = refused
        name = (fields or {}).get(refused.field or "", refused.field)
        self.add_error(name if name in self.fields else None, str(refused))


def _required(field: forms.Field, name: str) -> str:
    chosen = isinstance(field, (forms.ChoiceField, forms.FileField))
    return f"请{'选择' if chosen else '填写'}{field.label or name}。"


def dress(field: forms.Field) -> None:
    """Give a field the look's class; a form does it itself, except to fields that are added to it later."""
    widget = field.widget
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.CheckboxInput)):
        return
    kind = "form-select" if isinstance(widget, forms.Select) else "form-control"
    given = widget.attrs.get("class", "")
    if kind not in given.split():
        widget.attrs["class"] = f"{kind} {given}".strip()
