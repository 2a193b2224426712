"""The quotations that several accounts print, as a report: the fullest wording, and how the others differ from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.reports.report import Change, Gathered, Line, Report, Section, Words

if TYPE_CHECKING:
    from qa.compare.types import Quotation, Quotations, Variant

HEADINGS = {
    "changed": "Worded otherwise",
    "cut": "Cut by some",
    "typed": "The same words, typed otherwise",
    "same": "The same words",
}


def quotations_report(found: Quotations, *, title: str, every: bool = False) -> Report:
    """Quotations by how far their wordings go apart.

    Args:
        found: the quotations.
        title: stands above.
        every: show those as well that all accounts print in the same words.
    """
    cited = Gathered()
    sections = []
    for way, heading in HEADINGS.items():
        own = [one for one in found.quotations if one.way == way and (every or way in ("changed", "cut"))]
        if own:
            lines = tuple(line for one in own for line in _lines(one, found, cited))
            sections.append(Section(heading, lines=lines))
    if not sections:
        sections.append(Section("No quotation is printed in different words."))
    return Report(title, sections=tuple(sections), citations=cited.all())


def _lines(one: Quotation, found: Quotations, cited: Gathered) -> list[Line]:
    first, *others = one.variants
    lines: list[Line] = [
        (
            Words(f"{one.speaker or 'Speaker not known'}:", strong=True),
            Words(f"“{first.text}”"),
            cited.marks(first.citations, found.citations),
            Words(", ".join(first.accounts), quiet=True),
        )
    ]
    return lines + [_other(variant, found, cited) for variant in others if variant.way != "same"]


def _other(variant: Variant, found: Quotations, cited: Gathered) -> Line:
    pieces = tuple(Words(s.one) if s.step == "equal" else Change(s.one, s.other) for s in variant.steps)
    names = Words(f"{', '.join(variant.accounts)} ({variant.way}):", quiet=True)
    return (names, *pieces, cited.marks(variant.citations, found.citations))
