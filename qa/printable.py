"""Whether a sentence can stand in print by itself, or is left of the page around an article."""

from __future__ import annotations

import re

from index.statements.syntax import dateline

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


def printable(text: str) -> bool:
    """Whether a sentence can be quoted alone."""
    line = " ".join(text[dateline(text) :].split()).lstrip("—–- ")
    if not WHOLE.match(line) or FOREIGN.search(line) or FOREIGN.search(text) or len(line.split()) < LEAST_WORDS:
        return False
    return len(JAMMED.findall(line)) <= (len(line.split()) < LONG)
