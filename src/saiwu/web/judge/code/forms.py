"""The form of one part of a code: what was written, and the reason where it changes a mark."""

from __future__ import annotations

from django import forms

from saiwu.web.forms import Form


class MarkForm(Form):
    """`mark`: the mark that this changes, empty for a first one. `judge`: whose page it was sent from."""

    part = forms.CharField(max_length=80, widget=forms.HiddenInput)
    mark = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    judge = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    value = forms.CharField(max_length=30, label="分值", required=False)
    reason = forms.CharField(max_length=300, label="更正的理由", required=False)
