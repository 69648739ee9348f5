"""What open pages cost: nothing that was told is kept for each of them."""

import socket
from pathlib import Path
from typing import Final

from tests.companies import FINE, write_files
from tests.serving.running import EVENTS, serving
from tests.soak.watching import taken

PAGES: Final = 200
WRONG: Final = 1_500
"""Mistakes of a project, so many that the report of them is cut."""
MOST: Final = 20 * 1024
"""KiB that the open pages may take; what each of them is told, kept for all of them, would be 40 MiB."""


def _told(port: int) -> socket.socket:
    """A page that is open and has read what it was told first."""
    connection = socket.create_connection(("127.0.0.1", port), 20)
    connection.sendall(f"GET {EVENTS}?page=%2F HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    read = b""
    while not read.endswith(b'"}\n\n'):
        read += connection.recv(1 << 20)
    assert len(read) > 150_000
    return connection


def test_a_long_report_is_not_kept_for_each_open_page(tmp_path: Path) -> None:
    keys = "".join(f"  key-{number}: x\n" for number in range(WRONG))
    wrong = {**FINE, "content/teams/acme/2026-Q4/checkins/2026-11-13.md": f"---\nprogress:\n{keys}---\n"}
    folder = write_files(tmp_path / "company", wrong)
    with serving(folder, "--port", "0") as served:
        open_ones = [_told(served.port)]
        before = taken(served.process.pid).memory
        open_ones += [_told(served.port) for _ in range(PAGES - 1)]
        grown = taken(served.process.pid).memory - before
        for connection in open_ones:
            connection.close()
        served.end()
    assert grown < MOST
