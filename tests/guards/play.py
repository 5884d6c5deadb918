"""Plays routes with their guards, and with their guards taken away, in one fresh database each; prints JSON.

`python -m tests.guards.play` in an installation of its own (tests.rooms.play). Prints, per route, what happened with all
guards in place and what happened once they were gone.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from tests.rooms import settle_in


def main(names: list[str]) -> None:
    """Play each route twice, each time on empty tables."""
    settle_in()
    from django.apps import apps
    from django.db import connection

    from saiwu.audit.frame import Refused
    from saiwu.entries.actions import registering
    from saiwu.results.actions import certificates
    from saiwu.rules import procedure
    from tests.guards.routes import ROUTES, Waits, allow_any_state

    models = list(apps.get_app_config("saiwu").get_models())
    constraints = {one.name: (model, one) for model in models for one in model._meta.constraints}
    declared = {model: list(model._meta.constraints) for model in models}
    steps, judged_entry = dict(procedure.PROCEDURE), registering.judged_entry
    already_issued = certificates.already_issued

    def happened(scene) -> str:
        step = scene()
        try:
            step()
        except (Refused, Waits) as refused:
            return f"refused {refused.rule}"
        return "done"

    def take_away(guard: str) -> None:
        if guard == "state":
            allow_any_state()
        elif guard == "rule team_size":
            registering.judged_entry = lambda *_: []
        elif guard == "rule issued":
            certificates.already_issued = lambda _: frozenset()
        else:
            model, constraint = constraints[guard]
            # SQLite makes the table anew after the model, so the model must have lost the constraint by then.
            model._meta.constraints = [one for one in model._meta.constraints if one is not constraint]
            with connection.schema_editor() as editor:
                editor.remove_constraint(model, constraint)

    bare = Bare(connection)
    outcome = {}
    for name in names or ROUTES:
        route = ROUTES[name]
        bare.restore()
        held = happened(route.scene)
        bare.restore()
        for guard in route.guards:
            take_away(guard)
        outcome[name] = {"held": held, "without": happened(route.scene)}
        procedure.PROCEDURE.update(steps)
        for model, every in declared.items():
            model._meta.constraints = every
        registering.judged_entry = judged_entry
        certificates.already_issued = already_issued
    print(json.dumps(outcome, ensure_ascii=False))


class Bare:
    """The migrated, empty database, and the way back to it: a copied file, or a schema dropped and migrated anew."""

    def __init__(self, connection) -> None:
        self.connection = connection
        self.copy: Path | None = None
        if connection.vendor == "sqlite":
            connection.close()
            self.file = Path(os.environ["SAIWU_DATA"]) / "saiwu.sqlite3"
            self.copy = self.file.with_suffix(".bare")
            shutil.copy(self.file, self.copy)

    def restore(self) -> None:
        """Empty tables with all guards."""
        from django.core.management import call_command

        if self.copy is not None:
            self.connection.close()
            for leftover in ("-wal", "-shm"):
                Path(f"{self.file}{leftover}").unlink(missing_ok=True)
            shutil.copy(self.copy, self.file)
            return
        with self.connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        self.connection.close()
        call_command("migrate", verbosity=0, interactive=False)


if __name__ == "__main__":
    main(sys.argv[1:])
