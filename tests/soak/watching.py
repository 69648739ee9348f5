"""What is seen of a serving process from outside: what its pages are told, and what it takes of the machine."""

import json
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from tests.serving.running import EVENTS, Serving

READERS: Final = 200


class Taken(NamedTuple):
    """Of a process: resident memory in KiB, open descriptors, threads."""

    memory: int
    descriptors: int
    threads: int


def taken(number: int) -> Taken:
    """What a process takes now."""
    process = Path(f"/proc/{number}")
    status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
    descriptors = len(list((process / "fd").iterdir()))
    return Taken(int(status["VmRSS"].split()[0]), descriptors, int(status["Threads"]))


class OpenPage:
    """A page that is open all the time; holds what it was told last."""

    def __init__(self, served: Serving, page: str) -> None:
        self._connection = _opened(served, page)
        self.last: dict[str, Any] = {}
        self.told = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError), self._connection.makefile("rb") as lines:
            for line in lines:
                if line.startswith(b"data: "):
                    with self.told:
                        self.last = json.loads(line[6:])
                        self.told.notify_all()

    def wait(self, seconds: float) -> None:
        """Wait until the page is told something, for so long at most."""
        with self.told:
            self.told.wait(seconds)

    def close(self) -> None:
        """Close the page."""
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        self._connection.close()


class Readers:
    """Many pages that come and go."""

    def __init__(self, served: Serving, seed: int) -> None:
        self._served, self._rng = served, Random(seed)
        self._open: list[socket.socket] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._come_and_go, daemon=True)
        self._thread.start()

    def _come_and_go(self) -> None:
        while not self._stop.wait(0.05):
            for _ in range(self._rng.randint(1, 10)):
                if len(self._open) < READERS and self._rng.random() < 0.6:
                    with suppress(OSError):
                        self._open.append(_opened(self._served, "/"))
                elif self._open:
                    self._open.pop(self._rng.randrange(len(self._open))).close()
        for connection in self._open:
            connection.close()
        self._open.clear()

    def close(self) -> None:
        """Let all of them go."""
        self._stop.set()
        self._thread.join()


def _opened(served: Serving, page: str) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", served.port), 10)
    asked = f"GET {EVENTS}?page={quote(page, safe='')} HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n"
    connection.sendall(asked.encode())
    connection.settimeout(None)
    return connection


def settled(served: Serving, seconds: float = 5.0) -> Taken:
    """What the process takes once those who have gone are forgotten."""
    time.sleep(seconds)
    return taken(served.process.pid)
