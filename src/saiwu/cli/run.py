"""saiwu run [--demo] [--host] [--port]: the web site, and the sealing of the audit trail beside it.

With --demo the installation is a demonstration: where there is none yet, it is built first. Its clock goes on from where
it was left.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing
from fractions import Fraction
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from saiwu.cli import demonstration, serving
from saiwu.cli.arguments import Arguments
from saiwu.cli.demonstration import Found
from saiwu.cli.installation import database_failed, folder, say, set_up
from saiwu.cli.migrate import make_ready
from saiwu.cli.simulate import scale_of

SUMMARY = "启动网站（--demo：先备好演示竞赛）"
_DEMO_FOLDER = "data/demo"
_WORKERS, _THREADS_SQLITE, _THREADS_POSTGRESQL = 2, 2, 4
_SEAL_EVERY_S = 3.0
_SWEEP_EVERY_S = 3600.0
_ANSWERS_WITHIN_S = 60.0
_OWN_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


def run(argv: list[str]) -> int:
    """Serve until stopped (SIGINT, SIGTERM): exit 0. Exit 2 where the port is taken or the folder cannot be used."""
    parser = Arguments(prog="saiwu run", description=SUMMARY)
    parser.add_argument("--demo", action="store_true", help="演示：没有演示数据时先用虚构人员演练几场竞赛")
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="监听的地址（缺省 127.0.0.1）")
    parser.add_argument("--port", type=_port, default=8000, metavar="端口", help="监听的端口（缺省 8000）")
    parser.add_argument(
        "--scale", type=scale_of, metavar="比例", help="只用于 --demo：演示竞赛的规模，如 1/5（缺省 1）"
    )
    options = parser.parse_args(argv)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    if not _is_free(options.host, options.port):
        say(f"{options.host}:{options.port} 不能监听，可能已有程序在用。请先停掉它，或用 --port 换一个端口。")
        return 2
    if options.demo:
        prepared = _demonstrated(options.scale or Fraction(1))
        if prepared:
            return prepared
    elif demonstration.found(folder()) in (Found.BUILT, Found.OTHER_VERSION):
        say(f"{folder()} 是演示数据，只能用 saiwu run --demo 启动。请另设 SAIWU_DATA。")
        return 2
    address = _address(options.host, options.port)
    os.environ.setdefault("SAIWU_ADDRESS", address)
    ready = _ready(demo=options.demo)
    if ready:
        return ready
    if options.demo:
        os.environ["SAIWU_DEMO_CLOCK"] = demonstration.clock(folder())
    return _serve(options.host, options.port, address)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Whoever asks to stop before the site is up interrupts, as Ctrl-C does."""
    raise KeyboardInterrupt


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}”不是 1 至 65535 的端口号。")


