"""The errors of the product.

    RashomonError                 anything that a user can be told in one sentence      exit 1
    ├── UsageError                the call does not fit the command or the archive      exit 2
    ├── UnreadableFileError       one file that cannot become an article                exit 4, the others go in
    ├── ArchiveError              damaged, incompatible, missing, or held by a writer   exit 5
    │   └── OldArchiveError           made by an older version, which a writer can mend
    └── ModelError                a model that cannot be reached or used                exit 6
        ├── ModelUnavailableError     no answer: address, network, time limit, server error
        ├── ModelRefusedError         the provider turned the call away: key, rights, quota
        └── ModelReplyError           an answer came that cannot be read

Each message says what happened and what to do next, in words for the person who asked.
"""

from __future__ import annotations


class RashomonError(Exception):
    """Anything that a user can be told in one sentence."""

    exit_code = 1


class UsageError(RashomonError):
    """The call does not fit the command or the archive."""

    exit_code = 2


class UnreadableFileError(RashomonError):
    """One file cannot become an article; the others still can."""

    exit_code = 4

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class ArchiveError(RashomonError):
    """The archive is damaged, incompatible, missing, or held by another writer."""

    exit_code = 5


class OldArchiveError(ArchiveError):
    """The archive was made by an older version; adding to it brings it up to date."""


class ModelError(RashomonError):
    """A model cannot be reached or used."""

    exit_code = 6


class ModelUnavailableError(ModelError):
    """No answer came: address, network, time limit or a fault of the server."""


class ModelRefusedError(ModelError):
    """The provider turned the call away: key, rights, quota or an unknown model."""


class ModelReplyError(ModelError):
    """An answer came that cannot be read."""
