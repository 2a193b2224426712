"""An archive for the pages, made once, and a server over the example articles for all tests in a browser."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import streamlit as st

from tests.conftest import ROOT
from tests.ui.pages import make_archive, use
from tests.ui.scripted import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.test_browser import Site


@pytest.fixture(scope="session")
def made_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of `pages.ROWS`; read, never changed."""
    return make_archive(tmp_path_factory.mktemp("pages"))


@pytest.fixture
def archive(made_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the archive, that the pages work on."""
    own = tmp_path / "archive"
    shutil.copytree(made_archive, own)
    use(own, tmp_path, monkeypatch)
    yield own
    st.cache_resource.clear()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The page over the articles in `examples` and one whose every field is hostile; with a story's id and an article's."""
    from index.archive import Archive
    from tests.ui.test_browser import Site, serve

    folder = tmp_path_factory.mktemp("site")
    hostile = folder / "hostile.jsonl"
    text = "\n\n".join(HOSTILE) + f'\n\nAda Blunt blamed {HOSTILE[0]} for it. "{HOSTILE[1]}," Ada Blunt said.'
    row = {"title": "".join(HOSTILE[:4]), "outlet": HOSTILE[0], "published": "2026-05-01", "text": text}
    hostile.write_text(json.dumps(row), encoding="utf-8")
    add = [
        sys.executable,
        "-m",
        "ui.cli",
        "--archive",
        str(folder / "archive"),
        "add",
        "examples/articles",
        str(hostile),
    ]
    subprocess.run(add, cwd=ROOT, check=True, capture_output=True)
    archive = Archive(folder / "archive")
    [article] = [one.id for one in archive.catalogue.articles() if one.path.endswith("gazette-dam-talks-fail.txt")]
    [story] = [one.id for one in archive.stories.stories() if article in one.articles]
    for url in serve(["ui.cli", "--archive", str(folder / "archive"), "chat", "--port", "{port}"], folder):
        yield Site(url, story, article)
