"""Who follows a page of docs/ to the letter gets what the page says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import saiwu
from saiwu.accounts.actions import found
from saiwu.accounts.models import Account
from saiwu.competitions.actions import publish
from saiwu.competitions.models import Division
from tests.docs.walking import DOCS, Block, blocks, changed, walk
from tests.world import LONG_BEFORE


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The notice of add-a-notice.md, walked through."""
    folder = tmp_path_factory.mktemp("notice")
    return folder, walk("add-a-notice.md", folder)


def test_add_a_notice_prints_what_its_page_says(written):
    _, told = written
    assert len(told) >= 5
    for one in told:
        assert (one.command, one.found) == (one.command, one.page)


@pytest.mark.django_db
def test_the_notice_of_the_page_can_be_published(written):
    folder = written[0] / "songxi-2026"
    files = {str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*.yaml")}
    office = Account.objects.get(pk=found(login="office", name="组委会甲", at=LONG_BEFORE))
    competition = publish(slug="songxi-2026", files=files, by=office, at=LONG_BEFORE)
    divisions = Division.objects.filter(event__competition=competition)
    assert [(one.event.slug, one.slug) for one in divisions.select_related("event")] == [("lift", "open")]


def test_add_a_rule_teaches_the_software_a_kind_that_it_did_not_know(tmp_path):
    shutil.copytree(
        Path(saiwu.__file__).parent, tmp_path / "src" / "saiwu", ignore=shutil.ignore_patterns("__pycache__")
    )
    told = walk("add-a-rule.md", tmp_path, source=tmp_path / "src")
    assert len(told) >= 2
    for one in told:
        assert (one.command, one.found) == (one.command, one.page)


TRANSLATED = sorted(path.name for path in DOCS.glob("*.zh-CN.md"))


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_translated_page_has_the_same_steps(name):
    assert walked(name) == walked(name.replace(".zh-CN", ""))
    assert name in (DOCS / name.replace(".zh-CN", "")).read_text("utf-8")


def walked(name: str) -> list[Block]:
    """Blocks that are done; of commands that are only shown, the commands without their remarks."""
    return [Block(one.language, one.said, re.sub(r"\s+#.*", "", one.text)) for one in blocks(name)]


def test_a_walk_stops_where_the_page_and_the_code_have_parted():
    assert changed("a\nb\nc\n", " a\n-b\n+B\n") == "a\nB\nc\n"
    with pytest.raises(ValueError, match="0 times"):
        changed("a\nc\n", " a\n-b\n+B\n")
    with pytest.raises(ValueError, match="2 times"):
        changed("a\na\n", "-a\n+b\n")
