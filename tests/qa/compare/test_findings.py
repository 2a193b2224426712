"""What is found between invented accounts, and what must not be."""

from __future__ import annotations

import pytest

from index.types import Kind
from qa.compare.agreement import agreements
from qa.compare.alone import alone, held
from qa.compare.contradictions import contradictions
from qa.compare.denials import answered, claimant
from qa.compare.drift import drifts
from qa.compare.numbers import disagreements, numbers_of
from qa.compare.prints import Way
from qa.compare.wording import printed
from tests.fakes import HashEmbedder
from tests.qa.compare.told import article, statement, tell

PLACES = "The Brannock tunnel, the Dunmere council and Ilse Karg are in this account."


def values(one: str, other: str, *, later: str = "2026-03-02") -> list[tuple[float, ...]]:
    """The numbers that two voices give for one thing."""
    accounts = {
        "Post": article("Post", PLACES, one),
        "Times": article("Times", PLACES, other, published=later),
    }
    told = tell(accounts)
    found = disagreements(told, {t.article.id: t.article.text for t in told})
    return [tuple(sorted(side[0].quantity.value for side in d.sides)) for d in found]


def test_two_numbers_for_one_thing_are_found() -> None:
    one = "Twelve workers were trapped in the Brannock tunnel on Monday, the fire service said."
    other = "The fire service said 15 workers were trapped in the Brannock tunnel on Monday."
    assert values(one, other) == [(12, 15)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The crash killed two Lodrian reserve pilots on Monday.", "two Lodrian reserve pilots"),
        ("The crash killed two local pilots, guests said.", "two local pilots"),
        ("The crash killed 12 people, including guests.", "12 people"),
        ("The crash killed 12 people visiting friends.", "12 people"),
        ("The ship is 40 km north, sailors said.", "40 km"),
        ("The ship cost 3 million crowns this year.", "3 million crowns"),
        ("The vote drew 12 per cent of members.", "12 per cent"),
    ],
)
def test_a_number_is_shown_with_what_it_counts(text: str, shown: str) -> None:
    [told] = tell({"Post": article("Post", text)})
    assert printed(numbers_of(told)[0]) == shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # two things counted
        ("Twelve workers were trapped in the Brannock tunnel.", "In the Brannock tunnel 15 workers were rescued later."),
        # one is the other rounded
        ("The Brannock tunnel cost 1,012 crowns a metre.", "The Brannock tunnel cost 1,000 crowns a metre."),
        # a bound that the other keeps
        ("More than 80 people were arrested in Brannock.", "In Brannock 95 people were arrested."),
        # a range, a rate
        ("The tariff in Brannock starts within 15 to 30 days.", "The tariff in Brannock starts within 20 days."),
        ("Each ten crowns of the Brannock budget cost a job.", "The Brannock budget cost 41 crowns."),
        # two days
        ("On Friday 33 people were arrested in Brannock.", "On Sunday 80 people were arrested in Brannock."),
        # years and ages are no amounts
        ("The Brannock tunnel opened in 2019.", "The Brannock tunnel opened in 2021."),
        ("Ilse Karg, 58, opened the tunnel.", "Ilse Karg, 61, opened the tunnel."),
        # who prints both numbers tells two things
        ("In Brannock 12 were hurt and 15 were hurt badly.", "In Brannock 15 were hurt."),
    ],
)  # fmt: skip
def test_numbers_that_can_both_be_right_are_not_found(one: str, other: str) -> None:
    assert values(one, other) == []


def test_a_number_that_is_told_a_week_later_may_have_grown() -> None:
    one = "Twelve workers were trapped in the Brannock tunnel, the fire service said."
    other = "The fire service said 15 workers were trapped in the Brannock tunnel."
    assert values(one, other, later="2026-03-12") == []


def test_a_quotation_worded_otherwise_is_found_with_its_speaker() -> None:
    post = article("Post", "“We had a frank discussion and left the door open,” Ilse Karg said.")
    times = article("Times", "“We had frank discussions and left the door open,” Ms Karg said.")
    said = (
        statement(post[0], "“We had a frank discussion and left the door open,”", Kind.SAY, "Ilse Karg", None),
        statement(times[0], "“We had frank discussions and left the door open,”", Kind.SAY, "Karg", None),
    )
    [pair] = drifts([(post[0], post[1], said[:1]), (times[0], times[1], said[1:])])
    assert pair.way is Way.CHANGED
    assert (pair.one.words, pair.other.words) == (
        "We had a frank discussion and left the door open",
        "We had frank discussions and left the door open",
    )


