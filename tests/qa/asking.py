"""The engine asked in tests: an archive's answers, and what must hold of every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.types import Delta, Finished, Retrieved, Verdict

if TYPE_CHECKING:
    from typing import Any

    from qa.engine import Engine
    from qa.types import Answer, Event


def events(engine: Engine, question: str, **options: Any) -> list[Event]:
    """What an engine yields, in the order that every screen relies on."""
    found = list(engine.ask(question, **options))
    assert isinstance(found[0], Retrieved)
    assert isinstance(found[-1], Finished)
    assert all(isinstance(event, Delta | Retrieved) for event in found[1:-1])
    return found


def ask(engine: Engine, question: str, **options: Any) -> Answer:
    """An answer that is what every answer must be."""
    last = events(engine, question, **options)[-1]
    assert isinstance(last, Finished)
    proven(engine, last.answer)
    return last.answer


def proven(engine: Engine, answer: Answer) -> None:
    """Each citation is a slice outside of boilerplate, each claim cites, and what is quoted is cited word for word."""
    assert [c.marker for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    nearest = answer.abstained.nearest if answer.abstained else ()
    for cited in (*answer.citations, *nearest):
        article = engine.article(cited.article_id)
        assert article.text[cited.start : cited.end] == cited.quote != ""
        assert not any(m.start < cited.end and cited.start < m.end for m in article.boilerplate)
        assert (cited.outlet, cited.title, cited.published) == (article.outlet, article.title, article.published)
    if answer.abstained:
        assert answer.claims == answer.citations == ()
        return
    assert answer.claims
    by_marker = {c.marker: c for c in answer.citations}
    for claim in answer.claims:
        assert claim.citations
        assert claim.verdict in (Verdict.SUPPORTED, Verdict.PARTLY)
        assert set(claim.citations) <= set(by_marker)
        if answer.mode == "quote":
            [marker] = claim.citations
            folded = " ".join(by_marker[marker].quote.split())
            introduction = claim.text.removesuffix(folded)
            assert introduction != claim.text or not folded
            assert introduction == "" or (introduction.startswith("According to ") and introduction.endswith(": "))
    assert {m for claim in answer.claims for m in claim.citations} == set(by_marker)
    assert all(
        claim.verdict not in (Verdict.SUPPORTED, Verdict.PARTLY) and not claim.citations for claim in answer.struck
    )
    assert set(answer.outlets.cited) == {c.outlet for c in answer.citations if c.outlet}
