"""How far a long build is: one line that is written over and over, for somebody who waits."""

from collections.abc import Callable
from typing import Final

from okrsite.shell.stopwatch import now

PATIENCE: Final = 1.0
"""Seconds for which nobody needs to be told anything."""
PAUSE: Final = 0.1
"""Seconds between two states of the line, so that telling costs nothing."""

Told = Callable[[int], None]


class Progress:
    """Tells nobody."""

    def begin(self, stage: str, total: int = 0, of: str = "") -> Told | None:
        """A stage begins, in which so many of something are to be done; what it returns takes how many more are."""
        return None

    def clear(self) -> None:
        """Take away what is shown, before anything else is said."""


SILENT: Final = Progress()


class ProgressLine(Progress):
    """Tells on a terminal, from the moment on at which a build has taken long."""

    def __init__(self, write: Callable[[str], None], clock: Callable[[], float] = now) -> None:
        self._write, self._clock = write, clock
        self._patient_until = self._next = clock() + PATIENCE
        self._shown = 0
        self._stage, self._of, self._total, self._done = "", "", 0, 0

    def begin(self, stage: str, total: int = 0, of: str = "") -> Told | None:
        self._stage, self._of, self._total, self._done = stage, of, total, 0
        self._next = self._patient_until
        self._show()
        return self._more

    def clear(self) -> None:
        if self._shown:
            self._write(f"\r{' ' * self._shown}\r")
            self._shown = 0

    def _more(self, count: int) -> None:
        self._done = min(self._done + count, self._total)
        self._show()

    def _show(self) -> None:
        moment = self._clock()
        if moment < self._next:
            return
        self._next = moment + PAUSE
        text = f"{self._stage}: {self._done:,} of {self._total:,} {self._of}" if self._total else self._stage
        self._write(f"\r{text:<{self._shown}}")
        self._shown = len(text)
