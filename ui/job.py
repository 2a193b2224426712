"""A question on its way to an answer, in a thread of its own: the page stays usable meanwhile, and may be left."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

from index.errors import RashomonError
from qa.types import Delta, Event, Finished, Retrieved, Turn

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from index.types import Filters
    from qa.engine import Engine
    from qa.sessions import Sessions

SECONDS_KEPT = 3600
SECONDS_LET_PASS = 10
log = logging.getLogger(__name__)


class Job:
    """Asks the engine, gathers the draft, and keeps the finished turn in its conversation.

    Attributes:
        question, model: what was asked, and of whom (None quotes).
        filters: what the search was limited to.
        without, earlier: words of the question that were not to limit it, and how many turns it was asked after.
        draft: the answer's text so far, unchecked.
        found: the search's result, once it is there.
        error: why there is no answer, as a sentence.
        stopped: whether it was stopped by hand; nothing of it is kept.
    """

    def __init__(
        self,
        engine: Engine,
        sessions: Sessions,
        conversation: str,
        question: str,
        model: str | None,
        *,
        filters: Filters | None = None,
        without: Collection[str] = (),
        earlier: int | None = None,
    ) -> None:
        """Begins; `earlier` is None where the question comes after all turns that there are."""
        self.question = question
        self.model = model
        self.filters = filters
        self.without = frozenset(without)
        self.earlier = earlier
        self.draft = ""
        self.found: Retrieved | None = None
        self.error: str | None = None
        self.stopped = False
        self._answered = False
        self._began = time.monotonic()
        self._done = threading.Event()
        history = sessions.turns(conversation)[:earlier]
        threading.Thread(
            target=self._run, args=(engine, sessions, conversation, history), name="answer", daemon=True
        ).start()

    @property
    def answered(self) -> bool:
        """Whether the turn is in the conversation."""
        return self._answered

    @property
    def seconds(self) -> float:
        """How long ago it began."""
        return time.monotonic() - self._began

    def wait(self, seconds: float) -> bool:
        """Waits for the end, `seconds` at the most, and says whether it has come."""
        return self._done.wait(seconds)

    def stop(self) -> None:
        """Ends the job for the page at once; the engine's work ends with its next event."""
        self.stopped = True
        self._done.set()

    def _run(self, engine: Engine, sessions: Sessions, conversation: str, history: Sequence[Turn]) -> None:
        try:
            asked = engine.ask(
                self.question, filters=self.filters, history=history, model=self.model, without=self.without
            )
            with closing(asked) as events:
                for event in events:
                    if self.stopped:
                        return
                    self._take(event, sessions, conversation)
            if not self._answered:
                self.error = "The answer ended before it was whole; ask again."
        except RashomonError as error:
            self.error = str(error)
        except Exception:
            # The thread's own frame would swallow it, and the page would call it stopped by hand.
            log.exception("an answer failed")
            self.error = "This failed for a reason that the program does not know; the server's log names it."
        finally:
            self._done.set()

    def _take(self, event: Event, sessions: Sessions, conversation: str) -> None:
        match event:
            case Retrieved():
                self.found = event
            case Delta(text=text):
                self.draft += text
            case Finished(answer=answer):
                sessions.append(conversation, Turn(question=self.question, answer=answer))
                self._answered = True


_JOBS: dict[str, Job] = {}


def jobs() -> dict[str, Job]:
    """The questions that are on their way or did not get an answer, by conversation.

    They are the whole server's: a tab that is reloaded finds its own again.
    """
    return _JOBS


def let_pass() -> None:
    """Waits while a question is on its way: what nobody waits for must not make it slower."""
    for job in list(_JOBS.values()):
        job.wait(max(0.0, SECONDS_LET_PASS - job.seconds))


def tidy() -> None:
    """Forgets jobs that ended long ago and that nobody looked at."""
    for conversation, job in list(_JOBS.items()):
        if job.wait(0) and job.seconds > SECONDS_KEPT:
            _JOBS.pop(conversation, None)
