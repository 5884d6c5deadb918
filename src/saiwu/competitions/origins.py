"""Where every document of a competition says that it comes from: notice, theme, whom to ask."""

from __future__ import annotations

from saiwu.documents.origin import Origin
from saiwu.rules.rulebook import Rulebook


def origin_of(book: Rulebook, remark: str = "") -> Origin:
    """What stands at the foot of every document. `remark`: such as that all data are invented."""
    contact = book.chapters.contact
    said = (contact.person or contact.office, contact.phone, contact.address) if contact else ()
    return Origin(
        notice_number=book.head.number or "",
        theme=book.head.theme or "",
        contact=" ".join(part for part in said if part),
        remark=remark,
    )
