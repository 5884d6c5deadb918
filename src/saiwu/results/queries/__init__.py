"""What doors may read of results, a file a noun. What is named here anybody may read once it is published."""

from saiwu.results.queries.public import (
    BulletinPage,
    CertificatePage,
    MemberOutcome,
    PublishedList,
    RankRow,
    ResultPage,
    bulletin_of,
    bundle_of,
    certificate_of,
    certificates_numbered,
    published,
    published_of,
    result_page,
    shown_until,
)

__all__ = [
    "BulletinPage",
    "CertificatePage",
    "MemberOutcome",
    "PublishedList",
    "RankRow",
    "ResultPage",
    "bulletin_of",
    "bundle_of",
    "certificate_of",
    "certificates_numbered",
    "published",
    "published_of",
    "result_page",
    "shown_until",
]
