"""Founds the committee's office and publishes a notice. By root, on the server:

    NOTICE=/opt/saiwu/src/saiwu/notices/bayu-2025 saiwu manage shell < first_competition.py

Both are verbs and leave their records. The office is founded once; a notice is published once, and later corrected by
its next version.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from saiwu.accounts.actions import found
from saiwu.accounts.models import Account
from saiwu.competitions.actions import publish

folder = Path(os.environ["NOTICE"])
paths = sorted(path for path in folder.rglob("*") if path.is_file())
files = {str(path.relative_to(folder)): path.read_text("utf-8") for path in paths}

at = datetime.now(UTC)
office = Account.objects.filter(login="office").first()
if office is None:
    office = Account.objects.get(pk=found(login="office", name="组委会办公室", at=at))
publish(slug=folder.name, files=files, by=office, at=at)
print(f"已发布 {folder.name}")
