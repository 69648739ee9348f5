"""Which files are read, how their text arrives, and what is said of those that are not read."""

import os
import socket
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from okrsite.core.compile import compile_company
from okrsite.core.link import Facts
from okrsite.core.parse import parse_document
from okrsite.core.settings import Settings
from okrsite.shell.files import MAX_BYTES, read_content, read_files
from tests.companies import FINE, TODAY, compile_files, write_files
from tests.conftest import Project, Run, environment

PLACE = "content/teams/acme/team.md"


def _texts(folder: Path) -> dict[str, str]:
    """The files that were read, by path."""
    sources = read_content(folder, "content").sources
    return {source.path: source.text for source in sources if source.text is not None}


def _said(folder: Path) -> list[tuple[str, str, int]]:
    return [(p.code, p.span.path, p.span.line) for p in read_content(folder, "content").problems]


# --- text ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"one\ntwo\n", "one\ntwo\n"),
        (b"\xef\xbb\xbfone\n", "one\n"),
        (b"one\r\ntwo\r\n", "one\ntwo\n"),
        (b"one\rtwo\r", "one\ntwo\n"),
        (b"\xef\xbb\xbf---\r\nname: Acme\r\n---\r\n", "---\nname: Acme\n---\n"),
        ("速度 ✓\n".encode(), "速度 ✓\n"),
        (b"", ""),
    ],
)
def test_a_text_arrives_without_a_bom_and_with_plain_line_ends(project: Project, written: bytes, read: str) -> None:
    assert _texts(project({PLACE: written})) == {PLACE: read}


def test_a_bom_and_crlf_leave_every_text_as_it_is(project: Project, tmp_path: Path) -> None:
    plain = write_files(tmp_path / "plain", FINE)
    twin = project({path: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for path, text in FINE.items()})
    assert _texts(twin) == _texts(plain)
    assert _said(twin) == []


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"\xff", 1),
        (b"fine\nfine\nna\xefve\n", 3),
        ("naïve".encode("utf-16"), 1),
        (b"half of a letter: \xc3", 1),
        (b"a surrogate: \xed\xa0\x80", 1),
    ],
)
def test_what_is_not_utf8_is_refused_at_its_line(project: Project, content: bytes, line: int) -> None:
    folder = project({PLACE: content})
    assert _texts(folder) == {}
    assert _said(folder) == [("unreadable-file", PLACE, line)]


def test_one_refused_file_leaves_the_others_readable(project: Project) -> None:
    folder = project({**FINE, "content/teams/acme/2026-Q4/retro.md": b"\xff\xfe"})
    assert set(_texts(folder)) == set(FINE)
    assert len(_said(folder)) == 1


@pytest.mark.parametrize(("size", "read"), [(MAX_BYTES - 1, True), (MAX_BYTES, True), (MAX_BYTES + 1, False)])
def test_a_file_holds_at_most_64_kib(project: Project, size: int, read: bool) -> None:
    folder = project({PLACE: b"x" * size})
    assert (PLACE in _texts(folder)) is read
    assert _said(folder) == ([] if read else [("file-too-large", PLACE, 1)])


def test_the_cap_is_64_kib_of_bytes_not_of_letters(project: Project) -> None:
    assert MAX_BYTES == 65_536
    folder = project({PLACE: "速" * 21_846})
    assert _said(folder) == [("file-too-large", PLACE, 1)]


def test_the_cap_holds_before_the_text_is_looked_at(project: Project) -> None:
    folder = project({PLACE: b"\xff" * (MAX_BYTES + 1)})
    assert [code for code, _, _ in _said(folder)] == ["file-too-large"]


# --- what is no ordinary file ---------------------------------------------------------------------------------------


