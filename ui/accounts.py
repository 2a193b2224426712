"""Comparisons as the Compare page draws them: one numbering of citations, columns, rows, and findings by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qa.compare.types import FindingKind
from ui.citations import MARKS
from ui.parts import counted
from ui.reports.comparison import HEADINGS
from ui.reports.report import Gathered
from ui.rows import shown
from ui.text import byline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qa.compare.types import Account, Comparison, Finding
    from qa.types import Citation

WORDS_SHOWN = 4_000
NOT_STATED, NOTHING = "not stated", "nothing found on this"
WAITING = "Putting the question to each account …"


def joined(found: Sequence[Comparison]) -> tuple[tuple[Comparison, ...], tuple[Citation, ...]]:
    """Comparisons under one numbering of their citations, and all of these in their order."""
    cited = Gathered()
    renumbered = tuple(_renumbered(one, cited) for one in found)
    return renumbered, cited.all()


def _renumbered(found: Comparison, cited: Gathered) -> Comparison:
    def markers(numbers: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
        return {"citations": cited.marks(numbers, found.citations).numbers}

    findings = tuple(one.model_copy(update=markers(one.citations)) for one in found.findings)
    outlets = tuple(
        one.model_copy(
            update={"claims": tuple(claim.model_copy(update=markers(claim.citations)) for claim in one.claims)}
        )
        for one in found.outlets
    )
    own = {marker for citation in found.citations for marker in cited.marks([citation.marker], found.citations).numbers}
    citations = tuple(citation for citation in cited.all() if citation.marker in own)
    return found.model_copy(update={"findings": findings, "outlets": outlets, "citations": citations})


def compare_data(
    questions: Sequence[str],
    found: Sequence[Comparison],
    citations: Sequence[Citation],
    *,
    errors: Mapping[str, str],
    open_marker: int | None = None,
) -> dict[str, Any]:
    """What the component draws: plain words and numbers.

    Args:
        questions: the rows; one that is neither in `found` nor in `errors` is still on its way.
        found, citations: as `joined` gives them.
        errors: by question, why there is no comparison.
    """
    by_question = {one.question: one for one in found}
    names = list(dict.fromkeys(account.outlet for one in found for account in one.outlets))
    rows = [_row(one, by_question.get(one), errors.get(one, WAITING), names) for one in questions]
    return {
        "open": open_marker,
        "columns": [_column(name, found) for name in names],
        "rows": rows,
        "sources": {
            str(one.marker): {
                "byline": shown(byline(one.outlet, one.published)),
                "title": shown(one.title or "Untitled article"),
            }
            for one in citations
        },
    }


def _column(name: str, found: Sequence[Comparison]) -> dict[str, Any]:
    accounts = [account for one in found for account in one.outlets if account.outlet == name]
    printed = list(dict.fromkeys(outlet for account in accounts for outlet in account.printed_by))
    notes = [f"Also printed by {', '.join(printed)}"] if printed else []
    notes.append(counted(max(account.articles for account in accounts), "article"))
    return {"name": shown(name), "notes": [shown(note) for note in notes]}


def _row(question: str, found: Comparison | None, instead: str, names: Sequence[str]) -> dict[str, Any]:
    if found is None:
        return {"question": shown(question), "note": shown(instead), "cells": [], "groups": []}
    accounts = {account.outlet: account for account in found.outlets}
    return {
        "question": shown(question),
        "note": None if found.outlets else "No account was found that tells of this.",
        "cells": [_cell(accounts.get(name)) for name in names],
        "groups": groups(found.findings),
    }


def _cell(account: Account | None) -> dict[str, Any]:
    claims = [
        {
            "text": shown(claim.text, WORDS_SHOWN),
            "markers": list(claim.citations),
            "verdict": claim.verdict.value,
            "mark": MARKS[claim.verdict][0],
            "meaning": MARKS[claim.verdict][1],
        }
        for claim in (account.claims if account and account.stated else ())
    ]
    return {"claims": claims, "silence": NOT_STATED if account else NOTHING}


def groups(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings by kind, what needs a second look first; what one alone tells is folded."""
    made = []
    for kind, heading in HEADINGS.items():
        own = [_finding(finding) for finding in findings if finding.kind is kind]
        if own:
            made.append({"heading": heading, "folded": kind is FindingKind.ONLY, "findings": own})
    return made


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "text": shown(finding.text, WORDS_SHOWN),
        "markers": list(finding.citations),
        "counted": f"{finding.independent} of {counted(finding.of, 'independent account')}",
        "parties": shown(f"At odds: {' and '.join(finding.parties)}") if finding.parties else None,
        "steps": [
            {"step": step.step, "one": shown(step.one, WORDS_SHOWN), "other": shown(step.other, WORDS_SHOWN)}
            for step in finding.steps
        ],
    }
