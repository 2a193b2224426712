"""Prompts: what a file of words promises."""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files

import pytest

from prompts import Prompt, load

NAMES = sorted(path.name.removesuffix(".txt") for path in files("prompts").iterdir() if path.name.endswith(".txt"))


@pytest.mark.parametrize("name", NAMES)
def test_the_version_is_a_hash_of_the_words(name: str) -> None:
    prompt = load(name)
    assert prompt.version == hashlib.sha256(prompt.text.encode()).hexdigest()[:12]


@pytest.mark.parametrize("name", NAMES)
def test_no_prompt_holds_a_sample_citation(name: str) -> None:
    """Small models copy what looks like an answer."""
    assert not re.search(r"\[\s*\d", load(name).text)
    assert not re.search(r"\"numbers\"\s*:", load(name).text)


def test_filling_fills_each_hole_once() -> None:
    prompt = Prompt("p", "v", "Say $word to $whom.")
    assert prompt.fill(word="$whom", whom="$$5") == "Say $whom to $$5."


@pytest.mark.parametrize("holes", [{}, {"word": "a"}, {"word": "a", "whom": "b", "why": "c"}])
def test_a_missing_or_unknown_hole_is_refused(holes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="the prompt p lacks"):
        Prompt("p", "v", "Say $word to $whom.").fill(**holes)


def test_a_prompt_that_does_not_exist() -> None:
    with pytest.raises(FileNotFoundError):
        load("no-such-prompt")
