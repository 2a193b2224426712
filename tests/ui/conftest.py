"""An archive for the pages, made once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import streamlit as st

from tests.ui.pages import make_archive, use

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
