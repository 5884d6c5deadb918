"""The look holds: colours can be read, the first page is light, every word of a template has its English."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.templatetags.static import static
from django.test import override_settings

import saiwu
from saiwu.web.english import ENGLISH
from saiwu.web.statics import BUNDLES

WEB = Path(saiwu.__file__).parent / "web"
STATIC = WEB / "static"
GROUNDS = ("bg", "surface")
TONES = ("ok", "evidence", "waiver", "refused", "idle", "going", "first", "second", "third")
INKS = ("ink", "ink-2", "ink-3", "link", "link-hover", "zhu", "dai")
TEXT = [
    *((ink, ground) for ink in INKS for ground in (*GROUNDS, "sunken", "dai-tint")),
    *(("on-dai", "dai"), ("on-dai", "dai-hover"), ("on-zhu", "zhu"), ("on-zhu", "refused")),
    *((tone, ground) for tone in TONES for ground in (f"{tone}-tint", *GROUNDS)),
    *((ink, f"{tone}-tint") for tone in TONES for ink in ("ink", "ink-2")),
]
EDGES = [
    *(("line-strong", ground) for ground in GROUNDS),
    *(("focus", ground) for ground in (*GROUNDS, "focus-halo")),
]
FIRST_PAGE = 60 * 1024


def _colours() -> dict[str, dict[str, str]]:
    tokens = (STATIC / "css/tokens.css").read_text("utf-8")
    blocks = re.findall(r"(:root|\[data-bs-theme=\"dark\"\]) \{(.*?)\n\}", tokens, re.DOTALL)
    light, dark = (dict(re.findall(r"--sw-([a-z0-9-]+):\s*(#[0-9a-f]{6})", block)) for _, block in blocks[:2])
    return {"light": light, "dark": light | dark}


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (EDGES, 3.0)], ids=["text", "edges"])
def test_every_pair_of_colours_can_be_told_apart(theme, pairs, least):
    """WCAG 2.2, 1.4.3 and 1.4.11."""
    colours = _colours()[theme]
    assert [(a, b) for a, b in pairs if _contrast(colours[a], colours[b]) < least] == []


def test_every_file_of_the_look_is_in_the_bundle_once():
    parts = BUNDLES["css/saiwu.css"]
    there = {str(path.relative_to(STATIC)) for path in (STATIC / "css").rglob("*.css")}
    assert len(parts) == len(set(parts))
    assert set(parts) == there
    assert parts[:2] == ("css/tokens.css", "css/base.css")


def test_styles_load_nothing_from_elsewhere():
    addresses = {
        address
        for path in (STATIC / "css").rglob("*.css")
        for address in re.findall(r"url\(([^)]*)\)", path.read_text())
    }
    assert addresses == {'"../brand/chevron.svg"'}


@pytest.mark.django_db
def test_the_first_page_is_light_and_its_files_have_names_that_never_change(client, tmp_path):
    with override_settings(STATIC_ROOT=tmp_path):
        call_command("collectstatic", verbosity=0, interactive=False)
        body = client.get("/", headers={"Accept-Encoding": "gzip"}).content
        page = gzip.decompress(body).decode()
        files = [name.removeprefix("/static/") for name in re.findall(r'href="(/static/[^"#]+)', page)]
        assert all(re.search(r"\.[0-9a-f]{12}\.(css|svg)$", name) for name in files), files
        weight = len(body) + sum(len(gzip.compress((tmp_path / name).read_bytes())) for name in set(files))
        assert static("css/nothing.css") == "/static/css/nothing.css"
    assert weight < FIRST_PAGE


def test_every_word_of_a_template_has_its_english():
    words = {
        word for path in WEB.rglob("*.html") for _, word in re.findall(r"\{% t (['\"])(.+?)\1", path.read_text("utf-8"))
    }
    assert len(words) > 100
    assert sorted(words - set(ENGLISH)) == []


def test_no_template_has_a_style_or_a_script_of_its_own():
    found = {
        str(path.relative_to(WEB)): word
        for path in WEB.rglob("*.html")
        for word in ("style=", "<style", "<script>", "onclick=", "onsubmit=")
        if word in path.read_text("utf-8")
    }
    assert found == {}
