"""Whether a sentence plainly holds the kind of thing that a question asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa.asked import Wanted
from qa.checks.names import CALENDAR, names
from qa.checks.quantities import quantities

if TYPE_CHECKING:
    from qa.weigh import Question

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
