"""Streamlit puts the folder of the page first on the module path: no name there may hide another module."""

from __future__ import annotations

import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import ui

FOLDER = Path(ui.__file__).parent
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", MODULES)
def test_no_module_of_the_page_hides_another(name: str) -> None:
    project = {path.name for path in FOLDER.parent.iterdir() if path.is_dir()}
    taken = set(sys.stdlib_module_names) | set(packages_distributions()) | project
    assert name not in taken
