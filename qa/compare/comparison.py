"""DOOR: a question to what each independent voice says, and what their accounts have in common and apart."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from index.remembered import Remembered
from qa.cite import Citations
from qa.compare.accounts import Told
from qa.compare.columns import Part, account, candidates, column, parts, weighed, worth_reading
from qa.compare.denials import ACCUSING, DENYING
from qa.compare.findings import Findings
from qa.compare.predicate import predicate
from qa.compare.search import search
from qa.compare.topic import on_topic
from qa.compare.types import Comparison
from qa.compare.voices import voices
from qa.said import by_sentence
from qa.weigh import Question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.answers import AnswerModel
    from index.archive import Archive
    from index.embed import Embedder
    from index.rerank import Reranker
    from index.statements.reader import StatementReader
    from index.types import Article, CopyGroup, Filters, Hit, Sentence, Statement
    from qa.compare.columns import Column

    Articles = dict[str, tuple[Article, tuple[Sentence, ...]]]

REREAD, REREAD_OF_EACH, REREAD_AT_MOST = 40, 6, 14
"""Sentences that are read again for whether they answer: so many of all voices that tell of the event, of each where
these are many, and of each where they are few."""


def compare(
    question: str,
    *,
    archive: Archive,
    embedder: Embedder,
    answers: AnswerModel,
    reader: StatementReader,
    filters: Filters,
    silent: Sequence[str] = (),
    outlets: int = 10,
    reranker: Reranker | None = None,
) -> Comparison:
    """Puts a question to each independent voice; no voice's evidence is looked at for another's answer.

    Args:
        answers: tells how surely a sentence answers.
        reader: reads the statements of articles whose statements the archive does not hold yet.
        filters: what the search is limited to; outlets that it names all have a column.
        silent: ids of further articles whose voices have a column even if they say nothing, such as those of a story.
        outlets: how many outlets at the most.
        reranker: puts the best passages in its own order, where there is one.
    """
    clock, begun = {}, time.perf_counter()
    vector = embedder.query(question)
    found = search(
        question, vector, archive=archive, filters=filters, silent=silent, outlets=outlets, reranker=reranker
    )
    hits = [hit for of_outlet in found.values() for hit in of_outlet]
    articles = _articles(archive, hits)
    clock["retrieve"], begun = round(time.perf_counter() - begun, 4), time.perf_counter()
    statements = _statements(archive, reader, articles)
    clock["statements"], begun = round(time.perf_counter() - begun, 4), time.perf_counter()
    asked = [
        Part(Question.read(part, archive.lexical.rarity), embedder.query(part), predicate(part))
        for part in parts(question)
    ]
    copies = archive.copies.of(articles)
    columns, meaning = _columns(asked, hits, articles, copies, statements, embedder, answers)
    columns = [one for one in columns if one.ranked or _wanted(one, filters, silent)]
    clock["choose"], begun = round(time.perf_counter() - begun, 4), time.perf_counter()
    citations = Citations()
    accounts = tuple(account(one, articles, citations) for one in columns)
    told = _told(columns, articles, statements, meaning)
    chosen = {(e.numbered.article.id, e.numbered.sentence.ordinal) for one in columns for e in one.touching}
    answering = {e.numbered.article.id for one in columns for e in one.chosen}
    silent_voices = sum(not one.ranked for one in columns)
    findings = Findings(told, articles, chosen, answering, citations, meaning).all(statements, silent_voices)
    clock["compare"] = round(time.perf_counter() - begun, 4)
    return Comparison(question=question, outlets=accounts, citations=citations.all(), findings=findings, seconds=clock)


def _articles(archive: Archive, hits: Sequence[Hit]) -> Articles:
    held = {hit.article.id: hit.article for hit in hits}
    return {i: (article, archive.catalogue.sentences(article)) for i, article in held.items()}


def _statements(archive: Archive, reader: StatementReader, articles: Articles) -> dict[str, tuple[Statement, ...]]:
    read = archive.statements.of(articles)
    unread = [i for i in articles if i not in read]
    if unread:
        read |= dict(zip(unread, map(tuple, reader.read_batch([articles[i] for i in unread])), strict=True))
    return read


def _columns(
    asked: Sequence[Part],
    hits: Sequence[Hit],
    articles: Articles,
    copies: Mapping[str, CopyGroup],
    statements: Mapping[str, Sequence[Statement]],
    embedder: Embedder,
    model: AnswerModel,
) -> tuple[list[Column], Remembered]:
    """A column for each voice, the one with the best passage first."""
    said = by_sentence(statements, {i: sentences for i, (_, sentences) in articles.items()})
    meaning = Remembered(embedder)
    ready = []
    speaking = voices([article for article, _ in articles.values()], copies)
    for voice in speaking:
        own = [hit for hit in hits if hit.article.id in voice.articles]
        theirs = {i: articles[i] for i in voice.articles}
        ready.append((voice, own, worth_reading(asked[0], own, theirs, said, len(speaking))))
    meaning([item.sentence.text for _, _, shown in ready for item in shown])
    found = [weighed(asked, voice, own, shown, meaning, said) for voice, own, shown in ready]
    read = [article for article, _ in articles.values()]
    event, answers = on_topic(asked[0].question, [one.ranked for one in found], read)
    telling = sum(not answers.isdisjoint(one.voice.articles) for one in found)
    most = min(REREAD_AT_MOST, max(REREAD_OF_EACH, REREAD // max(1, telling)))
    able = [
        candidates(part, [one.by_part[place] for one in found], answers, model, most)
        for place, part in enumerate(asked)
    ]
    return [column(asked, one, [own[place] for own in able], event) for place, one in enumerate(found)], meaning


def _told(
    columns: Sequence[Column], articles: Articles, statements: Mapping[str, Sequence[Statement]], meaning: Remembered
) -> list[Told]:
    """What is compared: what the columns looked at, and the accusations and denials of the same articles."""
    said = by_sentence(statements, {i: sentences for i, (_, sentences) in articles.items()})
    best = max((column.ranked[0].score for column in columns if column.ranked), default=1.0)
    compared: list[tuple[str, Article, Sentence, float]] = []
    for one in columns:
        scores = {(e.numbered.article.id, e.numbered.sentence.ordinal): e.score / best for e in one.ranked}
        for article, sentences in (articles[i] for i in dict.fromkeys(i for i, _ in scores)):
            for sentence in sentences:
                place = (article.id, sentence.ordinal)
                disputes = any(s.kind in DENYING | ACCUSING for s in said.get(place, ()))
                if place in scores or (disputes and not sentence.is_title):
                    bearing = max(0.0, min(1.0, scores.get(place, 0.0)))
                    compared.append((one.voice.name, article, sentence, bearing))
    vectors = meaning([sentence.text for _, _, sentence, _ in compared])
    return [
        Told(
            voice=voice,
            article=article,
            sentence=sentence,
            before=_before(articles[article.id][1], sentence),
            said=said.get((article.id, sentence.ordinal), ()),
            bearing=bearing,
            vector=vector,
        )
        for (voice, article, sentence, bearing), vector in zip(compared, vectors, strict=True)
    ]


def _wanted(column: Column, filters: Filters, silent: Sequence[str]) -> bool:
    """Whether a voice has a column even if none of its articles tells of what the question is about."""
    return column.voice.name in filters.outlets or not set(silent).isdisjoint(column.voice.articles)


def _before(sentences: Sequence[Sentence], sentence: Sentence) -> Sentence | None:
    before = [s for s in sentences if s.ordinal < sentence.ordinal and not s.is_title]
    return before[-1] if before else None
