"""Several questions asked as one: their answers as one answer, its citations numbered through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.types import Answer, Citation, Claim, Outlets, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.questions.limits import Asked


def merge(question: str, asked: Sequence[Asked], answers: Sequence[Answer]) -> Answer:
    """One answer of the answers to each part, in order; it abstains where all of them do.

    Args:
        question: as the person typed it.
        asked: its parts, with the limits that were in force.
        answers: theirs, one for each; at least one.
    """
    parts = tuple(
        Part(
            asked=part.text,
            limits=part.limits,
            claims=len(answer.claims),
            abstained=answer.abstained.reason if answer.abstained else None,
        )
        for part, answer in zip(asked, answers, strict=True)
    )
    if len(answers) == 1:
        return answers[0].model_copy(update={"question": question, "parts": parts})
    markers = _markers(answers)
    refused = [answer.abstained for answer in answers if answer.abstained]
    tokens = [answer.trace.tokens for answer in answers if answer.trace.tokens is not None]
    costs = [answer.trace.cost_usd for answer in answers if answer.trace.cost_usd is not None]
    unsaid = [f"On “{part.asked}” — {part.abstained}" for part in parts if part.abstained]
    notes = [note for answer in answers for note in answer.notes]
    last = answers[-1]
    return last.model_copy(
        update={
            "question": question,
            "asked": " ".join(part.text[:1].upper() + part.text[1:] for part in asked),
            "mode": "write" if any(answer.mode == "write" for answer in answers) else "quote",
            "claims": tuple(_renumbered(c, a, markers) for a in answers for c in a.claims),
            "struck": tuple(_renumbered(c, a, markers) for a in answers for c in a.struck),
            "citations": tuple(c.model_copy(update={"marker": n}) for c, n in _firsts(answers, markers)),
            "abstained": refused[0] if len(refused) == len(answers) else None,
            "outlets": Outlets(
                cited=tuple(dict.fromkeys(o for a in answers for o in a.outlets.cited)),
                searched=tuple(dict.fromkeys(o for a in answers for o in a.outlets.searched)),
            ),
            "notes": tuple(dict.fromkeys(notes + (unsaid if len(refused) < len(answers) else []))),
            "trace": last.trace.model_copy(
                update={"tokens": sum(tokens) if tokens else None, "cost_usd": sum(costs) if costs else None}
            ),
            "parts": parts,
        }
    )


_Key = tuple[str, int, int]


def _key(citation: Citation) -> _Key:
    return citation.article_id, citation.start, citation.end


def _markers(answers: Sequence[Answer]) -> dict[_Key, int]:
    """A marker for each span, numbered by first use."""
    keys = dict.fromkeys(_key(citation) for answer in answers for citation in answer.citations)
    return {key: number for number, key in enumerate(keys, start=1)}


def _firsts(answers: Sequence[Answer], markers: dict[_Key, int]) -> list[tuple[Citation, int]]:
    first = {_key(c): c for answer in reversed(answers) for c in reversed(answer.citations)}
    return [(first[key], number) for key, number in markers.items()]


def _renumbered(claim: Claim, answer: Answer, markers: dict[_Key, int]) -> Claim:
    by_marker = {citation.marker: markers[_key(citation)] for citation in answer.citations}
    return claim.model_copy(update={"citations": tuple(by_marker[marker] for marker in claim.citations)})
