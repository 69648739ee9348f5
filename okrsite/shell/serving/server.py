"""The server: connections, and pages that wait to be told of changes. It knows limits, and nothing about sites."""

import asyncio
import errno
import socket
import threading
from collections import Counter
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from typing import Final

from okrsite.shell.files import reason
from okrsite.shell.project import UsageError
from okrsite.shell.serving.answers import EVENTS, Moment, answer, event
from okrsite.shell.serving.http import (
    RefusedError,
    Request,
    Response,
    address_of,
    names_of,
    page_of,
    parse_request,
    refusal,
)
from okrsite.shell.serving.site import stamp

MAX_HEAD: Final = 32 * 1024
MAX_STREAMS: Final = 256
MAX_SILENT: Final = 256
"""Connections on which nothing complete has been asked yet; of more, the oldest are closed."""
HEAD_WAIT: Final = 10.0
SEND_WAIT: Final = 20.0
HEARTBEAT: Final = 15.0
"""Seconds after which a page without news is sent an empty line, which shows whether it is still there."""
TRIES: Final = 100
"""Ports that are tried, from the one that was asked for on."""
MAKERS: Final = 4
"""Threads in which pages are made."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at a host, at a port or the next one that is free. Raises UsageError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        raise UsageError(f"there is no address for the host `{host}`") from None
    for number in range(port, min(port + TRIES, 65_536) if port else 1):
        listener = socket.socket(family, kind, protocol)
        try:
            if hasattr(socket, "SO_REUSEPORT"):  # elsewhere the option would let two servers have one port
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((address[0], number, *address[2:]))
            listener.listen(128)
        except OSError as error:
            listener.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise UsageError(f"cannot listen at {host}: {reason(error)}") from None
            continue
        listener.setblocking(False)
        return listener
    raise UsageError(f"no port from {port} on is free; name another with --port")


class Server:
    """Answers at a socket, in a thread of its own, until it is closed."""

    def __init__(self, listener: socket.socket, host: str) -> None:
        address, port = listener.getsockname()[:2]
        self._listener, self._names = listener, names_of(host, address, socket.gethostname())
        self.address = address_of(host, port)
        self._now = Moment()
        self._viewed: Counter[str] = Counter()
        self._silent: dict[asyncio.Task[None], None] = {}
        self._pool = ThreadPoolExecutor(MAKERS, "page")
        self._loop = asyncio.new_event_loop()
        self._news: asyncio.Future[None] = self._loop.create_future()
        self._thread = threading.Thread(target=self._run, name="server", daemon=True)

    # --- from other threads ---------------------------------------------------------------------------------------

    def start(self, now: Moment) -> None:
        """Begin to answer."""
        self._now = now
        self._thread.start()

    def show(self, now: Moment) -> None:
        """Answer with this moment from now on, and tell all open pages."""
        self._now = now
        self._loop.call_soon_threadsafe(self._tell)

    def viewed(self) -> tuple[str, ...]:
        """The addresses of the pages that are open."""
        return tuple(self._viewed)

    def close(self) -> None:
        """Answer nobody any more."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(5.0)
        self._listener.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    # --- in its own thread ----------------------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._meet, sock=self._listener, limit=MAX_HEAD))
        try:
            self._loop.run_forever()
        finally:
            server.close()
            tasks = asyncio.all_tasks(self._loop)
            for task in tasks:
                task.cancel()
            self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
            self._loop.close()

    def _tell(self) -> None:
        before, self._news = self._news, self._loop.create_future()
        before.set_result(None)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection: one request and its answer."""
        try:
            with suppress(OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._answer(reader, writer)
        finally:
            writer.close()
            with suppress(OSError, TimeoutError, asyncio.CancelledError):
                await asyncio.wait_for(writer.wait_closed(), SEND_WAIT)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with_body = True
        try:
            async with self._silence():
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), HEAD_WAIT)
            request = parse_request(head)
            self._names.check(request)
            with_body = request.method == "GET"
            if request.path == EVENTS:
                if self._viewed.total() >= MAX_STREAMS:
                    raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE)
                await self._stream(page_of(request.query), reader, writer)
                return
            response = await self._loop.run_in_executor(self._pool, self._made, request)
        except RefusedError as refused:
            response = refusal(refused.status)
        except asyncio.LimitOverrunError:
            response = refusal(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        except (OSError, asyncio.IncompleteReadError):
            raise
        except Exception as error:  # a mistake of ours is told here, and not to whoever asked
            self._loop.call_exception_handler({"message": "a request could not be answered", "exception": error})
            response = refusal(HTTPStatus.INTERNAL_SERVER_ERROR)
        writer.write(response.encoded(with_body=with_body))
        await asyncio.wait_for(writer.drain(), SEND_WAIT)

    def _made(self, request: Request) -> Response:
        return answer(request, self._now)

    @asynccontextmanager
    async def _silence(self) -> AsyncIterator[None]:
        """While nothing is asked: of too many such connections the oldest must go, so that others are heard."""
        task = asyncio.current_task()
        assert task is not None
        if len(self._silent) >= MAX_SILENT:
            next(iter(self._silent)).cancel()
        self._silent[task] = None
        try:
            yield
        finally:
            self._silent.pop(task, None)

    async def _send_news(self, page: str, said: str, writer: asyncio.StreamWriter) -> str:
        """Tell an open page how things stand, or only that it is still heard; returns what that is told apart by.

        What was told may be long, and there may be many pages: it is kept for none of them.
        """
        saying = await self._loop.run_in_executor(self._pool, self._event, page)
        told = stamp(saying)
        writer.write(saying if told != said else b":\n\n")
        await asyncio.wait_for(writer.drain(), SEND_WAIT)
        return told

    async def _stream(self, page: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Tell an open page of each moment, the present one first, until it goes."""
        head = Response(HTTPStatus.OK, "text/event-stream", b"", {"X-Accel-Buffering": "no"}).encoded()
        lines = [line for line in head.split(b"\r\n") if not line.startswith(b"Content-Length")]
        writer.write(b"\r\n".join(lines) + b"retry: 500\n\n")
        gone = asyncio.ensure_future(reader.read(1))
        self._viewed[page] += 1
        try:
            said = ""
            while not gone.done():
                news = self._news
                said = await self._send_news(page, said, writer)
                await asyncio.wait((news, gone), timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
        finally:
            writer.transport.abort()
            self._viewed[page] -= 1
            if not self._viewed[page]:
                del self._viewed[page]
            with suppress(OSError):
                await gone

    def _event(self, page: str) -> bytes:
        return event(page, self._now)
