"""An answer, and a draft that was checked, as reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.types import Verdict
from ui.reports.comparison import STANDS
from ui.reports.report import Gathered, Line, Report, Section, Table, Words, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.types import Answer, Citation, Claim, Review


def answer_report(answer: Answer) -> Report:
    """A question and its answer: what stands, what was struck and why, and how it was made."""
    cited = Gathered()
    sections = []
    if answer.abstained:
        nearest = answer.abstained.nearest
        searched = answer.abstained.searched
        note = f"{answer.abstained.reason} Searched: {counted(searched.articles, 'article')} of "
        note += f"{counted(len(searched.outlets), 'named outlet')}."
        shown: list[Line] = [(Words(near.quote), cited.marks([near.marker], nearest)) for near in nearest]
        sections.append(Section("No answer", note, lines=tuple(shown)))
    if answer.claims:
        lines = tuple(_claim(claim, answer.citations, cited) for claim in answer.claims)
        sections.append(Section("Answer", lines=lines))
    if answer.struck:
        lines = tuple(_claim(claim, answer.citations, cited) for claim in answer.struck)
        sections.append(Section("Struck, since nothing that was found proves it", lines=lines))
    if answer.notes:
        sections.append(Section("Notes", lines=tuple((Words(note),) for note in answer.notes)))
    made = "quoted, no model" if answer.mode == "quote" else f"written by {answer.model}, each sentence checked"
    articles = len({citation.article_id for citation in answer.citations})
    about = [f"{counted(articles, 'article')}, {counted(answer.independent, 'independent account')}; {made}"]
    if answer.asked != answer.question:
        about.insert(0, f"asked as: {answer.asked}")
    # What the answer lists and no sentence uses is evidence all the same.
    cited.marks([citation.marker for citation in answer.citations], answer.citations)
    return Report(answer.question, tuple(about), tuple(sections), cited.all())


def review_report(review: Review, *, title: str = "A draft held against the archive") -> Report:
    """A draft's sentences with their verdicts and evidence."""
    cited = Gathered()
    rows = tuple(_checked(claim, review.citations, cited) for claim in review.claims)
    sections = [Section("Sentences", table=Table(("Verdict", "Sentence"), rows))] if rows else []
    if review.left_alone:
        lines = tuple((Words(text),) for text in review.left_alone)
        sections.append(Section("Sentences that make no claim", lines=lines))
    supported = sum(claim.verdict is Verdict.SUPPORTED for claim in review.claims)
    about = (f"{supported} of {counted(len(review.claims), 'sentence')} supported",)
    cited.marks([citation.marker for citation in review.citations], review.citations)
    return Report(title, about, tuple(sections), cited.all())


def _claim(claim: Claim, citations: Sequence[Citation], cited: Gathered) -> Line:
    stands = [part for part in (STANDS[claim.verdict], claim.reason) if part]
    line: Line = (Words(claim.text), cited.marks(claim.citations, citations))
    return (*line, Words("; ".join(stands), quiet=True)) if stands else line


def _checked(claim: Claim, citations: Sequence[Citation], cited: Gathered) -> tuple[Line, ...]:
    told: Line = (Words(claim.text), cited.marks(claim.citations, citations))
    verdict: Line = (Words(STANDS[claim.verdict] or "supported", strong=True),)
    return verdict, (*told, Words(claim.reason, quiet=True)) if claim.reason else told
