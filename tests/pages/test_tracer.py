"""Traces of what pages read: one that still holds is of a page that shows the same, and few are lost by an edit."""

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Final, NamedTuple

import pytest

from okrsite.core.compile import Compiled, compile_company
from okrsite.core.history import History, Touch
from okrsite.core.link import Facts
from okrsite.core.parse import parse_document
from okrsite.core.settings import parse_settings
from okrsite.core.source import SourceFile
from okrsite.pages.plan import SitePlan, plan_site
from okrsite.pages.trace import ALL, MAX_NAMES, NO_TRACE, Trace, named, packed, unpacked
from okrsite.pages.tracer import Tracer
from okrsite.render.fingerprint import Shown, fingerprint
from tests.companies import ROOT, compile_files

Files = Mapping[str, str]
TODAY: Final = date(2026, 11, 22)
CHECKIN: Final = "teams/app/2026-Q4/checkins/2026-11-20.md"


class Site(NamedTuple):
    """The plan of a site, and of each page how it was made."""

    plan: SitePlan
    traces: dict[str, Trace]
    shown: dict[str, Shown]


@cache
def demo() -> Files:
    content = ROOT / "content"
    return {path.relative_to(content).as_posix(): path.read_text(encoding="utf-8") for path in content.rglob("*.md")}


def compiled(files: Files, today: date = TODAY, settings: str = "", history: History | None = None) -> Compiled:
    parsed = [parse_document(SourceFile(f"content/{path}", path, text)) for path, text in sorted(files.items())]
    facts = Facts(parse_settings(settings)[0], today, {}, history or past(files))
    return compile_company(parsed, facts)


def past(files: Files) -> History:
    return History("c" * 40, files={f"content/{path}": Touch(date(2026, 11, 1), "d" * 40) for path in files})


def site(company: Compiled) -> Site:
    plan = plan_site(company)
    noted = {page: plan.tracer.noted(page.present) for page in plan.pages}
    return Site(
        plan,
        {page.path: plan.tracer.trace(page.about, names) for page, (_, names) in noted.items()},
        {page.path: fingerprint(view) for page, (view, _) in noted.items()},
    )


@cache
def before() -> Site:
    return site(compiled(demo()))


def lost(after: Compiled) -> tuple[set[str], set[str]]:
    """The pages whose traces do not hold after an edit, and those that show something else than before."""
    old, plan = before(), plan_site(after)
    holding = {p.path for p in plan.pages if plan.tracer.holds(p.about, old.traces.get(p.path, NO_TRACE))}
    new = {page.path: fingerprint(page.present()) for page in plan.pages}
    return new.keys() - holding, {path for path, shown in new.items() if shown != old.shown.get(path)}


def edited(path: str, pattern: str, text: str) -> Files:
    changed, count = re.subn(pattern, text, demo()[path], count=1, flags=re.MULTILINE)
    assert count, path
    return {**demo(), path: changed}


