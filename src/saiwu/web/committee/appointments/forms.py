"""Appointing an account: a role, over what, until when."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from saiwu.competitions.actions.appointing import OVER_COMPETITION, OVER_EVENT
from saiwu.competitions.queries import Site
from saiwu.rules.procedure import Role
from saiwu.web.forms import Form

_ROLES = [(role.value, role.chinese) for role in Role if role in OVER_COMPETITION | OVER_EVENT]


class Appoint(Form):
    """聘任."""

    role = forms.ChoiceField(label="职责", choices=[("", "请选择"), *_ROLES])
    event = forms.ChoiceField(
        label="范围",
        required=False,
        help_text="组委会办公室、主办单位聘任到整场竞赛；承办单位、检录加密人员和裁判聘任到单个赛项。",
    )
    until = forms.DateField(
        label="到哪一天为止",
        required=False,
        input_formats=["%Y-%m-%d"],
        help_text="含当天。不填的，到解除为止。",
        widget=forms.DateInput(attrs={"type": "date", "class": "is-wide-11"}, format="%Y-%m-%d"),
        error_messages={"invalid": "请填写日期，如 2025-11-30。"},
    )
    sure = forms.BooleanField(label="已了解上述情况，仍然聘任", required=False)

    def __init__(self, site: Site, *args: Any, **kwargs: Any) -> None:
        """The events of this competition."""
        super().__init__(*args, **kwargs)
        events = [(slug, event.name or slug) for slug, event in site.book.events.items()]
        self.fields["event"].choices = [("", "整场竞赛"), *events]  # type: ignore[attr-defined]

    def ends_at(self, zone: ZoneInfo) -> datetime | None:
        """The instant at which it holds no more: when the last day is over."""
        last: date | None = self.cleaned_data["until"]
        return None if last is None else datetime.combine(last + timedelta(days=1), time(), zone)


class Search(Form):
    """Whom to appoint."""

    q = forms.CharField(
        label="姓名或登录名",
        min_length=2,
        max_length=60,
        error_messages={"min_length": "请至少填写两个字。"},
        widget=forms.TextInput(attrs={"type": "search"}),
    )
