"""What is wrong with a rulebook's files: one line a fault, at the place where the writer can mend it (§18)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written: file (as its writer knows it), line (from 1), whole key (`stages.final.on`)."""

    file: str = ""
    line: int = 1
    key: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that the writer must mend. `message` says what is wrong and, after 允许：, what is allowed."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key or '（整个文件）'}: {self.message}"


@dataclass(slots=True)
class Faults:
    """Collects faults; the same fault, met in several events that inherit it, is kept once."""

    found: set[Fault] = field(default_factory=set)

    def add(self, place: Place, wrong: str, allowed: str) -> None:
        """One fault: “wrong，允许：allowed”."""
        self.say(place, f"{wrong}，允许：{allowed}")

    def say(self, place: Place, message: str) -> None:
        """One fault whose message is whole already (that of `NotAllowed`)."""
        self.found.add(Fault(_one_line(place.file), place.line, _one_line(place.key), " ".join(message.split())))

    def extend(self, faults: Iterable[Fault]) -> None:
        """Faults that another check found."""
        self.found.update(faults)

    def sorted(self) -> tuple[Fault, ...]:
        """By file and line."""
        return tuple(sorted(self.found))


def _one_line(name: str) -> str:
    """A file's name or a key as one readable line, whatever its writer put into it."""
    return name if name.isprintable() else "".join(sign if sign.isprintable() else "\ufffd" for sign in name)


def quoted(text: object) -> str:
    """“…”, clipped: a message stays one readable line whatever the file holds."""
    flat = " ".join(str(text).split())
    return f"“{flat if len(flat) <= 40 else flat[:39] + '…'}”"
