"""Building the demonstration: the founding competition played to its end, in an installation of its own.

`saiwu run --demo` calls this as a program, since Django can be set up for one installation a process only:
`python -m saiwu.cli.demonstration FOLDER SCALE`. It is built beside the folder and renamed when whole.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

from saiwu.cli.installation import say, set_up
from saiwu.cli.notice import open_notice

NOTICE, SEED = "bayu-2025", "demo"
MARK = "demo"
"""The file in the installation's folder that says that it is a demonstration, and at which instant its clock stands."""
_STANDS_AFTER = timedelta(hours=18)
"""The demonstration's clock stands so long after the bulletin."""


def is_built(folder: Path) -> bool:
    """Whether a demonstration is there, whole."""
    return (folder / MARK).is_file()


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
    from django.core.management import call_command

    from saiwu.audit import sealing
    from saiwu.privacy import chance, keys
    from saiwu.simulation import database
    from saiwu.simulation.competition import play
    from saiwu.simulation.supplement import supplemented

    # Its keys are its own, from the system's chance: whoever knows the seed does not know them.
    keys.make_missing(building / "keys")
    database.make()
    with chance.seeded(SEED):
        world = play(supplemented(open_notice(NOTICE)).book, SEED, scale=scale, say=say)
    sealing.seal(at=world.agenda.now, sign=keys.sign)
    database.finish()
    say("收集页面文件")
    call_command("collectstatic", verbosity=0, interactive=False)
    (building / MARK).write_text((world.agenda.now + _STANDS_AFTER).isoformat() + "\n", encoding="ascii")


if __name__ == "__main__":
    try:
        build(Path(sys.argv[1]), Fraction(sys.argv[2]))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        say(f"不能写 {error.filename or sys.argv[1]}：{error.strerror}。")
        sys.exit(2)
