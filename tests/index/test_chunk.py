"""Passages out of sentences: invariants over invented articles whose sentences have known sizes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.chunk import MOST_WORDS, chunk
from index.types import Article, Mark, Passage, Reason, Sentence


@dataclass(frozen=True)
class Made:
    """An article, its sentences and how many words each has."""

    article: Article
    sentences: tuple[Sentence, ...]
    sizes: tuple[int, ...]


def made(*parts: int | str) -> Made:
    """An article of parts: a number is a sentence of so many words, "title" a headline of three, "mark" boilerplate."""
    text, sentences, marks, sizes = "", list[Sentence](), list[Mark](), list[int]()
    for part in parts:
        start = len(text)
        size = part if isinstance(part, int) else 3
        # The last word and the full stop count as two.
        text += " ".join(["wort"] * (size - 1)) + "." if size > 1 else "wort"
        if part == "mark":
            marks.append(Mark(start, len(text), Reason.SHARING))
        else:
            sentences.append(Sentence("a", len(sizes), start, len(text), text[start:], is_title=part == "title"))
            sizes.append(size)
        text += "\n"
    article = Article("a", "a.txt", "", text, boilerplate=tuple(marks))
    return Made(article, tuple(sentences), tuple(sizes))


def ordinals(passages: tuple[Passage, ...]) -> list[tuple[int, int]]:
    return [(passage.first, passage.last) for passage in passages]


articles = st.lists(st.one_of(st.integers(1, 40), st.just("mark"), st.integers(1, 12)), max_size=30).flatmap(
    lambda parts: st.sampled_from([made(*parts), made("title", *parts), made(*parts, "title", 5)])
)
limits = st.integers(2, 50)


@given(articles, limits)
def test_a_passage_is_a_slice_of_its_article_from_its_first_sentence_to_its_last(it: Made, most: int) -> None:
    for passage in chunk(it.article, it.sentences, most=most):
        assert passage.text == it.article.text[passage.start : passage.end]
        assert passage.start == it.sentences[passage.first].start
        assert passage.end == it.sentences[passage.last].end
        assert (passage.id, passage.article_id) == (0, "a")


@given(articles, limits)
def test_every_sentence_but_the_title_stands_in_a_passage(it: Made, most: int) -> None:
    passages = chunk(it.article, it.sentences, most=most)
    held = {n for p in passages for n in range(p.first, p.last + 1)}
    assert held == {s.ordinal for s in it.sentences if not s.is_title}


@given(articles, limits)
def test_no_passage_holds_a_character_of_a_mark(it: Made, most: int) -> None:
    for passage in chunk(it.article, it.sentences, most=most):
        assert not any(m.start < passage.end and passage.start < m.end for m in it.article.boilerplate)


@given(articles, limits)
def test_only_a_passage_of_one_sentence_has_more_than_the_most_words(it: Made, most: int) -> None:
    for passage in chunk(it.article, it.sentences, most=most):
        size = sum(it.sizes[passage.first : passage.last + 1])
        assert size <= most or passage.first == passage.last


@given(articles, limits)
def test_each_passage_goes_on_where_the_one_before_ended_one_sentence_back_at_most(it: Made, most: int) -> None:
    passages = chunk(it.article, it.sentences, most=most)
    for before, after in pairwise(passages):
        assert after.last > before.last
        assert after.first >= before.last
        if after.first == before.last:
            assert it.sizes[before.last] <= most // 2
            assert after.last > after.first


@given(articles, limits)
def test_a_passage_ends_only_where_the_next_sentence_does_not_fit_or_cannot_follow(it: Made, most: int) -> None:
    for passage in chunk(it.article, it.sentences, most=most):
        following = it.sentences[passage.last + 1 : passage.last + 2]
        if following and not following[0].is_title:
            between = range(passage.end, following[0].start)
            parted = any(m.start in between for m in it.article.boilerplate)
            assert parted or sum(it.sizes[passage.first : passage.last + 2]) > most


def test_a_short_last_sentence_is_told_again_and_a_long_one_is_not() -> None:
    it = made(4, 3, 5, 6, 2)
    assert ordinals(chunk(it.article, it.sentences, most=10)) == [(0, 1), (1, 2), (3, 4)]


def test_a_sentence_above_the_most_stands_alone() -> None:
    it = made(3, 30, 3)
    assert ordinals(chunk(it.article, it.sentences, most=10)) == [(0, 0), (1, 1), (2, 2)]


def test_a_mark_and_a_title_part_passages() -> None:
    it = made(2, "mark", 2, "title", 2)
    assert ordinals(chunk(it.article, it.sentences, most=100)) == [(0, 0), (1, 1), (3, 3)]


def test_an_article_without_sentences_has_no_passages() -> None:
    it = made("title")
    assert chunk(it.article, it.sentences) == chunk(it.article, ()) == ()


def test_a_hundred_and_forty_words_fit_if_nothing_else_is_said() -> None:
    it = made(MOST_WORDS - 2, 2, 1)
    assert ordinals(chunk(it.article, it.sentences)) == [(0, 1), (1, 2)]
