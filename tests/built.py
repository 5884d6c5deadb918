"""A small demonstration, built once for each state of the source and kept below build/demo for the next session of tests."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCALE = "1/8"
KEPT = ROOT / "build" / "demo"
SOURCE = ROOT / "src" / "saiwu"


def built() -> Path:
    """A demonstration of the source as it is. Who asks while another process builds it waits for that one."""
    kept = KEPT / _state_of_the_source()
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.is_dir():
            for older in KEPT.glob("*/"):
                shutil.rmtree(older, ignore_errors=True)
            environment = {key: value for key, value in os.environ.items() if not key.startswith("SAIWU_")}
            command = [sys.executable, "-m", "saiwu.cli.demonstration", str(kept), SCALE]
            subprocess.run(command, env=environment, cwd=ROOT, check=True)
    return kept


def _state_of_the_source() -> str:
    """All that a demonstration is made of; the doors are not."""
    digest = hashlib.sha256(SCALE.encode())
    for path in sorted(SOURCE.rglob("*")):
        inside = path.relative_to(SOURCE).parts
        if path.suffix in (".py", ".yaml", ".txt", ".csv") and inside[0] not in ("web", "documents"):
            digest.update(f"{path.relative_to(SOURCE)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
