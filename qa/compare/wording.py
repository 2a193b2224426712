"""Findings in words: one short plain sentence each, made from the names of the voices and the articles' own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.statements.syntax import dateline
from qa.checks.words import stem, words
from qa.compare.drift import speaker_of
from qa.compare.numbers import people

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qa.checks.words import Word
    from qa.compare.accounts import Told
    from qa.compare.agreement import Agreement
    from qa.compare.contradictions import Contradiction
    from qa.compare.denials import Denied
    from qa.compare.drift import Pair
    from qa.compare.numbers import Disagreement, Number

LONGEST = 240
BESIDE = 7
"""How many words around a number are shown with it."""
DESCRIBED = 3
"""How many words may describe what is counted."""


def listed(names: Iterable[str]) -> str:
    """Names as "A", "A and B", "A, B and C"; each once."""
    each = list(dict.fromkeys(names))
    return " and ".join([", ".join(each[:-1]), each[-1]] if len(each) > 1 else each)


def quoted(text: str) -> str:
    """Words on one line between quotation marks, those inside as single marks, cut where they are long."""
    line = " ".join(text.split())
    line = line[dateline(line) :]
    if len(line) > LONGEST:
        line = line[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
    if re.fullmatch(r"[“\"][^“”\"]*[”\"]", line):
        line = line[1:-1]
    inner = re.sub(r"(?<!\w)\"|“", "‘", line)
    inner = re.sub(r"”|\"", "’", inner)
    return f"“{inner}”"


def sentence(text: str) -> str:
    """A text that ends as a sentence does, with one full stop at the most."""
    return text if re.search(r"[.!?…][”’]*$", text) else text + "."


def agreement(found: Agreement) -> str:
    """What several voices tell alike."""
    who = listed(one.voice for one in found.told)
    if found.number:
        return sentence(f"{who} {_both(found.told)} give {printed(found.number)}: {quoted(_around(found.number))}")
    return sentence(f"{who} tell the same: {quoted(found.shown.text)}")


def same_words(pairs: Sequence[Pair], voices: Sequence[str], words_shown: str) -> str:
    """One quotation in several voices, word for word."""
    speaker = speaker_of(utterance for pair in pairs for utterance in (pair.one, pair.other))
    of_whom = f"quote {speaker}" if speaker else "print the quotation"
    return sentence(f"{listed(voices)} {of_whom} in the same words: {quoted(words_shown)}")


def alone(told: Told) -> str:
    """What one voice alone tells."""
    return sentence(f"Only {told.voice} tells this: {quoted(told.text)}")


def disagreement(found: Disagreement) -> str:
    """Who gives which number; who says it, where it is another in each."""
    parts = []
    for side in found.sides:
        voices = list(dict.fromkeys(number.told.voice for number in side))
        parts.append(f"{listed(voices)} {'say' if len(voices) > 1 else 'says'} {printed(side[0])}")
    return "; ".join(parts) + "."


def other_words(pair: Pair, one_voice: str, other_voice: str) -> str:
    """One quotation in two wordings."""
    speaker = speaker_of((pair.one, pair.other))
    of_whom = f"quote {speaker} in different words" if speaker else "print one quotation in different words"
    return sentence(f"{one_voice} and {other_voice} {of_whom}: {quoted(pair.one.words)} and {quoted(pair.other.words)}")


def denied(found: Denied) -> str:
    """What is reported and denied, and who is at odds."""
    report, denial = found.reported, found.denial
    there = denial.told.voice
    if found.claimant:
        return (
            f"{found.claimant} and {denial.by} are at odds: {quoted(report.text)} ({report.voice}), "
            f"{quoted(denial.told.text)} ({there})."
        )
    return sentence(
        f"{report.voice} reports {quoted(report.text)}; {denial.by} denies it in {there}: {quoted(denial.told.text)}"
    )


def contradiction(found: Contradiction) -> str:
    """Two voices that tell the opposite."""
    one, other = found.told, found.denied
    return sentence(f"{one.voice} tells {quoted(one.text)}; {other.voice} tells {quoted(other.text)}")


def printed(number: Number) -> str:
    """A number as it is printed, with its sign or with the word that it counts."""
    text, span, unit = number.told.text, number.quantity.span, number.quantity.unit
    shown = span.of(text)
    shown = shown.lower() if shown[:1].isalpha() else shown
    if unit in ("$", "€", "£"):
        return shown if shown.startswith(unit) else unit + shown
    after = next((word for word in words(text) if word.start >= span.end), None)
    if not unit or after is None:
        return shown
    if unit == "%" and text[span.end : span.end + 2].strip().startswith("%"):
        return f"{shown}%"
    following = [word for word in words(text) if word.start >= after.start][: 1 + DESCRIBED]
    if unit == "%" and after.lower == "per" and len(following) > 1:
        after = following[1]
    return shown + text[span.end : _counted(following, text).end if unit == after.stem else after.end]


def _counted(following: Sequence[Word], text: str) -> Word:
    """The plural that is counted ("pilots" of "two Costa Rican pilots"); the word after the number if that is none."""
    for at, word in enumerate(following):
        apart = at and text[following[at - 1].end : word.start].strip(" -")
        if apart or not word.content or stem(word.lower) in people():
            break
        if word.lower.endswith("s") and not word.text.isupper():
            return word
    return following[0]


def _around(number: Number) -> str:
    """The words around a number, as they are printed."""
    text, span = number.told.text, number.quantity.span
    everything = words(text)
    at = [i for i, word in enumerate(everything) if span.start <= word.start < span.end]
    if not at:
        return span.of(text)
    begins = dateline(text)
    start = next((i for i, word in enumerate(everything) if word.start >= begins), 0)
    first, last = max(start, at[0] - BESIDE), min(len(everything) - 1, at[-1] + BESIDE)
    begin = text[everything[first].start : everything[last].end]
    return ("… " if first > start else "") + begin + (" …" if last < len(everything) - 1 else "")


def _both(told: Sequence[Told]) -> str:
    return "both" if len({one.voice for one in told}) == 2 else "all"  # noqa: PLR2004
