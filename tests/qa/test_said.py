"""Statements as evidence: which sentences they stand in, and how far a sentence tells the act asked about."""

from __future__ import annotations

import pytest

from index.types import Article, Kind, Quoted, Sentence, Span, Statement
from qa.cite import Numbered
from qa.said import FITS, HALF, HARDLY, add, by_sentence, speaker, told

TEXT = "Ilse Karg blamed the ferry company. She left. The company denied it."
BLAMED, LEFT, DENIED = (
    Sentence("a", 0, 0, 35, TEXT[0:35]),
    Sentence("a", 1, 36, 45, TEXT[36:45]),
    Sentence("a", 2, 46, 68, TEXT[46:68]),
)
ARTICLE = Article("a", "/news/a.txt", "", TEXT)


def statement(
    kind: Kind, cue: int, *, speaker: str | None = None, target: str | None = None, negated: bool = False
) -> Statement:
    return Statement(
        id=f"{kind}{cue}",
        article_id="a",
        kind=kind,
        speaker=speaker,
        ambiguous=(),
        target=target,
        quoted=Quoted.INDIRECT,
        via=None,
        negated=negated,
        source=(),
        cue=(Span(cue, cue + 6),),
        content=(Span(cue + 7, cue + 9),),
    )


BLAME = statement(Kind.BLAME, 10, speaker="Ilse Karg", target="ferry company")
DENY = statement(Kind.DENY, 58, speaker="ferry company")


def test_a_statement_stands_in_the_sentence_of_its_cue() -> None:
    found = by_sentence({"a": (BLAME, DENY)}, {"a": (BLAMED, LEFT, DENIED)})
    assert found == {("a", 0): (BLAME,), ("a", 2): (DENY,)}


def test_sentences_that_hold_the_act_are_added_after_what_was_shown() -> None:
    shown = (Numbered(1, LEFT, ARTICLE),)
    said = {("a", 0): (BLAME,), ("a", 2): (DENY,)}
    articles = {"a": (ARTICLE, (BLAMED, LEFT, DENIED))}
    assert [(n.number, n.sentence) for n in add(shown, [Kind.BLAME], said, articles)] == [(1, LEFT), (2, BLAMED)]
    both = add(shown, [Kind.BLAME, Kind.DENY], said, articles)
    assert [n.sentence for n in both] == [LEFT, BLAMED, DENIED]
    assert add(shown, [], said, articles) == shown


@pytest.mark.parametrize(
    ("act", "text", "statements", "names", "near", "expected"),
    [
        (Kind.BLAME, BLAMED.text, (BLAME,), (), (), FITS),
        (Kind.BLAME, BLAMED.text, (BLAME,), ("karg",), (), FITS),
        (Kind.BLAME, BLAMED.text, (BLAME,), ("lind",), (), HARDLY),
        (Kind.BLAME, BLAMED.text, (BLAME,), ("orren",), ("orren", "talk"), FITS),
        (Kind.BLAME, BLAMED.text, (), (), (), HALF),
        (Kind.BLAME, LEFT.text, (), (), (), 0.0),
        (Kind.BLAME, DENIED.text, (DENY,), (), (), 0.0),
        (Kind.DENY, DENIED.text, (DENY,), (), (), FITS),
        (Kind.SAY, "“No,” Karg said.", (statement(Kind.SAY, 9, speaker="Ilse Karg"),), ("karg",), ("karg",), FITS),
        (Kind.SAY, "“No,” Lind said.", (statement(Kind.SAY, 9, speaker="Ada Lind"),), ("karg",), ("karg",), HARDLY),
        (Kind.PRAISE, "She did not say.", (statement(Kind.PRAISE, 8, negated=True),), (), (), 0.0),
    ],
)
def test_how_far_a_sentence_tells_an_act(
    act: Kind,
    text: str,
    statements: tuple[Statement, ...],
    names: tuple[str, ...],
    near: tuple[str, ...],
    expected: float,
) -> None:
    assert told(act, text, statements, names, near) == expected


def spoken(
    text: str, sentence: str, source: str, name: str | None = "Ilse Karg", *, among: tuple[str, ...] = ()
) -> str | None:
    begin = text.index(sentence)
    at = text.index(source, begin)
    one = Statement(
        id="s",
        article_id="a",
        kind=Kind.SAY,
        speaker=name,
        ambiguous=among,
        target=None,
        quoted=Quoted.INDIRECT,
        via=None,
        negated=False,
        source=(Span(at, at + len(source)),),
        cue=(Span(at + len(source) + 1, at + len(source) + 5),),
        content=(Span(at + len(source) + 6, begin + len(sentence) - 1),),
    )
    held = Sentence("a", 1, begin, begin + len(sentence), sentence)
    return speaker(Numbered(1, held, Article("a", "/news/a.txt", "", text)), (one,))


@pytest.mark.parametrize(
    ("before", "sentence", "source", "expected"),
    [
        ("Ilse Karg came.", "She said the boats were late.", "She", "Ilse Karg"),
        ("Ilse Karg came.", "“No,” she said to the press.", "she", "Ilse Karg"),
        ("Ilse Karg, the minister, came.", "The minister said the boats were late.", "The minister", "Ilse Karg"),
        ("Ilse Karg met Ada Lind.", "She said the boats were late.", "She", None),
        ("Rain fell.", "She said the boats were late.", "She", None),
        ("Ilse Karg came.", "Karg said the boats were late.", "Karg", None),
        ("Ilse Karg came.", "She said Karg had left the boats.", "She", None),
        ("Ilse Karg came.", "They said the boats were late.", "They", None),
        ("Ilse Karg came.", "Others said the boats were late.", "Others", None),
    ],
)
def test_a_speaker_is_named_only_where_the_name_can_hardly_be_wrong(
    before: str, sentence: str, source: str, expected: str | None
) -> None:
    assert spoken(f"{before} {sentence}", sentence, source) == expected


def test_an_open_or_unknown_speaker_is_not_named() -> None:
    text = "Ilse Karg came. She said the boats were late."
    assert spoken(text, "She said the boats were late.", "She", None, among=("Ilse Karg", "Bo Karg")) is None
    assert spoken(text, "She said the boats were late.", "She", "Ada Lind") is None
