"""Settings: the model and the key of this tab, what leaves the machine, and a question to try."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.pages import open_page
from ui.models import leaves

if TYPE_CHECKING:
    from pathlib import Path


def test_a_question_is_tried_with_its_time_and_cost(archive: Path) -> None:
    tab = open_page("settings")
    tab.button("Ask one thing").click().run()
    tab.settle()
    assert [metric.label for metric in tab.page.metric] == ["Time", "Tokens", "Cost"]
    assert tab.page.metric[1].value == "none"
    assert any(text.value.startswith("Answered: ") for text in tab.page.text)


def test_a_typed_key_is_kept_in_the_tab_and_leaves_the_field(archive: Path) -> None:
    tab = open_page("settings")
    tab.page.text_input[0].set_value("sk-secret").run()
    assert tab.page.text_input[0].value == ""
    assert tab.page.session_state["key"] == "sk-secret"
    assert "sk-secret" not in str(tab.page.query_params)
    tab.button("Forget the key").click().run()
    assert "key" not in tab.page.session_state


def test_the_model_chosen_is_kept_and_what_it_sends_is_said(archive: Path) -> None:
    tab = open_page("settings")
    assert tab.page.text[0].value.startswith("Nothing. Answers are quotations")
    tab.page.selectbox[0].set_value("local/smollm2").run()
    assert tab.page.session_state["model"] == "local/smollm2"
    assert tab.page.text[0].value == "Nothing. The model is a file that runs on this machine."


@pytest.mark.parametrize(
    ("model", "base", "told"),
    [
        (None, None, "Nothing."),
        ("local/smollm2", None, "Nothing."),
        ("ollama/llama3.2", None, "Nothing, if"),
        ("openai/x", "http://127.0.0.1:8000/v1", "Nothing, if"),
        ("openai/x", "https://models.example/v1", "Each question goes to the server at models.example"),
        ("ollama/llama3.2", "https://far.example", "Each question goes to the server at far.example"),
        ("anthropic/claude", None, "Each question goes to the provider of anthropic/claude"),
    ],
)
def test_what_leaves_the_machine_depends_on_the_model_and_its_address(
    model: str | None, base: str | None, told: str
) -> None:
    assert leaves(model, base).startswith(told)
