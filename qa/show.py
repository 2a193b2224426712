"""What a model is shown: the evidence, numbered, with nothing in it that could pass for anything else.

Article text is hostile. Characters that cannot be seen are written out, line breaks become spaces, and the
characters that fences, markers and tags are made of are shown as their full-width twins. The citations' spans
are untouched, and `plain` turns the twins back in what the model says.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import regex

from prompts import load
from qa.instructions import instructs
from qa.provider_citations import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Article
    from qa.cite import Numbered
    from qa.types import Turn

TWINS = str.maketrans("<>[]`", "＜＞［］｀")
BACK = str.maketrans("＜＞［］｀", "<>[]`")

# Control, format (bidirectional marks among them), surrogate, private and unassigned characters, and all that
# Unicode lets a screen leave out, such as zero-width spaces, fillers and variation selectors.
UNSEEN = regex.compile(r"[\p{C}\p{Default_Ignorable_Code_Point}]")

# What a screen could turn into something to follow or to fetch: the end of a Markdown link or image, addresses of any
# scheme, hosts with a path, HTML tags, and what is too long for a word, such as base64. Unfinished ones too, since
# words are shown as they come.
ACTIVE = regex.compile(
    r"""\]\(\s*\S*
    | \b[a-z][a-z0-9+.-]*://\S* | (?<![:\w])//\S+ | \bwww\.\S+ | \b(?:[\w-]+\.)+[a-z]{2,}/\S*
    | \b(?:javascript|vbscript|data|mailto|file|blob|tel|sms):\S+
    | </?[a-z!?][^<>]*>?
    | [a-z0-9+/_=-]{48,}""",
    regex.IGNORECASE | regex.VERBOSE,
)
LEFT_OUT = "‹link left out›"

LONGEST_SENTENCE = 1000
LONGEST_TURN = 600
TURNS = 3


def spelled(text: str) -> str:
    """`text` on one line, each character that cannot be seen written as ‹U+202E›."""
    line = " ".join(text.split())
    return str(UNSEEN.sub(lambda match: f"‹U+{ord(match[0]):04X}›", line))


def visible(text: str) -> str:
    """`text` as a model may see it: on one line, nothing unseen, no bracket, angle bracket or backtick."""
    return spelled(text).translate(TWINS)


def plain(text: str) -> str:
    """A model's words as a reader may see them: the twins turned back, on one line, nothing unseen."""
    return spelled(text.translate(BACK))


def written(text: str) -> str:
    """The words of an answer that a model wrote: `plain`, and nothing in them to follow or to fetch.

    A model that was misled may print an address that carries what it was shown to a stranger. Readers reach articles
    by citations, which no model writes.
    """
    return str(ACTIVE.sub(LEFT_OUT, plain(text)))


def evidence(shown: Sequence[Numbered], *, longest: int = LONGEST_SENTENCE) -> str:
    """The block a model reads: each article's outlet, day and title, then its sentences, `[number] text`.

    One line each; a sentence is cut off after `longest` characters.
    """
    blocks = []
    for items in _by_article(shown):
        lines = [f"[{item.number}] {_cut(visible(item.sentence.text), longest)}" for item in items]
        blocks.append("\n".join([_heading(items[0].article), *lines]))
    return "\n\n".join(blocks)


def documents(shown: Sequence[Numbered], *, longest: int = LONGEST_SENTENCE) -> tuple[Document, ...]:
    """The same evidence for a provider that cites by itself."""
    return tuple(
        Document(
            _heading(items[0].article),
            tuple((item.number, _cut(visible(item.sentence.text), longest)) for item in items),
        )
        for items in _by_article(shown)
    )


def conversation(history: Sequence[Turn]) -> str:
    """The last turns as a fenced block, or nothing where there are none."""
    turns = "\n".join(_turn(turn) for turn in history[-TURNS:])
    return load("conversation").fill(turns=turns) if turns else ""


def _by_article(shown: Sequence[Numbered]) -> list[tuple[Numbered, ...]]:
    """Runs of sentences of one article."""
    return [tuple(group) for _, group in groupby(shown, key=lambda item: item.article.id)]


def _turn(turn: Turn) -> str:
    said = {
        "Question": turn.question,
        "Answer": " ".join(claim.text for claim in turn.answer.claims) or "none",
    }
    return "\n".join(f"{name}: {_cut(visible(text), LONGEST_TURN)}" for name, text in said.items())


def _heading(article: Article) -> str:
    known = {"outlet": article.outlet, "published": article.published, "title": article.title}
    told = [
        f"{name}: {_cut(visible(value), LONGEST_TURN)}"
        for name, value in known.items()
        if value and not instructs(value)
    ]
    return "Article (" + ("; ".join(told) or "outlet unknown") + ")"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
