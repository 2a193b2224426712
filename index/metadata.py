"""Outlet, title, date and authors of an article, each with what shows it; what nothing shows stays unknown.

What came with the article (a column, a tag, a file beside it) wins over clues in its words, these over its
address.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.boilerplate import reason_of, rules
from index.dates import day
from index.language import language_of
from index.types import Evidence, Origin, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.types import Document

KEYS = ("title", "outlet", "published", "authors", "url", "language", "section")
GIVEN = {
    Origin.PERSON: 1.0,
    Origin.SIDECAR: 1.0,
    Origin.FIELD: 0.95,
    Origin.TAG: 0.9,
    Origin.TEXT: 0.7,
    Origin.URL: 0.5,
}
LANGUAGE_TAG = re.compile(r"([A-Za-z]{2})(?:[-_][\w-]*)?")
HEAD_LINES = 8
CREDIT_CHARACTERS = 120
HEADLINE_CHARACTERS = 180
HEADLINE_WORDS = range(3, 26)
DATE_LINE_CHARACTERS = 50

LINE = re.compile(r"\S(?:[^\n\r]*\S)?")
NAME = r"[A-Z][\w.'’&-]*"
NAMES = rf"{NAME}(?: (?:{NAME}|of|the|and|de|van|von|al|bin))*"
MARKDOWN_TITLE = re.compile(r"#\s+(?P<title>\S.*?)\s*#*")
PERSON = rf"{NAME}(?: {NAME}){{1,2}}"
ONLY_NAMES = re.compile(rf"{PERSON}(?:,? (?:and )?{PERSON})*")
DISCLAIMER = re.compile(
    rf"\b[Nn]o (?P<outlet>{NAMES}) (?:[Jj]ournalist|[Ss]taff|[Rr]eporter|[Ee]ditor)s? (?:was|were|has|have)\b"
)
COPYRIGHT = re.compile(
    r"(?:©|\([Cc]\)|[Cc]opyright)[^\w\n]{0,4}(?:[Cc]opyright[^\w\n]{1,3})?(?:(?:19|20)\d\d[,\s–-]{1,3}){1,2}"
    rf"(?:by )?(?P<outlet>{NAMES})"
)
COMPANY = re.compile(r"(?:,? (?:LLC|Inc|Ltd|Limited|Corp|Co|Company|Corporation|plc|GmbH|Pty|All)\b\.?|\.|,)+$")
AGENCIES = {
    "AP": "Associated Press",
    "The Associated Press": "Associated Press",
    "Associated Press": "Associated Press",
} | {name: name for name in ("Reuters", "AFP", "UPI", "Xinhua", "ANI", "IANS", "PTI", "TASS", "EFE", "CNN")}
DATELINE = re.compile(
    rf"(?:[A-Z][\w.'’-]*[ ,./]+){{1,8}}?(?:\w+\.? \d{{1,2}},? )?\((?P<outlet>{NAMES})\)\s*(?:[-–—]|$)"
    rf"|\((?P<alone>{NAMES})\)\s*[-–—]?"
    rf"|(?:[A-Z][\w.'’-]*[ ,]+){{0,6}}?(?P<bare>{'|'.join(AGENCIES)})(?: Business| Politics)? ?[—–-]"
)
BYLINE = re.compile(
    rf"(?:(?:[Ww]ritten |[Rr]eported )?[Bb]y|BY)[: ]\s*(?P<authors>{NAME}(?:[ ,]+(?:and |& )?{NAME}){{1,11}})"
    r"(?:\s*[|•,/].{0,80})?"
)
MASTHEAD = (
    rf"(?P<outlet>(?:{NAME} (?:(?:of|the|and) )?){{0,3}}(?:Gazette|News|Times|Post|Courier|Dispatch|Herald|Tribune"
    r"|Journal|Chronicle|Observer|Guardian|Standard|Press|Mail|Telegraph|Mirror|Express|Globe|Examiner|Register|Record|Reporter"
    rf"|Inquirer|Review|Daily|Weekly|Magazine|Today|Broadcasting|Network|Radio|Television|TV)(?: {NAME}){{0,1}})"
)
AFFILIATION = re.compile(
    rf".{{0,30}}?\b(?:[Bb]y|BY)[: ]\s*{PERSON}(?:(?:,? and|,) {PERSON})*(?:,| for| [|•–—-]) {MASTHEAD}(?=$|,| [|•])"
)
MASTHEAD_ALONE = re.compile(MASTHEAD)
REPORTING = re.compile(rf"\(Reporting by (?P<authors>{NAME}(?:[ ,]+(?:and )?{NAME})*)")
DATE = (
    r"(?P<date>(?:19|20)\d\d-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]{2,8}\.?,? (?:19|20)\d\d"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d|\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d)\b"
)
SAID_DATE = re.compile(
    r"(?:first )?(?:published|posted|updated|last (?:updated|modified))(?: (?:on|at))?\s*:?\s*"
    r"(?:[A-Z][a-z]+day,? )?" + DATE,
    re.IGNORECASE,
)
DATE_ALONE = re.compile(r"(?:[\w ]{1,20}[|•] ?)?(?:[A-Z][a-z]+day,? )?" + DATE)
URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-]|$)")
SECTIONS = re.compile(
    r"/(world|politics|business|sports?|opinions?|tech|technology|science|health|entertainment|culture|travel|us|uk"
    r"|europe|asia|africa|economy|money|lifestyle|news|climate|environment|education|arts|media|nation)(?=/)"
)


def find(document: Document) -> dict[str, Evidence]:
    """What is known of a document: for each of `KEYS` that something shows, the strongest evidence.

    A value is as it stood, without surrounding space; `published` is a day, YYYY-MM-DD; `authors` are joined
    by "; ".
    """
    found: dict[str, Evidence] = {}
    for key, evidence in (
        *_given(document),
        *_clues(document.text),
        *_address(document.fields.get("url", "")),
    ):
        if key not in found or (evidence.confidence > found[key].confidence and found[key].origin == evidence.origin):
            found[key] = evidence
    if "language" not in found and (told := language_of(document.text)):
        found["language"] = Evidence(told[0], told[1], Origin.TEXT, "the text's words")
    return found


def credit_lines(text: str, evidence: Mapping[str, Evidence]) -> tuple[Span, ...]:
    """The lines at the head that say who wrote, when and for whom, and nothing else; their words were mined above.

    A dateline is not one: it opens the first sentence.
    """
    head = [match for _, match in zip(range(HEAD_LINES), LINE.finditer(text), strict=False)]
    title = evidence["title"].span if "title" in evidence else None
    shown = [found.span for name, found in evidence.items() if name != "title" and found.span]
    return tuple(
        line
        for line in (Span(*match.span()) for match in head)
        if line.end - line.start <= CREDIT_CHARACTERS
        and not (title and title.overlaps(line))
        and (any(span.overlaps(line) for span in shown) or BYLINE.fullmatch(line.of(text)))
        and not DATELINE.match(line.of(text))
    )


def _given(document: Document) -> Iterator[tuple[str, Evidence]]:
    for key in KEYS:
        value = document.fields.get(key, "").strip()
        used = (day(value) if key == "published" else _code(value) if key == "language" else value) or ""
        if used:
            span = _title_span(document.text, value) if key == "title" else None
            origin = document.origins.get(key, document.origin)
            yield key, Evidence(used, GIVEN[origin], origin, key, span)


def _code(written: str) -> str | None:
    """The ISO 639-1 code in a language tag ("en-US" → "en"; RFC 5646); None for anything else."""
    match = LANGUAGE_TAG.fullmatch(written)
    return match[1].lower() if match else None


def _title_span(text: str, title: str) -> Span | None:
    """Where a known title is the text's first line, whatever its capitals."""
    first = LINE.search(text)
    if first is None or first.group().casefold().lstrip("# ") != title.casefold():
        return None
    return Span(first.end() - len(title), first.end()) if text[: first.end()].endswith(title) else Span(*first.span())


