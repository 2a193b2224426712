"""Reading replies: whole, on their way, and broken."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reply import ChoiceForm, DraftClaim, JsonForm, MarkerForm, Reply


def claims(*pairs: tuple[str, list[int]], stated: bool = True) -> str:
    return json.dumps({"stated": stated, "claims": [{"text": text, "numbers": numbers} for text, numbers in pairs]})


OFFERED = {1: "The mayor blamed the firm.", 2: "Rain fell.", 5: "The firm denied it."}
BROKEN = [
    "",
    "I cannot help with that.",
    "{",
    "}{",
    "[" * 5000,
    "{" * 5000,
    '{"claims": ' + "[" * 5000 + "}",
    '{"stated": true}',
    '{"stated": true, "claims": []}',
    '{"stated": true, "claims": [{"text": 3, "numbers": [1]}]}',
    '{"stated": true, "claims": [{"text": "A.", "numbers": "all"}]}',
    '{"stated": true, "claims": [{"text": "A.", "numbers": [1e999]}]}',
    '{"stated": true, "claims": [{"text": "  ", "numbers": [1]}]}',
    '{"numbers": {"a": 1}}',
]


def test_json_claims_are_read() -> None:
    assert JsonForm().read(claims(("A  said\nB.", [2, 1, 2]), ("C.", []))) == Reply(
        abstains=False, claims=(DraftClaim("A said B.", (2, 1)), DraftClaim("C.", ()))
    )


@pytest.mark.parametrize(
    "around", ["{}", "```json\n{}\n```", "Here it is:\n{} Done.", "<think>[{{1}}] or so</think>\n{}"]
)
def test_what_stands_around_the_object_does_no_harm(around: str) -> None:
    reply = around.replace("{{", "\0").replace("{}", claims(("A.", [1]))).replace("\0", "{").replace("}}", "}")
    assert JsonForm().read(reply) == Reply(abstains=False, claims=(DraftClaim("A.", (1,)),))


def test_numbers_in_a_claims_text_count_and_leave_the_text() -> None:
    reply = JsonForm().read(claims(("The mayor ［sic］ said so [4, 2].", [1])))
    assert reply.claims == (DraftClaim("The mayor [sic] said so.", (1, 4, 2)),)


def test_a_model_may_say_that_the_evidence_does_not_answer() -> None:
    assert JsonForm().read(claims(stated=False)) == Reply(abstains=True)
    assert JsonForm().read(claims(("A guess.", [1]), stated=False)) == Reply(abstains=True)
    assert MarkerForm().read(" Not stated. ") == Reply(abstains=True)
    assert ChoiceForm(OFFERED, most=2).read('{"numbers": []}') == Reply(abstains=True)


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_reply_is_a_value_error_in_every_form(text: str) -> None:
    for form in (JsonForm(), MarkerForm(), ChoiceForm(OFFERED, most=2)):
        with pytest.raises(ValueError):  # noqa: PT011  pydantic's error is one
            form.read(text)
        form.readable(text)


@given(st.text(max_size=80))
def test_no_reply_raises_anything_but_a_value_error(text: str) -> None:
    for form in (JsonForm(), MarkerForm(), ChoiceForm(OFFERED, most=2)):
        form.readable(text)
        with suppress(ValueError):
            form.read(text)


@given(
    st.lists(st.tuples(st.text(max_size=30), st.lists(st.integers(0, 50), max_size=3)), max_size=4),
    st.booleans(),
)
def test_what_is_shown_of_json_only_grows_at_its_end(pairs: list[tuple[str, list[int]]], escaped: bool) -> None:
    fields = {"stated": True, "claims": [{"text": text, "numbers": numbers} for text, numbers in pairs]}
    whole, shown = json.dumps(fields, ensure_ascii=escaped), ""
    for end in range(len(whole) + 1):
        readable = JsonForm().readable(whole[:end])
        assert readable.startswith(shown)
        shown = readable


def test_json_is_shown_as_the_claims_texts() -> None:
    whole = claims(("The mayor said no [1].", [1]), ("The firm denied it.", [2]))
    assert JsonForm().readable(whole) == "The mayor said no. The firm denied it."
    assert JsonForm().readable(whole[: whole.index("mayor") + 3]) == "The"
    assert JsonForm().readable('<think>{"claims": [{"text": "no"}]}') == ""


def test_markers_belong_to_the_sentence_they_end() -> None:
    reply = MarkerForm().read(
        "The mayor of the U.S. town said no [1][3]. The firm denied it. [2, 12]\n\nRain fell [4]."
    )
    assert reply.claims == (
        DraftClaim("The mayor of the U.S. town said no.", (1, 3)),
        DraftClaim("The firm denied it.", (2, 12)),
        DraftClaim("Rain fell.", (4,)),
    )


def test_a_sentence_without_a_marker_stays_without_one() -> None:
    reply = MarkerForm().read("The mayor said no. The firm denied it [2].")
    assert reply.claims == (DraftClaim("The mayor said no.", ()), DraftClaim("The firm denied it.", (2,)))


@pytest.mark.parametrize("text", ["The mayor said no.", "[1] The mayor said no. [2] Rain fell."])
def test_sentences_whose_evidence_is_a_guess_are_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"evidence|not sentences"):
        MarkerForm().read(text)


def test_markers_are_never_shown_while_the_reply_comes() -> None:
    whole, shown = "The mayor said no [1][23]. NOT so the firm [ 2, 3 ].\n", ""
    for end in range(len(whole) + 1):
        readable = MarkerForm().readable(whole[:end])
        assert "[" not in readable
        assert readable.startswith(shown)
        shown = readable
    assert shown == "The mayor said no. NOT so the firm."


def test_an_address_is_not_shown_before_it_is_known_to_be_one() -> None:
    whole, shown = "The mayor wrote http://a.example/b and left.\n", ""
    for end in range(len(whole) + 1):
        readable = MarkerForm().readable(whole[:end])
        assert readable.startswith(shown)
        shown = readable
    assert shown == "The mayor wrote ‹link left out› and left."


def test_not_stated_is_never_shown() -> None:
    assert {MarkerForm().readable("NOT STATED"[:end]) for end in range(11)} == {""}
    assert MarkerForm().readable("Nothing was so") == "Nothing was"


def test_chosen_sentences_keep_the_articles_words() -> None:
    form = ChoiceForm(OFFERED, most=2)
    assert form.read('{"numbers": [5, 5, 1, 2]}').claims == (
        DraftClaim("The firm denied it.", (5,)),
        DraftClaim("The mayor blamed the firm.", (1,)),
    )
    assert form.schema["properties"]["numbers"]["items"] == {"enum": [1, 2, 5]}
    assert form.readable('{"numbers": [5') == ""