def test_a_symbolic_link_to_a_file_is_refused_and_what_it_names_stays_unread(project: Project, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("a secret")
    folder = project(FINE)
    (folder / "content/teams/acme/2026-Q4/retro.md").symlink_to(outside)
    assert _said(folder) == [("unreadable-file", "content/teams/acme/2026-Q4/retro.md", 1)]
    assert not any("secret" in text for text in _texts(folder).values())


def test_a_symbolic_link_inside_the_project_is_not_followed_either(project: Project) -> None:
    folder = project(FINE)
    (folder / "content/teams/acme/2026-Q4/retro.md").symlink_to("okrs.md")
    assert _said(folder) == [("unreadable-file", "content/teams/acme/2026-Q4/retro.md", 1)]


def test_a_symbolic_link_to_nothing_is_refused(project: Project) -> None:
    folder = project(FINE)
    (folder / "content/teams/acme/2026-Q4/retro.md").symlink_to("gone.md")
    assert _said(folder) == [("unreadable-file", "content/teams/acme/2026-Q4/retro.md", 1)]


def test_a_symbolic_link_to_a_folder_is_refused(project: Project, tmp_path: Path) -> None:
    write_files(tmp_path / "other", {"team.md": "---\nname: Outside\n---\n"})
    folder = project(FINE)
    (folder / "content/teams/other").symlink_to(tmp_path / "other", target_is_directory=True)
    assert _said(folder) == [("unreadable-file", "content/teams/other", 1)]
    assert set(_texts(folder)) == set(FINE)


def test_a_folder_that_links_to_itself_ends(project: Project) -> None:
    folder = project(FINE)
    (folder / "content/teams/loop").symlink_to(folder / "content", target_is_directory=True)
    assert set(_texts(folder)) == set(FINE)


def test_a_pipe_is_refused_without_waiting_for_its_writer(project: Project) -> None:
    folder = project(FINE)
    os.mkfifo(folder / "content/teams/acme/2026-Q4/retro.md")
    done = subprocess.run(
        [sys.executable, "-m", "okrsite", "check", "-C", str(folder), "--today", TODAY],
        env=environment({}),
        capture_output=True,
        text=True,
        timeout=10,
    )
    assert done.returncode == 1
    assert "retro.md:1:1: error[unreadable-file]" in done.stdout


def test_a_socket_is_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(FINE)
    monkeypatch.chdir(folder / "content/teams/acme")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("talk.md")
        assert _said(folder) == [("unreadable-file", "content/teams/acme/talk.md", 1)]


def test_a_folder_named_like_a_file_is_a_folder(project: Project) -> None:
    folder = project({"content/teams/acme/team.md/inner.md": "text"})
    assert list(_texts(folder)) == ["content/teams/acme/team.md/inner.md"]


# --- names --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hidden",
    [
        "content/.index.md",
        "content/_index.md",
        "content/teams/acme/.git/notes.md",
        "content/teams/_former/team.md",
        "content/teams/acme/2026-Q4/_draft.md",
        "content/teams/acme/2026-Q4/checkins/.2026-11-06.md.swp",
        "content/_okrs.yaml",
    ],
)
def test_names_that_begin_with_a_dot_or_an_underscore_are_not_read(project: Project, hidden: str) -> None:
    folder = project({**FINE, hidden: b"\xff not even text"})
    assert set(_texts(folder)) == set(FINE)
    assert _said(folder) == []


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("teams/acme/2026-Q4/okrs.markdown", "okrs.md"),
        ("teams/acme/2026-Q4/okrs.yaml", "okrs.md"),
        ("teams/acme/2026-Q4/okrs.yml", "okrs.md"),
        ("teams/acme/2026-Q4/okrs.txt", "okrs.md"),
        ("teams/acme/2026-Q4/okrs.md.txt", "okrs.md"),
        ("teams/acme/2026-Q4/okrs.MD", "okrs.md"),
        ("teams/acme/2026-Q4/retro.mkd", "retro.md"),
        ("teams/acme/team.mdown", "team.md"),
        ("index.markdown", "index.md"),
        ("teams/acme/2026-Q4/checkins/2026-11-06.txt", "2026-11-06.md"),
    ],
)
def test_a_file_named_almost_like_content_is_mentioned(project: Project, name: str, better: str) -> None:
    folder = project({f"content/{name}": "objectives"})
    found = read_content(folder, "content").problems
    assert [(p.code, p.span.path) for p in found] == [("stray-file", f"content/{name}")]
    assert better in found[0].hint


def test_a_file_named_almost_like_one_that_is_there_may_not_replace_it(project: Project) -> None:
    place = "content/teams/acme/2026-Q4/okrs"
    found = read_content(project({f"{place}.yaml": "objectives", f"{place}.md": "---\n---\n"}), "content").problems
    assert [p.hint for p in found] == ["move what stands in it into okrs.md, and remove it"]


