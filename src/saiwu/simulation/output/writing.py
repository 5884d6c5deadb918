"""Everything that a played competition leaves, written into one folder."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from saiwu.audit import sealing
from saiwu.privacy import keys
from saiwu.rules.canonical import canonical
from saiwu.simulation.output.folder import Folder
from saiwu.simulation.output.outcomes import as_json, write_outcomes
from saiwu.simulation.output.papers import write_papers
from saiwu.simulation.output.summary import summary
from saiwu.simulation.world import World


def write(world: World, root: Path, *, seed: str, scale: Fraction, supplemented: Sequence[str]) -> dict[str, Any]:
    """Write all files; returns the summary, which is written too. The trail is sealed first."""
    folder = Folder(root)
    sealing.seal(at=world.agenda.now, sign=keys.sign)
    folder.write("audit.jsonl", b"".join(canonical(line) + b"\n" for line in sealing.lines()))
    world.say("写报名表、汇总表")
    forms = write_papers(world, folder)
    world.say("写成绩表、证书、通报")
    certificates, unprintable = write_outcomes(world, folder)
    found = summary(
        world,
        folder,
        seed=seed,
        scale=scale,
        supplemented=supplemented,
        forms=forms,
        certificates=certificates,
        unprintable=unprintable,
    )
    folder.write("summary.json", as_json(found))
    return found
