"""Serves the page over the scripted engine: `python -m tests.ui.serve_scripted PORT FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

import ui.parts
from qa.settings import Settings
from tests.ui.scripted import ScriptedEngine, scripted_parts
from ui.server import serve

if __name__ == "__main__":
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    ui.parts.open_parts = lambda: scripted_parts(
        folder, ScriptedEngine(pause=float(sys.argv[3]) if len(sys.argv) > 3 else 0.02)
    )
    serve(Settings(archive=folder, data=folder), port=port)