def _clues(text: str) -> Iterator[tuple[str, Evidence]]:
    head = [match for _, match in zip(range(HEAD_LINES), LINE.finditer(text), strict=False)]
    yield from _headline(text, head)
    yield from _outlet(text, head)
    yield from _day(head)
    for line in head:
        affiliation = AFFILIATION.match(line.group())
        people = line.group()[: affiliation.start("outlet")].rstrip(" ,|•–—-") if affiliation else line.group()
        if match := BYLINE.fullmatch(people):
            yield "authors", _shown(_people(match["authors"]), 0.8, line.start(), match, "authors")
    if match := REPORTING.search(text):
        yield "authors", _shown(_people(match["authors"]), 0.6, 0, match, "authors")


def _headline(text: str, head: list[re.Match[str]]) -> Iterator[tuple[str, Evidence]]:
    if not head:
        return
    first, line = head[0], head[0].group()
    if match := MARKDOWN_TITLE.fullmatch(line):
        yield "title", _shown(match["title"], 0.9, first.start(), match, "title")
        return
    short = len(line) <= HEADLINE_CHARACTERS and len(line.split()) in HEADLINE_WORDS
    ended = line[-1] in '.,;:—–-…”"' or line[0] in "(["
    names = ONLY_NAMES.fullmatch(line) or BYLINE.fullmatch(line)
    follows = bool(text[first.end() :].strip())
    if short and follows and not (ended or names or re.search(DATE, line) or reason_of(line, rules().lines)):
        yield "title", Evidence(line, 0.7, Origin.TEXT, line, Span(*first.span()))


