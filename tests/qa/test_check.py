"""Each claim gets the verdict that a careful reader would give it, with a reason that reader understands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.segment import segment
from index.types import Article, Kind, Quoted, Span, Statement
from qa.check import check
from qa.cite import Numbered
from qa.types import Verdict

TEXT = """Quarry row deepens

The quarry at Hallow Edge may close in June, the council's leader, Petra Lindqvist, said on Tuesday.

Petra Lindqvist blamed Stonecroft Holdings for the dust. “We asked for covers in March and we asked again in April,” she told reporters. She did not accuse Anders Roe.

Anders Roe, who runs Stonecroft Holdings, denied that lorries had left uncovered. He claimed that the dust came from the motorway.

Some 1,200 people live within two kilometres of the quarry, which has 46 workers and moves 8½ tonnes of stone an hour.
"""
ARTICLE = Article("a1", "/a", "", TEXT, title="Quarry row deepens", outlet="The Hallow Post", published="2025-05-14")
SENTENCES = tuple(Numbered(i, s, ARTICLE) for i, s in enumerate(segment("a1", TEXT, ()), 1))


def citing(words: str) -> list[Numbered]:
    found = [item for item in SENTENCES if words in item.sentence.text]
    assert found, f"no sentence holds {words!r}"
    return found


CLOSE = citing("may close")
BLAMED = citing("blamed Stonecroft")
COVERS = citing("asked for covers")
ACCUSE = citing("did not accuse")
DENIED = citing("denied that")
CLAIMED = citing("He claimed")
PEOPLE = citing("1,200")


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        (BLAMED[0].sentence.text, BLAMED),
        (f"According to The Hallow Post: {CLAIMED[0].sentence.text}", CLAIMED),
        ("According to The Hallow Post, the quarry at Hallow Edge may close in June.", CLOSE),
        ("Petra Lindqvist, the council's leader, said the quarry may close in June.", CLOSE),
        ("The council's leader said on Tuesday 13 May 2025 that the quarry at Hallow Edge may close in June.", CLOSE),
        ("Stonecroft Holdings was blamed for the dust by Petra Lindqvist.", BLAMED),
        ('Lindqvist told reporters: "We asked for covers in March and we asked again in April."', COVERS),
        ("Lindqvist said they “asked for covers in March … asked again in April”.", COVERS),
        ("Lindqvist did not accuse Anders Roe.", ACCUSE),
        ("Anders Roe denied that lorries had left uncovered.", DENIED),
        ("Roe claimed that the dust came from the motorway.", CLAIMED),
        ("About 1,200 people live within two kilometres of the quarry.", PEOPLE),
        ("The quarry moves 8 1/2 tonnes of stone an hour.", PEOPLE),
        ("The quarry, which has forty-six workers, moves 8.5 tonnes of stone an hour.", PEOPLE),
    ],
)
def test_a_true_claim_is_supported_without_a_reason(claim: str, cited: list[Numbered]) -> None:
    finding = check(claim, cited, embedder=None)
    assert (finding.verdict, finding.reason) == (Verdict.SUPPORTED, None)


@pytest.mark.parametrize(
    ("claim", "cited", "verdict", "reason"),
    [
        (
            "Anders Roe blamed Stonecroft Holdings for the dust.",
            BLAMED,
            Verdict.CONTRADICTED,
            "The cited sentence names “Petra Lindqvist” where the claim names “Anders Roe”.",
        ),
        (
            "Stonecroft Holdings was blamed for the dust by Anders Roe.",
            BLAMED,
            Verdict.CONTRADICTED,
            "What is cited gives this to “Petra Lindqvist”, not to “Anders Roe”.",
        ),
        (
            "Petra Lindqvist blamed Anders Roe.",
            BLAMED,
            Verdict.CONTRADICTED,
            "It is directed at “Stonecroft Holdings”, not at “Anders Roe”.",
        ),
        (
            "Lindqvist accused Anders Roe.",
            ACCUSE,
            Verdict.CONTRADICTED,
            "The claim does not deny what the cited sentence denies.",
        ),
        (
            "The quarry will close in June, the council's leader said.",
            CLOSE,
            Verdict.UNSUPPORTED,
            "The claim is surer than the cited sentence.",
        ),
        (
            "Roe refuted that lorries had left uncovered.",
            DENIED,
            Verdict.UNSUPPORTED,
            "“refuted” says more than the cited sentence, which has “denied”.",
        ),
        (
            "Roe confirmed that the dust came from the motorway.",
            CLAIMED,
            Verdict.UNSUPPORTED,
            "“confirmed” says more than the cited sentence, which has “claimed”.",
        ),
        (
            "The quarry moves 12 tonnes of stone an hour.",
            PEOPLE,
            Verdict.CONTRADICTED,
            "“12 tonnes” is not in the cited sentence, which says “8½ tonnes”.",
        ),
        (
            "The quarry may close in September, Petra Lindqvist said.",
            CLOSE,
            Verdict.UNSUPPORTED,
            "“September” is not in the cited sentence.",
        ),
        (
            "Petra Lindqvist and Gerda Holm blamed Stonecroft Holdings.",
            BLAMED,
            Verdict.CONTRADICTED,
            "What is cited gives this to “Petra Lindqvist”, not to “Gerda Holm”.",
        ),
        (
            "According to the Northern Courier: Petra Lindqvist blamed Stonecroft Holdings for the dust.",
            BLAMED,
            Verdict.CONTRADICTED,
            "The cited article is from The Hallow Post, not from the Northern Courier.",
        ),
        (
            "“We asked for masks in March,” she told reporters.",
            COVERS,
            Verdict.CONTRADICTED,
            "The words “We asked for masks in March” are changed: the article prints “We asked for covers in March”.",
        ),
    ],
)
def test_a_false_claim_is_struck_and_the_reason_says_why(
    claim: str, cited: list[Numbered], verdict: Verdict, reason: str
) -> None:
    finding = check(claim, cited, embedder=None)
    assert (finding.verdict, finding.reason) == (verdict, reason)


def test_a_claim_without_citations_is_uncited() -> None:
    assert check("The quarry may close.", [], embedder=None).verdict is Verdict.UNCITED


def test_part_of_a_sentence_is_not_taken_for_the_sentence() -> None:
    """What is denied may not be told as if it was said."""
    finding = check("Lorries had left uncovered.", DENIED, embedder=None)
    assert finding.verdict in {Verdict.CONTRADICTED, Verdict.UNSUPPORTED}


def test_names_of_the_question_need_no_proof_but_a_speaker_does() -> None:
    held = check("She did not accuse Gerda Holm or Anders Roe.", ACCUSE, embedder=None, known=["Gerda Holm"])
    assert held.reason is None or "Gerda" not in held.reason
    said = check(
        "According to Gerda Holm, the dust came from the motorway.", CLAIMED, embedder=None, known=["Gerda Holm"]
    )
    assert said.verdict is Verdict.CONTRADICTED


def test_a_statement_of_the_archive_decides_who_speaks() -> None:
    sentence = CLAIMED[0].sentence
    cue = Span(sentence.start + 3, sentence.start + 10)
    statement = Statement(
        "s1", "a1", Kind.CLAIM, "Anders Roe", (), None, Quoted.INDIRECT, None, False,
        (Span(sentence.start, sentence.start + 2),), (cue,), (Span(sentence.start + 16, sentence.end),),
    )  # fmt: skip
    claim = "Petra Lindqvist claimed that the dust came from the motorway."
    finding = check(claim, CLAIMED, embedder=None, statements=[statement])
    assert finding.verdict is Verdict.CONTRADICTED
    assert finding.reason == "What is cited gives this to “Anders Roe”, not to “Petra Lindqvist”."


@given(st.text(max_size=200))
def test_any_text_gets_a_verdict_and_a_score_between_nought_and_one(text: str) -> None:
    finding = check(text, BLAMED, embedder=None)
    assert 0.0 <= finding.score <= 1.0
    assert (finding.reason is None) == (finding.verdict is Verdict.SUPPORTED)


@given(st.sampled_from(SENTENCES))
def test_a_sentence_word_for_word_is_always_supported(item: Numbered) -> None:
    for claim in (item.sentence.text, f"The Hallow Post reports: {item.sentence.text}"):
        assert check(claim, [item], embedder=None).verdict is Verdict.SUPPORTED
