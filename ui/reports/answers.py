"""An answer, and a draft that was checked, as reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.types import Verdict
from ui.reports.comparison import STANDS
from ui.reports.report import Line, Marks, Report, Section, Table, Words, counted

if TYPE_CHECKING:
    from qa.types import Answer, Claim, Review


def answer_report(answer: Answer) -> Report:
    """A question and its answer: what stands, what was struck and why, and how it was made."""
    sections = []
    citations = answer.citations
    if answer.abstained:
        citations = citations or answer.abstained.nearest
        searched = answer.abstained.searched
        note = f"{answer.abstained.reason} Searched: {counted(searched.articles, 'article')} of "
        note += f"{counted(len(searched.outlets), 'named outlet')}."
        near = tuple((Words(one.quote), Marks((one.marker,))) for one in answer.abstained.nearest)
        sections.append(Section("No answer", note, lines=near))
    if answer.claims:
        sections.append(Section("Answer", lines=tuple(map(_claim, answer.claims))))
    if answer.struck:
        sections.append(
            Section("Struck, since nothing that was found proves it", lines=tuple(map(_claim, answer.struck)))
        )
    if answer.notes:
        sections.append(Section("Notes", lines=tuple((Words(note),) for note in answer.notes)))
    made = "quoted, no model" if answer.mode == "quote" else f"written by {answer.model}, each sentence checked"
    articles = len({citation.article_id for citation in answer.citations})
    about = [f"{counted(articles, 'article')}, {counted(answer.independent, 'independent account')}; {made}"]
    if answer.asked != answer.question:
        about.insert(0, f"asked as: {answer.asked}")
    return Report(answer.question, tuple(about), tuple(sections), citations)


def review_report(review: Review, *, title: str = "A draft held against the archive") -> Report:
    """A draft's sentences with their verdicts and evidence."""
    rows = tuple(map(_checked, review.claims))
    sections = [Section("Sentences", table=Table(("Verdict", "Sentence"), rows))] if rows else []
    if review.left_alone:
        lines = tuple((Words(text),) for text in review.left_alone)
        sections.append(Section("Sentences that make no claim", lines=lines))
    supported = sum(claim.verdict is Verdict.SUPPORTED for claim in review.claims)
    about = (f"{supported} of {counted(len(review.claims), 'sentence')} supported",)
    return Report(title, about, tuple(sections), review.citations)


def _claim(claim: Claim) -> Line:
    stands = dict.fromkeys(part for part in (STANDS[claim.verdict], claim.reason) if part)
    line: Line = (Words(claim.text), Marks(claim.citations))
    return (*line, Words("; ".join(stands), quiet=True)) if stands else line


def _checked(claim: Claim) -> tuple[Line, ...]:
    told: Line = (Words(claim.text), Marks(claim.citations))
    verdict: Line = (Words(STANDS[claim.verdict] or "supported", strong=True),)
    return verdict, (*told, Words(claim.reason, quiet=True)) if claim.reason else told
