"""Static files under hashed names, served by the same process."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Hashed and compressed once by `saiwu migrate`; a name that is not in the manifest is served as it is."""

    manifest_strict = False
