"""Faults planted into true claims: how many the check of claims catches, and how many true claims it strikes.

    python -m tests.bench.faults [--data FOLDER] [--half first|second] [--show]

True claims are made from sentences of the example articles and of newscluster by rules that keep the sense: word for
word, introduced by the outlet, a clause dropped, direct speech turned into indirect, the attribution moved. A fault is
planted into one of them by a rule that changes the sense. Rules were shaped on the first half of the articles (by hash
of their ids); the second is for the figure. The surface rules here are this file's own, not those of the check.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.build import identify
from index.clean import mark
from index.errors import UnreadableFileError
from index.metadata import find
from index.readers import read, walk
from index.segment import segment
from index.types import Article
from qa.check import Finding, check
from qa.cite import Numbered
from qa.types import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.embed import Embedder

ROOT = Path(__file__).resolve().parents[2]
STRUCK = {Verdict.UNSUPPORTED, Verdict.CONTRADICTED, Verdict.UNCITED}
NAME = r"(?:(?:Mr|Mrs|Ms|Dr|Sir)\.? )?[A-Z][\w’'-]*[a-z](?: [A-Z][\w’'-]*[a-z])*"
QUOTE_SAID = re.compile(rf"^[“\"](?P<quote>[^“”\"]+?),[”\"] (?P<speaker>{NAME}) (?P<cue>said|told reporters|added)\.$")
QUOTE_SAID_BY = re.compile(rf"^[“\"](?P<quote>[^“”\"]+?),[”\"] (?P<cue>said) (?P<speaker>{NAME})(?:, [^,“”]+)?\.$")
QUOTE_HE_SAID = re.compile(r"^[“\"](?P<quote>[^“”\"]+?),[”\"] (?P<speaker>he|she) (?P<cue>said|added)\b[^“”\"]*\.$")
SAID = re.compile(rf"^(?P<speaker>{NAME}) (?P<cue>said|says|told reporters) (?:that )?(?P<rest>[a-z][^“”\"]+)\.$")
AIMED = re.compile(
    rf"\b(?P<cue>blamed|accused|criticised|criticized|condemned|praised|thanked|warned|threatened|accuses|blames|urged) "
    rf"(?P<target>{NAME})\b"
)
FIGURE = re.compile(r"(?<![\w.,$£€-])(?P<figure>[2-9]|[1-9]\d{1,2}|\d{1,3},\d{3})(?![\w,/-]|\.\d)(?= [a-z])")
SPELLED = re.compile(r"\b(?P<figure>two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty)\b(?= [a-z]+s\b)")
OTHER_WORD = {"two": "five", "three": "seven", "four": "nine", "five": "eight", "six": "four", "seven": "three",
              "eight": "two", "nine": "six", "ten": "forty", "twelve": "thirty", "twenty": "sixty", "thirty": "ninety"}  # fmt: skip
NOT = re.compile(r"\b(?:(?P<not> not|never )|(?P<no>no )(?=[a-z])|(?P<contracted>(?<=\w)n[’']t\b))")
FIRM = re.compile(r"\b(?P<cue>claimed|claims|alleged|suggested|said|says|told reporters)\b(?= (?:that|the|a|it|he|she|they|there)\b)")
DENIED = re.compile(r"\b(?P<cue>denied|denies|rejected|dismissed)\b")
HEDGED = re.compile(r"\b(?P<cue>may|might|could|is expected to|are expected to|plans to|is likely to)\b(?= [a-z])")
RELATIVE = re.compile(r",? (?:who|which|where|after|because|as|while|although|when) [^,“”\"]+(?=[,.])")
INVENTED = ("Harlan Dreyfuss", "Ottoline Marsh", "Quentin Abara", "Svetla Korin", "Belisar Thorne", "Mirela Quist")
FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|our|us|me|you|your|this|here|now|today|I’[a-z]+|I'[a-z]+|[Ww]e[’'][a-z]+)\b")


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
        dropped = RELATIVE.sub("", text, count=1)
        if dropped != text and len(dropped.split()) > 6 and dropped.count(",") <= text.count(",") - 1:  # noqa: PLR2004
            yield Case("clause dropped", dropped.replace(" ,", ","), (item,))
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
            yield Case("attribution last", f"{rest[0].upper()}{rest[1:]}, {spoken['speaker']} said.", (item,))
            yield Case("according to", f"According to {spoken['speaker']}, {rest}.", (item,))


def planted(page: Page, everyone: Sequence[str], outlets: Sequence[str], chance: random.Random) -> Iterator[Case]:
    """Claims into which one fault is planted, the kind named."""
    local = [name for name in dict.fromkeys(re.findall(NAME, page.article.text)) if " " in name and _is_name(name)]
    quotes = [(item, match["quote"]) for item in page.sentences for match in re.finditer(r"[“\"](?P<quote>[^“”\"]{40,200})[”\"]", item.sentence.text)]
    for item in page.sentences:
        text = item.sentence.text
        if not _plain(text):
            continue
        cited = (item,)
        for kind, changed in _changes(text, local or list(everyone), chance):
            yield Case(kind, changed, cited)
        if page.article.outlet:
            other = chance.choice([outlet for outlet in outlets if outlet != page.article.outlet])
            yield Case("wrong outlet", f"According to {other}: {text}", cited)
            yield Case("wrong outlet", f"{other} reported that {_lowered(text)}", cited)
    yield from _of_quotes(quotes, chance)


def _changes(text: str, people: Sequence[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    said = QUOTE_SAID.match(text) or QUOTE_SAID_BY.match(text) or SAID.match(text) or QUOTE_HE_SAID.match(text)
    others = [name for name in people if not set(name.split()) & set(text.replace(",", " ").replace(".", " ").split())]
    if said and others and "speaker" in said.groupdict():
        speaker = chance.choice(others)
        if said.re is SAID:
            yield "swapped speaker", f"{speaker} said {said['rest']}."
        elif said["speaker"] not in ("he", "she") or len(others) > 1:
            if said["speaker"] not in ("he", "she"):
                yield "swapped speaker", f"{speaker} said: “{said['quote']}.”"
                yield "swapped speaker", f"“{said['quote']},” {speaker} said."
    aimed = AIMED.search(text)
    if aimed and others:
        yield "swapped target", text[: aimed.start("target")] + chance.choice(others) + text[aimed.end("target") :]
    figure = FIGURE.search(text)
    if figure:
        value = int(figure["figure"].replace(",", ""))
        yield "changed number", text[: figure.start()] + f"{value + max(1, value // 3):,}" + text[figure.end() :]
    spelled = SPELLED.search(text)
    if spelled:
        yield "changed number", text[: spelled.start()] + OTHER_WORD[spelled["figure"]] + text[spelled.end() :]
    denial = NOT.search(text)
    if denial and not re.search(r"[“\"]", text) and "not only" not in text:
        kept = " " if denial["not"] and denial["not"].startswith(" ") is False else ""
        without = text[: denial.start()] + kept * 0 + text[denial.end() :]
        yield "dropped not", without.replace("can’t", "can").replace(" ca ", " can ").replace(" wo ", " will ")
    firm = FIRM.search(text)
    if firm:
        yield "upgraded cue", text[: firm.start()] + "confirmed" + text[firm.end() :]
    denied = DENIED.search(text)
    if denied:
        yield "upgraded cue", text[: denied.start()] + "refuted" + text[denied.end() :]
    hedged = HEDGED.search(text)
    if hedged and not re.search(r"[“\"]", text):
        yield "upgraded cue", text[: hedged.start()] + "will" + text[hedged.end() :]
    named = [name for name in re.findall(NAME, text) if " " in name and _is_name(name)]
    if named:
        yield "invented name", text.replace(named[0], chance.choice(INVENTED))


def _of_quotes(quotes: Sequence[tuple[Numbered, str]], chance: random.Random) -> Iterator[Case]:
    pool = [word for _, quote in quotes for word in re.findall(r"\b[a-z]{5,}\b", quote)]
    for (item, quote), (second, further) in zip(quotes, quotes[1:], strict=False):
        halves = quote.split(), further.split()
        stitched = " ".join([*halves[0][: len(halves[0]) // 2], *halves[1][len(halves[1]) // 2 :]])
        yield Case("stitched quote", f"He said: “{stitched.rstrip(',.')}.”", (item, second) if second is not item else (item,))
    for item, quote in quotes:
        words = re.findall(r"\b[a-z]{5,}\b", quote)
        fresh = [word for word in pool if word not in quote]
        if words and fresh:
            changed = re.sub(rf"\b{chance.choice(words)}\b", chance.choice(fresh), quote, count=1)
            yield Case("changed word in a quote", item.sentence.text.replace(quote, changed), (item,))


def _plain(text: str) -> bool:
    """Whole sentences of prose, not headings or fragments."""
    return bool(re.match(r"[A-Z“\"]", text) and re.search(r"[.!?][”\"]?$", text)) and 7 <= len(text.split()) <= 45  # noqa: PLR2004


def _is_name(name: str) -> bool:
    return not re.match(r"(?:The|A|In|On|It|But|And|He|She|They|If|When|As|At|For|This|That|We|You|I|What|By) ?", name)


def _lowered(text: str) -> str:
    keep = re.match(r"[A-Z][\w’'-]* [A-Z]|[A-Z]{2}|I\b", text) or re.match(NAME, text) and text.split()[0].rstrip(",") not in _COMMON
    return text if keep else text[0].lower() + text[1:]


_COMMON = frozenset(
    "The A An It He She They We This That These Those There In On At If When But And As For Our Their His Her Its What "
    "Some Many Most People No Not You To After Before While Since With From All One Two Everyone Nothing Both".split()
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
        for case in planted(page, [], outlets, chance):
            false[case.kind].append(case)
    return _sample(true, most, chance), _sample(false, most, chance)


def _sample(by_kind: dict[str, list[Case]], most: int, chance: random.Random) -> list[Case]:
    return [case for kind in sorted(by_kind) for case in chance.sample(by_kind[kind], min(most, len(by_kind[kind])))]


def run(some: Sequence[Case], embedder: Embedder | None) -> list[tuple[Case, Finding]]:
    """Each case with its finding."""
    return [(case, check(case.text, case.cited, embedder=embedder)) for case in some]


def table(results: Sequence[tuple[Case, Finding]]) -> str:
    """Struck of all, by kind."""
    struck = Counter(case.kind for case, finding in results if finding.verdict in STRUCK)
    marked = Counter(case.kind for case, finding in results if finding.verdict is Verdict.PARTLY)
    every = Counter(case.kind for case, _ in results)
    rows = [f"{kind:<28}{struck[kind]:>5} of {every[kind]:<5} {struck[kind] / every[kind]:.3f}   partly {marked[kind]}" for kind in sorted(every)]
    total = sum(struck.values()), sum(every.values())
    return "\n".join([*rows, f"{'all':<28}{total[0]:>5} of {total[1]:<5} {total[0] / total[1]:.3f}"])


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--half", choices=("first", "second", "both"), default="second")
    parser.add_argument("--most", type=int, default=60, help="cases of each kind at the most")
    parser.add_argument("--cache", type=Path, help="folder of the converted embedding model; without it, words alone")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    embedder: Embedder | None = None
    if options.cache:
        from index.embed import open_embedder

        embedder = open_embedder(cache=options.cache)
    true, false = cases(options.data, options.half, most=options.most)
    print("true claims struck")
    kept = run(true, embedder)
    print(table(kept))
    print("faults caught")
    caught = run(false, embedder)
    print(table(caught))
    if options.show:
        _show("STRUCK", kept, lambda finding: finding.verdict in STRUCK)
        _show("MISSED", caught, lambda finding: finding.verdict not in STRUCK)


def _show(label: str, results: Sequence[tuple[Case, Finding]], wrong: Callable[[Finding], bool]) -> None:
    for case, finding in results:
        if wrong(finding):
            print(f"\n{label} {case.kind}: {case.text}\n  {finding.verdict} {finding.score:.2f} {finding.reason}")
            print("  cites: " + " | ".join(item.sentence.text for item in case.cited))


if __name__ == "__main__":
    main()
