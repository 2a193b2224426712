"""A comparison as a report: what each account says, then what they have in common and where they are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.compare.types import FindingKind
from qa.types import Verdict
from ui.reports.report import Change, Line, Marks, Report, Section, Table, Words, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qa.compare.types import Account, Comparison, Finding

HEADINGS = {
    FindingKind.CONTRADICT: "They contradict each other",
    FindingKind.DENIED: "Told by one, denied in another",
    FindingKind.DIFFER_NUMBER: "They give different numbers",
    FindingKind.DIFFER_WORDING: "One quotation in different words",
    FindingKind.AGREE: "They agree",
    FindingKind.ONLY: "Told by one alone",
}
"""Each kind's heading, in the order of a report: what needs a second look comes first."""
STANDS = {
    Verdict.SUPPORTED: "",
    Verdict.PARTLY: "partly supported",
    Verdict.UNSUPPORTED: "not supported",
    Verdict.CONTRADICTED: "contradicted",
    Verdict.UNCITED: "cites nothing",
    Verdict.ABSENT: "not in the archive",
}
COPIES = "Copies of one original are one account."


def comparison_report(found: Comparison, *, title: str | None = None) -> Report:
    """One question put to each account.

    Args:
        found: the comparison; without accounts, such as quotations alone, only its findings are shown.
        title: stands above in place of the question.
    """
    sections = []
    if found.outlets:
        rows = tuple(row for account in found.outlets for row in _rows(account))
        stated = sum(account.stated for account in found.outlets)
        note = f"{stated} of {counted(len(found.outlets), 'account')} state an answer. {COPIES}"
        sections.append(Section("What each account says", note, table=Table(("Account", "Says"), rows)))
    sections += finding_sections(found.findings)
    if not found.findings:
        sections.append(Section("Findings", "Nothing was found that the accounts tell alike or differently."))
    return Report(title or found.question, sections=tuple(sections), citations=found.citations)


def finding_sections(findings: Sequence[Finding]) -> list[Section]:
    """A section a kind, for the kinds that there are."""
    sections = []
    for kind, heading in HEADINGS.items():
        own = [finding for finding in findings if finding.kind is kind]
        if own:
            sections.append(Section(heading, lines=tuple(line for finding in own for line in _finding(finding))))
    return sections


def _rows(account: Account) -> Iterable[tuple[Line, ...]]:
    """The account's name, then a row for each further claim with an empty cell before it."""
    known = [f"printed by {', '.join(account.printed_by)}"] if account.printed_by else []
    known.append(counted(account.articles, "article"))
    name: Line = (Words(account.outlet, strong=True), Words("; ".join(known), quiet=True))
    if not account.stated or not account.claims:
        yield name, (Words("not stated", quiet=True),)
        return
    for number, claim in enumerate(account.claims):
        stands = STANDS[claim.verdict]
        told: Line = (Words(claim.text), Marks(claim.citations))
        yield name if not number else (), (*told, Words(stands, quiet=True)) if stands else told


def _finding(finding: Finding) -> Iterable[Line]:
    """The sentence with how many tell it, and the two wordings word by word."""
    counts = f"{finding.independent} of {counted(finding.of, 'independent account')}"
    yield Words(finding.text), Marks(finding.citations), Words(counts, quiet=True)
    if finding.steps:
        yield Words("Word by word:"), *changes(finding)


def changes(finding: Finding) -> Iterable[Words | Change]:
    """The steps from one wording to the other."""
    for step in finding.steps:
        yield Words(step.one) if step.step == "equal" else Change(step.one, step.other)
