"""The page on installing for real names what is there: settings, commands, units, and a script that works."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from saiwu.cli import COMMANDS
from saiwu.conf import settings

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "install.md").read_text("utf-8")
FILES = {path.name: path.read_text("utf-8") for path in (DOCS / "install").iterdir()}
SAIWU = Path(sys.executable).with_name("saiwu")


def test_the_page_explains_every_setting_and_no_other():
    explained = re.findall(r"^\| `(SAIWU_\w+)` \|", PAGE, flags=re.M)
    assert explained == re.findall(r"^\| (SAIWU_\w+) \|", settings.__doc__ or "", flags=re.M)
    assert set(re.findall(r"^(SAIWU_\w+)=", FILES["saiwu.env"], flags=re.M)) <= set(explained)


def test_the_page_and_the_units_call_commands_that_there_are():
    typed = "\n".join(re.findall(r"^```sh\n(.*?)^```", PAGE, flags=re.M | re.S))
    called = re.findall(r"^saiwu (\w+)", typed, flags=re.M)
    called += [name for text in FILES.values() for name in re.findall(r"/\.venv/bin/saiwu (\w+)", text)]
    assert {"migrate", "office", "backup", "restore", "audit", "run"} <= set(called) <= set(COMMANDS)


def test_every_file_that_is_copied_is_there_and_every_file_is_copied():
    assert set(re.findall(r"docs/install/([\w.-]+)", PAGE)) == set(FILES)


def test_the_office_is_founded_by_the_command_of_the_page(tmp_path):
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SAIWU_", "DJANGO_"))}
    environment |= {"SAIWU_DATA": str(tmp_path / "data"), "SAIWU_ADDRESS": "https://skills.example.cn"}

    def run(*arguments: str, code: int = 0) -> str:
        done = subprocess.run([SAIWU, *arguments], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        return done.stdout

    run("migrate", "--no-static")
    typed = re.findall(r"^saiwu (office .+)$", PAGE, flags=re.M)
    link = run(*typed[0].split())
    assert re.fullmatch(r"https://skills\.example\.cn/invitation/1/[0-9a-z-]+/\n", link)
    assert run("office", "office") != link
    run("office", "office", "--drop-second-factor", code=2)
    run("office", "nobody", code=2)
    assert [line.split('"verb":"')[1].split('"')[0] for line in run("audit", "export").splitlines()] == [
        "accounts.found",
        "accounts.invite",
        "accounts.invite",
    ]
