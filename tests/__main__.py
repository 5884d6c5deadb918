"""All tests: once on SQLite, then what touches the database again on PostgreSQL. `make test` runs this.

The last line names what was left out and why. Under .ci/run (CI=true) a lack is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.postgres import Cluster, available

ON_BOTH = ("accounts", "audit", "checkin", "competitions", "entries", "marking", "privacy", "results", "web")
"""Folders of tests that go through the database; the pure rooms have none."""


def main(arguments: list[str]) -> int:
    """Run pytest twice (once where only some tests are asked for); exit as the first run that fails."""
    # In the order of the folders: tests in a browser are among the first, so that no long one is left over for the end.
    pytest = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    failed = subprocess.run([*pytest, *arguments], check=False).returncode
    if failed or arguments:
        return failed
    if not available():
        print("left out: tests on PostgreSQL: 没有 PostgreSQL（Debian：apt-get install postgresql）")
        return 1 if os.environ.get("CI") == "true" else 0
    folders = [f"tests/{name}" for name in ON_BOTH if Path("tests", name).is_dir()]
    with tempfile.TemporaryDirectory(prefix="saiwu-postgres-") as room, Cluster(Path(room)) as cluster:
        environment = {**os.environ, "SAIWU_DATABASE": cluster.create("saiwu")}
        print("\nThe same on PostgreSQL:", flush=True)
        command = [*pytest, "-m", "not browser and not postgres", *folders]
        return subprocess.run(command, check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
