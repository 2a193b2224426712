"""The web pages that articles were taken from, kept beside the archive's generations: one packed file an article."""

from __future__ import annotations

import gzip
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Pages:
    """The pages of one archive."""

    def __init__(self, folder: Path) -> None:
        """Pages under the archive in `folder`; nothing is made before there is one to keep."""
        self._home = folder / "pages"

    def put(self, article_id: str, page: bytes) -> None:
        """Keeps the page of an article.

        Raises:
            OSError: the disk is full or cannot be written.
        """
        path = self._path(article_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        staged = path.with_suffix(".new")
        staged.write_bytes(gzip.compress(page, mtime=0))
        os.replace(staged, path)  # noqa: PTH105  one step on every platform

    def get(self, article_id: str) -> bytes | None:
        """The page as it was read; None where there is none, or where it is damaged."""
        try:
            return gzip.decompress(self._path(article_id).read_bytes())
        except (OSError, EOFError):
            return None

    def remove(self, article_ids: Iterable[str]) -> None:
        """Drops the pages of these articles."""
        for article_id in article_ids:
            self._path(article_id).unlink(missing_ok=True)

    def _path(self, article_id: str) -> Path:
        return self._home / article_id[:2] / f"{article_id}.html.gz"
