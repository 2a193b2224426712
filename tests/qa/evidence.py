"""Invented evidence for the tests of answers: three outlets on one quarrel over a harbour bridge."""

from __future__ import annotations

from index.types import Article, Sentence
from qa.cite import Numbered


def article(
    number: int, outlet: str | None, *sentences: str, title: str = "A bridge"
) -> tuple[Article, list[Sentence]]:
    """An article made of these sentences, one after the other, and its sentences."""
    text = " ".join(sentences)
    made = Article(id=f"{number:016x}", path=f"{number}.txt", key="", text=text, title=title, outlet=outlet)
    found, start = [], 0
    for ordinal, sentence in enumerate(sentences):
        start = text.index(sentence, start)
        found.append(Sentence(made.id, ordinal, start, start + len(sentence), sentence))
        start += len(sentence)
    return made, found


def numbered(*articles: tuple[Article, list[Sentence]]) -> tuple[Numbered, ...]:
    """The articles' sentences, numbered from 1."""
    pairs = [(sentence, made) for made, sentences in articles for sentence in sentences]
    return tuple(Numbered(n, sentence, made) for n, (sentence, made) in enumerate(pairs, start=1))


def bridge() -> tuple[Numbered, ...]:
    """Four sentences: an accusation, a figure, a denial, and one beside the point."""
    return numbered(
        article(
            1,
            "Fjord Gazette",
            "Mayor Ilse Karg said the ferry company walked away from the talks.",
            "Some 4,200 people cross the strait each day.",
        ),
        article(
            2,
            "Harbour Post",
            "The company denied that it had left the table.",
            "Rain is expected on Sunday.",
            title="Ferry firm hits back",
        ),
    )