def test_what_one_speaker_says_weeks_apart_is_two_utterances() -> None:
    post = article("Post", "“We will do what has to be done for the harbour,” Ilse Karg said.")
    times = article("Times", "“We will do what must be done for the harbour,” she said.", published="2026-05-02")
    said = [
        statement(made, content, Kind.SAY, "Ilse Karg", None)
        for (made, _), content in (
            (post, "“We will do what has to be done for the harbour,”"),
            (times, "“We will do what must be done for the harbour,”"),
        )
    ]
    assert drifts([(post[0], post[1], said[:1]), (times[0], times[1], said[1:])]) == ()


def test_an_accusation_and_the_denial_of_the_accused_are_at_odds_and_no_contradiction() -> None:
    post = article("Post", PLACES, "Tom Reed accused Ilse Karg of hiding the report on the tunnel.")
    times = article("Times", PLACES, "Ilse Karg denied that she had kept back the report on the tunnel.")
    said = (
        statement(post[0], "hiding the report on the tunnel", Kind.ACCUSE, "Tom Reed", "Ilse Karg", "accused"),
        statement(times[0], "that she had kept back the report on the tunnel", Kind.DENY, "Ilse Karg", None, "denied"),
    )
    told = tell({"Post": post, "Times": times}, said)
    [found] = answered(told)
    assert (found.claimant, found.denial.by) == ("Tom Reed", "Ilse Karg")
    assert contradictions(told) == ()


def test_a_request_that_is_turned_down_denies_nothing() -> None:
    post = article("Post", PLACES, "The council asked Ilse Karg to publish the report on the tunnel.")
    times = article("Times", PLACES, "Ilse Karg rejected a request to publish the report on the tunnel.")
    said = (statement(times[0], "a request to publish the", Kind.REJECT, "Ilse Karg", None, "rejected"),)
    assert answered(tell({"Post": post, "Times": times}, said)) == ()


def test_who_also_tells_of_the_denial_is_not_denied() -> None:
    post = article(
        "Post", PLACES, "Denials that Ilse Karg was hiding the report on the tunnel drew anger, Tom Reed said."
    )
    times = article("Times", PLACES, "Ilse Karg denied that she was hiding the report on the tunnel.")
    said = (
        statement(
            post[0], "Denials that Ilse Karg was hiding the report", Kind.ACCUSE, "Tom Reed", "Ilse Karg", "said"
        ),
        statement(times[0], "that she was hiding the report on the tunnel", Kind.DENY, "Ilse Karg", None, "denied"),
    )
    assert answered(tell({"Post": post, "Times": times}, said)) == ()


def test_who_denies_is_named_in_the_sentence_or_before_a_pronoun() -> None:
    def found(denial: str) -> int:
        post = article("Post", PLACES, "Tom Reed accused Ilse Karg of hiding the report on the tunnel.")
        times = article("Times", PLACES, "Ilse Karg spoke in Dunmere.", denial)
        content = "that the report on the tunnel was hidden"
        said = (
            statement(post[0], "hiding the report on the tunnel", Kind.ACCUSE, "Tom Reed", "Ilse Karg", "accused"),
            statement(times[0], content, Kind.DENY, "Ilse Karg", None, "denied"),
        )
        return len(answered(tell({"Post": post, "Times": times}, said)))

    assert found("She denied that the report on the tunnel was hidden.") == 1
    assert found("Sixty friends denied that the report on the tunnel was hidden.") == 0


def test_who_denies_is_not_merely_spoken_of_by_those_who_do() -> None:
    def found(source: str) -> int:
        post = article("Post", PLACES, "Tom Reed accused Ilse Karg of hiding the report on the tunnel.")
        denial = f"{source} denied that the report on the tunnel was hidden by her."
        times = article("Times", PLACES, "Ilse Karg spoke in Dunmere.", denial)
        content = "that the report on the tunnel was hidden by her"
        said = (
            statement(post[0], "hiding the report on the tunnel", Kind.ACCUSE, "Tom Reed", "Ilse Karg", "accused"),
            statement(times[0], content, Kind.DENY, "Ilse Karg", None, "denied", source),
        )
        return len(answered(tell({"Post": post, "Times": times}, said)))

    assert found("The mayor") == 1
    assert found("Sixty people who said they knew the mayor") == 0


