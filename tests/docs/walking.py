"""Walks through a page of docs/ as a reader does: writes its files, applies its changes, types its commands.

Blocks that are walked, by their first line: ```yaml file=PATH is written to PATH; ```diff file=PATH is a change of PATH,
hunks parted by @@ lines, whose old lines must stand there exactly once; ```console has lines `$ saiwu …`, each followed
by what it prints (stdout, then stderr). `exit=N` says how the last command ends; 0 where it is not said. Other blocks
are only read.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
_BLOCK = re.compile(r"^```(\w*)((?: \w+=\S+)*)\n(.*?)^```", re.M | re.S)
_SAIWU = "import sys; from saiwu.cli import main; sys.exit(main(sys.argv[1:]))"


@dataclass(frozen=True)
class Block:
    """A code block: its language, what its first line says besides, its text."""

    language: str
    said: dict[str, str]
    text: str


@dataclass(frozen=True)
class Told:
    """What a command printed and how it ended, beside what the page says."""

    command: str
    page: tuple[str, int]
    found: tuple[str, int]


def blocks(page: str) -> list[Block]:
    """The code blocks of docs/<page>, in order."""
    found = _BLOCK.findall((DOCS / page).read_text("utf-8"))
    return [Block(language, dict(part.split("=", 1) for part in said.split()), text) for language, said, text in found]


def walk(page: str, folder: Path, *, source: Path | None = None) -> list[Told]:
    """Do what the page says in `folder`; `source` is a folder to import saiwu from instead of the installed one."""
    told = []
    for block in blocks(page):
        if block.language == "console":
            told += _type(block, folder, source)
        elif block.language == "diff" and "file" in block.said:
            path = folder / block.said["file"]
            path.write_text(changed(path.read_text("utf-8"), block.text), "utf-8")
        elif "file" in block.said:
            path = folder / block.said["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, "utf-8")
    return told


def changed(text: str, difference: str) -> str:
    """The text with each hunk applied. ValueError where a hunk's old lines do not stand there exactly once."""
    for hunk in re.split(r"^@@.*\n", difference, flags=re.M):
        lines = hunk.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in " -")
        new = "".join(line[1:] for line in lines if line[0] in " +")
        if not lines:
            continue
        if text.count(old) != 1:
            raise ValueError(f"stands there {text.count(old)} times:\n{old}")
        text = text.replace(old, new)
    return text


def _type(block: Block, folder: Path, source: Path | None) -> list[Told]:
    parts = re.split(r"^\$ (.*)\n", block.text, flags=re.M)[1:]
    typed = list(zip(parts[::2], parts[1::2], strict=True))
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SAIWU_", "DJANGO_"))}
    if source is not None:
        environment["PYTHONPATH"] = str(source)
    told = []
    for place, (command, printed) in enumerate(typed, start=1):
        program, *arguments = shlex.split(command)
        assert program == "saiwu", command
        done = subprocess.run(
            [sys.executable, "-c", _SAIWU, *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        ends = int(block.said.get("exit", 0)) if place == len(typed) else 0
        told.append(Told(command, (printed, ends), (done.stdout + done.stderr, done.returncode)))
    return told
