"""Serving as a process: what is served, how it follows the files, and how it begins and ends."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from okrsite.cli import main
from okrsite.pages import urls
from tests.companies import OKRS, ROOT, TODAY, WRONG, tree, write_files
from tests.conftest import Run
from tests.serving.running import Serving, serving, without_live

OKRS_FILE: Final = "content/teams/acme/2026-Q4/okrs.md"
PAGE: Final = "/teams/acme/2026-Q4/instant.html"
TITLE: Final = "Paying feels instant everywhere"
OLDER: Final = 1_700_000_000


def retitled(title: str) -> str:
    return OKRS.replace(TITLE, title)


# --- what is served -------------------------------------------------------------------------------------------------


def test_every_file_is_what_a_build_writes(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert main(["build", "-q", "-C", str(ROOT), "--today", TODAY, "-o", str(site)]) == 0
    files = {path: data for path, data in tree(site).items() if path != ".okrsite.json"}
    copy = tmp_path / "demo"
    shutil.copytree(ROOT / "content", copy / "content")
    shutil.copy(ROOT / "okrsite.toml", copy)
    with serving(copy, variables={"PYTHONDEVMODE": ""}) as running:
        for path, data in files.items():
            answer = running.get(f"/{path}")
            assert answer.status == 200, path
            assert (without_live(answer.body) if path.endswith(".html") else answer.body) == data, path
    assert len(files) > 250
    assert not (copy / "site").exists()


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/", 200, "text/html; charset=utf-8"),
        ("/teams/", 200, "text/html; charset=utf-8"),
        (f"{PAGE}?x=1", 200, "text/html; charset=utf-8"),
        ("/teams", 302, "application/octet-stream"),
        ("/robots.txt", 200, "text/plain; charset=utf-8"),
        ("/search/site.js", 200, "text/javascript; charset=utf-8"),
        ("/nowhere.html", 404, "text/html; charset=utf-8"),
        ("/.okrsite/live.js", 200, "text/javascript; charset=utf-8"),
        ("/.okrsite/live.css", 200, "text/css; charset=utf-8"),
        ("/.okrsite/server.py", 404, "text/plain; charset=utf-8"),
        ("/.okrsite.json", 404, "text/html; charset=utf-8"),
        ("/okrsite.toml", 404, "text/html; charset=utf-8"),
    ],
)
def test_addresses_are_answered_with_their_kind_and_never_kept(
    asked: Serving, path: str, status: int, kind: str
) -> None:
    answer = asked.get(path)
    assert (answer.status, answer.headers["content-type"]) == (status, kind)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    without_body = asked.get(path, "HEAD")
    assert (without_body.status, without_body.body) == (status, b"")
    assert without_body.headers == answer.headers


def test_a_missing_address_shows_the_site_own_page(asked: Serving) -> None:
    assert b"This page does not exist" in asked.page("/teams/nobody/")
    assert asked.get("/teams").headers["location"] == "/teams/"


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "evil.example:8000"},
        {"host": "127.0.0.1.evil.example"},
        {"host": "0.0.0.0"},
        {"host": "[::ffff:192.0.2.1]"},
        {"host": ""},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"},
        {"sec_fetch_site": "same-site", "sec_fetch_mode": "cors"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/search/site.js", "/.okrsite/events"])
def test_pages_of_others_get_nothing(asked: Serving, path: str, headers: Mapping[str, str]) -> None:
    answer = asked.get(path, **headers)
    assert answer.status == 403
    assert "access-control-allow-origin" not in answer.headers


def test_a_link_from_another_site_may_lead_here(asked: Serving) -> None:
    headers = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}
    assert asked.get("/", **headers).status == 200
    assert asked.get("/", host=f"localhost:{asked.port}", origin=f"http://localhost:{asked.port}").status == 200


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_nothing_can_be_written(asked: Serving, method: str) -> None:
    answer = asked.get("/", method)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "request_",
    [
        b"\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET http://127.0.0.1/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /%ff%fe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n folded: yes\r\n\r\n",
        b"GET /.okrsite/events?page=%ff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /" + b"a" * 5_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"a: b\r\n" * 200 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\na: " + b"b" * 40_000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused_and_the_next_is_answered(asked: Serving, request_: bytes) -> None:
    answer = asked.raw(request_)
    assert answer == b"" or int(answer.split(b" ")[1]) in (400, 403, 414, 431)
    assert b"Traceback" not in answer
    assert asked.get("/").status == 200
    assert "Traceback" not in asked.said()


def test_whoever_says_nothing_keeps_nobody_waiting(asked: Serving) -> None:
    silent = [socket.create_connection(("127.0.0.1", asked.port)) for _ in range(300)]
    try:
        for connection in silent:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: ")
        assert asked.get("/").status == 200
    finally:
        for connection in silent:
            connection.close()


def test_pages_that_are_told_come_and_go_and_are_limited(asked: Serving) -> None:
    from contextlib import ExitStack

    descriptors = Path(f"/proc/{asked.process.pid}/fd")
    before = len(list(descriptors.iterdir()))
    for _ in range(2):
        with ExitStack() as many:
            for _ in range(256):
                next(many.enter_context(asked.told()))
            assert asked.get("/.okrsite/events").status == 503
            assert asked.get("/").status == 200
        asked.until("all have gone", lambda: len(list(descriptors.iterdir())) <= before + 2)


# --- following ------------------------------------------------------------------------------------------------------


def test_an_edit_is_told_to_the_page_it_changes(folder: Path, served: Serving) -> None:
    with served.told(PAGE) as here, served.told("/guide.html") as elsewhere:
        first, other = next(here), next(elsewhere)
        write_files(folder, {OKRS_FILE: retitled("Paying is quick")})
        then = next(here)
        assert then["shape"] != first["shape"]
        assert then["epoch"] == first["epoch"] + 1
        assert next(elsewhere) == {**other, "epoch": then["epoch"]}
    assert b"Paying is quick" in served.page(PAGE)


def _rename_over(path: Path, text: str) -> None:
    new = path.with_name(f".{path.name}.new")
    new.write_text(text)
    new.replace(path)


def _truncate_and_write(path: Path, text: str) -> None:
    with path.open("w") as file:
        file.flush()
        time.sleep(0.03)
        file.write(text)


def _in_place(path: Path, text: str) -> None:
    with path.open("r+b") as file:
        file.write(text.encode())
        file.truncate()


def _with_backup(path: Path, text: str) -> None:
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    (path.parent / "4913").touch()
    (path.parent / "4913").unlink()
    path.write_text(text)
    backup.unlink()


def _copied_with_old_time(path: Path, text: str) -> None:
    new = path.parent.parent / "elsewhere"
    new.write_text(text)
    os.utime(new, (OLDER, OLDER))
    path.unlink()
    new.rename(path)


SAVES: Final = (_rename_over, _truncate_and_write, _in_place, _with_backup, _copied_with_old_time)


@pytest.mark.parametrize("options", [(), ("--poll",)], ids=["told", "looking"])
def test_however_an_editor_saves_it_is_seen(folder: Path, options: tuple[str, ...]) -> None:
    with serving(folder, *options) as running:
        for number, save in enumerate(SAVES * 2):
            title = f"Title number {number}"
            save(folder / OKRS_FILE, retitled(title))
            running.until_page(PAGE, title)
        running.until_trouble("")


def test_a_hundred_files_cost_one_build(folder: Path, served: Serving) -> None:
    with served.told() as events:
        first = next(events)["epoch"]
        for number in range(100):
            write_files(folder, {f"content/pages/p-{number}.md": f"---\ntitle: Page {number}\n---\n"})
        assert next(events)["epoch"] == first + 1
    assert served.get("/pages/p-99.html").status == 200
    time.sleep(1.5)
    assert served.moment()["epoch"] == first + 1
    assert served.said().count("content/pages/p-0.md and 99 more") == 1


def test_folders_may_be_moved_removed_and_put_back(folder: Path, served: Serving) -> None:
    (folder / "content/teams/acme").rename(folder / "content/teams/zenith")
    served.until_page("/teams/zenith/", "Acme")
    served.until("the old address has gone", lambda: served.get("/teams/acme/").status == 404)
    (folder / "content/teams/zenith/team.md").write_text("---\nname: Zenith\n---\n")
    served.until_page("/teams/zenith/", "Zenith")
    (folder / "content").rename(folder / "aside")
    served.until_trouble("no folder `content`")
    assert b"Zenith" in served.page("/teams/zenith/")
    shutil.copytree(folder / "aside", folder / "content")
    served.until_trouble("")
    (folder / "content/teams/zenith/team.md").write_text("---\nname: Nadir\n---\n")
    served.until_page("/teams/zenith/", "Nadir")


def test_branches_may_be_switched(folder: Path) -> None:
    def git(*arguments: str) -> None:
        options = ("-c", "user.name=acme", "-c", "user.email=acme@example.invalid", "-c", "init.defaultBranch=main")
        subprocess.run(["git", *options, *arguments], cwd=folder, check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "other")
    write_files(folder, {OKRS_FILE: retitled("Another branch"), "okrsite.toml": 'title = "Other"\n'})
    for number in range(30):
        write_files(folder, {f"content/teams/team-{number}/team.md": f"---\nname: Team {number}\n---\n"})
    git("add", ".")
    git("commit", "-qm", "two")
    with serving(folder) as running:
        for _ in range(3):
            assert b"Another branch" in running.page(PAGE)
            assert running.get("/teams/team-29/").status == 200
            git("checkout", "-q", "main")
            running.until_page(PAGE, TITLE)
            running.until("its teams have gone", lambda: running.get("/teams/team-29/").status == 404)
            git("checkout", "-q", "other")
            running.until_page("/", "Other")
            running.until_page(PAGE, "Another branch")


def test_an_edit_during_a_build_is_not_lost(folder: Path, served: Serving) -> None:
    for number in range(60):
        write_files(folder, {OKRS_FILE: retitled(f"Title {number}")})
        time.sleep(0.02)
    served.until_page(PAGE, "Title 59")


# --- what is wrong --------------------------------------------------------------------------------------------------


def test_a_problem_is_told_as_check_reports_it_and_the_good_site_stays(folder: Path, served: Serving, run: Run) -> None:
    before = served.page(PAGE)
    write_files(folder, {path: text for path, text in WRONG.items() if path == OKRS_FILE})
    served.until_trouble("unresolved-ref")
    moment = served.moment()
    assert moment["trouble"] == run("check", "-C", folder, "--today", TODAY).stdout
    assert "    supports: nowhere\n" in moment["trouble"]
    assert served.page(PAGE) == before
    assert moment["trouble"] in served.said()
    write_files(folder, {OKRS_FILE: retitled("Mended")})
    served.until_trouble("")
    assert b"Mended" in served.page(PAGE)


def test_sound_parts_are_shown_when_asked_for(folder: Path) -> None:
    write_files(folder, WRONG)
    with serving(folder, "--keep-going") as running:
        assert b"This page may be incomplete" in running.page(PAGE)
        assert running.moment()["trouble"] == ""
        assert "unresolved-ref" in running.said()


BREAKS: Final[Mapping[str, tuple[str, str, str]]] = {
    "content": (OKRS_FILE, "---\nobjectives: [\n---\n", "swallowed-text"),
    "settings": ("okrsite.toml", "title = \n", "error[settings]"),
    "unreadable settings": ("okrsite.toml", "\udcff", "okrsite.toml is not UTF-8 text"),
    "template": ("themes/own/templates/base.html", "{% block", "template base.html:1"),
    "a template of another page": ("themes/own/templates/guide.html", "{{ nothing }}", "while rendering guide.html"),
    "style": ("themes/own/static/../templates/x", "\udcff", "not UTF-8 text"),
}


@pytest.mark.parametrize("what", BREAKS)
@pytest.mark.parametrize("at_first", [False, True], ids=["later", "at first"])
def test_whatever_breaks_is_reported_and_recovers(folder: Path, what: str, at_first: bool) -> None:
    place, broken, said = BREAKS[what]
    write_files(folder, {"okrsite.toml": 'theme = "own"\n', "themes/own/static/a.css": ""})
    path = folder / place
    sound = path.read_bytes() if path.exists() else None

    def spoil() -> None:
        write_files(folder, {place: broken.encode("utf-8", "surrogateescape")})

    if at_first:
        spoil()
    with serving(folder) as running:
        if not at_first:
            assert TITLE.encode() in running.page(PAGE)
            spoil()
        running.until_trouble(said)
        answer = running.get(PAGE)
        if at_first and what != "a template of another page":
            assert answer.status == 503
            assert said in answer.body.decode()
        else:
            assert answer.status == 200
            assert TITLE.encode() in answer.body
        if sound is None:
            path.unlink()
        else:
            path.write_bytes(sound)
        running.until_trouble("")
        assert TITLE.encode() in running.page(PAGE)
        assert b"How to read" in running.page(f"/{urls.GUIDE}")


def test_a_project_whose_content_is_still_to_come_is_served_when_it_has(folder: Path) -> None:
    write_files(folder, {"okrsite.toml": 'content = "okrs"\n'})
    with serving(folder) as running:
        running.until_trouble("no folder `okrs`")
        (folder / "content").rename(folder / "okrs")
        running.until_page(PAGE, TITLE)


# --- beginning and ending -------------------------------------------------------------------------------------------


def test_the_next_port_is_taken_where_one_is_taken(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serving(folder, "--port", str(port)) as running:
            assert port < running.port <= port + 100
            assert running.get("/").status == 200


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_it_and_leaves_nothing(folder: Path, tmp_path: Path, number: int) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    before = tree(folder)
    with serving(folder, variables={"TMPDIR": str(temporary)}) as running, running.told() as events:
        next(events)
        assert running.end(number) == 130
        assert "okrsite: interrupted\n" in running.said()
        assert "Traceback" not in running.said()
    assert list(temporary.iterdir()) == []
    assert {path: data for path, data in tree(folder).items() if not path.startswith(".okrsite/")} == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--port", "70000"), "a port from 0"),
        (("--host", "no such host"), "no address for the host"),
        (("--host", "192.0.2.1"), "cannot listen at 192.0.2.1"),
        (("--today", "soon"), "--today takes a date"),
        (("-C", "/nowhere"), "there is no folder /nowhere"),
    ],
)
def test_wrong_usage_ends_at_once(folder: Path, run: Run, options: tuple[str, ...], said: str) -> None:
    done = run("serve", *(() if "-C" in options else ("-C", folder)), *options)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_a_project_is_not_served(tmp_path: Path, run: Run) -> None:
    done = run("serve", "-C", tmp_path)
    assert done.returncode == 2
    assert "no OKRs here" in done.stderr
