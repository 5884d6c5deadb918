"""A rulebook's folder as a ZIP, or one that ships; under which id it is to be published."""

from __future__ import annotations

from typing import Any

from django import forms

from saiwu.rules.rulebook.reading import ID
from saiwu.web.forms import Form

MOST_CHARACTERS = 60


class _Named(Form):
    slug = forms.CharField(
        label="竞赛标识",
        help_text="出现在网址里，发布后不能改：小写字母开头，可以有数字和连字符，如 county-2026。不填的，用文件夹名。",
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def named(self, folder: str, taken: frozenset[str]) -> str | None:
        """The id: the one typed, else the folder's name. A fault beside the field where it cannot be."""
        typed = str(self.cleaned_data["slug"])
        slug = typed or folder.lower()
        if not ID.fullmatch(slug) or len(slug) > MOST_CHARACTERS:
            name = f"文件夹名“{folder}”不能用在网址里。" if folder and not typed else ""
            self.add_error("slug", f"{name}请填写标识：小写字母开头，由 a-z、0-9、_、- 组成。")
            return None
        if slug in taken:
            self.add_error("slug", f"“{slug}”已经发布过。更正走变更申请；另一场竞赛请换一个标识。")
            return None
        return slug


class Upload(_Named):
    """A folder, packed."""

    archive = forms.FileField(
        label="规则文件夹（ZIP）",
        help_text="整个文件夹压缩成 ZIP：不超过 2 MB、60 个文件，只放 .yaml、.txt、.csv、.json、.md。",
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={"empty": "文件是空的，请重新压缩。"},
    )
    field_order = ("archive", "slug")


class Shipped(_Named):
    """One that comes with the software."""

    notice = forms.ChoiceField(label="随软件附带的通知", widget=forms.RadioSelect)
    field_order = ("notice", "slug")

    def __init__(self, notices: tuple[tuple[str, str], ...], *args: Any, **kwargs: Any) -> None:
        """`notices`: folder and name."""
        super().__init__(*args, auto_id="f-shipped-%s", **kwargs)
        self.fields["notice"].choices = notices  # type: ignore[attr-defined]
