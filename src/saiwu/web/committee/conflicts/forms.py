"""Settling a conflict: what came of it."""

from __future__ import annotations

from django import forms

from saiwu.entries.actions.conflicts import OUTCOMES
from saiwu.web.forms import Form


class Settle(Form):
    """处理冲突."""

    outcome = forms.ChoiceField(label="处理结果", widget=forms.RadioSelect, choices=tuple(OUTCOMES.items()))