@pytest.mark.parametrize(
    ("report", "is_denied"),
    [
        ("The mayor, Ilse Karg, asked the council to bury the tunnel report.", True),
        ("Ilse Karg answers for the council, the harbour and the tunnel.", False),
        ("The council of Ilse Karg has a tunnel report.", False),
        ("Aldern must explain if the mayor asked the council to bury the tunnel report.", False),
        ("The mayor asked the council to bury the tunnel report, Photo: Ilse KargMore news", False),
    ],
    ids=["reported", "names alone", "half of it", "supposed", "not fit to print"],
)
def test_what_is_denied_is_what_is_reported_and_not_the_matter_alone(report: str, is_denied: bool) -> None:
    post = article("Post", PLACES, report)
    times = article("Times", PLACES, "Ilse Karg denied that she had asked the council to bury the tunnel report.")
    content = "that she had asked the council to bury the tunnel report"
    said = (statement(times[0], content, Kind.DENY, "Ilse Karg", None, "denied"),)
    assert bool(answered(tell({"Post": post, "Times": times}, said))) == is_denied


@pytest.mark.parametrize(
    ("content", "report", "is_denied"),
    [
        ("that she met Tom Reed of Dunmere in secret", "The mayor met Tom Reed of Dunmere twice in secret.", True),
        ("that she met Tom Reed of Dunmere in secret", "Tom Reed of Dunmere is a friend of the mayor.", False),
        ("that the council was told of floods", "The council was told of the floods in May.", True),
        ("that the council was told of floods", "The council has little to say of the floods in May.", False),
    ],
)
def test_neither_names_nor_that_something_is_said_make_a_report_the_one_that_is_denied(
    content: str, report: str, is_denied: bool
) -> None:
    post = article("Post", PLACES, report)
    times = article("Times", PLACES, f"Ilse Karg denied {content}.")
    said = (statement(times[0], content, Kind.DENY, "Ilse Karg", None, "denied"),)
    assert bool(answered(tell({"Post": post, "Times": times}, said))) == is_denied


@pytest.mark.parametrize(
    ("post_of", "is_denied"), [("chief executive of Harbour Lines", True), ("friend of Harbour Lines", False)]
)
def test_who_has_a_post_answers_for_the_body_and_nobody_else_does(post_of: str, is_denied: bool) -> None:
    post = article("Post", PLACES, "Tom Reed accused Harbour Lines of cutting crews to save money.")
    times = article("Times", PLACES, f"Ada Lind, {post_of}, denied that its crews were too small.")
    content = "that its crews were too small"
    said = (
        statement(post[0], "cutting crews to save money", Kind.ACCUSE, "Tom Reed", "Harbour Lines", "accused"),
        statement(times[0], content, Kind.DENY, "Ada Lind", None, "denied"),
    )
    assert bool(answered(tell({"Post": post, "Times": times}, said))) == is_denied


@pytest.mark.parametrize(
    ("speaker", "name"),
    [
        ("Tom Reed", "Tom Reed"),
        ("Bank of Aldern", "Bank of Aldern"),
        ("planned council vote", None),
        ("More than sixty clerks", None),
        ("Tom Reed Thomas ReedKarg", None),
    ],
)
def test_who_reports_is_named_by_a_name_and_never_by_words_cut_from_a_sentence(speaker: str, name: str | None) -> None:
    post = article("Post", PLACES, f"The {speaker} accused Ilse Karg of hiding the report on the tunnel.")
    said = (statement(post[0], "hiding the report on the tunnel", Kind.ACCUSE, speaker, "Ilse Karg", "accused"),)
    told = tell({"Post": post}, said)[-1]
    assert claimant(told, "Ilse Karg") == name


def test_a_voice_that_tells_the_opposite_contradicts() -> None:
    post = article("Post", PLACES, "The head of the council, Ilse Karg, was dismissed on Thursday over the tunnel.")
    times = article(
        "Times", PLACES, "Ilse Karg, the head of the council, spoke.", "Over the tunnel Ilse Karg was not dismissed."
    )
    [found] = contradictions(tell({"Post": post, "Times": times}))
    assert (found.told.voice, found.denied.voice) == ("Post", "Times")


