"""What the bulletin has of its own: its number and the note at its end."""

from __future__ import annotations

from django import forms

from saiwu.web.forms import Form


class Issue(Form):
    """发布通报."""

    number = forms.CharField(
        label="文号", max_length=60, required=False, help_text="如“×发〔2025〕88号”。还没有编文号的先不填。"
    )
    note = forms.CharField(label="附注", max_length=200, required=False, help_text="印在文末，如“此件公开发布”。")
