"""Reading what a model replied: as JSON, as sentences with `[3]` markers, or as chosen numbers.

A form is asked two things: what of a reply that is still coming can be shown (`readable`, which only grows at
its end), and what the whole reply says (`read`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from pydantic import BaseModel
from pydantic_core import from_json

from qa.show import LEFT_OUT, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qa.provider_citations import Cited

MARKER = re.compile(r"\s*\[\s*(\d{1,5}(?:\s*[,;–-]\s*\d{1,5})*)\s*\]")
OPEN_MARKER = re.compile(r"\s*\[[\d\s,;–-]*$")
LAST_WORD = re.compile(r"\S+\Z")
NOT_STATED = "NOT STATED"
NO_PROSE = ("{", "[", "```")
THINKING = re.compile(r"\s*<think(?:ing)?>.*?(?:</think(?:ing)?>|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """One sentence of a draft and the numbers of the sentences that are to prove it."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said: that the evidence does not answer (`abstains`), or claims.

    Attributes:
        refused: what a provider's own citations name that was not given, in words.
        dropped: how many claims rest on such citations alone and are gone.
    """

    abstains: bool
    claims: tuple[DraftClaim, ...] = ()
    refused: tuple[str, ...] = ()
    dropped: int = 0


class Form(Protocol):
    """A way in which a model can reply."""

    @property
    def schema(self) -> Mapping[str, Any] | None:
        """The JSON schema of the reply, where it has one."""

    def readable(self, text: str) -> str:
        """The words that the beginning `text` of a reply lets one show."""

    def read(self, text: str) -> Reply:
        """The whole reply.

        Raises:
            ValueError: it does not have this form.
        """


def json_object(**properties: Mapping[str, Any]) -> Mapping[str, Any]:
    """The JSON schema of an object that has exactly these properties, in this order."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


class _Claim(BaseModel):
    text: str
    numbers: list[int]


class _Written(BaseModel):
    stated: bool
    claims: list[_Claim]


class _Chosen(BaseModel):
    numbers: list[int]


class JsonForm:
    """Claims as JSON. The schema sets no limits on lengths and numbers: not every provider takes them."""

    schema: Mapping[str, Any] = json_object(
        stated={"type": "boolean"},
        claims={
            "type": "array",
            "items": json_object(text={"type": "string"}, numbers={"type": "array", "items": {"type": "integer"}}),
        },
    )

    def readable(self, text: str) -> str:
        """The claims' texts so far; of one that is still coming, its whole words."""
        said = _without_thinking(text)
        said = said[said.find("{") :] if "{" in said else ""
        texts = _texts(said, "trailing-strings")
        ended = len(_texts(said, True))
        return _joined((*texts[:ended], *map(_whole_words, texts[ended:])))

    def read(self, text: str) -> Reply:
        """The claims; numbers that a model put into a claim's text as markers count as well."""
        reply = _Written.model_validate_json(outermost_object(text))
        if not reply.stated:
            return Reply(abstains=True)
        claims = tuple(
            _claim(MARKER.sub("", claim.text), [*claim.numbers, *_marked(claim.text)])
            for claim in reply.claims
            if claim.text.strip()
        )
        if not claims:
            raise ValueError("the reply says that the evidence answers, and gives no answer")
        return Reply(abstains=False, claims=claims)


class MarkerForm:
    """Sentences with `[3]` markers, for models that take no schema."""

    schema = None

    def readable(self, text: str) -> str:
        """The whole words of the sentences so far, without markers."""
        said = _without_thinking(text).lstrip()
        if said.startswith(NO_PROSE) or NOT_STATED.startswith(said.strip().upper()[: len(NOT_STATED)]):
            return ""
        return written(MARKER.sub("", OPEN_MARKER.sub("", _whole_words(said))))

    def read(self, text: str) -> Reply:
        """The sentences; a marker belongs to the sentence that ends before it or that it stands in."""
        said = _prose(text)
        if said is None:
            return Reply(abstains=True)
        words, markers = _lift_markers(said)
        claims = tuple(
            _claim(words[start:end], (n for at, n in markers if start < at <= end))
            for start, end in _sentences(words)
            if words[start:end].strip()
        )
        if not any(claim.numbers for claim in claims):
            raise ValueError("the reply names no evidence")
        return Reply(abstains=False, claims=claims)


