"""Whether a sentence can stand in print by itself, and holds the kind of thing that a question asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.lexical import stems
from index.statements.syntax import dateline
from qa.asked import Wanted
from qa.checks.names import CALENDAR, names
from qa.checks.quantities import quantities
from qa.checks.words import words

if TYPE_CHECKING:
    from qa.compare.predicate import Predicate
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
PURPOSE = re.compile(
    r"\b(?:over|after|as an?|until)\s|\bfor (?:his|her|its|their|“|\"|\w+ing\b|alleged|possible)"
    r"|\bto (?:avoid|prevent|force|fund|pay|protect|stop|bypass|win|help|allow|ensure|reduce|keep|punish|save)\b",
    re.IGNORECASE,
)
"""What may tell why where it follows what is asked about at once."""
SOON = 60
"""How many characters after it."""
DAY = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|tonight|today|tomorrow|yesterday|January|February|March|April|June"
    r"|July|August|September|October|November|December|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.)"
)
"""A day or a month, which tells when something of the news was better than a year does."""
TIME = re.compile(
    r"\b(?:in|since|by|of|until|early|late|mid-?)\s+(?:19|20)\d\d\b|\bin May\b|\bMay \d"
    r"|\b(?:last|this|next|past|earlier|later|coming|few|two|three|several|same)\s+(?:\w+\s+)?"
    r"(?:day|week|month|year|morning|afternoon|evening|night|weekend|spring|summer|autumn|fall|winter)s?\b"
    r"|\b(?:hours?|days?|weeks?|months?|years?) (?:ago|later|after|before)\b"
)
"""Other words that tell when."""
SUPPOSED = re.compile(r"^[“\"]?If\b|\b(?:would|could|might|may)\b")
ASKS_SUPPOSED = re.compile(r"\b(?:if|will|would|could|might|may|should|can|plans?|going to)\b", re.IGNORECASE)
PLACE = re.compile(
    r"\b(?:in|at|near|outside|from|of|around|along|opposite|across|inside|on|to)\s+(?:the\s+|downtown\s+|\w+ern\s+)?"
    r"(?P<name>[A-Z][\w.’'-]+)"
)
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


def holds(question: Question, done: Predicate, text: str) -> bool:
    """Whether a sentence holds what is asked for: a reason, a time, a place, somebody.

    Args:
        done: what the question says is done.
    """
    if question.wanted is Wanted.REASON:
        return bool(BECAUSE.search(text)) or _for_a_purpose(done, text)
    if question.wanted is Wanted.DAY:
        return bool(DAY.search(text) or TIME.search(text))
    if question.wanted is Wanted.NAME:
        if re.search(r"\bwhere\b", question.text, re.IGNORECASE):
            return any(match["name"] not in question.text for match in PLACE.finditer(text))
        return bool(PEOPLE.search(text)) or any(_new(question, name.words) for name in names(text))
    return True


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


def supposed(question: Question, text: str) -> bool:
    """Whether a sentence tells what might be, and the question asks what is."""
    return bool(SUPPOSED.search(text)) and not ASKS_SUPPOSED.search(question.text)


def _for_a_purpose(done: Predicate, text: str) -> bool:
    """Whether a purpose or an occasion follows what is done at once: "arrested for possible extradition"."""
    return any(
        PURPOSE.search(text[word.end : word.end + SOON]) is not None
        for word in words(text)
        if any({word.stem, *stems(word.text)} & way for way in done.ways)
    )


def _new(question: Question, name: tuple[str, ...]) -> bool:
    """Whether a name is none of the question's, and no day."""
    asked = question.text.lower()
    return not any(word in asked or word in CALENDAR for word in name)