def _outlet(text: str, head: list[re.Match[str]]) -> Iterator[tuple[str, Evidence]]:
    if match := DISCLAIMER.search(text):
        yield "outlet", _shown(match["outlet"], 0.85, 0, match, "outlet")
    for match in COPYRIGHT.finditer(text):
        name = COMPANY.sub("", match["outlet"])
        if name and name not in AGENCIES:
            start = match.start("outlet")
            yield "outlet", Evidence(name, 0.8, Origin.TEXT, match.group(), Span(start, start + len(name)))
            break
    for line in head[1:]:
        if match := AFFILIATION.match(line.group()) or MASTHEAD_ALONE.fullmatch(line.group()):
            yield "outlet", _shown(match["outlet"], 0.7, line.start(), match, "outlet")
            break
    for line in head:
        if match := DATELINE.match(line.group()):
            group = next(name for name in ("outlet", "alone", "bare") if match[name])
            if match[group] in AGENCIES:  # a wire story may be printed by anybody, so this is a weak clue
                yield "outlet", _shown(AGENCIES[match[group]], 0.5, line.start(), match, group)
                break


def _day(head: list[re.Match[str]]) -> Iterator[tuple[str, Evidence]]:
    for line in head:
        said = SAID_DATE.search(line.group())
        short = len(line.group()) <= DATE_LINE_CHARACTERS
        byline = AFFILIATION.match(line.group())
        after = re.compile(rf",? {DATE}").match(line.group(), byline.end()) if byline else None
        match = said or after or (DATE_ALONE.match(line.group()) if short else None)
        if match and (value := day(match["date"])):
            yield "published", replace(_shown(value, 0.7, line.start(), match, "date"), shown=line.group())


def _address(url: str) -> Iterator[tuple[str, Evidence]]:
    parts = urlsplit(url) if url.isprintable() and "://" in url else None
    if parts is None or not parts.hostname:
        return
    host = parts.hostname.removeprefix("www.")
    yield "outlet", Evidence(host, 0.3, Origin.URL, url)
    if match := URL_DATE.search(parts.path):
        year, month, number = match.groups()
        value = day(f"{number} {month} {year}" if month.isalpha() else f"{year}-{month:0>2}-{number:0>2}")
        if value:
            yield "published", Evidence(value, 0.7, Origin.URL, url)
    if section := SECTIONS.search(parts.path.lower()):
        yield "section", Evidence(section[1], 0.5, Origin.URL, url)


def _people(names: str) -> str:
    """Names in prose as a list: "Ann Lee, Bo Ray and Cy Orr" → "Ann Lee; Bo Ray; Cy Orr"."""
    return "; ".join(name.strip(" ,") for name in re.split(r",| and |&", names) if name.strip(" ,"))


def _shown(value: str, confidence: float, offset: int, match: re.Match[str], group: str) -> Evidence:
    start, end = match.span(group)
    return Evidence(value, confidence, Origin.TEXT, match.group(), Span(offset + start, offset + end))
