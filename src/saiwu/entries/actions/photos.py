"""The photo of a contestant: checked, re-encoded without its EXIF, encrypted."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account
from saiwu.audit.frame import Refused, action, record
from saiwu.documents import photos
from saiwu.entries.models import Entry
from saiwu.people.models import Photo
from saiwu.privacy import fields


@action
def attach_photo(*, entry_id: int, position: int, image: bytes, by: Account, at: datetime) -> None:
    """Attach (or replace) the photo of the member at that position. Raises Refused where the image is none."""
    entry = begin("entries.attach_photo", Entry, entry_id, by=by, at=at, related=("event__competition",))
    member = entry.members.select_related("person").filter(position=position).first()
    if member is None:
        raise Refused(f"这份报名没有第 {position} 名队员。", rule="photo", field="position")
    try:
        jpeg = photos.accept(image).content
    except photos.PhotoRefused as error:
        raise Refused(str(error), rule="photo", field="photo") from error
    digest = hashlib.sha256(jpeg).hexdigest()
    context = f"person:{member.person.key}:photo"
    sealed = fields.seal(base64.b64encode(jpeg).decode(), context)
    Photo.objects.update_or_create(person=member.person, defaults={"jpeg_sealed": sealed, "sha256": digest, "at": at})
    record("entries.attach_photo", entry, by=by, at=at, facts={"person": member.person.key, "sha256": digest})
