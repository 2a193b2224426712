"""The error tree: what a program can rely on."""

from __future__ import annotations

import inspect

import pytest

from index import errors
from index.errors import (
    ArchiveError,
    ModelError,
    ModelRefusedError,
    ModelReplyError,
    ModelUnavailableError,
    OldArchiveError,
    RashomonError,
    UnreadableFileError,
    UsageError,
)


@pytest.mark.parametrize(
    ("kind", "parent", "code"),
    [
        (RashomonError, Exception, 1),
        (UsageError, RashomonError, 2),
        (UnreadableFileError, RashomonError, 4),
        (ArchiveError, RashomonError, 5),
        (OldArchiveError, ArchiveError, 5),
        (ModelError, RashomonError, 6),
        (ModelUnavailableError, ModelError, 6),
        (ModelRefusedError, ModelError, 6),
        (ModelReplyError, ModelError, 6),
    ],
)
def test_every_error_has_its_place_and_its_exit_code(
    kind: type[RashomonError], parent: type[Exception], code: int
) -> None:
    assert kind.__base__ is parent
    assert kind.exit_code == code
    assert kind.__name__ in (errors.__doc__ or "")


def test_there_are_no_other_errors() -> None:
    found = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Exception)]
    assert len(found) == 9


def test_an_unreadable_file_is_named_with_the_reason() -> None:
    error = UnreadableFileError("/news/a.txt", "is empty; leave it out or fill it")
    assert (error.path, error.reason) == ("/news/a.txt", "is empty; leave it out or fill it")
    assert str(error) == "/news/a.txt: is empty; leave it out or fill it"
