"""Every notice that ships is in order, quotes its own text whole, and its examples hold."""

from __future__ import annotations

import pytest

from saiwu.rules.cases import Examined, examine
from tests.notices.shipped import NOTICES, SLUGS, book_of, loaded, not_quoted, written


def test_three_notices_ship() -> None:
    assert SLUGS == ["bayu-2025", "qinghe-2026", "qingshi-2026"]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_shipped_notice_has_no_fault(slug: str) -> None:
    assert [str(fault) for fault in loaded(slug).faults] == []
    assert book_of(slug).id == slug


@pytest.mark.parametrize("slug", SLUGS)
def test_every_example_of_a_shipped_notice_holds(slug: str) -> None:
    text = (NOTICES / slug / "cases.yaml").read_text(encoding="utf-8")
    assert examine(book_of(slug), text) == Examined((), (), ())


@pytest.mark.parametrize(("slug", "least"), [("bayu-2025", 40), ("qinghe-2026", 40), ("qingshi-2026", 1)])
def test_the_examples_are_many_and_each_has_its_own_sentence(slug: str, least: int) -> None:
    sentences = [case["case"] for case in written(slug, "cases.yaml")]
    assert len(sentences) >= least
    assert sorted(set(sentences)) == sorted(sentences)


@pytest.mark.parametrize(
    ("slug", "headings"),
    [
        (
            "bayu-2025",
            [
                "一、竞赛名称",
                "二、竞赛主题",
                "三、竞赛项目及日程安排",
                "四、办赛方式",
                "五、参赛要求",
                "六、奖励政策（一）个人（团体）奖励",
                "（二）单位奖励",
                "七、其他事项（一）",
                "（二）",
                "（三）",
                "（四）",
                "（五）",
                "（六）",
                "附件：1.",
                *(f"{number}." for number in range(2, 13)),
            ],
        ),
        (
            "qinghe-2026",
            [
                f"{chapter if item == 1 else ''}（{'一二三四五六七八九十'[item - 1] if item <= 10 else '十一'}）"
                for chapter, items in (
                    ("一、赛项", 5),
                    ("二、时间地点", 5),
                    ("三、参赛条件", 11),
                    ("四、名额", 8),
                    ("五、竞赛办法", 9),
                    ("六、奖励", 7),
                    ("七、公示和申诉", 3),
                    ("八、其他", 6),
                )
                for item in range(1, items + 1)
            ],
        ),
    ],
)
def test_what_no_clause_quotes_is_headings_and_numbers_alone(slug: str, headings: list[str]) -> None:
    notice = (NOTICES / slug / "notice.txt").read_text(encoding="utf-8")
    assert not_quoted(notice, list(written(slug, "text.yaml").values())) == headings


def test_a_sentence_that_no_clause_quotes_would_be_seen() -> None:
    notice = "一、名称\n比武。\n二、时间\n五月，\n 在县城。"
    assert not_quoted(notice, ["比武。", "五月"]) == ["一、名称", "二、时间", "，在县城。"]


def test_the_translation_of_the_founding_notice_has_a_sentence_for_each_clause() -> None:
    book = book_of("bayu-2025")
    assert list(book.text_en) == list(book.text)
