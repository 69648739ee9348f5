"""Requests and answers as values: what is asked, by whom, and whether that may be answered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import ip_address
from posixpath import splitext
from typing import Final
from urllib.parse import unquote

MAX_TARGET: Final = 4096
MAX_HEADERS: Final = 100
ENCODING: Final = "utf-8"
_KINDS: Final = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml",
    "ics": "text/calendar; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
}
_OWN: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST: Final = re.compile(r"(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+))(?::(\d{1,5}))?")
_WORD: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


class RefusedError(Exception):
    """A request that is not answered as asked."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: a decoded path, what follows its `?`, and headers by their names in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Response:
    """An answer."""

    status: HTTPStatus
    kind: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    def encoded(self, *, with_body: bool = True) -> bytes:
        """The answer as it is sent; nobody keeps it, for it may soon be another, and no other site gets it."""
        lines = [
            f"HTTP/1.1 {self.status.value} {self.status.phrase}",
            f"Content-Type: {self.kind}",
            f"Content-Length: {len(self.body)}",
            "Cache-Control: no-store",
            "Cross-Origin-Resource-Policy: same-origin",
            "Connection: close",
            *(f"{name}: {value}" for name, value in self.headers.items()),
        ]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + (self.body if with_body else b"")


def refusal(status: HTTPStatus) -> Response:
    """The answer that says no."""
    allowed = {"Allow": "GET, HEAD"} if status is HTTPStatus.METHOD_NOT_ALLOWED else {}
    return Response(status, _KINDS["txt"], f"{status.phrase}\n".encode(), allowed)


def kind_of(path: str) -> str:
    """The content type of a file of a site; it never depends on the machine."""
    return _KINDS.get(splitext(path)[1][1:].lower(), "application/octet-stream")


def parse_request(head: bytes) -> Request:
    """Read the head of a request. Raises RefusedError."""
    first, *lines = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    parts = first.split(" ")
    if len(parts) != 3 or not _WORD.fullmatch(parts[0]) or not re.fullmatch(r"HTTP/1\.[01]", parts[2]):
        raise RefusedError(HTTPStatus.BAD_REQUEST)
    if len(parts[1]) > MAX_TARGET:
        raise RefusedError(HTTPStatus.REQUEST_URI_TOO_LONG)
    if len(lines) > MAX_HEADERS:
        raise RefusedError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
    if parts[0] not in ("GET", "HEAD"):
        raise RefusedError(HTTPStatus.METHOD_NOT_ALLOWED)
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        name = name.lower()
        if not colon or not _WORD.fullmatch(name) or (name in headers and name in ("host", "origin")):
            raise RefusedError(HTTPStatus.BAD_REQUEST)
        headers[name] = value.strip(" \t")
    path, _, query = parts[1].partition("?")
    if not path.startswith("/"):
        raise RefusedError(HTTPStatus.BAD_REQUEST)
    return Request(parts[0], _decoded(path), query, headers)


def _decoded(path: str) -> str:
    try:
        text = unquote(path.encode("latin-1").decode(ENCODING), ENCODING, "strict")
    except UnicodeError:
        raise RefusedError(HTTPStatus.BAD_REQUEST) from None
    if not text.isprintable():
        raise RefusedError(HTTPStatus.BAD_REQUEST)
    return text


@dataclass(frozen=True, slots=True)
class Names:
    """Under which names this server may be asked: another's name that leads here is a page that wants to look in.

    Where it listens at every address, those are taken too, but of names only its own.
    """

    known: frozenset[str]
    every_address: bool = False

    def check(self, request: Request) -> None:
        """Refuse what a page of another site may have sent. Raises RefusedError."""
        host = request.headers.get("host", "")
        if not self._is_ours(host):
            raise RefusedError(HTTPStatus.FORBIDDEN)
        origin = request.headers.get("origin")
        if origin is not None and origin.lower() not in (f"http://{host.lower()}", f"https://{host.lower()}"):
            raise RefusedError(HTTPStatus.FORBIDDEN)
        fetched_by = request.headers.get("sec-fetch-site", "none")
        if fetched_by not in ("none", "same-origin") and request.headers.get("sec-fetch-mode") != "navigate":
            raise RefusedError(HTTPStatus.FORBIDDEN)

    def _is_ours(self, host: str) -> bool:
        found = _HOST.fullmatch(host)
        if not found:
            return False
        name = (found[1] or found[2]).lower()
        return name in self.known or (self.every_address and _is_address(name))


def names_of(host: str, address: str, machine: str) -> Names:
    """The names for a server that was told to listen at a host, which has an address, on a machine with a name."""
    every = ip_address(address).is_unspecified
    own = {machine.lower()} if every else {host.lower(), address.lower()}
    return Names(_OWN | own, every)


def _is_address(name: str) -> bool:
    try:
        return not ip_address(name).is_unspecified
    except ValueError:
        return False


def address_of(host: str, port: int) -> str:
    """Where a browser on this machine finds a server that listens at a host."""
    try:
        address = ip_address(host)
    except ValueError:
        return f"http://{host}:{port}/"
    if address.is_unspecified:
        return f"http://localhost:{port}/"
    return f"http://[{host}]:{port}/" if address.version == 6 else f"http://{host}:{port}/"


def page_of(query: str) -> str:
    """The address of the page that asks to be told of changes, as a script quotes it: `page=%2Fteams%2F`."""
    name, _, value = query.partition("=")
    address = _decoded(_decoded(value)) if name == "page" else ""
    return address if address.startswith("/") else "/"
