"""Whether somebody holds a receipt: its number, and the last four places of his phone or ID number.

Wrong tries at one receipt make everybody wait who tries that receipt; numbers that are none make their address wait, so
late that a whole school behind one address does not notice.
"""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest

from saiwu.accounts.actions import note_failure
from saiwu.accounts.queries import locked_out
from saiwu.audit.frame import NotFound, Refused
from saiwu.competitions.queries import Site
from saiwu.entries.queries import preregistering as queries
from saiwu.entries.queries.preregistering import ReceiptPage
from saiwu.web import address
from saiwu.web.kept import Reader

RECEIPT, ADDRESS = "receipt", "receipt_address"
MOST = {RECEIPT: 5, ADDRESS: 100}
WITHIN = {RECEIPT: timedelta(minutes=15), ADDRESS: timedelta(minutes=10)}
WRONG = "回执号和后四位对不上。请对照回执再看一遍：回执号 8 位，后四位是报名时填的手机号或证件号码的。"
WAIT = "试错的次数太多，请过 15 分钟再试。忘了回执号的，请打页脚里的电话。"


def held(request: HttpRequest, reader: Reader, site: Site, number: str, last_four: str) -> ReceiptPage:
    """The receipt, where the pair is right. 2 SQL statements more than `looked_up`, 3 and a record where it is wrong.

    Raises Refused, which says not which of the two is wrong, or that too many were.
    """
    subjects = {RECEIPT: f"{site.slug}/{number}", ADDRESS: address.of(request)}
    for kind, subject in subjects.items():
        if locked_out(kind, subject, most=MOST[kind], within=WITHIN[kind], at=reader.now):
            raise Refused(WAIT, rule="wait")
    try:
        return queries.looked_up(site, number, last_four, reader.now)
    except NotFound:
        kind = RECEIPT if queries.is_receipt(site, number) else ADDRESS
        note_failure(kind=kind, subject=subjects[kind], at=reader.now)
        raise Refused(WRONG, rule="receipt") from None
