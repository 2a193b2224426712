"""Several questions in one: their answers as one, each span cited once."""

from __future__ import annotations

from qa.merge import merge
from qa.questions.limits import Asked, Limit
from qa.types import Abstained, Answer, Citation, Claim, Outlets, Searched, Verdict


def cited(marker: int, start: int, outlet: str = "Post") -> Citation:
    return Citation(
        marker=marker, article_id="a" * 16, outlet=outlet, title=None, published=None, url=None, path="/a.txt",
        start=start, end=start + 5, quote="words",
    )  # fmt: skip


def said(text: str, *markers: int) -> Claim:
    return Claim(text=text, citations=markers, verdict=Verdict.SUPPORTED)


FIRST = Answer(
    question="q", asked="Who?", mode="quote", claims=(said("A.", 1), said("B.", 2)), citations=(cited(1, 0), cited(2, 9)),
    outlets=Outlets(cited=("Post",), searched=("Post",)), independent=1,
)  # fmt: skip
SECOND = Answer(
    question="q", asked="When?", mode="quote", claims=(said("C.", 1, 2),), citations=(cited(1, 9), cited(2, 30)),
    outlets=Outlets(cited=("Post",), searched=("Post", "Mail")), notes=("read this",),
)  # fmt: skip
NONE = Answer(
    question="q", asked="Why?", mode="quote",
    abstained=Abstained(reason="The archive does not say.", searched=Searched(articles=3, outlets=("Post",))),
)  # fmt: skip
LIMIT = Limit("in the Post", 1, outlets=("Post",))


def test_an_answer_to_one_question_stays_as_it_is_but_for_its_part() -> None:
    merged = merge("Who, in the Post?", [Asked("Who?", (LIMIT,))], [FIRST])
    assert merged.claims == FIRST.claims
    assert merged.citations == FIRST.citations
    assert [(p.asked, p.limits, p.claims, p.abstained) for p in merged.parts] == [("Who?", (LIMIT,), 2, None)]


def test_answers_are_joined_and_a_span_that_two_cite_has_one_marker() -> None:
    merged = merge("Who and when?", [Asked("Who?"), Asked("When?")], [FIRST, SECOND])
    assert merged.asked == "Who? When?"
    assert [(c.text, c.citations) for c in merged.claims] == [("A.", (1,)), ("B.", (2,)), ("C.", (2, 3))]
    assert [(c.marker, c.start) for c in merged.citations] == [(1, 0), (2, 9), (3, 30)]
    assert [part.claims for part in merged.parts] == [2, 1]
    assert (merged.notes, merged.outlets.searched) == (("read this",), ("Post", "Mail"))


def test_a_part_without_an_answer_is_said_and_the_whole_abstains_only_where_every_part_does() -> None:
    merged = merge("Who and why?", [Asked("Who?"), Asked("Why?")], [FIRST, NONE])
    assert merged.abstained is None
    assert merged.notes == ("On “Why?” — The archive does not say.",)
    assert merge("Why? Why?", [Asked("Why?"), Asked("Why?")], [NONE, NONE]).abstained == NONE.abstained
