"""What the commands that need the database share: Django set up, and the installation's folder there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django


def set_up() -> None:
    """Set Django up with the installation's settings. Called once, by commands that need the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saiwu.conf.settings")
    django.setup()


def folder() -> Path:
    """The folder that holds the installation (`SAIWU_DATA`, else ./data), without asking Django."""
    return Path(os.environ.get("SAIWU_DATA") or "data").resolve()


def say(message: str) -> None:
    """A remark or a progress line, on stderr."""
    print(message, file=sys.stderr, flush=True)
