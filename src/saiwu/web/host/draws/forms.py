"""What a draw is for and among whom; what its public input was."""

from __future__ import annotations

from typing import Any

from django import forms

from saiwu.checkin.actions import Among
from saiwu.web.forms import Form


class Freeze(Form):
    """The list to be frozen."""

    division = forms.ChoiceField(label="组别", required=False)
    purpose = forms.CharField(
        label="用途",
        help_text="抽签记录上公布的名称，每个用途只抽一次，如“决赛 工位抽签”。",
        max_length=120,
    )
    among = forms.ChoiceField(
        label="在谁当中抽",
        choices=[(Among.FINAL_LIST.value, "决赛名单上的全部"), (Among.CHECKED_IN.value, "已检录的")],
        initial=Among.FINAL_LIST.value,
        widget=forms.RadioSelect,
    )
    stations = forms.IntegerField(
        label="每场工位数",
        help_text="抽工位的填；只抽先后顺序的不填。",
        required=False,
        min_value=1,
        max_value=10_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "is-wide-4"}),
        error_messages={"invalid": "工位数须为正整数；只抽顺序的不填。"},
    )

    def __init__(self, divisions: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"].choices = [("", "全部组别一起抽"), *divisions]  # type: ignore[attr-defined]
        if len(divisions) == 1:
            del self.fields["division"]


class Fix(Form):
    """What nobody controls and everybody can read later."""

    public_input = forms.CharField(
        label="公开输入",
        help_text="谁也左右不了、人人日后可以查到的内容，如当日收盘指数，或现场报出的数字。",
        max_length=200,
    )
    source = forms.CharField(label="出处", help_text="哪一天、哪里公布的，日后人人可以查对。", max_length=200)
