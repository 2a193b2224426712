"""Whether the words that a claim puts between quotation marks are the article's, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.checks.faults import Fault, Kind, shown
from qa.checks.quotes import Match, locate, quotations
from qa.types import Verdict

if TYPE_CHECKING:
    from qa.checks.evidence import Evidence


def quote_faults(text: str, proof: Evidence) -> list[Fault]:
    """A fault for each quotation of the claim that does not stand in one piece in what is cited."""
    others = [article.text for article in proof.articles]
    titles = [title for article in proof.articles for title in (article.title, article.outlet) if title]
    found = []
    for span in quotations(text):
        quote = span.of(text)
        match = locate(quote, [*proof.runs, *titles], others)
        if match.match.holds:
            continue
        if match.match is Match.MISATTRIBUTED and match.source is not None and match.span is not None:
            where = (match.span.start, match.span.end)
            article = proof.articles[match.source]
            runs_on = any(
                item.article.id == article.id and item.sentence.start < where[1] and where[0] < item.sentence.end
                for item in proof.cited
            )
            if runs_on:
                found.append(
                    Fault(Kind.QUOTE, Verdict.PARTLY, f"The words {shown(quote)} run on beyond the cited sentence.")
                )
                continue
            found.append(
                Fault(
                    Kind.QUOTE,
                    Verdict.UNSUPPORTED,
                    f"The words {shown(quote)} stand elsewhere in the article, not in the cited sentence.",
                )
            )
        elif match.match is Match.DRIFTED and match.source is not None and match.span is not None:
            printed = match.span.of([*proof.runs, *titles][match.source])
            found.append(
                Fault(
                    Kind.QUOTE,
                    Verdict.CONTRADICTED,
                    f"The words {shown(quote)} are changed: the article prints {shown(printed)}.",
                )
            )
        elif match.match is Match.STITCHED:
            found.append(
                Fault(
                    Kind.QUOTE, Verdict.UNSUPPORTED, f"The words {shown(quote)} are put together from separate places."
                )
            )
        else:
            found.append(
                Fault(Kind.QUOTE, Verdict.UNSUPPORTED, f"The words {shown(quote)} are not in the cited sentence.")
            )
    return found
