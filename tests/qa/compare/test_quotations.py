"""Quotations in several wordings, joined over all who print them."""

from __future__ import annotations

import re

from index.types import Article, Kind, Quoted, Span, Statement
from qa.compare.drift import Utterance, speaker_of
from qa.compare.quotations import quotations

SAID = {
    "Post": "“We had a good discussion about the ferries and the harbour wall.”",
    "Mail": "“We had good discussions about the ferries and the harbour wall.”",
    "Radio": '"We had a good discussion about the ferries and the harbour wall."',
    "Echo": "“We had a good discussion about the ferries.”",
    "Star": "“Nobody has asked me about the price of bread this year.”",
}


def told(outlet: str) -> tuple[Article, tuple[()], tuple[Statement, ...]]:
    text = f"{SAID[outlet]} Ida Brenn said."
    article = Article(outlet[0] * 16, f"/{outlet}.txt", "", text, outlet=outlet, published="2026-03-01")
    quote = re.match(r"[“\"].*[”\"]", text)
    assert quote
    source = Span(text.index("Ida"), text.index(" said"))
    statement = Statement(
        id=outlet, article_id=article.id, kind=Kind.SAY, speaker="Ida Brenn", ambiguous=(), target=None,
        quoted=Quoted.DIRECT, via=None, negated=False, source=(source,), cue=(), content=(Span(0, quote.end()),),
    )  # fmt: skip
    return article, (), (statement,)


def test_one_utterance_has_its_wordings_with_those_who_print_them() -> None:
    everything = [told(outlet) for outlet in SAID]
    found = quotations(everything, {article.id: article.outlet or "" for article, _, _ in everything})
    [one] = found.quotations
    assert (one.speaker, one.way) == ("Ida Brenn", "changed")
    assert [(variant.text, variant.accounts, variant.way) for variant in one.variants] == [
        ("We had a good discussion about the ferries and the harbour wall.", ("Post", "Radio"), "same"),
        ("We had good discussions about the ferries and the harbour wall.", ("Mail",), "changed"),
        ("We had a good discussion about the ferries.", ("Echo",), "cut"),
    ]
    changed = [(step.one, step.other) for step in one.variants[1].steps if step.step != "equal"]
    assert changed == [("a", ""), ("discussion", "discussions")]
    by_marker = {citation.marker: citation for citation in found.citations}
    for variant in one.variants:
        assert {by_marker[m].quote for m in variant.citations} == {variant.text}
        assert {by_marker[m].outlet for m in variant.citations} == set(variant.accounts)


def test_what_copies_of_one_report_print_is_printed_once() -> None:
    pair = [told("Post"), told("Radio")]
    assert quotations(pair, dict.fromkeys((article.id for article, _, _ in pair), "Wire")).quotations == ()


def test_a_speaker_is_not_named_with_words_that_run_into_the_name() -> None:
    article, _, _ = told("Post")

    def named(*names: str | None) -> str | None:
        return speaker_of(Utterance(article, name, Span(0, 1)) for name in names)

    assert named("Brenn", "Brenn Ida Anne BrennCouncil") == "Brenn"
    assert named("Brenn Ida Anne BrennCouncil", None) is None
    assert named("Ida McKenna", "McKenna") == "Ida McKenna"
