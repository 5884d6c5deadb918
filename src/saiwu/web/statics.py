"""Static files under hashed names, served by the same process. No build: a bundle is its files, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_COMPONENTS = (
    "small page ridge verdict clause finding deadline timeline events quota todo steps form summary notice receipt "
    "empty codes sheet tally roster review desk door unit judge marking ranks document committee trail "
    "home pages progress print narrow"
)

BUNDLES: dict[str, tuple[str, ...]] = {
    "css/saiwu.css": (
        "css/tokens.css",
        "css/base.css",
        *(f"css/components/{name}.css" for name in _COMPONENTS.split()),
    ),
}
"""What one link on a page loads: the files of a bundle in the order in which they win over each other."""


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed and compressed once by `saiwu migrate`; a name that is not in the manifest is served as it is."""

    manifest_strict = False

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Lay the files of each bundle together before names are hashed, so that a bundle is hashed like any file."""
        if not dry_run:
            for bundle, parts in BUNDLES.items():
                paths[bundle] = (self, self._bundled(bundle, parts))
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _bundled(self, bundle: str, parts: tuple[str, ...]) -> str:
        texts = []
        for part in parts:
            with self.open(part) as file:
                texts.append(file.read())
        if self.exists(bundle):
            self.delete(bundle)
        return str(self.save(bundle, ContentFile(b"\n".join(texts))))

    def stored_name(self, name: str) -> str:
        """The hashed name, or the name itself while nothing has been collected."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
