"""A database of the simulation's own: nobody waits for the disk, since what is half done is thrown away whole."""

from __future__ import annotations

import os

from django.core.management import call_command
from django.db import connection

_UNSAFE = "PRAGMA journal_mode=MEMORY;PRAGMA synchronous=OFF;PRAGMA foreign_keys=ON;PRAGMA cache_size=-40000;"


def make() -> None:
    """Make the tables in the installation that is set up. RuntimeError where it is not on SQLite, or in use already."""
    if connection.vendor != "sqlite" or connection.connection is not None:
        raise RuntimeError("a simulation has a fresh SQLite database of its own")
    connection.settings_dict["OPTIONS"] = {**connection.settings_dict["OPTIONS"], "init_command": _UNSAFE}
    call_command("migrate", verbosity=0, interactive=False)


def finish() -> None:
    """Bring the database to the disk: it is kept from now on. Who opens it next opens it as an installation's own."""
    connection.close()
    with open(connection.settings_dict["NAME"], "rb+") as file:
        os.fsync(file.fileno())
