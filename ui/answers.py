"""What an answer shows beside its claims: its filters, the questions in it, what became of its articles, how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qa.show import spelled
from ui.citations import sources
from ui.parts import counted
from ui.reports.answers import answer_report
from ui.reports.markdown import markdown
from ui.text import day

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from qa.questions.limits import Limit
    from qa.recheck import Outlived
    from qa.types import Answer


def more(answer: Answer, fates: Mapping[int, Outlived], wrong: Collection[int]) -> dict[str, Any]:
    """What the turn component draws beside the claims: plain words and numbers.

    Args:
        fates: by marker, what became of cited articles since.
        wrong: markers of citations that the reader called wrong.
    """
    return {
        "limits": limits(answer),
        "parts": parts(answer),
        "notes": notes(answer),
        "changed": changed(answer, fates),
        "fates": {str(marker): str(fate) for marker, fate in fates.items()},
        "wrong": sorted(wrong),
        "counted": accounts(answer),
        "copy": markdown(answer_report(answer)),
    }


def limits(answer: Answer) -> list[dict[str, str]]:
    """The filters that the question's words set, each once."""
    found = {limit.words: limit for part in answer.parts for limit in part.limits}
    return [{"words": spelled(words), "told": told(limit)} for words, limit in found.items()]


def told(limit: Limit) -> str:
    """A filter in words."""
    if limit.outlets:
        return f"Only {spelled(', '.join(limit.outlets))}"
    since, until = (day(one.isoformat()) if one else None for one in (limit.since, limit.until))
    if since and until:
        return f"Published on {since}" if since == until else f"Published {since} to {until}"
    return f"Published since {since}" if since else f"Published until {until}"


def parts(answer: Answer) -> list[dict[str, Any]]:
    """The questions that were asked at once, where they were several."""
    if len(answer.parts) < 2:  # noqa: PLR2004  one is the answer itself
        return []
    # Where all of them abstain, the answer does, and says why.
    whole = answer.abstained is not None
    return [
        {"asked": part.asked, "claims": part.claims, "abstained": None if whole else part.abstained}
        for part in answer.parts
    ]


def notes(answer: Answer) -> list[str]:
    """The notes, without those that say of a part what stands under it."""
    under = {f"On “{part.asked}” — {part.abstained}" for part in answer.parts}
    return [note for note in answer.notes if note not in under]


def changed(answer: Answer, fates: Mapping[int, Outlived]) -> str | None:
    """One sentence on what became of the cited articles since, or None where all stand as they were."""
    if not fates:
        return None
    cited = sources(answer)
    articles = {citation.article_id for citation in cited}
    touched = {citation.article_id for citation in cited if citation.marker in fates}
    of = f"{len(touched)} of the {counted(len(articles), 'article')}"
    return f"Since this was answered, {of} cited here changed or left the archive; see the sources below."


def accounts(answer: Answer) -> str | None:
    """How many articles are cited, and how many independent accounts they are."""
    articles = len({citation.article_id for citation in answer.citations})
    if not articles:
        return None
    return f"{counted(articles, 'article')}, {counted(answer.independent, 'independent account')}"
