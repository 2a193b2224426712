"""The conversations of `conversations.json`, and how a reading is held against them."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.question import read
from qa.questions.limits import Known
from qa.types import Answer, Claim, Turn, Verdict

if TYPE_CHECKING:
    from qa.questions.limits import Asked


def load() -> dict[str, Any]:
    """The file as it is."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("conversations.json").read_text(encoding="utf-8"))
    return found


def run(conversation: dict[str, Any], archive: dict[str, Any]) -> list[tuple[tuple[Asked, ...], str]]:
    """Each turn as it was read, after the readings before it, and what is wrong with it; empty where nothing is."""
    known = Known(tuple(archive["outlets"]), date.fromisoformat(archive["newest"]))
    history: list[Turn] = []
    found: list[tuple[Asked, ...]] = []
    wrong = []
    for turn in conversation["turns"]:
        asked = read(turn["question"], history, known, carried=found[-1][-1].limits if found else ())
        found.append(asked)
        wrong.append(fault(asked, turn["expected"]))
        claims = (Claim(text=turn["answer"], citations=(), verdict=Verdict.SUPPORTED),) if "answer" in turn else ()
        answer = Answer(
            question=turn["question"], asked=" ".join(one.text for one in asked), mode="quote", claims=claims
        )
        history.append(Turn(question=turn["question"], answer=answer))
    return list(zip(found, wrong, strict=True))


def fault(asked: tuple[Asked, ...], expected: list[dict[str, Any]]) -> str:
    """What is wrong with a reading, for people; empty where nothing is."""
    if len(asked) != len(expected):
        return f"{len(asked)} questions, not {len(expected)}"
    return "; ".join(problem for one, wanted in zip(asked, expected, strict=True) for problem in _faults(one, wanted))


def _faults(one: Asked, wanted: dict[str, Any]) -> list[str]:
    problems = []
    if "asked" in wanted and folded(one.text) not in map(folded, wanted["asked"]):
        problems.append(f"{one.text!r} is not {wanted['asked'][0]!r}")
    problems += [f"{one.text!r} lacks {word!r}" for word in wanted.get("has", ()) if not _holds(one.text, word)]
    problems += [f"{one.text!r} holds {word!r}" for word in wanted.get("lacks", ()) if _holds(one.text, word)]
    filters = one.filters
    if set(filters.outlets) != set(wanted.get("outlets", ())):
        problems.append(f"outlets {filters.outlets}")
    for name in ("since", "until"):
        day: date | None = getattr(filters, name)
        if (day.isoformat() if day else None) != wanted.get(name):
            problems.append(f"{name} {day}")
    return problems


def folded(text: str) -> str:
    """Without case, punctuation and an opening "and"; parentheses stay."""
    plain = re.sub(r"[^\w()]+", " ", text.casefold()).strip()
    return re.sub(r"^(?:(?:and|but|so) )+", "", plain)


def _holds(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(folded(words))}(?!\w)", folded(text)) is not None
