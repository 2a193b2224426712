"""Statements as the reader finds them, on sentences of our own and on the two seed articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.segment import segment
from index.statements.reader import StatementReader
from index.statements.syntax import dateline
from index.types import Article, Kind, Quoted, Span, Statement

pytestmark = pytest.mark.model
GOLD: dict[str, list[dict[str, Any]]] = json.loads(Path(__file__).with_name("gold_seeds.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def reader() -> StatementReader:
    return StatementReader()


def read(reader: StatementReader, text: str) -> tuple[Statement, ...]:
    article = Article("a", "a.txt", "", text)
    return reader.read(article, segment("a", text, ()))


def one(reader: StatementReader, text: str, kind: Kind) -> Statement:
    found = [s for s in read(reader, text) if s.kind is kind]
    assert len(found) == 1, found
    return found[0]


def words(text: str, spans: tuple[Span, ...]) -> str:
    return " ".join(s.of(text) for s in spans)


def characters(spans: list[list[int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def overlap(gold: dict[str, Any], statement: Statement) -> float:
    a, b = characters(gold["content"]), characters([[s.start, s.end] for s in statement.content])
    return len(a & b) / len(a | b)


def paired(gold: list[dict[str, Any]], found: tuple[Statement, ...]) -> list[tuple[dict[str, Any], Statement]]:
    """Gold with found, one to one, cues that meet first, then the largest overlap."""

    def rank(g: int, f: int) -> tuple[bool, float]:
        cue = any(Span(*c).overlaps(d) for c in gold[g]["cue"] for d in found[f].cue)
        return cue, overlap(gold[g], found[f])

    pairs = sorted(((rank(g, f), g, f) for g in range(len(gold)) for f in range(len(found))), reverse=True)
    out, used, taken = [], set(), set()
    for (_, share), g, f in pairs:
        if share >= 0.3 and g not in used and f not in taken:
            used.add(g)
            taken.add(f)
            out.append((gold[g], found[f]))
    return out


@pytest.mark.shared
def test_the_seed_articles_come_out_right(reader: StatementReader, shared: Path) -> None:
    hits = predicted = wanted = 0
    for name, gold in GOLD.items():
        text = (shared / "seeds" / name).read_bytes().decode("utf-8")
        found = read(reader, text)
        pairs = paired(gold, found)
        hits, predicted, wanted = hits + len(pairs), predicted + len(found), wanted + len(gold)
        for right, statement in pairs:
            assert (statement.speaker, list(statement.ambiguous)) == (right["speaker"], right["ambiguous"])
            assert (statement.kind, statement.target) == (right["kind"], right["target"])
            assert statement.via == right["via"]
    assert 2 * hits / (predicted + wanted) >= 0.95


@pytest.mark.shared
def test_the_two_kims_of_the_seed_are_never_one(reader: StatementReader, shared: Path) -> None:
    text = (shared / "seeds" / "000_52b3a3db919a2615.txt").read_bytes().decode("utf-8")
    open_ones = [s for s in read(reader, text) if s.ambiguous]
    assert [(s.speaker, s.ambiguous) for s in open_ones] == [(None, ("Kim Myong Gil", "Kim Jong Un"))]


def test_blaming_someone_for_something_names_both(reader: StatementReader) -> None:
    text = "Mayor Ann Lee blamed the railway company for the long delays on Monday."
    found = one(reader, text, Kind.BLAME)
    assert (found.speaker, found.target) == ("Ann Lee", "railway company")


def test_blaming_something_on_someone_finds_who_is_blamed(reader: StatementReader) -> None:
    found = one(reader, "The union blamed the collapse of the talks on Tehran.", Kind.BLAME)
    assert (found.speaker, found.target) == ("union", "Iran")


def test_a_failure_laid_to_what_another_would_not_do_is_blame(reader: StatementReader) -> None:
    text = "Ann Lee said the negotiations failed because the company had not sent its lawyers."
    found = one(reader, text, Kind.BLAME)
    assert (found.speaker, found.target) == ("Ann Lee", "company")


def test_accusing_names_the_accused(reader: StatementReader) -> None:
    found = one(reader, "The minister accused the rebels of hiding weapons in the school.", Kind.ACCUSE)
    assert (found.speaker, found.target) == ("minister", "rebels")


def test_rejecting_a_claim_is_about_who_made_it(reader: StatementReader) -> None:
    found = one(reader, "The ministry rejected Ann Lee's claims about the vaccine.", Kind.REJECT)
    assert found.target == "Ann Lee"


def test_two_speakers_in_one_sentence_keep_to_their_clauses(reader: StatementReader) -> None:
    text = "Officials said the meeting went well, while the union accused the managers of lying."
    found = read(reader, text)
    assert [(s.kind, s.speaker, words(text, s.content)) for s in found] == [
        (Kind.SAY, "Officials", "the meeting went well"),
        (Kind.ACCUSE, "union", "the managers of lying"),
    ]


def test_a_quotation_around_its_speaker_is_one_statement(reader: StatementReader) -> None:
    text = "“We are ready,” said Ann Lee, the mayor. “We will not wait for the company any longer.”"
    (found,) = read(reader, text)
    assert (found.speaker, found.quoted) == ("Ann Lee", Quoted.DIRECT)
    assert [s.of(text) for s in found.content] == [
        "“We are ready,”",
        "“We will not wait for the company any longer.”",
    ]


def test_a_pronoun_stands_for_the_person_named_before(reader: StatementReader) -> None:
    text = "Spokeswoman Ann Lee met reporters in Oslo.\n\n“The talks were good,” she said.\n"
    (found,) = [s for s in read(reader, text) if s.quoted is Quoted.DIRECT]
    assert found.speaker == "Ann Lee"


def test_a_denied_act_of_saying_is_marked(reader: StatementReader) -> None:
    found = one(reader, "Ann Lee did not accuse the company of fraud.", Kind.ACCUSE)
    assert found.negated


def test_one_name_of_two_people_named_nearby_stays_open(reader: StatementReader) -> None:
    text = "Ann Lee and Bruce Lee came to the meeting in Oslo. Lee said the plan was dead."
    (found,) = [s for s in read(reader, text) if s.kind is Kind.SAY]
    assert (found.speaker, set(found.ambiguous)) == (None, {"Ann Lee", "Bruce Lee"})


def test_a_dateline_is_no_speaker(reader: StatementReader) -> None:
    text = "OSLO, Jan 3 (Fjord Wire) - Mayor Ann Lee accused the railway company of fraud."
    found = one(reader, text, Kind.ACCUSE)
    assert (found.speaker, words(text, found.source)) == ("Ann Lee", "Mayor Ann Lee")


@pytest.mark.parametrize(
    ("sentence", "cut"),
    [
        ("ERIE, Pa. (AP) — Snow fell.", "Snow fell."),
        ("SEOUL/UNITED NATIONS, Aug 30 (Reuters) - Snow fell.", "Snow fell."),
        ("(Fjord Wire) -- Snow fell.", "Snow fell."),
        ("(FWN) Snow fell.", "Snow fell."),
        ("(FWN) has reported snow.", "(FWN) has reported snow."),
        ("(Lee was not there.) Snow fell.", "(Lee was not there.) Snow fell."),
        ("NASA said snow fell - at last.", "NASA said snow fell - at last."),
        ("Oslo - the capital - was white.", "Oslo - the capital - was white."),
        ("CAPE LEE, Fla. —", "CAPE LEE, Fla. —"),
    ],
)
def test_a_dateline_ends_at_its_dash_or_after_its_agency(sentence: str, cut: str) -> None:
    assert sentence[dateline(sentence) :] == cut


def test_refusing_to_do_something_rejects_no_claim_and_a_blow_is_no_criticism(reader: StatementReader) -> None:
    assert Kind.REJECT not in {s.kind for s in read(reader, "Ann Lee refused to leave the office on Monday.")}
    assert Kind.CRITICISE not in {s.kind for s in read(reader, "The rocket blasted off before the crowd said a word.")}


def test_she_is_the_one_who_speaks_around_her(reader: StatementReader) -> None:
    text = "Bo Chen met Ann Lee in Oslo. Ann Lee said she no longer blames Chen for the fire."
    found = one(reader, text, Kind.BLAME)
    assert (found.speaker, found.negated) == ("Ann Lee", True)


def test_the_one_accused_does_not_make_the_accusations(reader: StatementReader) -> None:
    text = "Ann Lee resigned over accusations of fraud, the mayor said."
    assert "Ann Lee" not in {s.speaker for s in read(reader, text) if s.kind is Kind.ACCUSE}


def test_a_verb_that_no_list_holds_brings_in_speech_by_its_place(reader: StatementReader) -> None:
    text = "“We will never sell the harbour to the railway company,” Ann Lee seethed on Monday."
    (found,) = read(reader, text)
    assert (found.speaker, found.quoted, words(text, found.cue)) == ("Ann Lee", Quoted.DIRECT, "seethed")


def test_what_follows_a_question_is_said_by_whoever_the_words_beside_it_name(reader: StatementReader) -> None:
    text = (
        "Ann Lee told reporters the harbour “is not for sale.”\n\n"
        "“Who would pay for it?” Bo Chen wondered.\n"
    )  # fmt: skip
    said = {s.speaker: words(text, s.content) for s in read(reader, text)}
    assert said["Bo Chen"] == "“Who would pay for it?”"
    assert "Who would" not in said["Ann Lee"]


def test_a_paragraph_that_is_a_quotation_alone_continues_the_speaker_before_it(reader: StatementReader) -> None:
    text = (
        "“We will rebuild the bridge,” said Ann Lee. She said the work would take a year.\n\n"
        "“The money is there.”\n\nRain fell in Oslo.\n"
    )  # fmt: skip
    holders = [s.speaker for s in read(reader, text) if "The money is there" in words(text, s.content)]
    assert holders == ["Ann Lee"]


def test_a_name_with_a_role_before_a_colon_says_the_quotation(reader: StatementReader) -> None:
    text = "Harbour pilot Ann Lee: “We saw the lights go out at noon.”"
    (found,) = read(reader, text)
    assert (found.speaker, found.quoted) == ("Ann Lee", Quoted.DIRECT)


@pytest.mark.parametrize(
    ("text", "kind", "speaker", "target"),
    [
        ("On Friday morning, Ann Lee blamed the union for the strike.", Kind.BLAME, "Ann Lee", "union"),
        ("The union blamed Cindy Hyde-Smith for her decision.", Kind.BLAME, "union", "Cindy Hyde-Smith"),
        ("He was accused of assault by his ex-wife, Lisa Stone.", Kind.ACCUSE, "Lisa Stone", None),
        ("Bo Chen resigned on Monday, prompting critics to accuse the bank of fraud.", Kind.ACCUSE, "critics", "bank"),
        (
            "His tariffs ignited a war that has much of the world blaming the bank for the loss.",
            Kind.BLAME,
            "much of the world",
            "bank",
        ),
        (
            "The general did not want to give Bo Chen any ammunition to blame the bank for the loss.",
            Kind.BLAME,
            "Bo Chen",
            "bank",
        ),
        ("The minister faces accusations of fraud, the paper said.", Kind.ACCUSE, None, "minister"),
        ("Cory Stone accused his opponents of lying.", Kind.ACCUSE, "Cory Stone", "opponents"),
        ("Ann Lee's opponents have accused her of fraud.", Kind.ACCUSE, "Ann Lee's opponents", "Ann Lee"),
    ],
)
def test_who_accuses_or_blames_whom(
    reader: StatementReader, text: str, kind: Kind, speaker: str | None, target: str | None
) -> None:
    found = one(reader, text, kind)
    assert (found.speaker, found.target) == (speaker, target)


def test_a_price_is_no_accusation_and_a_cause_that_we_are_is_no_blame(reader: StatementReader) -> None:
    text = "The seller is charging the island nearly $4,000 an hour."
    assert Kind.ACCUSE not in {s.kind for s in read(reader, text)}
    text = "Ann Lee noticed that it is harder to end calls because we don't have a place to go."
    assert Kind.BLAME not in {s.kind for s in read(reader, text)}


def test_the_last_name_alone_is_not_that_of_somebodys_wife(reader: StatementReader) -> None:
    text = "President Stone accused the bank of fraud on Monday. His wife, Mary Stone, said nothing."
    assert one(reader, text, Kind.ACCUSE).speaker == "Stone"


def test_a_pronoun_after_a_name_that_two_people_bear_stays_open(reader: StatementReader) -> None:
    text = "Ann Lee and Bruce Lee met in Oslo. Lee left early, with critics accusing him of fraud."
    assert one(reader, text, Kind.ACCUSE).target is None


def test_the_president_is_not_the_vice_president(reader: StatementReader) -> None:
    text = "Vice President Bo Chen spoke in Oslo. The president said the talks had ended."
    (found,) = [s for s in read(reader, text) if s.kind is Kind.SAY and "ended" in words(text, s.content)]
    assert found.speaker == "president"


def test_every_part_lies_inside_the_text_and_reading_twice_gives_the_same(reader: StatementReader) -> None:
    text = "“No,” said Ann Lee.\nAccording to the bank, prices fell. The union denied it had agreed to the deal.\n"
    found = read(reader, text)
    assert found
    assert found == read(reader, text)
    assert len({s.id for s in found}) == len(found)
    for statement in found:
        for span in (*statement.source, *statement.cue, *statement.content):
            assert 0 <= span.start < span.end <= len(text)


@pytest.mark.slow
def test_several_processes_find_what_one_does_in_the_same_order(reader: StatementReader) -> None:
    texts = [f"Ann Lee said she would sell {n} houses. The union denied it." for n in range(40)]
    pairs = [(Article(str(n), "a", "", t), segment(str(n), t, ())) for n, t in enumerate(texts)]
    assert list(reader.read_many(pairs, processes=2)) == list(reader.read_many(pairs))


def test_no_articles_give_no_statements(reader: StatementReader) -> None:
    assert list(reader.read_many([])) == []
    assert reader.read(Article("a", "a", "", ""), ()) == ()


SCRAPS = (
    "He", "They", "Trump", "the Ministry", "critics", "make", "makes", "made", "Claims", "claim", "threats", "the vote",
    "Promises", "charged", "with", "blamed", "for", "on", "accused", "of", "said", "that", "who", "his", "“Yes", "no”",
    "according to", "because", "failed", "not", "refused", "to", "$4", "denied", ",", ".", "?", ":", "—", "ask", "raise",
    "doubt", "hold", "responsible", "call", "false", "in a statement", "CNN", "reported", "her", "husband", "and", "\n\n",
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.sampled_from(SCRAPS), max_size=40))
def test_whatever_is_written_reading_it_fails_at_nothing_and_every_span_is_in_the_text(
    reader: StatementReader, scraps: list[str]
) -> None:
    text = " ".join(scraps)
    for statement in read(reader, text):
        for span in (*statement.source, *statement.cue, *statement.content):
            assert 0 <= span.start < span.end <= len(text)


def test_a_threat_that_is_made_public_is_not_the_threat_of_who_makes_it_so(reader: StatementReader) -> None:
    text = "The minister made a U.S. threat public. The mayor made a promise that the bridge would open."
    kinds = {words(text, s.source): s.kind for s in read(reader, text)}
    assert kinds.get("The minister") is not Kind.THREATEN
    assert kinds["The mayor"] is Kind.PROMISE
