"""Requests as values: who may ask, and under which names."""

from http import HTTPStatus

import pytest

from okrsite.shell.serving.http import Names, RefusedError, address_of, kind_of, names_of, page_of, parse_request


def _status(names: Names, head: str) -> int:
    try:
        names.check(parse_request(f"GET / HTTP/1.1\r\n{head}\r\n\r\n".encode()))
    except RefusedError as refused:
        return refused.status
    return HTTPStatus.OK


@pytest.mark.parametrize(
    ("host", "address", "asked", "status"),
    [
        ("127.0.0.1", "127.0.0.1", "127.0.0.1:8000", 200),
        ("127.0.0.1", "127.0.0.1", "localhost", 200),
        ("127.0.0.1", "127.0.0.1", "[::1]:8000", 200),
        ("127.0.0.1", "127.0.0.1", "192.168.1.7:8000", 403),
        ("127.0.0.1", "127.0.0.1", "desk:8000", 403),
        ("192.168.1.7", "192.168.1.7", "192.168.1.7:8000", 200),
        ("DESK.lan", "192.168.1.7", "desk.lan:8000", 200),
        ("0.0.0.0", "0.0.0.0", "192.168.1.7:8000", 200),
        ("0.0.0.0", "0.0.0.0", "desk:8000", 200),
        ("0.0.0.0", "0.0.0.0", "0.0.0.0:8000", 403),
        ("0.0.0.0", "0.0.0.0", "evil.example:8000", 403),
        ("::", "::", "[fe80::1]:8000", 200),
        ("::", "::", "[::]", 403),
        ("::", "::", "[::", 403),
    ],
)
def test_a_server_knows_its_names(host: str, address: str, asked: str, status: int) -> None:
    assert _status(names_of(host, address, "desk"), f"Host: {asked}") == status


def test_an_origin_is_the_same_server() -> None:
    names = names_of("127.0.0.1", "127.0.0.1", "desk")
    assert _status(names, "Host: localhost:1\r\nOrigin: http://localhost:1") == 200
    assert _status(names, "Host: localhost:1\r\nOrigin: http://127.0.0.1:1") == 403
    assert _status(names, "Host: localhost:1\r\nOrigin: http://localhost:2") == 403


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("localhost", "http://localhost:8000/"),
        ("0.0.0.0", "http://localhost:8000/"),
        ("::", "http://localhost:8000/"),
        ("::1", "http://[::1]:8000/"),
    ],
)
def test_an_address_is_one_that_a_browser_can_open(host: str, address: str) -> None:
    assert address_of(host, 8000) == address


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("page=%2Fteams%2F", "/teams/"),
        ("page=%2Fteams%2F%25E8%258B%258F%25E5%25B7%259E%2F", "/teams/苏州/"),
        ("page=teams", "/"),
        ("", "/"),
        ("other=%2Fteams%2F", "/"),
    ],
)
def test_a_page_says_where_it_is(query: str, page: str) -> None:
    assert page_of(query) == page


def test_the_kind_of_a_file_is_told_by_its_name_alone() -> None:
    assert kind_of("a/b.CSS") == "text/css; charset=utf-8"
    assert kind_of("_headers") == kind_of("a.exe") == "application/octet-stream"
