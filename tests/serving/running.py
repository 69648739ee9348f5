"""A running `okrsite serve`, and somebody who asks it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from tests.companies import TODAY
from tests.conftest import environment

START: Final = 60.0
PATIENCE: Final = 20.0
"""Seconds within which something that was changed must be seen, on however busy a machine."""
EVENTS: Final = "/.okrsite/events"
_LIVE: Final = re.compile(
    rb'<script src="/\.okrsite/live\.js" data-page="[0-9a-f]{16}" data-shape="[0-9a-f]{16}"></script>\n\Z'
)


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Serving:
    """A serving process."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
        self.process, self.port, self._log = process, port, log

    @property
    def address(self) -> str:
        """Where it serves."""
        return f"http://127.0.0.1:{self.port}"

    def said(self) -> str:
        """All that it has said on its terminal."""
        return self._log.read_text(encoding="utf-8")

    def raw(self, request: bytes, wait: float = PATIENCE) -> bytes:
        """What comes back for some bytes until the other side closes."""
        with socket.create_connection(("127.0.0.1", self.port), wait) as connection:
            connection.sendall(request)
            parts = []
            try:
                while part := connection.recv(65_536):
                    parts.append(part)
            except ConnectionResetError:
                pass
            return b"".join(parts)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for an address, with headers whose names are written with `_` for `-`."""
        given = {"host": f"127.0.0.1:{self.port}", **headers}
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in given.items())
        head, _, body = self.raw(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode()).partition(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        pairs = (line.partition(": ") for line in rest)
        return Answer(int(first.split(" ")[1]), {name.lower(): value for name, _, value in pairs}, body)

    def page(self, path: str) -> bytes:
        """A page as a build would have written it: without what a server adds."""
        return without_live(self.get(path).body)

    def moment(self, page: str = "/") -> dict[str, Any]:
        """What a page that is opened now is told first."""
        with self.told(page) as events:
            return next(events)

    @contextmanager
    def told(self, page: str = "/") -> Iterator[Iterator[dict[str, Any]]]:
        """What an open page is told, as it comes."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as connection:
            host = f"127.0.0.1:{self.port}"
            asked = f"GET {EVENTS}?page={quote(quote(page), safe='')} HTTP/1.1\r\nHost: {host}\r\n\r\n"
            connection.sendall(asked.encode())
            with connection.makefile("rb") as lines:
                yield (json.loads(line[6:]) for line in lines if line.startswith(b"data: "))

    def until(self, what: str, seen: "Any") -> float:
        """Wait until something is so; returns the seconds that it took."""
        began = time.monotonic()
        while not seen():
            assert time.monotonic() - began < PATIENCE, f"{what}\n{self.said()[-2000:]}"
            assert self.process.poll() is None, self.said()
            time.sleep(0.01)
        return time.monotonic() - began

    def until_page(self, path: str, words: str, *, there: bool = True) -> float:
        """Wait until a page says something, or does not."""
        return self.until(f"{path}: {words}", lambda: (words.encode() in self.get(path).body) is there)

    def until_trouble(self, words: str) -> float:
        """Wait until a page is told of a problem, or with '' of none."""
        return self.until(
            f"trouble: {words}",
            lambda: words in (said := self.moment()["trouble"]) if words else not self.moment()["trouble"],
        )

    def end(self, number: int = signal.SIGINT) -> int:
        """End it; returns its exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def without_live(body: bytes) -> bytes:
    """A page without what a server adds."""
    text, count = _LIVE.subn(b"", body)
    assert count == 1, body[-400:]
    return text


@contextmanager
def serving(folder: Path, *options: str, variables: Mapping[str, str] | None = None) -> Iterator[Serving]:
    """`okrsite serve` of a project, at any free port."""
    log = folder.with_name(f"{folder.name}-serve.log")
    port = () if "--port" in options else ("--port", "0")
    command = [sys.executable, "-m", "okrsite", "serve", "-C", str(folder), "--today", TODAY, *port, *options]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=environment({"PYTHONUNBUFFERED": "1", "PYTHONDEVMODE": "1", **(variables or {})}),
            start_new_session=True,
        )
    try:
        began = time.monotonic()
        while not (found := re.search(r"http://\S+:(\d+)/ shows the site", log.read_text(encoding="utf-8"))):
            assert process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() - began < START, "it does not start"
            time.sleep(0.02)
        yield Serving(process, int(found[1]), log)
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
