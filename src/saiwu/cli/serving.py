"""The web server as a child that does not outlive its parent, however that one ends.

`python -m saiwu.cli.serving ARGUMENTS...` is Granian with these arguments, which ends when its standard input does: the
parent holds the other end of that pipe, and a parent that is killed lets go of it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

_STOPS_WITHIN_S = 10.0


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """Start the server in a session of its own: Ctrl-C reaches the parent alone, which then stops it in order."""
    command = [sys.executable, "-P", "-m", __name__, *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 (our own interpreter)


def stop(server: subprocess.Popen[bytes]) -> None:
    """Ask the server to stop, and its whole session to end where it does not."""
    if server.poll() is None:
        server.terminate()
    try:
        server.wait(_STOPS_WITHIN_S)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _end_with_the_parent() -> None:
    """Wait for the end of standard input; then stop in order, and by force what does not."""
    while os.read(0, 64):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_STOPS_WITHIN_S)
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    from granian.cli import cli

    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    cli(auto_envvar_prefix="GRANIAN")
