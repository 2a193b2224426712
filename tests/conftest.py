"""What all tests share: where the shared data lies, and no network beyond this machine."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from index.answers import AnswerModel
    from index.embed import Embedder

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("RASHOMON_SHARED", ROOT.parent / "shared"))

os.environ["HF_HUB_OFFLINE"] = "1"
settings.register_profile("rashomon", deadline=None)  # how long an example takes is the machine's affair
settings.load_profile("rashomon")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data; the test skips where it is absent."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the shared data is not beside this project")
    return SHARED / "data"


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuses every connection that would leave this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "local"
        if host not in ("127.0.0.1", "::1", "localhost", "local"):
            raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The default embedding model, converted in the user's cache once a machine; tests that use it are marked `model`."""
    from index.embed import open_embedder
    from qa.settings import Settings

    return open_embedder(cache=Settings().cache)


@pytest.fixture(scope="session")
def answers(embedder: Embedder) -> AnswerModel:
    """The model of answers, converted in the user's cache once a machine; tests that use it are marked `model`."""
    from index.answers import open_answers
    from qa.settings import Settings

    return open_answers(cache=Settings().cache)


@pytest.fixture(scope="session")
def examples(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the example articles, statements read; for reading only."""
    from index.build import build
    from index.statements.reader import StatementReader

    folder = tmp_path_factory.mktemp("examples") / "archive"
    list(build([ROOT / "examples" / "articles"], folder=folder, embedder=embedder, reader=StatementReader()))
    return folder