def _is_free(host: str, port: int) -> bool:
    """Whether somebody may listen there. What stops listening leaves the port blocked for a while: that is no lack."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with closing(socket.socket(family, kind, protocol)) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
            listener.listen(1)
    except OSError:
        return False
    return True


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def _demonstrated(scale: Fraction) -> int:
    """The demonstration's folder becomes the installation's; built first where it is not there. 0 where it is."""
    os.environ.setdefault("SAIWU_DATA", _DEMO_FOLDER)
    if os.environ.pop("SAIWU_DATABASE", ""):
        say("演示总用它自己目录里的 SQLite，不用 SAIWU_DATABASE。")
    data = folder()
    os.environ["SAIWU_DATA"] = str(data)
    match demonstration.found(data):
        case Found.BUILT:
            return 0
        case Found.SOMETHING_ELSE:
            say(f"{data} 里有别的东西，不是演示数据。请另设 SAIWU_DATA。")
            return 2
        case Found.OTHER_VERSION:
            try:
                aside = demonstration.put_aside(data)
            except OSError as error:
                say(f"{data} 是另一版本建的演示数据，不能改名让位：{error.strerror}。请移走它再启动。")
                return 2
            say(f"{data} 是另一版本建的演示数据，已改名为 {aside.name}，现在重新建一份，约需一分钟")
        case Found.NOTHING:
            say(f"第一次启动，先用虚构人员演练几场竞赛，约需一分钟（存到 {data}）")
    return _build(data, scale)


def _build(data: Path, scale: Fraction) -> int:
    """In a process of its own, since this one is to serve another installation than the one being built."""
    command = [sys.executable, "-P", "-m", "saiwu.cli.demonstration", str(data), str(scale)]
    building = subprocess.Popen(command)  # noqa: S603 (our own interpreter)
    try:
        code = building.wait()
    except KeyboardInterrupt:
        building.terminate()
        building.wait()
        raise
    if code:
        say("演示数据没有建成，什么都没有留下。")
        return 2
    return 0


def _ready(*, demo: bool) -> int:
    """Keys, tables, static files. Of a demonstration these are collected when it is built, and after an upgrade."""
    data = folder()
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        say(f"数据目录 {data} 无法建立：{error.strerror}。请换一个目录（环境变量 SAIWU_DATA），或改它的权限。")
        return 2
    set_up()
    from django.db import DatabaseError

    try:
        make_ready(static=not demo or not _static_is_newest())
    except DatabaseError as error:
        return database_failed(error)
    return 0


def _static_is_newest() -> bool:
    """Whether no static file of the software is newer than those collected."""
    from django.conf import settings

    collected = settings.STATIC_ROOT / "staticfiles.json"
    if not collected.is_file():
        return False
    made = collected.stat().st_mtime
    sources = (path for place in settings.STATICFILES_DIRS for path in place.rglob("*"))
    return all(path.stat().st_mtime <= made for path in sources)


def _serve(host: str, port: int, address: str) -> int:
    """The server as a child; here the trail is sealed every few seconds until somebody asks to stop."""
    from django.db import connection

    threads = _THREADS_POSTGRESQL if connection.vendor == "postgresql" else _THREADS_SQLITE
    connection.close()
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    server = serving.start(
        *("--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(_WORKERS)),
        *("--blocking-threads", str(threads), "--no-ws", "--log-level", "warning", "--respawn-failed-workers"),
        *("--workers-kill-timeout", "5", "saiwu.conf.wsgi:application"),
    )
    try:
        _announce(server, stopping, host, port, address)
        swept_at = float("-inf")
        while server.poll() is None and not stopping.wait(_SEAL_EVERY_S):
            _seal()
            if time.monotonic() - swept_at > _SWEEP_EVERY_S:
                _sweep()
                swept_at = time.monotonic()
    finally:
        asked = stopping.is_set()
        serving.stop(server)
    if asked:
        say("已停止。")
        return 0
    say("网站意外停止，原因见上。")
    return 2


def _announce(server: subprocess.Popen[bytes], stopping: threading.Event, host: str, port: int, address: str) -> None:
    """Print the address once a page comes from there; nothing where none comes."""
    shown = urlsplit(address).hostname or host
    until = time.monotonic() + _ANSWERS_WITHIN_S
    while server.poll() is None and not stopping.is_set() and time.monotonic() < until:
        try:
            with closing(HTTPConnection(shown, port, timeout=_ANSWERS_WITHIN_S)) as asked:
                asked.request("GET", "/")
                asked.getresponse()
        except (OSError, HTTPException):
            stopping.wait(0.05)
            continue
        print(f"赛务 Saiwu 已启动：{address}", flush=True)
        if demonstration.found(folder()) is Found.BUILT:
            print(f"\n{demonstration.table(demonstration.sign_ins(folder()), address)}\n", flush=True)
        if host not in _OWN_MACHINE and "SAIWU_HOSTS" not in os.environ:
            say("从别的机器访问，还要在环境变量 SAIWU_HOSTS 里写明所用的主机名或地址。")
        return
    if not stopping.is_set():
        say("网站没有回应。")


def _sweep() -> None:
    """Take away the sessions that have ended: nothing else does."""
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    try:
        call_command("clearsessions")
    except DatabaseError as error:
        say(f"过期的登录暂时不能清理：{error}")
        connection.close()


def _seal() -> None:
    """Number and hash what was recorded since; a database that is busy or away is tried again next time."""
    from datetime import UTC, datetime

    from django.db import DatabaseError, connection

    from saiwu.audit import sealing
    from saiwu.privacy import keys

    try:
        if sealing.unsealed():
            sealing.seal(at=datetime.now(UTC), sign=keys.sign)
    except (DatabaseError, OSError) as error:
        say(f"审计日志暂时不能封存：{error}")
        connection.close()
