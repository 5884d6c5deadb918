"""Where a document comes from: what every page of it says at its foot, in small letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from saiwu.documents.text import one_line


@dataclass(frozen=True, slots=True)
class Origin:
    """The notice's number and theme, whom to ask, and a remark (such as that all data are invented); any may be empty.

    `contact`: name, telephone and address of the office in one line.
    """

    notice_number: str = ""
    theme: str = ""
    contact: str = ""
    remark: str = ""

    def parts(self) -> tuple[str, ...]:
        """Those that there are, each with its word before it."""
        number, theme, contact = one_line(self.notice_number), one_line(self.theme), one_line(self.contact)
        said = (
            number,
            f"主题：{theme}" if theme else "",
            f"组委会办公室：{contact}" if contact else "",
            one_line(self.remark),
        )
        return tuple(part for part in said if part)

    def line(self) -> str:
        """All of them in one line."""
        return "　".join(self.parts())

    def texts(self) -> Iterator[tuple[str, str]]:
        """What is printed, with the Chinese name of its place, to be asked of the fonts."""
        yield "通知文号", self.notice_number
        yield "竞赛主题", self.theme
        yield "联系方式", self.contact
        yield "备注", self.remark


NOWHERE = Origin()