@pytest.mark.parametrize("name", ["logo.png", "teams/acme/notes.txt", "CODEOWNERS", "teams/acme/2026-Q4/okrs.md~"])
def test_files_of_other_kinds_lie_in_peace(project: Project, name: str) -> None:
    folder = project({**FINE, f"content/{name}": b"\xff"})
    assert set(_texts(folder)) == set(FINE)
    assert _said(folder) == []


def test_a_name_that_is_not_utf8_is_reported_in_spelled_out_form(project: Project) -> None:
    folder = project(FINE)
    (Path(os.fsdecode(os.fsencode(folder) + b"/content/teams/acme/na\xefve.md"))).write_text("text")
    found = read_content(folder, "content").problems
    assert [(p.code, p.span.path) for p in found] == [("bad-id", "content/teams/acme")]
    assert found[0].message.isprintable()
    assert "na\\" in found[0].message


def test_a_name_in_decomposed_form_is_read_in_composed_form(project: Project) -> None:
    decomposed = unicodedata.normalize("NFD", "content/teams/café/team.md")
    assert list(_texts(project({decomposed: "text"}))) == [unicodedata.normalize("NFC", decomposed)]


def test_two_files_whose_names_differ_only_in_unicode_form_collide(project: Project) -> None:
    forms = [unicodedata.normalize(form, "content/pages/café.md") for form in ("NFC", "NFD")]
    folder = project({forms[0]: "one", forms[1]: "two"})
    assert _said(folder) == [("id-collision", forms[0], 1)]
    assert len(_texts(folder)) == 1


def test_two_teams_whose_folders_differ_only_in_unicode_form_collide(project: Project) -> None:
    """Otherwise two teams that look alike would speak with one voice without anybody noticing."""
    composed, decomposed = (unicodedata.normalize(form, "content/teams/café") for form in ("NFC", "NFD"))
    folder = project({f"{composed}/team.md": "---\nname: Café\n---\n", f"{decomposed}/2026-Q4/okrs.md": ""})
    content = read_content(folder, "content")
    parsed = [parse_document(source) for source in content.sources]
    compiled = compile_company(parsed, Facts(Settings(), _day()), content.problems)
    assert "id-collision" in [p.code for p in compiled.problems]


def test_two_teams_whose_folders_differ_only_by_case_collide() -> None:
    compiled = compile_files({"teams/App/team.md": "---\nname: A\n---\n", "teams/app/team.md": "---\nname: B\n---\n"})
    assert [p.code for p in compiled.problems] == ["id-collision"]


def _day() -> date:
    return date.fromisoformat(TODAY)


# --- order and absence ----------------------------------------------------------------------------------------------


def test_files_arrive_in_order_of_path_part_by_part(project: Project) -> None:
    names = ["content/teams/a-b/team.md", "content/teams/a/team.md", "content/teams/a/2026-Q4/okrs.md", "content/z.md"]
    found = list(_texts(project(dict.fromkeys(names, "text"))))
    assert found == [
        "content/teams/a/2026-Q4/okrs.md",
        "content/teams/a/team.md",
        "content/teams/a-b/team.md",
        "content/z.md",
    ]


def test_a_folder_that_is_not_there_is_reported(project: Project) -> None:
    folder = project({})
    assert _said(folder) == [("unreadable-file", "content", 1)]


def test_static_files_are_read_as_bytes_without_links_and_hidden_ones(tmp_path: Path) -> None:
    write_files(tmp_path, {"site.css": b"\xff", "fonts/a.woff2": b"a", ".hidden": b"b", "_build/x.css": b"c"})
    (tmp_path / "link.css").symlink_to(tmp_path / "site.css")
    assert read_files(tmp_path) == {"site.css": b"\xff", "fonts/a.woff2": b"a"}
    assert read_files(tmp_path / "nowhere") == {}


def test_each_of_many_stray_files_is_reported(project: Project, run: Run) -> None:
    deep = "/".join(["d"] * 60)
    folder = project({**FINE, f"content/{deep}/x.md": "text", **{f"content/n{i}.md": "" for i in range(200)}})
    done = run("check", "-C", folder, "--today", TODAY)
    assert done.returncode == 0
    assert done.stdout.count("warning[stray-file]") == 201
