"""Installations of their own for tests that need more than one transaction or process: a folder, a database, keys."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.postgres import Cluster


def play(module: str, *arguments: str, folder: Path, cluster: Cluster | None, timeout: int = 180) -> Any:
    """Run `python -m module arguments` in a fresh installation in `folder`; returns the JSON that it prints last.

    With a cluster the database is PostgreSQL, else SQLite in the folder.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SAIWU_", "DJANGO_"))}
    environment |= {"SAIWU_DATA": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "saiwu.conf.settings"}
    if cluster is not None:
        environment["SAIWU_DATABASE"] = cluster.create(f"room_{folder.name}".replace("-", "_").lower()[:60])
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=timeout, check=False)
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-6000:]}"
    return json.loads(done.stdout.strip().splitlines()[-1])


def settle_in() -> None:
    """In the process that plays: Django set up, keys made, tables migrated."""
    import django

    from saiwu.cli.migrate import make_ready

    Path(os.environ["SAIWU_DATA"]).mkdir(parents=True, exist_ok=True)
    django.setup()
    make_ready(static=False)
