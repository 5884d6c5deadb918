"""Which Chromium of this machine the tests drive."""

from __future__ import annotations

import shutil

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
"""Debian builds the same browser twice. The one without windows takes a third of the time for a page: nobody draws tabs."""
