"""What a slow server is asked by a thread of its own, so that nobody who types waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from panelkit.store.hurry import patient

R = TypeVar("R")


class Errand(Generic[R]):
    """One job under way: begun when it is made, and never waited for.

    Where the program ends first, whatever it was to send waits in the outbox with its command id.
    """

    def __init__(self, job: Callable[[], R]) -> None:
        """``job`` touches nothing that the screen changes meanwhile."""
        self._job = job
        self._answer: R
        self._failed: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="errand", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            with patient():
                self._answer = self._job()
        except BaseException as failed:  # noqa: BLE001 - raised where the answer is taken
            self._failed = failed

    @property
    def is_done(self) -> bool:
        """Whether :meth:`answer` has one."""
        return not self._thread.is_alive()

    def wait(self, seconds: float) -> bool:
        """Whether it was done within ``seconds``: most are, and then nobody sees that it was one."""
        self._thread.join(seconds)
        return self.is_done

    def answer(self) -> R:
        """What came of it. Raises what the job raised; call it once it ``is_done``."""
        if self._failed is not None:
            raise self._failed
        return self._answer
