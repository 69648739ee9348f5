"""How long it takes from a save to the page that shows it, in each program's own server."""

import re
import socket
import subprocess
import time
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

from bench.cases import checkin_of
from bench.measuring import FailedRunError
from bench.tools import Place, environment, hugo, okrsite

_PATIENCE: Final = 900.0
"""Seconds after which a server is not waited for any more."""
_PAUSE: Final = 0.004
_REST: Final = 1.0
"""Seconds between two edits, in which somebody would look at the page."""


def time_edits(place: Place, program: str, edits: int) -> dict[str, list[float]]:
    """Seconds from each save to the page, by program."""
    checkin = checkin_of(place.company)
    team, cycle = checkin.parts[-4], checkin.parts[-3]
    port = _free_port()
    ours = [word for word in okrsite(place, "serve", "--port", str(port)) if word != "-q"]
    theirs = hugo(place, program, "server", "--renderToMemory", "--port", str(port), "--disableLiveReload")
    return {
        "okrsite": _edited(ours, place, port, f"/teams/{team}/{cycle}/index.html", checkin, edits),
        "Hugo": _edited(theirs, place, port, f"/teams/{team}/{cycle.lower()}/", checkin, edits),
    }


def _edited(command: Sequence[str], place: Place, port: int, address: str, checkin: Path, edits: int) -> list[float]:
    before, found = checkin.read_text(encoding="utf-8"), []
    with place.said.open("wb") as said:
        server = subprocess.Popen(command, env=environment(), stdout=said, stderr=said, stdin=subprocess.DEVNULL)
    try:
        _wait(server, port, address, "<main")
        for edit in range(edits):
            time.sleep(_REST)
            word = f"edit{edit}of{port}"
            text = re.sub(r"\n$", f"\n\nThis is {word}.\n", before)
            began = time.perf_counter()
            checkin.write_text(text, encoding="utf-8")
            _wait(server, port, address, word)
            found.append(time.perf_counter() - began)
    finally:
        server.terminate()
        server.wait()
        checkin.write_text(before, encoding="utf-8")
    return found


def _wait(server: "subprocess.Popen[bytes]", port: int, address: str, word: str) -> None:
    """Ask for a page again and again until a word is on it. Raises FailedRunError."""
    until = time.perf_counter() + _PATIENCE
    while time.perf_counter() < until and server.poll() is None:
        if word.encode() in _page(port, address):
            return
        time.sleep(_PAUSE)
    raise FailedRunError(f"the server at port {port} never showed `{word}` at {address}")


def _page(port: int, address: str) -> bytes:
    connection = HTTPConnection("localhost", port, timeout=_PATIENCE)
    try:
        connection.request("GET", address)
        return connection.getresponse().read()
    except (OSError, HTTPException):
        return b""
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
