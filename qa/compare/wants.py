"""Whether a sentence can stand in print by itself, and plainly holds the kind of thing that a question asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.statements.syntax import dateline
from qa.asked import Wanted
from qa.checks.names import CALENDAR, names
from qa.checks.quantities import quantities

if TYPE_CHECKING:
    from qa.weigh import Question

WHOLE = re.compile(r"^[\"“‘'\[A-Z0-9$€£…].*[.!…][\"”’')]*$", re.DOTALL)
"""A sentence: no caption or heading without a full stop, no question, no line that leads on to a list."""
FOREIGN = re.compile(
    r"https?:|\bpic\.twitter|\||\(@\w+\)|@\w+\W*$"
    r"|^\W*(?:FILE\b|Hide Caption|(?:RELATED|(?:READ )?MORE|Read or Share|Photos?|Watch|Video)\s?:)"
    r"|\bclick here\b|\bsubscribe\b|\(AP Photo",
    re.IGNORECASE,
)
"""What is left in an article of the page around it: links, captions, pointers to other articles."""
JAMMED = re.compile(r"(?<![A-Z])(?!Mc|Mac|De|La|Le|Di|Da|Van|Fitz|You|Face|Pay)[A-Z][a-z]+[a-z](?=[A-Z]{1,4}[a-z]*\b)")
"""Two words run together, as where headlines of links stand in a sentence: "Donald John TrumpSenate votes"."""
LONG = 40
"""Words from which one such place is enough; in a short sentence it may be a name of the trade ("HuffPost")."""
LEAST_WORDS = 5

BECAUSE = re.compile(
    r"\b(?:because|due to|owing to|thanks to|cit(?:e|es|ed|ing)|blam\w+|reasons?|grounds?|based on|so that|in order to"
    r"|for fear|out of concern|in (?:response|reaction|retaliation|protest) |in light of|accus\w+|argu(?:e|es|ed|ing)"
    r"|unless|stem\w* from|prompt\w*|led to|trigger\w*|amid|disappoint\w*|frustrat\w*|worried|fear\w*|angry"
    r"|(?:did|does|do|could|can|was|were)(?: not|n['’]t) (?:have|be|get|want|follow)|cannot|could not|unable|lack\w*"
    r"|fail\w*|refus\w+|insufficient|relat\w+ to|in exchange|an (?:effort|attempt|bid) to|aim\w* (?:to|at)|in hopes?"
    r"|divided|disagree\w*|demand\w*|seem\w* to be)\b",
    re.IGNORECASE,
)
"""Words that tell why, or that name a failure, a quarrel or a fear, which are the reasons of the news."""
DAY = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|tonight|today|tomorrow|yesterday|January|February|March|April|June"
    r"|July|August|September|October|November|December|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.)"
)
"""A day or a month, which tells when something of the news was better than a year does."""
PEOPLE = re.compile(
    r"\b(?:gunm[ae]n|attackers?|suspects?|groups?|lawmakers?|senators?|republicans?|democrats?|members?|critics?"
    r"|voters?|judges?|prosecutors?|police|wom[ae]n|m[ae]n|teenagers?|candidates?|colleagues?|activists?)\b",
    re.IGNORECASE,
)
"""Who may be told of without a name."""


def printable(text: str) -> bool:
    """Whether a sentence can be quoted alone."""
    line = " ".join(text[dateline(text) :].split()).lstrip("—–- ")
    if not WHOLE.match(line) or FOREIGN.search(line) or FOREIGN.search(text) or len(line.split()) < LEAST_WORDS:
        return False
    return len(JAMMED.findall(line)) <= (len(line.split()) < LONG)


def surely(question: Question, text: str) -> bool:
    """Whether what is asked for is told in the plainest way: by a word for a cause, a day, a number, somebody."""
    if question.wanted is Wanted.NUMBER:
        return any(character.isdigit() for character in text) or bool(quantities(text))
    if question.wanted is Wanted.REASON:
        return bool(BECAUSE.search(text))
    if question.wanted is Wanted.DAY:
        return bool(DAY.search(text))
    if question.wanted is Wanted.NAME and not re.search(r"\bwhere\b", question.text, re.IGNORECASE):
        return bool(PEOPLE.search(text)) or any(n.personal and _new(question, n.words) for n in names(text))
    return False


def _new(question: Question, name: tuple[str, ...]) -> bool:
    """Whether a name is none of the question's, and no day."""
    asked = question.text.lower()
    return not any(word in asked or word in CALENDAR for word in name)
