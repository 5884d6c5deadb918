"""Files that come with a form: handed to the verbs one by one; what one refuses is told, the others are kept."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from saiwu.audit.frame import Refused
from saiwu.entries import actions
from saiwu.web.desk import Desk

MOST_BYTES = 10 * 1024 * 1024


def take_files(request: HttpRequest, at: Desk, entry_id: int) -> None:
    """Photos (`photo-1`) and documents (`evidence-1-<rule>`) of the members at these positions."""
    for name in request.FILES:
        file = request.FILES.get(name)
        kind, _, rest = name.partition("-")
        place, _, rule = rest.partition("-")
        if file and kind in ("photo", "evidence") and place.isascii() and place.isdigit() and len(place) < 4:
            try:
                take(at, kind, entry_id, int(place), rule, file)
            except Refused as refused:
                messages.warning(request, f"“{file.name}”没有收下：{refused}")


def take(at: Desk, kind: str, entry_id: int, position: int, rule: str, file: UploadedFile[Any]) -> None:
    """One file. Raises Refused as the verb does."""
    if (file.size or 0) > MOST_BYTES:
        raise Refused("文件超过 10 MB，请缩小后重新上传。", rule=kind, field="file")
    content = file.read()
    if kind == "photo":
        actions.attach_photo(entry_id=entry_id, position=position, image=content, by=at.account, at=at.now)
    else:
        actions.attach_evidence(
            entry_id=entry_id,
            position=position,
            rule=rule,
            name=file.name or "",
            content=content,
            by=at.account,
            at=at.now,
        )
