"""saiwu migrate: make or upgrade an installation: folder, keys, database, static files."""

from __future__ import annotations

from saiwu.cli.arguments import Arguments
from saiwu.cli.installation import database_failed, folder, say, set_up


def run(argv: list[str]) -> int:
    """Exit 0 when the installation is ready; 2 where its folder or database cannot be written."""
    parser = Arguments(prog="saiwu migrate", description="建立或升级整套安装：数据目录、密钥、数据库、静态文件。")
    parser.add_argument("--no-static", action="store_true", help="不收集静态文件")
    options = parser.parse_args(argv)
    data = folder()
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        say(f"数据目录 {data} 无法建立：{error.strerror}。请换一个目录（环境变量 SAIWU_DATA），或改它的权限。")
        return 2
    set_up()
    from django.db import DatabaseError

    try:
        make_ready(static=not options.no_static)
    except DatabaseError as error:
        return database_failed(error)
    say(f"已就绪：{data}")
    return 0


def make_ready(*, static: bool) -> None:
    """Keys, tables, static files. What is there already is left as it is."""
    from django.conf import settings
    from django.core.management import call_command

    from saiwu.privacy import keys

    keys.make_missing(settings.DATA / "keys")
    call_command("migrate", verbosity=0, interactive=False)
    if static:
        call_command("collectstatic", verbosity=0, interactive=False)