@pytest.mark.parametrize(
    "other",
    [
        "Ilse Karg was not only dismissed.",
        "Ilse Karg would not be dismissed?",
        "If Ilse Karg is not dismissed, the council will fall.",
        "“Ilse Karg was not dismissed,” her office said.",
        "Tom Reed was not dismissed.",
    ],
)
def test_what_is_asked_supposed_quoted_or_about_somebody_else_contradicts_nobody(other: str) -> None:
    post = article("Post", PLACES, "The head of the council, Ilse Karg, was dismissed on Thursday over the tunnel.")
    assert contradictions(tell({"Post": post, "Times": article("Times", PLACES, other)})) == ()


def test_what_is_told_alike_is_shown_by_the_sentence_that_all_others_cover() -> None:
    post = article("Post", "Dunmere council votes on the Brannock tunnel in May.")
    times = article(
        "Times", "The Dunmere council votes on the Brannock tunnel in May, its chair Ilse Karg told reporters."
    )
    [found] = agreements(tell({"Post": post, "Times": times}))
    assert found.shown.voice == "Post"
    assert [one.voice for one in found.told] == ["Post", "Times"]


def test_the_opposite_is_not_told_alike() -> None:
    post = article("Post", "The Dunmere council will pay for the Brannock tunnel.")
    times = article("Times", "The Dunmere council will not pay for the Brannock tunnel.")
    assert agreements(tell({"Post": post, "Times": times})) == ()


def only(one: str, other: str) -> list[str]:
    """What the Post alone tells of these two sentences, each behind two others that lead."""
    leads = (PLACES, "The Dunmere council met over the Brannock tunnel.")
    accounts = {"Post": article("Post", *leads, one), "Times": article("Times", *leads, other)}
    told = [t for t in tell(accounts) if t.voice == "Post"]
    articles = {made.id: held(voice, made, sentences) for voice, (made, sentences) in accounts.items()}
    return [t.text for t in alone(told, articles, set(articles), HashEmbedder().documents, 5)]


def test_what_one_voice_alone_tells_is_found() -> None:
    one = "Divers recovered a locked chest from the flooded shaft before breakfast."
    assert only(one, "The mayor spoke about taxes.") == [one]


def test_what_another_voice_tells_in_part_is_not_told_by_one_alone() -> None:
    one = "Divers recovered a locked chest from the flooded shaft before breakfast."
    assert only(one, "A chest lay in the shaft, the fire service said.") == []


CHEST = "Divers recovered a locked chest from the flooded shaft before breakfast."


@pytest.mark.parametrize(
    ("answering", "published", "found"),
    [
        ({"id-Post", "id-Times"}, "2026-03-05", [CHEST]),
        ({"id-Post", "id-Times"}, "2026-03-06", []),
        ({"id-Post"}, "2026-03-02", []),
        ({"id-Times"}, "2026-03-02", []),
    ],
)
def test_only_accounts_of_the_same_news_that_answer_are_held_against_each_other(
    answering: set[str], published: str, found: list[str]
) -> None:
    leads = (PLACES, "The Dunmere council met over the Brannock tunnel.")
    accounts = {
        "Post": article("Post", *leads, CHEST),
        "Times": article("Times", *leads, "The mayor spoke about taxes.", published=published),
    }
    articles = {made.id: held(voice, made, sentences) for voice, (made, sentences) in accounts.items()}
    told = [t for t in tell(accounts) if t.voice == "Post"]
    assert [t.text for t in alone(told, articles, answering, HashEmbedder().documents, 5)] == found


def test_what_an_outlet_prints_in_several_articles_is_no_news() -> None:
    leads = (PLACES, "The Dunmere council met over the Brannock tunnel.")
    accounts = [
        ("Post", article("Post", *leads, CHEST)),
        ("Post", article("Post, again", PLACES, CHEST)),
        ("Times", article("Times", *leads, "The mayor spoke about taxes.")),
    ]
    articles = {made.id: held(voice, made, sentences) for voice, (made, sentences) in accounts}
    told = tell(dict(accounts[:1]))
    assert alone(told, articles, set(articles), HashEmbedder().documents, 5) == ()


def test_what_begins_with_a_pronoun_tells_nothing_alone() -> None:
    one = "They recovered a locked chest from the flooded shaft before breakfast."
    assert only(one, "The mayor spoke about taxes.") == []


def test_the_first_sentences_tell_the_news_that_all_have() -> None:
    accounts = {
        "Post": article("Post", "Divers recovered a locked chest from the shaft."),
        "Times": article("Times", PLACES),
    }
    articles = {made.id: held(voice, made, sentences) for voice, (made, sentences) in accounts.items()}
    assert alone(tell(accounts), articles, set(articles), HashEmbedder().documents, 5) == ()
