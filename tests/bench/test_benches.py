"""Every bench can still be run: what it imports is where it looks for it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

BENCHES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem.isidentifier())


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in BENCHES if not name.startswith(("test_", "__"))])
def test_a_bench_finds_what_it_imports(name: str) -> None:
    assert import_module(f"tests.bench.{name}").__doc__
