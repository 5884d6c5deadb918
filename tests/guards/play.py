"""Plays routes with their guards, and with their guards taken away, in one fresh database each; prints JSON.

`python -m tests.guards.play` in an installation of its own (tests.rooms.play). Prints, per route, what happened with all
guards in place and what happened once they were gone.
"""

from __future__ import annotations

import json
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
    """The migrated, empty database, and the way back to it: a copied file, or a database made from that one."""

    def __init__(self, connection) -> None:
        self.connection, self.name = connection, str(connection.settings_dict["NAME"])
        self.copy: Path | None = None
        connection.close()
        if connection.vendor == "sqlite":
            self.file = Path(self.name)
            self.copy = self.file.with_suffix(".bare")
            shutil.copy(self.file, self.copy)
        else:
            self._beside(f'CREATE DATABASE "{self.name}_bare" TEMPLATE "{self.name}"')

    def restore(self) -> None:
        """Empty tables with all guards."""
        self.connection.close()
        if self.copy is not None:
            for leftover in ("-wal", "-shm"):
                Path(f"{self.file}{leftover}").unlink(missing_ok=True)
            shutil.copy(self.copy, self.file)
        else:
            self._beside(
                f'DROP DATABASE "{self.name}" WITH (FORCE)',
                f'CREATE DATABASE "{self.name}" TEMPLATE "{self.name}_bare"',
            )

    def _beside(self, *statements: str) -> None:
        """Run them from another database of the server: one that somebody is in is neither copied nor dropped."""
        import psycopg

        self.connection.close_pool()
        known = self.connection.settings_dict
        with psycopg.connect(host=known["HOST"], user=known["USER"], dbname="postgres", autocommit=True) as beside:
            for statement in statements:
                beside.execute(statement)


if __name__ == "__main__":
    main(sys.argv[1:])
