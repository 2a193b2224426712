"""A small real archive, and tabs that show its pages: what the pages beside the chat are tested with."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import ui
import ui.adding
import ui.parts
from index.archive import Archive
from index.build import build
from index.statements.reader import StatementReader
from qa.engine import Engine
from qa.sessions import Sessions
from qa.settings import Settings
from tests.fakes import HashEmbedder, WordAnswers
from tests.ui.scripted import HOSTILE
from ui.adding import DESK, Tools
from ui.parts import Parts

if TYPE_CHECKING:
    import pytest

APP = Path(ui.__file__).parent / "app.py"
REPORT = """The grain barge Petrel sank at the Hollen lock on Monday, and forty tonnes of barley went down with her.
Harbour master Ruth Calloway blamed the lock company for the accident. "The gate was never inspected," Calloway said.
Divers found the gate jammed half open beneath the hull, with a chain wound twice around its lower hinge.
The cargo had been insured in Velm only three days earlier, according to papers that the insurer released.
Traffic on the canal stays closed until a crane from the northern yard lifts the wreck, the authority said."""
REPLY = """The lock company Sluis denied any fault for the sinking of the barge Petrel at the Hollen lock on Monday.
Its director, Jan Moor, accused Ruth Calloway of hiding the results of her own inspection from the council.
"She signed the papers in March," Moor said. Moor praised the divers for their patience in the cold water."""
ROWS = [
    {"outlet": "Canal Post", "published": "2026-02-03", "title": "Grain barge sinks at Hollen", "text": REPORT},
    {
        "outlet": "Lowland Radio",
        "published": "2026-02-04",
        "title": "Barge lost at Hollen lock",
        "text": REPORT + "\nThis report first appeared in Canal Post.",
    },
    {"outlet": "The Velm Mirror", "published": "2026-02-05", "title": "Lock company answers", "text": REPLY},
    {
        "outlet": HOSTILE[0],
        "published": "2026-03-01",
        "title": HOSTILE[1] + HOSTILE[3],
        "text": "\n".join(HOSTILE) + f'\nAda Blunt blamed {HOSTILE[2]} for it. "{HOSTILE[0]}," Ada Blunt said.',
        "url": "javascript:alert(1)",
    },
]


def make_archive(folder: Path) -> Path:
    """An archive of `ROWS` in `folder`, with its stories, copies and statements."""
    source = folder / "rows.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    archive = folder / "archive"
    for _ in build([source], folder=archive, embedder=HashEmbedder(), reader=StatementReader()):
        continue
    return archive


def use(archive: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the pages work on this archive."""
    settings = Settings(archive=archive, data=data, model=None)

    def no_model(model: str) -> Any:
        raise AssertionError(f"no model is asked, {model} was")

    def open_parts() -> Parts:
        engine = Engine(Archive(archive), HashEmbedder(), no_model, answers=WordAnswers())
        return Parts(settings, engine, Sessions(data / "sessions.sqlite"))

    monkeypatch.setattr(ui.parts, "open_parts", open_parts)
    monkeypatch.setattr(ui.parts, "open_settings", lambda: settings)
    monkeypatch.setattr(ui.adding, "open_tools", lambda: Tools(HashEmbedder(), StatementReader()))
    DESK.clear()
    st.cache_resource.clear()


@dataclass
class Tab:
    """A tab that shows one page."""

    page: AppTest

    def rows(self, key: str) -> list[list[str]]:
        """The words of the rows of a table."""
        return [[cell["text"] for cell in row["cells"]] for row in self.data(key)["rows"]]

    def data(self, key: str) -> dict[str, Any]:
        """What the component of this key draws."""
        found: dict[str, Any] = next(
            json.loads(element.proto.json)[0]
            for element in self.page.get("bidi_component")
            if element.proto.id.endswith(f"-{key}") or element.proto.component_name == f"rashomon_{key}"
        )
        return found

    def shows(self, component: str) -> bool:
        """Whether a component of this name is drawn and has something to show."""
        drawn = (element.proto for element in self.page.get("bidi_component"))
        named = (proto for proto in drawn if proto.component_name == f"rashomon_{component}")
        return any(json.loads(proto.json)[0] for proto in named)

    def button(self, name: str) -> Any:
        """The button whose label holds `name`."""
        return next(button for button in self.page.button if name in button.label)

    def settle(self) -> None:
        """Runs the page until no work is under way."""
        until = time.monotonic() + 60
        self.page.run()
        while (DESK.busy or any(" … " in note.value for note in self.page.markdown)) and time.monotonic() < until:
            time.sleep(0.1)
            self.page.run()
        self.page.run()
        assert not self.page.exception


def open_page(name: str, **address: str | list[str]) -> Tab:
    """A tab at the page of this name, with this in its address."""
    tab = AppTest.from_file(str(APP), default_timeout=60)
    tab._page_hash = calc_hash(name)
    for key, value in address.items():
        tab.query_params[key] = value
    tab.run()
    assert not tab.exception
    return Tab(tab)
