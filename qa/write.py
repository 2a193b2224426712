"""The answer with a model: numbered sentences in, claims with sentence numbers out, streamed.

A model that is too small to write only chooses sentences, and the words stay the articles'. Numbers that a model
names are held against what it was shown. Whether they prove its words is for `check` to say. A provider that cites
by itself is given the same sentences as documents, and its citations become the same numbers.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from index.errors import ModelReplyError
from prompts import load
from qa.instructions import instructs
from qa.llm import LLM, CitingLLM, Message, Usage
from qa.provider_citations import Cited
from qa.reply import ChoiceForm, DraftClaim, Form, JsonForm, MarkerForm, Reply, read_cited
from qa.show import conversation, documents, evidence, visible
from qa.types import Delta

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from qa.cite import Numbered
    from qa.llm import CitedParts
    from qa.provider_citations import Document
    from qa.types import Turn

MOST_CLAIMS = 8
MOST_OFFERED = 12
MOST_CHOSEN = 3
LONGEST_OFFERED = 300  # characters; twelve such sentences fit a context of 2,048 tokens twice
LONGEST_REPLY = 32_000  # characters; eight sentences need 3,000
END = "\n"  # after it the last word of a reply is whole
TRIES = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model made of the evidence, before it is checked.

    Attributes:
        claims: each with numbers of sentences that were shown; without any, the model named none.
        refused: numbers that the model named and nobody showed it, in the order they came; where its provider cites
            by itself, such places in words.
        dropped: how many claims named such evidence alone and are gone.
        abstains: whether the model says that the evidence does not answer.
        chosen: whether the claims are the articles' own sentences, chosen and not written.
        usage: what all tries together took.
        prompts: version by name of every prompt that was used.
    """

    claims: tuple[DraftClaim, ...]
    refused: tuple[int | str, ...]
    dropped: int
    abstains: bool
    chosen: bool
    usage: Usage
    prompts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Task:
    """What is asked of the model, in which form, and with which prompts."""

    form: Form
    messages: tuple[Message, ...]
    prompts: tuple[str, ...]
    documents: tuple[Document, ...] = ()


def write(
    question: str, shown: Sequence[Numbered], llm: LLM, history: Sequence[Turn] = ()
) -> Generator[Delta | Draft, None, None]:
    """The draft of an answer, last, after its words as they come. Closing the generator stops the model.

    Args:
        question: as the reader asked it.
        shown: the evidence, the likeliest first; one that only chooses is offered the first `MOST_OFFERED`. Sentences
            that tell a machine what to do are no report: they are not shown, so a claim that names one is refused.
        llm: the model.
        history: earlier turns of the conversation, which tell what the question refers to.

    Raises:
        ModelReplyError: two replies running could not be read.
        ModelError: the model cannot be reached or turned the call away.
    """
    shown = [item for item in shown if not instructs(item.sentence.text)]
    task = _choice(question, shown) if llm.chooses_only else _writing(question, shown, llm, history)
    messages, prompts, usage, told = task.messages, task.prompts, Usage(), ""
    for _ in range(TRIES):
        text, cited = "", list[Cited]()
        # Words once shown stay until the checked answer takes their place; a second try is then not shown.
        silent = bool(told)
        with closing(_asked(llm, task, messages)) as parts:
            for part in chain(parts, (END,)):
                if isinstance(part, Usage):
                    usage += part
                    continue
                if isinstance(part, Cited):
                    cited.append(part)
                    continue
                text += part
                if len(text) > LONGEST_REPLY:
                    break
                readable = "" if silent else task.form.readable(text)
                if readable.startswith(told) and readable != told:
                    yield Delta(readable[len(told) :])
                    told = readable
        try:
            reply = read_cited(text, cited) if task.documents else task.form.read(text)
        except ValueError:
            messages, prompts = _once_more(task.messages), (*task.prompts, "again")
            continue
        yield _draft(reply, shown, chosen=llm.chooses_only, usage=usage, prompts=prompts)
        return
    raise ModelReplyError(f"{llm.name} twice gave no reply that can be read: ask again or choose a larger model.")


def _asked(llm: LLM, task: _Task, messages: Sequence[Message]) -> CitedParts:
    if task.documents and isinstance(llm, CitingLLM):
        return llm.stream_cited(messages, task.documents)
    return llm.stream(messages, task.form.schema)


def _writing(question: str, shown: Sequence[Numbered], llm: LLM, history: Sequence[Turn]) -> _Task:
    holes = {"conversation": conversation(history), "question": visible(question)}
    given: tuple[Document, ...] = ()
    form: Form = MarkerForm()
    if isinstance(llm, CitingLLM) and llm.cites:
        names = ("write", "format_cited", "question_cited")
        given = documents(shown)
        named = {"evidence": "the numbered sentences of the documents", "proof": "the sentences of the documents"}
    else:
        if llm.takes_schema:
            form = JsonForm()
        names = ("write", "format_json" if llm.takes_schema else "format_markers", "question")
        holes["evidence"] = evidence(shown)
        named = {
            "evidence": "the numbered sentences between the <evidence> marks",
            "proof": "the numbers of the evidence sentences",
        }
    system, how, user = map(load, names)
    messages: tuple[Message, ...] = (
        {"role": "system", "content": system.fill(format=how.text, most=str(MOST_CLAIMS), **named)},
        {"role": "user", "content": user.fill(**holes).strip()},
    )
    return _Task(form, messages, (*names, *(("conversation",) if history else ())), given)


def _choice(question: str, shown: Sequence[Numbered]) -> _Task:
    offered = shown[:MOST_OFFERED]
    form = ChoiceForm({item.number: item.sentence.text for item in offered}, most=MOST_CHOSEN)
    asked = load("choose").fill(
        evidence=evidence(offered, longest=LONGEST_OFFERED), question=visible(question), most=str(MOST_CHOSEN)
    )
    return _Task(form, ({"role": "user", "content": asked},), ("choose",))


def _once_more(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """The same call with a remark at its end; the unreadable reply is not shown to the model again."""
    last = messages[-1]
    return (*messages[:-1], {"role": last["role"], "content": f"{last['content']}\n\n{load('again').text}"})


def _draft(reply: Reply, shown: Sequence[Numbered], *, chosen: bool, usage: Usage, prompts: Sequence[str]) -> Draft:
    known = {item.number for item in (shown[:MOST_OFFERED] if chosen else shown)}
    claims, refused, dropped = [], list[int | str](reply.refused), reply.dropped
    for claim in reply.claims:
        refused += [number for number in claim.numbers if number not in known]
        numbers = tuple(number for number in claim.numbers if number in known)
        if claim.numbers and not numbers:
            dropped += 1
        else:
            claims.append(DraftClaim(claim.text, numbers))
    return Draft(
        claims=tuple(claims),
        refused=tuple(dict.fromkeys(refused)),
        dropped=dropped,
        abstains=reply.abstains,
        chosen=chosen,
        usage=usage,
        prompts={name: load(name).version for name in prompts},
    )
