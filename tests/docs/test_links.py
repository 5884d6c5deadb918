"""Every link of a page leads somewhere, every page can be reached, and every path that a page names is there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from saiwu.cli import COMMANDS

ROOT = Path(__file__).parents[2]
FRONT = [ROOT / name for name in ("README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md")]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
ALL = [str(page.relative_to(ROOT)) for page in [*FRONT, *PAGES]]


def links(page: Path) -> list[str]:
    """Targets of a page's links, code apart."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.S | re.M)
    return re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", text))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("name", ALL)
def test_every_link_leads_somewhere(name):
    page, broken = ROOT / name, []
    for link in links(page):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_page_can_be_reached_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or not page.is_file():
            continue
        reached.add(page)
        if page.suffix == ".md":
            targets = [(page.parent / link.partition("#")[0]).resolve() for link in links(page) if ":" not in link]
            waiting += [target / "index.md" if target.is_dir() else target for target in targets]
            waiting += [one for target in targets if target.is_dir() for one in target.glob("*.md")]
    assert sorted(str(page.relative_to(ROOT)) for page in {*PAGES, *FRONT} - reached) == []


@pytest.mark.parametrize("name", ALL)
def test_every_path_that_a_page_names_is_in_the_house(name):
    named = re.findall(r"`((?:src|tests|docs|benchmarks|deploy)/[\w./*<>-]+)`", (ROOT / name).read_text("utf-8"))
    missing = [path for path in named if "<" not in path and not list(ROOT.glob(path.rstrip("/")))]
    assert missing == []


@pytest.mark.parametrize("name", ALL)
def test_every_command_that_a_page_names_is_one(name):
    text = (ROOT / name).read_text("utf-8")
    code = "\n".join([*re.findall(r"^```.*?^```", text, flags=re.M | re.S), *re.findall(r"`([^`\n]+)`", text)])
    known = set(re.findall(r"^### (saiwu \w+ \w+)", (ROOT / "docs" / "command-line.md").read_text("utf-8"), flags=re.M))
    with_verbs = {command.split()[1] for command in known}
    for command, verb in re.findall(r"^(?:\$ |NOTICE=\S+ )?saiwu (\w+)(?: (\w+))?", code, flags=re.M):
        if command == "COMMAND":
            continue
        assert command in COMMANDS, command
        if command in with_verbs and verb.isascii() and verb:
            assert f"saiwu {command} {verb}" in known


def test_the_map_shows_the_rooms_in_their_order():
    shown = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "map.md").read_text("utf-8"), flags=re.M)
    floors = re.search(r"^layers =\n((?: {4}\w+\n)+)", (ROOT / ".importlinter").read_text("utf-8"), flags=re.M)
    assert floors is not None
    last = {"models", "apps", "conf", "migrations"}
    assert shown == [room for room in reversed(floors[1].split()) if room not in last]


def test_pages_speak_of_the_project_alone():
    """No path of somebody's machine, no address of a registry."""
    told = subprocess.run(
        ["grep", "-rnE", r"/work/|/root/|/home/[a-z]+/|pypi\.org|registry\.npmjs", "docs", *[page.name for page in FRONT]],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (told.returncode, told.stdout) == (1, "")