EDITS: Final[Mapping[str, Callable[[], Compiled]]] = {
    "a check-in": lambda: compiled(edited(CHECKIN, r"\Z", "\nOne word more.\n")),
    "a value": lambda: compiled(edited(CHECKIN, r"confidence: \d+", "confidence: 2")),
    "a team's name": lambda: compiled(edited("teams/app/team.md", "^name: .*", "name: Applications")),
    "an objective's title": lambda: compiled(edited("teams/velomere/2026-Q4/okrs.md", "title: .*", "title: Another")),
    "a target": lambda: compiled(edited("teams/app/2026-Q4/okrs.md", r"target: ", "target: 1")),
    "another team's promise": lambda: compiled(edited("teams/suzhou/2026-Q4/okrs.md", "why: .*", "why: Since.")),
    "a closed cycle": lambda: compiled(edited("teams/ride/2026-Q2/retro.md", r"\Z", "\nAnd more.\n")),
    "a file less": lambda: compiled({path: text for path, text in demo().items() if path != CHECKIN}),
    "a file that cannot be read": lambda: compiled(edited("teams/care/2026-Q4/okrs.md", r"\A---", "--- [")),
    "a team less": lambda: compiled({p: text for p, text in demo().items() if not p.startswith("teams/care/")}),
    "the mission": lambda: compiled(edited("index.md", r"\Z", "\nAnd more.\n")),
    "the day": lambda: compiled(demo(), TODAY + timedelta(days=1)),
    "a setting": lambda: compiled(demo(), settings='title = "Ours"\n'),
    "a commit of one file": lambda: compiled(
        demo(),
        history=History(
            "e" * 40, files={**past(demo()).files, f"content/{CHECKIN}": Touch(date(2026, 11, 21), "e" * 40)}
        ),
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_page_that_shows_something_else_has_lost_its_trace(edit: str) -> None:
    without_trace, different = lost(EDITS[edit]())
    assert different
    assert different <= without_trace


def test_whatever_is_edited_a_trace_that_holds_is_of_a_page_that_shows_the_same() -> None:
    chance = Random(7)
    for _ in range(5):
        files = dict(demo())
        for path in chance.sample(sorted(files), 2):
            lines = files[path].split("\n")
            at = chance.randrange(len(lines))
            lines[at : at + 1] = chance.choice([[], [lines[at], lines[at]], [lines[at] + " more"], ["- [[app]]"]])
            files[path] = "\n".join(lines)
        without_trace, different = lost(compiled(files))
        assert different <= without_trace


def test_where_nothing_has_changed_every_trace_holds() -> None:
    assert lost(compiled(demo())) == (set(), set())


def test_a_commit_that_changed_nothing_here_loses_no_trace() -> None:
    assert lost(compiled(demo(), history=History("f" * 40, files=past(demo()).files))) == (set(), set())


def test_a_check_in_costs_few_pages_their_traces() -> None:
    without_trace, different = lost(EDITS["a check-in"]())
    assert len(different) < 12
    assert len(without_trace) < 60 < len(before().traces) / 6


def test_traces_are_the_same_in_another_process() -> None:
    program = (
        "from tests.pages.test_tracer import compiled, demo, site\n"
        "print(sorted((path, trace) for path, trace in site(compiled(demo())).traces.items()))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert b"Trace(names=" in said.pop()


# --- the tracer -----------------------------------------------------------------------------------------------------


def test_what_is_made_once_is_read_by_all_who_take_it() -> None:
    tracer = Tracer(compile_files({"teams/acme/team.md": "---\nname: Acme\n---\n"}), {})
    memory: dict[str, object] = {}

    def take() -> object:
        return tracer.remembered(memory, "name", lambda: tracer.compiled.company.teams["acme"].name)  # type: ignore[arg-type]

    (first, one), (second, other) = tracer.noted(take), tracer.noted(take)
    assert first == second
    assert unpacked(one) == unpacked(other) == ["Company.teams\0acme"]


def test_what_would_be_read_by_every_page_is_out_of_reach() -> None:
    company = Tracer(compile_files({}), {}).compiled.company
    with pytest.raises(TypeError, match=r"cannot read `Company.dependencies`"):
        list(company.dependencies)
    with pytest.raises(TypeError, match=r"cannot read `History.recorded`"):
        bool(company.history.recorded)


# --- names ----------------------------------------------------------------------------------------------------------


def test_names_are_found_again() -> None:
    names = {("links", ("a b", "acme", "")), ("teams", "acme"), ("teams", ALL)}
    assert {named(text) for text in unpacked(packed(names))} == names
    assert unpacked(packed([])) == []


@pytest.mark.parametrize("key", ["a\0b", "a\nb", ("a", "b\nc"), 7, None])
def test_a_name_that_cannot_be_told_leaves_no_trace(key: object) -> None:
    assert packed([("teams", key)]) == b""
    tracer = Tracer(compile_files({}), {})
    _, names = tracer.noted(lambda: tracer.compiled.company.teams.get(key))  # type: ignore[call-overload]
    assert not tracer.holds("x", tracer.trace("x", names))


@pytest.mark.parametrize("names", [b"", b"x", packed([("teams", "a" * 9_000)])[:-9]])
def test_bytes_that_are_no_names_hold_nothing(names: bytes) -> None:
    tracer = Tracer(compile_files({}), {})
    assert not tracer.holds("x", Trace(names, bytes(16)))


def test_no_more_is_unpacked_than_was_ever_packed() -> None:
    assert packed([("teams", "a" * (MAX_NAMES + 1))]) == b""
