"""The bench itself: its company is sound, its arithmetic right. Nothing is timed here."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bench import cases, company, report, tools
from bench.measuring import Compared, FailedRunError, Run, compare, peak_memory, percentile, run
from okrsite.cli import main
from tests.companies import ROOT, tree

TEAMS, QUARTERS = 7, 2


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "company"
    count = company.write_company(folder, TEAMS, QUARTERS)
    assert count == len(tree(folder)) == 2 + TEAMS * (1 + QUARTERS * (1 + company.CHECKINS)) + TEAMS
    return folder


def test_the_company_has_no_mistake(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--strict", "-C", str(made), "--today", company.TODAY.isoformat()]) == 0
    assert "error" not in capsys.readouterr().out


def test_it_has_as_many_of_each_as_it_says_and_every_kind(made: Path) -> None:
    texts = {path: text.decode() for path, text in tree(made).items()}
    promises = "".join(text for path, text in texts.items() if path.endswith("okrs.md"))
    objectives = TEAMS * QUARTERS * company.OBJECTIVES
    assert len(re.findall(r"^  promise-\d:$", promises, re.MULTILINE)) == objectives
    assert len(re.findall(r"^      result-\d:$", promises, re.MULTILINE)) == objectives * company.KEY_RESULTS
    for part in (
        "supports: [house/",
        "type: committed",
        "milestones:",
        "baseline: ",
        "%",
        " ms",
        "## How it came about",
    ):
        assert part in promises
    assert sum(path.endswith("retro.md") for path in texts) == TEAMS


def test_it_is_the_same_bytes_each_time(made: Path, tmp_path: Path) -> None:
    company.write_company(tmp_path, TEAMS, QUARTERS)
    assert tree(tmp_path) == tree(made)


def test_sizes_are_what_they_are_called() -> None:
    assert {size: teams * quarters for size, (teams, quarters) in company.SIZES.items()} == {
        100: 100,
        1_000: 1_000,
        10_000: 10_000,
    }


def test_edits_change_what_they_say_and_are_taken_back(made: Path) -> None:
    style = made / "themes/house/static/house.css"
    style.parent.mkdir(parents=True, exist_ok=True)
    style.write_text(":root {}\n")
    before = tree(made)
    edits = cases._Edits(made)
    changed = []
    for change in (edits.check_in, edits.rename, edits.style):
        earlier = tree(made)
        change(3)
        changed += [path for path, text in tree(made).items() if earlier[path] != text]
    assert [re.sub(r"[^/]+/team", "*/team", path).rpartition("/")[2] for path in changed] == [
        cases.checkin_of(made).name,
        "team.md",
        "house.css",
    ]
    edits.undo()
    assert tree(made) == before


# --- arithmetic -----------------------------------------------------------------------------------------------------


def test_ratios_are_taken_pair_by_pair() -> None:
    assert compare([1.0, 9.0, 2.0], [2.0, 3.0, 2.0]) == Compared(1.0, 0.5, 3.0)
    assert compare([1.0, 4.0], [2.0, 2.0]) == Compared(1.25, 0.5, 2.0)
    with pytest.raises(ValueError, match="longer"):
        compare([1.0], [1.0, 2.0])


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 10), (0.95, 19), (0.951, 20), (1.0, 20)])
def test_a_percentile_is_a_value_that_was_measured(share: float, value: int) -> None:
    assert percentile(list(range(20, 0, -1)), share) == value


def test_a_table_compares_each_case_with_its_partner() -> None:
    runs = {
        cases.BARE: [Run(0.02, 0.01)],
        cases.VERSION: [Run(0.05, 0.03)],
        cases.HUGO_COLD: [Run(20.0, 30.0)],
        cases.COLD: [Run(10.0, 12.0)],
        cases.CHECK: [Run(0.5, 0.6)],
    }
    table = report.render_builds(1_000, runs, {cases.COLD: 100.0, cases.HUGO_COLD: 1_000.0})
    assert "1,000 team-cycles, medians of 1 turn(s)" in table
    assert "| `--version` | 0.050 | 0.030 | bare Python | 2.50 (2.50 to 2.50) | 3.00 (3.00 to 3.00) |\n" in table
    assert "| cold build | 10.0 | 12.0 | Hugo: cold build | 0.50 (0.50 to 0.50) | 0.40 (0.40 to 0.40) |\n" in table
    assert "| cold build | 0.0500 (0.0500 to 0.0500) | 0.0500 (0.0500 to 0.0500) |\n" in table
    assert "okrsite 100 MiB, Hugo 1,000 MiB, ratio 0.10" in table


def test_saves_are_told_in_milliseconds() -> None:
    table = report.render_edits({"okrsite": [0.05, 0.07, 0.2]})
    assert "| okrsite | 70 | 200 | 3 |" in table


# --- running --------------------------------------------------------------------------------------------------------


def test_a_process_is_run_to_its_end_with_all_that_it_waits_for(tmp_path: Path) -> None:
    within = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(10**6))'])"
    found = run([sys.executable, "-c", within], tools.environment(), tmp_path / "said")
    assert found.wall > 0
    assert found.cpu > 0


def test_the_memory_of_all_processes_below_is_added_up(tmp_path: Path) -> None:
    hold = "b = bytearray(b'x') * (60 << 20); import time; time.sleep(1)"
    within = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', {hold!r}]); {hold}; p.wait()"
    assert 120 < peak_memory([sys.executable, "-c", within], tools.environment(), tmp_path / "said") < 300


def test_a_run_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(FailedRunError, match="ended with 3"):
        run([sys.executable, "-c", "print('no'); raise SystemExit(3)"], tools.environment(), tmp_path / "said")


def test_hugo_that_is_missing_is_said_with_the_way_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FileNotFoundError, match="python -m bench setup"):
        tools.find_hugo(tmp_path)


def test_every_case_is_explained() -> None:
    text = (ROOT / "bench" / "README.md").read_text(encoding="utf-8").split("## What is measured")[1]
    rows = re.findall(r"^\| (.+) \| .+ \|$", text, re.MULTILINE)
    explained = {name for row in rows for name in (row, *row.split(", "))}
    names = {re.sub("^floor: .*|^(share 1/4), .*", lambda found: found[1] or "floor", name) for name in _names()}
    assert len(names) == 12
    assert names - explained == {cases.BARE}


def _names() -> list[str]:
    """The names of all cases, without running any."""

    class NoEdits(cases._Edits):
        def _change(self, path: Path, change: Callable[[str], str]) -> None:
            pass

    place = tools.Place(Path("/nowhere"), 100)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cases, "checkin_of", lambda folder: folder)
        patch.setattr(cases._Edits, "rename", lambda *_: None)
        patch.setattr(cases, "_refuse_fewer_pages", lambda *_: None)
        patch.setattr(cases, "_hugo_build", lambda *_: ["hugo"])
        return [name for name, _ in cases._cases(place, "hugo", NoEdits(place.company), 1)]
