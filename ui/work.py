"""Work that goes on beside the page, in a thread of its own; the page looks at it now and then."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Generic, TypeVar

from index.errors import RashomonError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
log = logging.getLogger(__name__)


class Work(Generic[T]):
    """Calls a function once, and keeps what came of it.

    Attributes:
        name: what is being done, as a reader may see it.
        result: what the function returned, once it has.
        error: why there is no result, as a sentence.
    """

    def __init__(self, name: str, do: Callable[[], T]) -> None:
        self.name = name
        self.result: T | None = None
        self.error: str | None = None
        self._began = time.monotonic()
        self._ended: float | None = None
        self._done = threading.Event()
        threading.Thread(target=self._run, args=(do,), name="work", daemon=True).start()

    @property
    def seconds(self) -> float:
        """How long it took, or takes already."""
        return (self._ended or time.monotonic()) - self._began

    @property
    def done(self) -> bool:
        """Whether it has ended, well or not."""
        return self._done.is_set()

    def wait(self, seconds: float) -> bool:
        """Waits for the end, `seconds` at the most, and says whether it has come."""
        return self._done.wait(seconds)

    def _run(self, do: Callable[[], T]) -> None:
        try:
            self.result = do()
        except RashomonError as error:
            self.error = str(error)
        except Exception:
            # The thread's own frame would swallow it; the reader must not wait for ever.
            log.exception("work beside the page failed: %s", self.name)
            self.error = "This failed for a reason that the program does not know; the server's log names it."
        finally:
            self._ended = time.monotonic()
            self._done.set()