class ChoiceForm:
    """Numbers alone, `most` at the most, out of those on offer: the words stay the articles'."""

    def __init__(self, offered: Mapping[int, str], *, most: int) -> None:
        self._offered = offered
        self._most = most
        numbers = {"type": "array", "items": {"enum": list(offered)}, "maxItems": most}
        self.schema: Mapping[str, Any] = json_object(numbers=numbers)

    def readable(self, text: str) -> str:  # noqa: ARG002  nothing is said before the numbers are checked
        """Nothing: the answer stands when the numbers do."""
        return ""

    def read(self, text: str) -> Reply:
        """The chosen sentences, word for word; numbers that were not on offer keep no words."""
        chosen = _unique(_Chosen.model_validate_json(outermost_object(text)).numbers)[: self._most]
        claims = tuple(DraftClaim(self._offered.get(number, ""), (number,)) for number in chosen)
        return Reply(abstains=not claims, claims=claims)


def read_cited(text: str, cited: Sequence[Cited]) -> Reply:
    """A reply whose provider cites by itself: each sentence rests on what is cited for any of its words.

    A sentence for which nothing is cited keeps the numbers of its `[3]` markers.

    Raises:
        ValueError: it is not sentences, or nothing is cited.
    """
    if not cited:
        return MarkerForm().read(text)
    said = _prose(text)
    if said is None:
        return Reply(abstains=True)
    words, markers = _lift_markers(said)
    before = len(text) - len(said)
    moved = [(_lifted(said, c.start - before), _lifted(said, c.end - before), c) for c in cited]
    claims, dropped = [], 0
    for start, end in _sentences(words):
        native = [c for a, b, c in moved if any(map(str.isalnum, words[max(a, start) : min(b, end)]))]
        numbers = [number for c in native for number in c.numbers]
        if native and not numbers:
            dropped += 1
        elif words[start:end].strip():
            marked = [n for at, n in markers if start < at <= end]
            claims.append(_claim(words[start:end], numbers or marked))
    refused = tuple(dict.fromkeys(what for c in cited for what in c.refused))
    return Reply(abstains=False, claims=tuple(claims), refused=refused, dropped=dropped)


def _claim(text: str, numbers: Iterable[int]) -> DraftClaim:
    """A sentence as it may be shown; one that held something to follow or to fetch is proven by nothing."""
    shown = written(text)
    return DraftClaim(shown, () if LEFT_OUT in shown else _unique(numbers))


def _prose(text: str) -> str | None:
    """The end of `text` that holds the sentences, None where it says that the evidence does not answer.

    Raises:
        ValueError: it is data.
    """
    said = _without_thinking(text).lstrip()
    if said.upper().startswith(NOT_STATED):
        return None
    if said.startswith(NO_PROSE):
        raise ValueError("the reply is data and not sentences")
    return said


def _without_thinking(text: str) -> str:
    """The reply after a block of thinking aloud, where a model begins with one."""
    match = THINKING.match(text)
    return text[match.end() :] if match else text


def outermost_object(text: str) -> str:
    """From the first brace to the last, so that a code fence or a remark around the object does no harm."""
    said = _without_thinking(text)
    return said[said.find("{") : said.rfind("}") + 1] if "{" in said else ""


def _texts(said: str, partial: Literal[True, "trailing-strings"]) -> list[str]:
    """The texts of the claims in the beginning of an object; a string that has not ended yet counts or not."""
    try:
        found = from_json(said, allow_partial=partial) if said else {}
    except ValueError:
        return []
    claims = found.get("claims", []) if isinstance(found, dict) else []
    texts = [claim.get("text") for claim in claims if isinstance(claim, dict)] if isinstance(claims, list) else []
    return [text for text in texts if isinstance(text, str)]


def _whole_words(text: str) -> str:
    """The beginning of a text that more words do not change: what comes may turn the last one into an address."""
    return LAST_WORD.sub("", text)


def _joined(texts: Iterable[str]) -> str:
    return " ".join(filter(None, (written(MARKER.sub("", OPEN_MARKER.sub("", text))) for text in texts)))


def _numbers(marker: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", marker)]


def _marked(text: str) -> list[int]:
    return [number for match in MARKER.finditer(text) for number in _numbers(match[1])]


def _lift_markers(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its markers, and each number with the place its marker was lifted from."""
    words, markers, copied = "", list[tuple[int, int]](), 0
    for match in MARKER.finditer(text):
        words += text[copied : match.start()]
        markers += [(len(words), number) for number in _numbers(match[1])]
        copied = match.end()
    return words + text[copied:], markers


def _lifted(text: str, place: int) -> int:
    """Where a place of `text` is when its markers are lifted."""
    gone = sum(min(place, match.end()) - match.start() for match in MARKER.finditer(text) if match.start() < place)
    return max(0, place - gone)


def _sentences(text: str) -> list[tuple[int, int]]:
    from sentencex import get_sentence_boundaries

    return [(found["start_index"], found["end_index"]) for found in get_sentence_boundaries("en", text)]


def _unique(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(numbers))
