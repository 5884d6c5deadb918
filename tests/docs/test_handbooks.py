"""Handbooks say what the pages say: every word in 「」 stands on a page of that door, every picture is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from docs.pictures import FOLDER, LARGEST, SHOTS, TABLET
from saiwu.rules.procedure import PROCEDURE

ROOT = Path(__file__).parents[2]
HANDBOOKS = ROOT / "docs" / "handbooks"
WEB = ROOT / "src" / "saiwu" / "web"
SHARED = ("accounts", "shared")
DOORS = {
    "index.md": ("unit", "host", "judge", "committee", "office", "public"),
    "account.zh-CN.md": (),
    "contestants.zh-CN.md": ("public",),
    "unit.zh-CN.md": ("unit",),
    "host.zh-CN.md": ("host",),
    "registrar.zh-CN.md": ("host",),
    "judge.zh-CN.md": ("judge",),
    "committee.zh-CN.md": ("committee",),
    "office.zh-CN.md": ("office",),
}
"""Of each handbook, the doors whose pages it speaks of."""
FRONT = (ROOT / "README.md", ROOT / "README.zh-CN.md")


def words_of(doors: tuple[str, ...]) -> set[str]:
    """What the pages of these doors can say: the translated texts of templates, the texts of their code, names of verbs."""
    found = {step.chinese for step in PROCEDURE.values()}
    for door in (*doors, *SHARED):
        for path in sorted((WEB / door).rglob("*")):
            if path.suffix == ".html":
                found |= {text for _, text in re.findall(r"""\{% t (["'])(.*?)\1 %\}""", path.read_text("utf-8"))}
            elif path.suffix == ".py":
                found |= set(re.findall(r'"([^"\n]+)"', path.read_text("utf-8")))
    return found


def quoted(text: str) -> list[str]:
    """What a handbook quotes; 「」 by itself is about the brackets."""
    return [word for word in re.findall("「([^」]*)」", text) if word]


def strangers(text: str, doors: tuple[str, ...]) -> list[str]:
    """Words that it quotes and that none of these pages says."""
    words = words_of(doors)
    return [word for word in quoted(text) if word not in words]


def shown(page: Path) -> list[str]:
    """The pictures that a page shows, from the root of the project."""
    return [
        str((page.parent / source).resolve().relative_to(ROOT))
        for source in re.findall(r'<img src="([^"]+)"', page.read_text("utf-8"))
    ]


def test_there_is_a_handbook_for_every_door_and_no_other():
    assert sorted(path.name for path in HANDBOOKS.glob("*.md")) == sorted(DOORS)


@pytest.mark.parametrize("name", DOORS)
def test_every_word_that_a_handbook_quotes_stands_on_a_page_of_that_door(name):
    assert strangers((HANDBOOKS / name).read_text("utf-8"), DOORS[name]) == []


@pytest.mark.parametrize("name", sorted(DOORS.keys() - {"index.md"}))
def test_a_handbook_leads_through_the_pages_by_their_words(name):
    text = (HANDBOOKS / name).read_text("utf-8")
    assert len(set(quoted(text))) >= 10
    assert "出了问题找谁" in text


def test_a_button_that_is_renamed_makes_its_handbook_fail():
    assert strangers("按「检录」，再按「打卡」。", ("host",)) == ["打卡"]


def test_every_picture_that_is_shown_exists_and_every_picture_is_shown():
    named = [picture for page in (*HANDBOOKS.glob("*.md"), *FRONT) for picture in shown(page)]
    there = {str(path.relative_to(ROOT)) for path in FOLDER.iterdir()}
    assert set(named) == there == {str((FOLDER / f"{shot.name}.png").relative_to(ROOT)) for shot in SHOTS}


def test_every_picture_says_in_words_what_it_shows():
    for page in (*HANDBOOKS.glob("*.md"), *FRONT):
        told = re.findall(r"<img [^>]*>", page.read_text("utf-8"))
        assert [one for one in told if not re.search(r'alt="[^"]{4,}"', one)] == []


def test_pictures_are_light_and_as_wide_as_the_screen_that_they_show():
    sizes = {path.stem: path.stat().st_size for path in FOLDER.iterdir()}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
    assert sum(sizes.values()) < 2_000_000
    wide = {shot.name: shot.width * (2 if shot.width < TABLET else 1) for shot in SHOTS}
    for path in FOLDER.iterdir():
        with Image.open(path) as image:
            assert (path.name, image.width) == (path.name, wide[path.stem])
