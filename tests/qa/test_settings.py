"""Settings: read from the environment, checked, with defaults of the user's own folders."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from index.embed import DEFAULT_MODEL
from qa.settings import Settings


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ARCHIVE", "DATA", "CACHE", "EMBEDDING", "MODEL", "API_BASE", "API_KEY", "TIMEOUT", "PASSAGES"):
        monkeypatch.delenv(f"RASHOMON_{name}", raising=False)


def test_defaults_quote_and_lie_in_the_users_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = Settings()
    assert (made.model, made.api_base, made.api_key, made.embedding) == (None, None, None, DEFAULT_MODEL)
    assert made.archive.parent == made.data
    assert made.archive.name == "archive"
    assert made.cache != made.data


def test_the_environment_sets_and_an_empty_variable_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASHOMON_ARCHIVE", "/somewhere/else")
    monkeypatch.setenv("RASHOMON_MODEL", "")
    monkeypatch.setenv("RASHOMON_TIMEOUT", "2.5")
    made = Settings()
    assert (made.archive, made.model, made.timeout) == (Path("/somewhere/else"), None, 2.5)
    assert Settings(archive=Path("/given")).archive == Path("/given")


def test_a_key_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASHOMON_API_KEY", "very-secret")
    made = Settings()
    assert "very-secret" not in f"{made!r} {made} {made.model_dump()}"
    assert made.api_key is not None
    assert made.api_key.get_secret_value() == "very-secret"


@pytest.mark.parametrize(("name", "value"), [("TIMEOUT", "0"), ("PASSAGES", "0"), ("PASSAGES", "many")])
def test_a_value_that_makes_no_sense_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"RASHOMON_{name}", value)
    with pytest.raises(ValidationError):
        Settings()
