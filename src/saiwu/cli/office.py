"""saiwu office LOGIN [--name NAME]: the way in for the committee's office, and back in where it locked itself out."""

from __future__ import annotations

from saiwu.cli.arguments import Arguments
from saiwu.cli.installation import database_failed, say, set_up

SUMMARY = "设立组委会办公室的账号，或给一个账号重发设置密码的链接"


def run(argv: list[str]) -> int:
    """Print a link by which the account sets its password, once, within three days. Exit 2 where there is none to make."""
    parser = Arguments(prog="saiwu office", description=f"{SUMMARY}。链接打印在标准输出，只能用一次，三天内有效。")
    parser.add_argument("login", metavar="登录名", help="办公室账号的登录名；没有这个账号的，新设一个")
    parser.add_argument("--name", default="", metavar="姓名", help="新设时必填：使用人的姓名")
    parser.add_argument("--drop-second-factor", action="store_true", help="手机和备用码都丢了：一并取消两步验证")
    options = parser.parse_args(argv)
    set_up()
    from django.db import DatabaseError

    try:
        return _invited(options.login.strip().lower(), options.name.strip(), options.drop_second_factor)
    except DatabaseError as error:
        return database_failed(error)


def _invited(login: str, name: str, drop: bool) -> int:
    from datetime import UTC, datetime

    from django.conf import settings
    from django.urls import reverse

    from saiwu.accounts.actions import drop_second_factor, found, invite
    from saiwu.accounts.models import SYSTEM, Account
    from saiwu.audit.frame import NotFound, Refused

    at = datetime.now(UTC)
    account_id = Account.objects.filter(login=login).values_list("pk", flat=True).first()
    try:
        if account_id is None:
            if not name:
                say(f"没有“{login}”这个账号。新设办公室账号请加 --name 姓名。")
                return 2
            account_id = found(login=login, name=name, at=at)
        elif drop:
            drop_second_factor(account_id=account_id, by=SYSTEM, at=at)
        token = invite(account_id=account_id, by=SYSTEM, at=at)
    except (Refused, NotFound) as refused:
        say(str(refused))
        return 2
    print(f"{settings.ADDRESS}{reverse('invitation', args=[account_id, token])}")
    say("请把这个链接交给本人，用浏览器打开后设置密码。")
    return 0
