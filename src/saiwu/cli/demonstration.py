"""The demonstration's folder: how it is told, how it is built, who can be signed in as in it, and where its clock is.

`saiwu run --demo` builds it by this as a program, since Django can be set up for one installation a process only:
`python -m saiwu.cli.demonstration FOLDER SCALE`. It is built beside the folder and renamed when whole.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from fractions import Fraction
from pathlib import Path
from unicodedata import east_asian_width

from saiwu.cli.installation import say, set_up
from saiwu.cli.notice import open_notice

NOTICE, OVER, TODAY = "bayu-2025", "qinghe-2026", "qingshi-2026"
"""The competition that is shown, the one that is over by then, and the one that holds its final that morning."""
SEED = "demo"
MARK, SIGN_INS = "demo", "demo-sign-ins.json"
"""Files of the folder. The first says that it is a demonstration: the instant at which its clock starts, then FORMAT."""
FORMAT = "saiwu-demo/2"
"""Counted on whenever what is built is no longer what the pages of this version show."""


class Found(Enum):
    """What is at a place: nothing, a demonstration of this version, one of another version, or something else."""

    NOTHING = "nothing"
    BUILT = "built"
    OTHER_VERSION = "other version"
    SOMETHING_ELSE = "something else"


def found(folder: Path) -> Found:
    """What is at that place."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return Found.NOTHING
    mark = folder / MARK
    if not mark.is_file():
        return Found.SOMETHING_ELSE
    lines = mark.read_text("utf-8", errors="replace").splitlines()
    return Found.BUILT if lines[1:2] == [FORMAT] else Found.OTHER_VERSION


def put_aside(folder: Path) -> Path:
    """Rename a demonstration of another version, so that a new one can take its place. Returns its new place."""
    places = (folder.with_name(f"{folder.name}.old{count or ''}") for count in range(1000))
    target = next(place for place in places if not place.exists())
    return folder.rename(target)


def starts_at(folder: Path) -> datetime:
    """The instant at which the demonstration's clock starts."""
    return datetime.fromisoformat((folder / MARK).read_text("ascii").splitlines()[0])


def clock(folder: Path) -> str:
    """What the environment's SAIWU_DEMO_CLOCK has to say: from here on the clock goes.

    It goes on where somebody did something last, so that nothing happens before what has happened.
    """
    from saiwu.audit.queries import newest_at

    last = newest_at()
    start = starts_at(folder)
    return f"{max(start, last) if last else start}@{datetime.now(UTC)}".replace(" ", "T")


def sign_ins(folder: Path) -> list[Mapping[str, str]]:
    """Who can be signed in as: `part`, `role`, `does`, `login`, `password`, `start` of each."""
    kept: list[Mapping[str, str]] = json.loads((folder / SIGN_INS).read_text("utf-8"))
    return kept


def table(people: list[Mapping[str, str]], address: str) -> str:
    """All of them as lines for a terminal."""
    heads = ("角色", "登录名", "密码", "起始页", "能做什么")
    rows = [(one["role"], one["login"], one["password"], address + one["start"], one["does"]) for one in people]
    widths = [max(_width(row[place]) for row in (heads, *rows)) for place in range(len(heads))]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (heads, tuple("─" * width for width in widths), *rows)
    )


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def build(target: Path, scale: Fraction) -> None:
    """Build the demonstration in `target`, which is absent or empty. Raises OSError where it cannot be written."""
    from saiwu.simulation.scratch import scratch

    target.parent.mkdir(parents=True, exist_ok=True)
    with scratch(target.parent) as (building,):
        os.environ["SAIWU_DATA"] = str(building)
        for variable in ("SAIWU_DATABASE", "SAIWU_STATIC"):
            os.environ.pop(variable, None)
        set_up()
        _play(building, scale)
        if target.is_dir():
            target.rmdir()
        building.rename(target)


def _play(building: Path, scale: Fraction) -> None:
    from dataclasses import asdict

    from saiwu.audit import sealing
    from saiwu.privacy import chance, keys
    from saiwu.simulation import database
    from saiwu.simulation.demonstration.playing import play
    from saiwu.simulation.demonstration.sign_ins import sign_ins as given

    # Its keys and passwords are its own, from the system's chance: whoever knows the seed does not know them.
    keys.make_missing(building / "keys")
    database.make()
    with chance.seeded(SEED):
        demo = play(open_notice(NOTICE), open_notice(OVER), open_notice(TODAY), SEED, scale=scale, say=say)
    say("设置演示账号的密码")
    people = [asdict(one) for one in given(demo)]
    sealing.seal(at=demo.morning.at, sign=keys.sign)
    database.finish()
    written = json.dumps(people, ensure_ascii=False, indent=1) + "\n"
    (building / SIGN_INS).write_text(written, encoding="utf-8")
    (building / SIGN_INS).chmod(0o600)
    (building / MARK).write_text(f"{demo.morning.at.isoformat()}\n{FORMAT}\n", encoding="ascii")


if __name__ == "__main__":
    try:
        build(Path(sys.argv[1]), Fraction(sys.argv[2]))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        say(f"不能写 {error.filename or sys.argv[1]}：{error.strerror}。")
        sys.exit(2)
