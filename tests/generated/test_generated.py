"""Twenty thousand generated inputs a run break nothing; `python -m tests.generated` takes a million."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okrsite.core.diagnostics import Diagnostic, Severity, problem
from okrsite.core.parse import parse_document
from okrsite.core.source import SourceFile, Span
from tests.companies import ROOT
from tests.conftest import environment
from tests.generated import checks, runs
from tests.generated.checks import LIMIT, Watch, apart, check_company, company_inputs
from tests.generated.grammar import FILES
from tests.generated.inputs import MUTATIONS, SIZE, STRATEGIES, Input, make_input
from tests.generated.runs import MEMORY, first_seed, keep, run_inputs

COUNT: Final = 20_000
FIRST: Final = 20_261_122_000
"""Another one can be given with the variable OKRSITE_SEED."""
SAMPLE: Final = tuple(make_input(seed) for seed in range(2_000))


def test_nothing_that_is_generated_breaks_anything() -> None:
    outcome = run_inputs(first_seed(FIRST), COUNT, jobs=2)
    first = {fault.name: fault for fault in reversed(outcome.faults)}
    shown = [f"--replay {fault.seed}: {fault.name}\n{fault.text}" for fault in first.values()]
    assert not shown, "\n".join(shown)
    assert outcome.inputs == COUNT
    assert 0 < outcome.slowest <= LIMIT
    assert 0 < outcome.peak <= MEMORY


# --- what is generated ----------------------------------------------------------------------------------------------


def test_an_input_comes_from_its_number_alone() -> None:
    command = [sys.executable, "-c", "from tests.generated.inputs import make_input as m; print(*map(m, range(300)))"]
    found = [
        subprocess.run(command, cwd=ROOT, env=environment({"PYTHONHASHSEED": seed}), capture_output=True, check=True)
        for seed in ("1", "2")
    ]
    assert found[0].stdout == found[1].stdout
    assert found[0].stdout.decode().startswith("Input(seed=0")
    assert len({(one.place, one.content) for one in SAMPLE}) > len(SAMPLE) * 0.98


def test_inputs_are_of_every_kind_and_strategy() -> None:
    assert set(STRATEGIES) == {one.strategy for one in SAMPLE}
    names = Counter(one.place.rsplit("/", 1)[-1].split(".")[0] for one in SAMPLE)
    assert min(names[name] for name in ("index", "team", "okrs", "retro", "okrsite")) >= 20
    folders = Counter(one.place.split("/")[-2] for one in SAMPLE if "/" in one.place)
    assert min(folders[name] for name in ("cycles", "pages", "checkins", "questions")) >= 20
    assert sum(".zh." in one.place for one in SAMPLE) >= 20


def test_inputs_reach_every_kind_of_file_and_most_of_what_can_be_reported() -> None:
    kinds: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    silent = 0
    for one in SAMPLE:
        try:
            text = one.content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
        parsed = parse_document(SourceFile(one.place, one.place.removeprefix("content/"), text))
        kinds[type(parsed.file).__name__] += 1
        codes.update({problem.code for problem in parsed.problems})
        silent += not parsed.problems
    assert len(kinds) >= len(FILES)
    assert len(codes) >= 25
    assert silent >= len(SAMPLE) * 0.1


def test_inputs_at_one_place_come_into_different_companies() -> None:
    inputs = [Input(n, "", place, b"") for n, place in enumerate(("a/é", "a/e\u0301", "A/É", "b"))]
    assert [[one.seed for one in company] for company in apart(inputs)] == [[0, 3], [1], [2]]


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=300), mutation=st.sampled_from(MUTATIONS), rng=st.randoms(use_true_random=False))
def test_a_mutation_takes_whatever_it_is_given(content: bytes, mutation: object, rng: object) -> None:
    assert callable(mutation)
    assert isinstance(mutation(rng, content), bytes)


# --- faults are found -----------------------------------------------------------------------------------------------


def test_what_raises_is_a_fault_of_its_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    inputs = company_inputs(0)
    places = [one.place for one in inputs]
    content = [one for one in inputs if one.place.startswith("content/pages/") and places.count(one.place) == 1]

    def parse(source: SourceFile) -> object:
        if source.path == content[-1].place:
            raise RecursionError("too deep")
        return parse_document(source)

    monkeypatch.setattr(checks, "parse_document", parse)
    begun: list[int] = []
    found = check_company(inputs, tmp_path, begun.append).faults
    named = {(fault.seed, fault.name.split(" in ")[0]) for fault in found}
    assert named == {(content[-1].seed, "parse: RecursionError")}
    assert "too deep" in found[0].text
    assert {one.seed for one in content} <= set(begun)


@pytest.mark.parametrize(
    ("code", "span", "wrong"),
    [
        ("no-such", Span("content/a.md"), "is no code"),
        ("bad-id", Span("content/b.md"), "is in no file"),
        ("bad-id", Span("content/a.md", 0), "is in no line"),
        ("bad-id", Span("content/a.md", 4), "is in no line"),
        ("bad-id", Span("content/a.md", 1, 0), "is in no column"),
        ("bad-id", Span("content/a.md", 1, 5), "is beyond the end of its line"),
    ],
)
def test_a_problem_without_a_place_is_a_fault(code: str, span: Span, wrong: str) -> None:
    watch = Watch(lambda _: None)
    checks.check_problems(
        watch, "step", [Diagnostic(code, Severity.ERROR, span, "words")], {"content/a.md": "one\ntwo"}
    )
    assert [fault.name for fault in watch.faults] == [f"step: {code} {wrong}"]


def test_a_problem_of_a_far_line_is_reported_in_lines_of_its_own() -> None:
    watch = Watch(lambda _: None)
    text = {"content/index.md": "\n" * 10_000 + "words"}
    checks.check_problems(watch, "step", [problem("bad-id", Span("content/index.md", 10_001), "words", "do")], text)
    assert watch.faults == []


@pytest.mark.parametrize("line", ["::error::x", "##vso[x]", "words", "12 words"])
def test_a_problem_in_two_lines_is_a_fault(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(checks, "render_report", lambda *_, colour: f"content/a.md:1:1: error[bad-id]: x\n{line}\n")
    watch = Watch(lambda _: None)
    checks.check_problems(watch, "step", [problem("bad-id", Span("content/a.md"), "x")], {"content/a.md": "x"})
    assert [fault.name for fault in watch.faults] == ["step: a problem that is not one line"]


def test_what_a_page_may_not_hold_is_a_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(checks, "harms", lambda site: [f"{path}: a harm" for path in site.pages])
    assert {fault.name for fault in check_company(company_inputs(0), tmp_path, lambda _: None).faults} == {
        "page: a harm"
    }


def test_what_takes_too_long_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LIMIT", -1.0)
    watch = Watch(lambda _: None)
    assert watch.take("step", lambda: 1) == 1
    assert [fault.name for fault in watch.faults] == ["step: too slow"]


@pytest.mark.parametrize(
    ("dies", "name"),
    [
        ("import os; os.abort()", "died: SIGABRT"),
        ("import signal; signal.setitimer(signal.ITIMER_PROF, 0.1)\nwhile True: pass", "died: SIGPROF"),
        ("raise SystemExit(3)", "died: exit 3"),
    ],
)
def test_a_process_that_dies_is_a_fault_of_the_input_it_was_at_and_others_go_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, dies: str, name: str
) -> None:
    deadly = next(one.seed for one in company_inputs(SIZE)[5:] if one.place.endswith("okrs.md"))
    dying = (
        f"import sys\nfrom pathlib import Path\nfrom tests.generated import batch\nnote = batch._note\n"
        f"def dying(descriptor, seed):\n    note(descriptor, seed)\n    if seed == {deadly}: exec({dies!r})\n"
        f"batch._note = dying\nbatch.main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))\n"
    )
    monkeypatch.setattr(runs, "COMMAND", (sys.executable, "-c", dying))
    outcome = run_inputs(0, 4 * SIZE, jobs=1)
    died = [fault for fault in outcome.faults if fault.name.startswith("died")]
    assert [(fault.seed, fault.name) for fault in died] == [(deadly, name)]
    assert "exit" in name or "in dying" in died[0].text
    assert outcome.inputs == 4 * SIZE


def test_too_much_memory_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "MEMORY", 1024)
    assert [fault.name for fault in run_inputs(0, SIZE, jobs=1).faults][-1] == "memory"


def test_a_fault_is_kept_as_a_project(tmp_path: Path) -> None:
    fault = checks.Fault(SIZE + 1, "parse: wrong", "a trace")
    kept = keep(fault, tmp_path)
    one = make_input(SIZE + 1)
    assert (kept / one.place).read_bytes() == one.content
    assert "parse: wrong\na trace" in (kept / "fault.txt").read_text(encoding="utf-8")


def test_the_command_says_what_it_took_and_takes_one_again(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.generated", "--keep", str(tmp_path)]
    options = {"cwd": ROOT, "env": environment({}), "capture_output": True, "encoding": "utf-8"}
    ran = subprocess.run([*command, "--count", "40", "--jobs", "2"], **options)  # type: ignore[call-overload]
    assert ran.stdout.split("\n")[-2].startswith("40 inputs, slowest ")
    again = subprocess.run([*command, "--replay", "7"], **options)  # type: ignore[call-overload]
    assert again.stdout.startswith(f"7 ({make_input(7).strategy}) at {make_input(7).place}\n")
    assert "slowest: " in again.stdout
    assert (tmp_path / "7" / make_input(7).place).exists()
