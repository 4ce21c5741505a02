"""Where the look's files are: worked out once in the life of a process, since every page names some twenty."""

from functools import cached_property

from whitenoise.storage import CompressedManifestStaticFilesStorage


class KnownFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped base
    """WhiteNoise's storage, which remembers the address of each file."""

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file, with its content's hash in it."""
        if (name, force) not in self._known:
            self._known[name, force] = super().url(name, force)
        return self._known[name, force]

    @cached_property
    def _known(self) -> dict[tuple[str | None, bool], str]:
        return {}
