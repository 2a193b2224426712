"""True claims made from sentences of articles by rules that keep the sense, and faults planted by rules that do not.

True claims are word for word, introduced by the outlet, with a clause dropped, with direct speech turned into indirect,
or with the attribution moved. The surface rules here are this file's own, not those of the check.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from index.clean import mark
from index.errors import UnreadableFileError
from index.intake import identify
from index.metadata import find
from index.readers import read, walk
from index.segment import segment
from index.types import Article
from qa.cite import Numbered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[2]
NAME = r"(?:(?:Mr|Mrs|Ms|Dr|Sir)\.? )?[A-Z][\w’'-]*[a-z](?: [A-Z][\w’'-]*[a-z])*"
QUOTE_SAID = re.compile(rf"^[“\"](?P<quote>[^“”\"]+?),[”\"] (?P<speaker>{NAME}) (?P<cue>said|told reporters|added)\.$")
QUOTE_SAID_BY = re.compile(rf"^[“\"](?P<quote>[^“”\"]+?),[”\"] (?P<cue>said) (?P<speaker>{NAME})(?:, [^,“”]+)?\.$")
SAID = re.compile(rf"^(?P<speaker>{NAME}) (?P<cue>said|says|told reporters) (?:that )?(?P<rest>[a-z][^“”\"]+)\.$")
SAID_QUOTE = re.compile(rf"^(?P<speaker>{NAME}) said: “")
ACCORDING = re.compile(
    rf"^According to (?P<speaker>{NAME}), (?=[a-z])(?!.*\b(?:he|she|it|they|[Hh]is|her|said|says)\b)"
)
AIMED = re.compile(
    r"\b(?P<cue>blam(?:ed|es)|accus(?:ed|es)|critici[sz](?:ed|es)|condemn(?:ed|s)|prais(?:ed|es)|thank(?:ed|s)|warn(?:ed|s)"
    r"|threaten(?:ed|s)|urg(?:ed|es)|told|asked|attacked|sued|joined|met|called on|against|backed|beat|defeated) "
    rf"(?P<target>{NAME})\b"
)
FIGURE = re.compile(r"(?<![\w.,$£€-])(?P<figure>[2-9]|[1-9]\d{1,2}|\d{1,3},\d{3})(?![\w,/-]|\.\d)(?= [a-z])")
SPELLED = re.compile(r"\b(?P<figure>two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty)\b(?= [a-z]+s\b)")
OTHER_WORD = {"two": "five", "three": "seven", "four": "nine", "five": "eight", "six": "four", "seven": "three",
              "eight": "two", "nine": "six", "ten": "forty", "twelve": "thirty", "twenty": "sixty", "thirty": "ninety"}  # fmt: skip
NOT = re.compile(r" (?:not|never)\b(?! only)| no(?= [a-z]+)|(?<=[a-z])n[’']t\b")
FIRM = re.compile(
    r"\b(?P<cue>claimed|claims|alleged|suggested|said|says|told reporters)\b(?= (?:that|the|a|it|he|she|they|there)\b)"
)
DENIED = re.compile(r"\b(?P<cue>denied|denies|rejected|dismissed)\b")
HEDGED = re.compile(r"\b(?P<cue>may|might|could|is expected to|are expected to|plans to|is likely to)\b(?= [a-z])")
RELATIVE = re.compile(
    r", (?:who|which|where|whose) [^,“”\"]+,(?= [a-z])|,? (?:who|which|where|after|because|while|although|when) [^,“”\"]+(?=\.$)"
)
INVENTED = ("Harlan Dreyfuss", "Ottoline Marsh", "Quentin Abara", "Svetla Korin", "Belisar Thorne", "Mirela Quist")
FIRST_PERSON = re.compile(
    r"\b(?:I|we|We|my|our|us|me|you|your|this|here|now|today|I’[a-z]+|I'[a-z]+|[Ww]e[’'][a-z]+)\b"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A claim with what it cites, and what was done to it."""

    kind: str
    text: str
    cited: tuple[Numbered, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """An article with its sentences, numbered."""

    article: Article
    sentences: tuple[Numbered, ...]


def pages(paths: Sequence[Path]) -> list[Page]:
    """The articles of files and folders, cleaned and cut into sentences as an archive does."""
    found = []
    for path in walk(paths):
        for document in read(path):
            if isinstance(document, UnreadableFileError):
                continue
            evidence = find(document)
            values = {key: item.value for key, item in evidence.items()}
            article = Article(
                id=identify(document), path=document.path, key=document.key, text=document.text,
                title=values.get("title"), outlet=values.get("outlet"), published=values.get("published"),
                boilerplate=mark(document.text), evidence=evidence,
            )  # fmt: skip
            title = evidence["title"].span if "title" in evidence else None
            cut = segment(article.id, article.text, article.boilerplate, title)
            numbered = tuple(Numbered(i, s, article) for i, s in enumerate(cut, 1) if not s.is_title)
            found.append(Page(article, numbered))
    return found


def in_half(page: Page, half: str) -> bool:
    """Whether an article belongs to the first or the second half, by hash of its id."""
    first = hashlib.sha256(page.article.id.encode()).digest()[0] % 2 == 0
    return half == "both" or first == (half == "first")


def true_claims(page: Page) -> Iterator[Case]:
    """Claims that say what a sentence says, in its words or nearly so."""
    outlet = page.article.outlet
    for item in page.sentences:
        text = item.sentence.text
        if not _plain(text):
            continue
        yield Case("verbatim", text, (item,))
        if outlet:
            yield Case("introduced", f"According to {outlet}: {text}", (item,))
        if outlet and re.match(r"(?:The|A|An|It|He|She|They|In|On|At) ", text):
            yield Case("outlet first", f"According to {outlet}, {text[0].lower()}{text[1:]}", (item,))
        dropped = text if re.search(r"[“”\"]", text) else RELATIVE.sub("", text, count=1)
        if dropped != text and len(dropped.split()) > 6:
            yield Case("clause dropped", dropped, (item,))
        said = QUOTE_SAID.match(text) or QUOTE_SAID_BY.match(text)
        if said:
            quote, speaker = said["quote"], said["speaker"]
            yield Case("attribution moved", f"{speaker} said: “{quote}.”", (item,))
            if not FIRST_PERSON.search(quote):
                yield Case("indirect", f"{speaker} said that {_lowered(quote)}.", (item,))
                yield Case("according to", f"According to {speaker}, {_lowered(quote)}.", (item,))
        spoken = SAID.match(text)
        if spoken:
            rest = spoken["rest"]
            yield Case("attribution last", f"{rest[0].upper()}{rest[1:]}, {_lowered(spoken['speaker'])} said.", (item,))
            if not re.match(_PRONOUN, spoken["speaker"]):
                yield Case("according to", f"According to {spoken['speaker']}, {rest}.", (item,))


def planted(page: Page, outlets: Sequence[str], chance: random.Random) -> Iterator[Case]:
    """Claims into which one fault is planted, the kind named."""
    local = [
        name
        for name in dict.fromkeys(re.findall(NAME, page.article.text))
        if " " in name and _is_name(name) and name != page.article.outlet
    ]
    quotes = [
        (item, quote) for item in page.sentences for quote in _quoted(item.sentence.text) if 40 <= len(quote) <= 200
    ]
    for claim in true_claims(page):
        for kind, changed in _changes(claim.text, local, chance):
            if changed != claim.text:
                yield Case(kind, changed, claim.cited)
        if claim.kind == "verbatim" and page.article.outlet:
            other = chance.choice([outlet for outlet in outlets if outlet != page.article.outlet])
            yield Case("wrong outlet", f"According to {other}: {claim.text}", claim.cited)
            yield Case("wrong outlet", f"{other} reported that {_lowered(claim.text)}", claim.cited)
    yield from _of_quotes(quotes, chance)


def _changes(text: str, people: Sequence[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    yield from _changed_names(text, people, chance)
    yield from _changed_numbers(text)
    yield from _changed_sense(text)


def _changed_names(text: str, people: Sequence[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    said = (
        SAID_QUOTE.match(text)
        or ACCORDING.match(text)
        or QUOTE_SAID.match(text)
        or QUOTE_SAID_BY.match(text)
        or SAID.match(text)
    )
    others = [name for name in people if not set(name.split()) & set(text.replace(",", " ").replace(".", " ").split())]
    if said and others and not re.match(_PRONOUN, said["speaker"], re.IGNORECASE):
        start, end = said.span("speaker")
        yield "swapped speaker", text[:start] + chance.choice(others) + text[end:]
    aimed = AIMED.search(text)
    if aimed and others:
        yield "swapped target", text[: aimed.start("target")] + chance.choice(others) + text[aimed.end("target") :]
    named = [name for name in re.findall(NAME, text) if " " in name and _is_name(name)]
    if named:
        yield "invented name", text.replace(named[0], chance.choice(INVENTED))


def _changed_numbers(text: str) -> Iterator[tuple[str, str]]:
    figure = FIGURE.search(text)
    if figure:
        value = int(figure["figure"].replace(",", ""))
        yield "changed number", text[: figure.start()] + f"{value + max(1, value // 3):,}" + text[figure.end() :]
    spelled = SPELLED.search(text)
    if spelled:
        yield "changed number", text[: spelled.start()] + OTHER_WORD[spelled["figure"]] + text[spelled.end() :]


def _changed_sense(text: str) -> Iterator[tuple[str, str]]:
    denial = NOT.search(text)
    if denial and not re.search(r"[“\"]", text):
        without = text[: denial.start()] + text[denial.end() :]
        yield "dropped not", re.sub(r"\bca\b", "can", re.sub(r"\bwo\b", "will", without))
    firm = FIRM.search(text)
    if firm:
        yield "upgraded cue", text[: firm.start()] + "confirmed" + text[firm.end() :]
    denied = DENIED.search(text)
    if denied:
        yield "upgraded cue", text[: denied.start()] + "refuted" + text[denied.end() :]
    hedged = HEDGED.search(text)
    if hedged and not re.search(r"[“\"]", text):
        yield "upgraded cue", text[: hedged.start()] + "will" + text[hedged.end() :]


def _of_quotes(quotes: Sequence[tuple[Numbered, str]], chance: random.Random) -> Iterator[Case]:
    pool = [word for _, quote in quotes for word in re.findall(r"\b[a-z]{5,}\b", quote)]
    for (item, quote), (second, further) in pairwise(quotes):
        halves = quote.split(), further.split()
        stitched = " ".join([*halves[0][: len(halves[0]) // 2], *halves[1][len(halves[1]) // 2 :]])
        yield Case(
            "stitched quote", f"He said: “{stitched.rstrip(',.')}.”", (item, second) if second is not item else (item,)
        )
    for item, quote in quotes:
        words = re.findall(r"\b[a-z]{5,}\b", quote)
        fresh = [word for word in pool if word not in quote]
        if words and fresh:
            changed = re.sub(rf"\b{chance.choice(words)}\b", chance.choice(fresh), quote, count=1)
            yield Case("changed word in a quote", item.sentence.text.replace(quote, changed), (item,))


def _quoted(text: str) -> list[str]:
    """What stands between quotation marks; none where they do not pair up."""
    pieces = re.split(r"[“”\"]", text)
    return pieces[1::2] if len(pieces) % 2 else []


def _plain(text: str) -> bool:
    """Whole sentences of prose, not headings or fragments."""
    return bool(re.match(r"[A-Z“\"]", text) and re.search(r"[.!?][”\"]?$", text)) and 7 <= len(text.split()) <= 45


def _is_name(name: str) -> bool:
    return not re.search(r" The$", name) and not re.match(
        r"(?:The|A|In|On|It|But|And|He|She|They|If|When|As|At|For|This|That|We|You|I|What|By) ?", name
    )


def _lowered(text: str) -> str:
    if re.match(_PRONOUN, text):
        return text.lower()
    keep = re.match(r"[A-Z][\w’'-]* [A-Z]|[A-Z]{2}|I\b", text) or (
        re.match(NAME, text) and text.split(maxsplit=1)[0].rstrip(",") not in _COMMON
    )
    return text if keep else text[0].lower() + text[1:]


_PRONOUN = r"(?:He|She|It|They|We|I|[A-Z][a-z]+s)$"
_COMMON = frozenset(
    [
        "The",
        "A",
        "An",
        "It",
        "He",
        "She",
        "They",
        "We",
        "This",
        "That",
        "These",
        "Those",
        "There",
        "In",
        "On",
        "At",
        "If",
        "When",
        "But",
        "And",
        "As",
        "For",
        "Our",
        "Their",
        "His",
        "Her",
        "Its",
        "What",
        "Some",
        "Many",
        "Most",
        "People",
        "No",
        "Not",
        "You",
        "To",
        "After",
        "Before",
        "While",
        "Since",
        "With",
        "From",
        "All",
        "One",
        "Two",
        "Everyone",
        "Nothing",
        "Both",
    ]
)


def cases(data: Path, half: str, *, most: int, seed: int = 7) -> tuple[list[Case], list[Case]]:
    """At most `most` true claims and planted ones of each kind, the same ones every time."""
    chance = random.Random(seed)
    everything = pages([ROOT / "examples" / "articles", data / "newscluster" / "articles.jsonl.gz"])
    chosen = [page for page in everything if in_half(page, half)]
    outlets = sorted({page.article.outlet for page in everything if page.article.outlet})
    true, false = defaultdict[str, list[Case]](list), defaultdict[str, list[Case]](list)
    for page in chosen:
        for case in true_claims(page):
            true[case.kind].append(case)
        for case in planted(page, outlets, chance):
            false[case.kind].append(case)
    return _sample(true, most, chance), _sample(false, most, chance)


def _sample(by_kind: dict[str, list[Case]], most: int, chance: random.Random) -> list[Case]:
    return [case for kind in sorted(by_kind) for case in chance.sample(by_kind[kind], min(most, len(by_kind[kind])))]
