"""`okrsite new` as people and scripts meet it: one command, one sound file, nothing overwritten."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from okrsite.cli import main
from tests.commands.terminal import converse
from tests.companies import FINE, TODAY, tree
from tests.conftest import Project, Run

OKRS = """\
---
objectives:
  instant:
    title: Paying feels instant everywhere
    key_results:
      p95: {title: Checkout time, baseline: 200 ms, target: 100 ms}
      steps: {title: Steps, milestones: [contract, "pilot, small", all]}
      signed: {title: Signed, deliver_by: 2026-11-30}
      hand: {title: By hand}
guardrails:
  calm: {title: Calm, keep_above: 95%}
---
"""
FILES = {**FINE, "content/teams/acme/2026-Q4/okrs.md": OKRS}
CHECKIN = f"content/teams/acme/2026-Q4/checkins/{TODAY}.md"
New = Callable[..., tuple[int, str, str]]


@pytest.fixture
def new(project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> New:
    """Runs `okrsite new` in a small project: its exit code and what it says on both streams."""
    folder = project(FILES)
    monkeypatch.chdir(folder)

    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main(["new", *arguments, "--today", TODAY])
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def _sound() -> bool:
    return main(["check", "-q", "--strict", "--today", TODAY]) == 0


# --- check-ins ------------------------------------------------------------------------------------------------------


def test_a_check_in_takes_one_command(new: New) -> None:
    code, out, err = new(
        *("checkin", "acme", "instant#p95=140@7", "--note", "A week: with *rain*", "steps=1, pilot, small", "hand=40%"),
        *("instant=@6", "calm=96%@10", "signed=yes"),
    )
    assert (code, err) == (0, "")
    assert out == f"{CHECKIN}\nread it through, and then: okrsite check {CHECKIN}\n"
    assert Path(CHECKIN).read_text("utf-8") == (
        "---\n"
        "progress:\n"
        "  instant#p95:\n    value: 140 ms\n    confidence: 7\n"
        '  instant#steps: [contract, "pilot, small"]\n'
        "  instant#signed: yes\n"
        "  instant#hand: 40%\n"
        "  instant:\n    confidence: 6\n"
        "  guardrails#calm:\n    value: 96%\n    confidence: 10\n"
        "---\n"
        "\n"
        "A week: with *rain*\n"
    )
    assert _sound()


def test_options_may_stand_before_between_and_after_values(new: New) -> None:
    one = new("checkin", "acme", "--date", "2026-11-20", "p95=150 ms", "--print", "hand=yes")
    two = new("checkin", "--print", "--date", "2026-11-20", "acme", "p95=150 ms", "hand=yes")
    assert one == two
    assert one[0] == 0
    assert "instant#hand: yes" in one[1]


def test_other_commands_take_options_between_their_words_too(new: New) -> None:
    assert new("team", "zest", "--name", "Zest")[0] == 0
    assert main(["check", "content/teams/zest", "--strict", "content/teams/acme", "--today", TODAY]) == 0


def test_what_is_printed_is_not_written(new: New) -> None:
    before = tree(Path())
    code, out, _ = new("checkin", "acme", "p95==", "steps=+all", "--print")
    assert (code, tree(Path())) == (0, before)
    assert out == "---\nprogress:\n  instant#p95: 150 ms\n  instant#steps: [all]\n---\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("p95=fast",), "`instant#p95`: `fast` is not a number with a unit"),
        (("p95=3 s",), "`3 s` is not in the unit of"),
        (("p95=+100",), "`instant#p95`: `+100` may mean so much more than last time; write the value itself"),
        (("p95=＋100 ms",), "write the value itself"),
        (("calm=+96%",), "write the value itself"),
        (("hand=+10%",), "write the value itself"),
        (("p95=140ms@7,5",), "confidence is a whole number from 0 to 10, and `7,5` for `instant#p95` is not"),
        (("p95=140@high",), "confidence is a whole number from 0 to 10, and `high` for `instant#p95` is not"),
        (("hand=40%@7/10",), "and `7/10` for `instant#hand` is not"),
        (("signed=yes @ sure",), "and `sure` for `instant#signed` is not"),
        (("steps=contract@7.5",), "and `7.5` for `instant#steps` is not"),
        (("instant=@high",), "and `high` for `instant` is not"),
        (("instant=nothing new@70%",), "and `70%` for `instant` is not"),
        (("p95=140@",), "nothing stands after `@`"),
        (("p95=140@11",), "confidence is a whole number from 0 to 10"),
        (("steps=contrct",), "did you mean `contract`?"),
        (("signed=soon",), "neither yes nor no"),
        (("hand=40",), "write a share such as `40%`"),
        (("hand==",), "no last value"),
        (("p96=140 ms",), "there are `instant#p95`, `instant#steps`"),
        (("instnt=@7",), "did you mean `instant`?"),
        (("instant=7",), "`instant` is an objective"),
        (("instant=40 %",), "`instant` is an objective"),
        (("instant=yes",), "`instant` is an objective"),
        (("instant=contract",), "`instant` is an objective"),
        (("P95=140 ms",), "did you mean `p95`?"),
        (("p59=140 ms",), "did you mean `p95`?"),
        (("tep=all",), "did you mean `steps`?"),
        (("p95:130",), "write `p95=130`"),
        (("p95＝130",), "write `p95=130`"),
        (("instant#p95: 130 ms@7",), "write `instant#p95='130 ms@7'`"),
        (("p96: 130",), "nothing called `p96`"),
        (("p95: fast",), "`fast` is not a number with a unit"),
        (("p95=130", "@7"), "`p95=130 @7` is not read; write `p95=130@7`"),
        (("p95", "=", "130"), "`p95 = 130` is not read; write `p95=130`"),
        (("p95=", "130", "hand=yes"), "write `p95=130`"),
        (("p95", "=130"), "write `p95=130`"),
        (("@7",), "says no value"),
        (("p95",), "says no value"),
        (("p95=",), "says no value"),
        (("p95=1", "instant#p95=2"), "given twice"),
        (("p95=140", "--note", "a\x07"), "U+0007"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_what_is_expected(
    new: New, arguments: tuple[str, ...], said: str
) -> None:
    before = tree(Path())
    code, out, err = new("checkin", "acme", *arguments)
    assert (code, out, tree(Path())) == (1, "", before)
    assert said in err
    assert "Traceback" not in err


def test_that_nothing_is_new_takes_one_command_and_is_heard(new: New) -> None:
    code, out, err = new("checkin", "acme", "instant=nothing new", "p95=Nothing new.@7", "steps=nothing new", "--print")
    assert (code, err) == (0, "")
    assert out == (
        "---\nprogress:\n  instant#p95:\n    confidence: 7\n    note: Nothing new.\n"
        "  instant#steps:\n    note: nothing new\n  instant:\n    note: nothing new\n---\n"
    )
    assert new("checkin", "acme", "instant=Waiting for acquirer B, as @risk is@6")[0] == 0
    assert Path(CHECKIN).read_text() == (
        "---\nprogress:\n  instant:\n    confidence: 6\n    note: Waiting for acquirer B, as @risk is\n---\n"
    )
    assert _sound()


def test_what_is_refused_is_not_said_to_count_or_not(new: New) -> None:
    assert "count" not in new("checkin", "acme", "p95=3 s")[2]


@pytest.mark.parametrize(("typed", "said"), [("y", "yes"), ("N", "no"), ("是", "是"), ("yes", "yes")])
def test_yes_and_no_may_be_one_letter(new: New, typed: str, said: str) -> None:
    code, out, err = new("checkin", "acme", f"signed={typed}", f"hand={typed}@7", "--print")
    assert (code, err) == (0, "")
    assert f"  instant#signed: {said}\n  instant#hand:\n    value: {said}\n" in out


def test_a_team_may_be_named_at_the_end_of_a_sentence(new: New) -> None:
    assert "    note: We asked @risk\n" in new("checkin", "acme", "instant=We asked @risk", "--print")[1]


def test_a_point_that_may_stand_between_thousands_is_refused_with_both_ways_to_write_it(new: New) -> None:
    okrs = Path("content/teams/acme/2026-Q4/okrs.md")
    okrs.write_text(okrs.read_text().replace("200 ms, target: 100 ms", "2100 ms, target: 800 ms"))
    code, out, err = new("checkin", "acme", "p95=1.600 ms@7", "--print")
    assert (code, out) == (1, "")
    assert "`1.600 ms` is less than a hundredth of `2100 ms`: its point is read before decimals" in err
    assert "write `1600 ms` for thousands, or `1.6 ms`" in err
    for fine in ("p95=1600.125", "p95=1600", "p95=150.125 ms", "p95=1.60 ms", "p95=0.600 ms", "calm=95.125%"):
        assert new("checkin", "acme", fine, "--print")[2] == ""


def test_a_story_that_names_no_objective_says_that_none_was_heard(new: New) -> None:
    assert "heard" not in new("checkin", "acme", "--note", "nothing new", "--print")[2]
    assert (
        "checkin -C . acme --date 2026-11-20 --add"
        in new("checkin", "-C", ".", "acme", "--note", "nothing new", "--date", "2026-11-20")[2]
    )
    code, out, err = new("checkin", "acme", "--note", "nothing new")
    assert code == 0
    assert out.startswith(CHECKIN)
    assert 'names no objective, so none counts as heard; `okrsite new checkin acme --add instant="nothing new"`' in err
    assert new("checkin", "acme", "instant=nothing new", "--add")[0] == 0
    assert "heard" not in new("checkin", "acme", "hand=yes", "--note", "More.", "--add")[2]


def test_all_that_is_wrong_is_said_at_once(new: New) -> None:
    assert len(new("checkin", "acme", "p95=x", "p96=1", "hand=40")[2].splitlines()) == 3
    assert len(new("checkin", "acme", "p95", "=", "130")[2].splitlines()) == 1


@pytest.mark.parametrize("comma", [",", "，", "、", ", "])
def test_milestones_may_stand_between_any_commas(new: New, comma: str) -> None:
    code, out, err = new("checkin", "acme", "p95==", f"steps=contract{comma}pilot{comma}small", "--print")
    assert (code, err) == (0, "")
    assert '  instant#p95: 150 ms\n  instant#steps: [contract, "pilot, small"]\n' in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("checkin", "acne", "p95=1"), "did you mean `acme`?"),
        (("checkin", "acme", "p95=1", "--cycle", "2026-Q3"), "no objectives in `2026-Q3`"),
        (("checkin", "acme", "p95=1", "--date", "2027-08-01"), "name it with --cycle"),
        (("checkin", "acme", "p95=1", "--cycle", "winter"), "not a period whose dates are known"),
        (("retro", "acme", "--cycle", "2026-Q2"), "no objectives in `2026-Q2`"),
        (("okrs", "acme", "2026-Q4"), "is there already"),
        (("okrs", "acme", "2027-q1"), "write `2027-Q1`"),
        (("okrs", "acme", "2027Q1"), "write `2027-Q1`"),
        (("okrs", "acme", "2027-Q5"), "a quarter is one of Q1 to Q4"),
        (("okrs", "acme", "fy27-h3"), "a half is one of H1 to H2"),
        (("okrs", "acme", "2026-Q44"), "a quarter is one of Q1 to Q4"),
        (("okrs", "acme", "1800-Q1"), "name it like `2026-Q4`"),
        (("okrs", "zest", "acme"), "no team is called `zest`"),
        (("okrs", "2027-Q1", "acme"), "the team comes first: `okrsite new okrs acme 2027-Q1`"),
        (("okrs", "content/teams/acme", "2027-Q1"), "no team is called `content/teams/acme`; write `acme`"),
        (("checkin", "teams/acme/", "p95=1"), "; write `acme`"),
        (("checkin", "teams/zest/", "p95=1"), "no team is called `teams/zest/`\n"),
        (("okrs", "acme", "2027-Q1", "--from", "2026-Q2"), "no objectives in `2026-Q2`"),
        (("okrs", "acme", "2027-Q1", "--from", "2026-Q4", "--only", "instnt"), "did you mean `instant`?"),
        (("team", "acme"), "is there already"),
        (("team", "Acme"), "differs only by case"),
        (("team", "a b"), "write `a-b`"),
        (("team", "zest", "--parent", "acne"), "did you mean `acme`?"),
        (("question", "instant", "--text", "Why?"), "write `team/objective`"),
        (("question", "acme/instnt", "--text", "Why?"), "there are `acme/instant`"),
        (("objective", "acme", "--title", "A", "--supports", "acme/nothing"), "no objective is called `acme/nothing`"),
        (("objective", "acme", "--title", "A", "--id", "instant"), "give another --id"),
        (
            ("objective", "acme", "--title", "Paying feels instant everywhere"),
            "`instant` in content/teams/acme/2026-Q4",
        ),
        (("objective", "acme", "--title", "A", "--id", "retro"), "name of a page"),
        (("objective", "acme", "--title", "A", "--type", "bold"), "`type` cannot be `bold`"),
        (("objective", "acme", "--title", "A", "--key-result", "B: x -> 2%"), "`x` is not a number"),
        (("objective", "acme", "--title", "A", "--key-result", "B: 1% -> 2 ms"), "not in the unit"),
    ],
)
def test_what_cannot_be_written_is_refused_and_leaves_everything(
    new: New, arguments: tuple[str, ...], said: str
) -> None:
    before = tree(Path())
    code, _, err = new(*arguments)
    assert (code, tree(Path())) == (1, before), err
    assert said in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("checkin", "acme"),
        ("checkin", "acme", "--date", "soon", "p95=1"),
        ("okrs", "acme", "2027-Q1", "--all"),
        ("objective", "acme"),
        ("question", "acme/instant"),
        ("checkin",),
        (),
        ("poem",),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_to_write(new: New, arguments: tuple[str, ...]) -> None:
    code, _, err = new(*arguments)
    assert code == 2
    assert len(err.splitlines()) == 1


def test_without_a_terminal_the_values_that_can_be_given_are_named(new: New) -> None:
    err = new("checkin", "acme")[2]
    assert "REF=VALUE@CONFIDENCE" in err
    assert "`instant#p95`, `instant#steps`" in err


def test_a_check_in_that_is_there_is_left_or_added_to(new: New) -> None:
    raw = "\ufeff---\r\nprogress:\r\n    instant#p95: 140 ms  # ours\r\n---\r\nA story.\r\n"
    Path(CHECKIN).write_bytes(raw.encode())
    code, _, err = new("checkin", "acme", "hand=yes")
    assert (code, Path(CHECKIN).read_bytes()) == (1, raw.encode())
    assert "--add" in err
    assert "--date" in err
    assert new("checkin", "acme", "p95=150", "--add")[0] == 1
    assert Path(CHECKIN).read_bytes() == raw.encode()
    assert new("checkin", "acme", "hand=yes", "instant=@7", "--note", "More.", "--add")[0] == 0
    assert Path(CHECKIN).read_bytes().decode() == (
        "\ufeff---\r\nprogress:\r\n    instant#p95: 140 ms  # ours\r\n    instant#hand: yes\r\n    instant:\r\n"
        "      confidence: 7\r\n---\r\nA story.\r\n\r\nMore.\r\n"
    )
    assert _sound()


# --- in a terminal --------------------------------------------------------------------------------------------------

ANSWERS = (b"140 @8\n", b"+1\n", b"\n", b"much\n", b"=\n", b"\n", b"=\n", b"\n", b"\n", b"\n", b"All: well\n", b"\n")


def test_a_check_in_is_asked_for_and_silence_is_no_reading(project: Project) -> None:
    folder = project(FILES)
    code, seen = converse(["new", "checkin", "acme", "--today", TODAY], folder, ANSWERS)
    assert code == 0, seen
    assert "from 200 ms to 100 ms; last 150 ms on 2026-11-06, confidence 7" in seen
    assert "`much` is no share" in seen
    assert "`instant#hand` has no last value" in seen
    text = (folder / CHECKIN).read_text("utf-8")
    assert text == (
        "---\nprogress:\n  instant#p95:\n    value: 140 ms\n    confidence: 8\n  instant#steps: [contract]\n"
        "---\n\nAll: well\n"
    )


def test_a_point_that_may_stand_between_thousands_is_asked_about_again(project: Project) -> None:
    large = OKRS.replace("200 ms, target: 100 ms", "2100 ms, target: 800 ms")
    folder = project({**FILES, "content/teams/acme/2026-Q4/okrs.md": large})
    code, seen = converse(["new", "checkin", "acme", "--today", TODAY], folder, (b"1.600\n", b"1600\n", *[b"\n"] * 7))
    assert code == 0, seen
    assert "write `1600 ms` for thousands" in seen
    assert "  instant#p95: 1600 ms\n" in (folder / CHECKIN).read_text("utf-8")


def test_that_nothing_is_new_may_be_answered(project: Project) -> None:
    folder = project(FILES)
    keys = (b"nothing new\n", b"\n", b"\n", b"\n", b"sure\n", b"Nothing new\n", *[b"\n"] * 3)
    code, seen = converse(["new", "checkin", "acme", "--today", TODAY], folder, keys)
    assert code == 0, seen
    assert "`nothing new` says just that" in seen
    assert "`sure`" in seen
    assert (folder / CHECKIN).read_text("utf-8") == (
        "---\nprogress:\n  instant#p95:\n    note: nothing new\n  instant:\n    note: Nothing new\n---\n"
    )


@pytest.mark.parametrize("end", [b"\x03", b"\x04"])
@pytest.mark.parametrize("answered", [0, 3])
def test_who_leaves_early_leaves_nothing_behind(project: Project, end: bytes, answered: int) -> None:
    folder = project(FILES)
    before = tree(folder)
    code, seen = converse(["new", "checkin", "acme", "--today", TODAY], folder, [*ANSWERS[:answered], end])
    assert code == 130, seen
    assert "nothing was written" in seen
    assert "Traceback" not in seen
    assert tree(folder) == before


def test_saying_nothing_writes_nothing(project: Project) -> None:
    folder = project(FILES)
    before = tree(folder)
    code, seen = converse(["new", "checkin", "acme", "--today", TODAY], folder, [b"\n"] * 8)
    assert (code, tree(folder)) == (0, before)
    assert "nothing was said" in seen


def test_what_goes_on_is_asked_for(project: Project) -> None:
    folder = project(FILES)
    keys = [b"WAIT\n", b"n\n"]
    code, seen = converse(["new", "okrs", "acme", "2027-Q1", "--from", "2026-Q4", "--today", TODAY], folder, keys)
    assert code == 0, seen
    assert "`WAIT` is neither yes nor no; write `y` or `n`" in seen
    assert "carry over instant? [Y/n]" in seen
    assert "# Not carried over: instant (unfinished)" in (folder / "content/teams/acme/2027-Q1/okrs.md").read_text()


def test_an_objective_is_asked_for_and_no_answer_is_lost_to_a_later_one(project: Project) -> None:
    folder = project({**FILES, "content/teams/zest/team.md": "---\nname: Zest\nparent: acme\n---\n"})
    keys = (
        *(b"Nets hold\n", b"Nets fail.\n", b"effortless\n", b"acme/instant\n"),
        *(b"Share: 20% -> 35 ms\n", b"Share: 20% -> 35%\n", b"Up > 95%\n", b"Up >= 95%\n", b"\n"),
    )
    command = ["new", "objective", "zest", "--cycle", "2026-Q4", "--today", TODAY]
    code, seen = converse(command, folder, keys)
    assert code == 0, seen
    assert "The team above has `acme/instant`\n" in seen
    assert "`effortless`" in seen
    assert "not in the unit" in seen
    assert (folder / "content/teams/zest/2026-Q4/okrs.md").read_text() == (
        "---\nobjectives:\n  nets-hold:\n    title: Nets hold\n    why: Nets fail.\n"
        "    supports:\n      - acme/instant\n"
        "    key_results:\n      share:\n        title: Share\n        baseline: 20%\n        target: 35%\n"
        "      up:\n        title: Up\n        keep_above: 95%\n---\n"
    )
    code, seen = converse(command, folder, [b"nets hold\n", b"\x04"])
    assert code == 130, seen
    assert "`nets-hold` in content/teams/zest/2026-Q4/okrs.md has this title already" in seen


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("team", "x y"), "write `x-y`"),
        (("team", "zest", "--parent", "acne"), "did you mean `acme`?"),
        (("team", "acme"), "is there already"),
        (("question", "acme/instnt"), "there are `acme/instant`"),
        (("question", "acme/instant", "--asked-by", "acne"), "did you mean `acme`?"),
        (("objective", "acme", "--id", "a b"), "cannot be an id"),
        (("objective", "acme", "--id", "instant"), "is in content/teams/acme/2026-Q4/okrs.md already"),
        (("objective", "acme", "--type", "commited"), "did you mean `committed`?"),
        (("objective", "acme", "--supports", "instnt"), "did you mean `instant`?"),
    ],
)
def test_what_is_wrong_from_the_start_is_said_before_anything_is_asked(
    project: Project, arguments: tuple[str, ...], said: str
) -> None:
    code, seen = converse(["new", *arguments, "--today", TODAY], project(FILES), [b"\x04"])
    assert (code, said in seen) == (1, True), seen
    assert len(seen.splitlines()) == 1


# --- everything else ------------------------------------------------------------------------------------------------


def test_a_carried_over_quarter_takes_one_command(new: New) -> None:
    code, out, err = new("okrs", "acme", "2027-Q1", "--from", "2026-Q4")
    assert (code, err) == (0, "")
    assert out.startswith("content/teams/acme/2027-Q1/okrs.md\n")
    text = Path("content/teams/acme/2027-Q1/okrs.md").read_text()
    assert "      - acme/2026-Q4/instant\n" in text
    assert "        baseline: 150 ms\n        target: 100 ms\n" in text
    assert _sound()


def test_what_is_supported_and_not_carried_on_yet_is_told(new: New) -> None:
    below = Path("content/teams/zest/2026-Q4")
    below.mkdir(parents=True)
    below.with_name("team.md").write_text("---\nname: Zest\nparent: acme\n---\n")
    (below / "okrs.md").write_text(
        "---\nobjectives:\n  a: {title: A, supports: [acme/instant]}\n"
        "  b: {title: B, supports: [acme/instant, a]}\n---\n"
    )
    command = ("okrs", "zest", "2027-Q1", "--from", "2026-Q4")
    assert new(*command, "--print")[2].splitlines()[-1] == (
        "`supports` leaves out `acme/2026-Q4/instant`, which nothing carries on yet; "
        "run `okrsite new okrs acme …` first"
    )
    assert "leaves out" not in new(*command, "--only", "b", "--print", "-q")[2]
    assert new("okrs", "acme", "2027-Q1", "--from", "2026-Q4")[0] == 0
    code, out, err = new(*command, "--print")
    assert code == 0
    assert "- acme/instant" in out
    assert "leaves out" not in err


def test_objectives_are_chosen_by_name(new: New) -> None:
    code, out, _ = new("okrs", "acme", "2027-Q1", "--from", "2026-Q4", "--only", "instant", "--print")
    assert code == 0
    assert "  instant:\n" in out


def test_a_new_quarter_without_an_earlier_one_is_a_form_that_says_nothing(new: New) -> None:
    code, _, err = new("okrs", "acme", "2027-Q1")
    assert code == 0
    assert "no objectives are read from this file" in err
    assert main(["check", "-q", "--today", TODAY]) == 0
    assert new("objective", "acme", "--cycle", "2027-Q1", "--title", "A: new one")[0] == 0
    assert '\n  a-new-one:\n    title: "A: new one"\n' in Path("content/teams/acme/2027-Q1/okrs.md").read_text()
    assert _sound()


def test_a_new_teams_first_objective_goes_into_the_quarter_that_was_begun(new: New) -> None:
    assert new("team", "zest", "--name", "Zest")[0] == 0
    assert new("okrs", "zest", "2026-Q4")[0] == 0
    for command in (
        ("checkin", "zest", "--note", "Hello."),
        ("retro", "zest"),
        ("retro", "zest", "--cycle", "2026-Q4"),
    ):
        code, _, err = new(*command)
        assert code == 1
        assert "content/teams/zest/2026-Q4/okrs.md is there and has no objective yet" in err
        assert "`okrsite new objective zest --cycle 2026-Q4` writes the first" in err
    code, out, _ = new("objective", "zest", "--title", "A thing is better")
    assert (code, out.splitlines()[0]) == (0, "content/teams/zest/2026-Q4/okrs.md")
    assert new("checkin", "zest", "a-thing-is-better=nothing new")[0] == 0


def test_an_objective_goes_into_the_quarter_that_runs_and_not_into_a_longer_one(new: New) -> None:
    folder = Path("content/teams/acme/2026-11")
    folder.mkdir()
    (folder / "okrs.md").write_text("---\nobjectives:\n---\n")
    assert new("objective", "acme", "--title", "A")[1].splitlines()[0] == "content/teams/acme/2026-11/okrs.md"


def test_an_objective_is_added_and_everything_else_stays(new: New) -> None:
    path = Path("content/teams/acme/2026-Q4/okrs.md")
    before = path.read_bytes()
    code, _, err = new(
        *("objective", "acme", "--title", "Tills: offline", "--why", "Nets fail.", "--supports", "instant"),
        *("--key-result", "Rides: 2 % -> 10 %", "--key-result", "Rest", "--key-result", "Crashes <= 3"),
        *("--key-result", "Signed: by 2026-12-01", "--type", "committed"),
    )
    assert (code, err) == (0, "")
    assert path.read_text() == before.decode().replace(
        "guardrails:\n",
        '  tills-offline:\n    title: "Tills: offline"\n    why: Nets fail.\n    type: committed\n'
        "    supports:\n      - instant\n    key_results:\n"
        "      rides:\n        title: Rides\n        baseline: 2 %\n        target: 10 %\n"
        "      rest:\n        title: Rest\n"
        "      crashes:\n        title: Crashes\n        keep_below: 3\n"
        "      signed:\n        title: Signed\n        deliver_by: 2026-12-01\n"
        "guardrails:\n",
    )
    assert _sound()


def test_a_key_result_may_be_typed_with_full_width_signs(new: New) -> None:
    code, out, _ = new(
        *("objective", "acme", "--title", "A", "--print", "--key-result", "份额：20% -> 35%"),
        *("--key-result", "稳定：≥ ９９％", "--key-result", "签约：by 2026-12-01", "--key-result", "费用：2 元→1 元"),
    )
    assert code == 0
    assert "        title: 份额\n        baseline: 20%\n        target: 35%\n" in out
    assert "        title: 稳定\n        keep_above: ９９％\n" in out
    assert "        title: 签约\n        deliver_by: 2026-12-01\n" in out
    assert "        title: 费用\n        baseline: 2 元\n        target: 1 元\n" in out


def test_a_retrospective_holds_what_is_computed_and_says_nothing_for_the_team(new: New) -> None:
    code, _, err = new("retro", "acme")
    assert (code, err) == (0, "")
    path = Path("content/teams/acme/2026-Q4/retro.md")
    text = path.read_text()
    assert "# Paying feels instant everywhere (aspirational): progress so far 0.5\n" in text
    assert "# p95: 0.5 of the way, last 150 ms on 2026-11-06\n" in text
    assert "    score:\n    because:\n" in text
    assert "## What would have happened otherwise\n" in text
    assert _sound()
    assert main(["build", "-q", "--today", TODAY]) == 0
    collected = Path("site/2026-Q4/retros.html").read_text("utf-8")
    assert "What we expected" not in collected
    page = Path("site/teams/acme/2026-Q4/retro.html").read_text("utf-8")
    assert "keep, change" not in page
    assert "ask-early" not in page
    path.write_text(
        text.replace("    next:", "    next: keep").replace("## What happened\n", "## What happened\n\nRain.\n")
    )
    assert _sound()


def test_a_team_and_a_question_are_begun(new: New) -> None:
    assert new("team", "zest", "--name", "Zest: & co", "--parent", "acme", "--contact", "#zest")[0] == 0
    assert Path("content/teams/zest/team.md").read_text() == (
        '---\nname: "Zest: & co"\nparent: acme\ncontact: "#zest"\n---\n'
    )
    code, out, _ = new("question", "acme/instant#p95", "--text", "Why *not*?\n\nReally.", "--asked-by", "zest")
    assert code == 0
    path = Path("content/teams/acme/2026-Q4/questions/why-not-really.md")
    assert out.startswith(f"{path}\n")
    assert path.read_text() == (
        f'---\nabout: instant#p95\nasked_on: {TODAY}\nasked_by: "@zest"\n---\n\nWhy *not*?\n\nReally.\n'
    )
    assert _sound()


def test_the_way_on_names_the_project_that_was_named(project: Project, run: Run) -> None:
    folder = project(FILES)
    done = run("new", "checkin", "acme", "p95=140", "-C", folder, "--today", TODAY)
    assert done.returncode == 0
    path, then = done.stdout.splitlines()
    assert (folder.parent / path).samefile(folder / CHECKIN)
    command = then.split("okrsite ", 1)[1].split()
    assert run(*command, "--today", TODAY).stdout == "no problems\n"
    assert run("new", "team", "zest", "-q", "-C", folder).stdout == ""


# --- the world ------------------------------------------------------------------------------------------------------


def test_a_link_on_the_way_is_not_followed(new: New, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    Path("content/teams/zest").symlink_to(tmp_path / "elsewhere")
    code, _, err = new("team", "zest")
    assert code == 1
    assert "Traceback" not in err
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_too_large_is_not_written(new: New) -> None:
    before = tree(Path())
    code, _, err = new("checkin", "acme", "--note", "word " * 14_000)
    assert (code, tree(Path())) == (1, before)
    assert "larger than 64 KiB" in err


def test_a_failed_write_leaves_nothing(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    before = tree(Path())
    monkeypatch.setattr(os, "fsync", full)
    code, _, err = new("checkin", "acme", "p95=140")
    assert (code, tree(Path())) == (1, before)
    assert "no space left" in err
    code, _, err = new("objective", "acme", "--title", "A")
    assert (code, tree(Path())) == (1, before)


def test_a_file_that_somebody_changes_meanwhile_is_left(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path("content/teams/acme/2026-Q4/okrs.md")
    flush = os.fsync

    def change(descriptor: int) -> None:
        flush(descriptor)
        path.write_text(OKRS + "\nMore.\n")

    monkeypatch.setattr(os, "fsync", change)
    code, _, err = new("objective", "acme", "--title", "A")
    assert code == 1
    assert "changed meanwhile" in err
    assert path.read_text() == OKRS + "\nMore.\n"
    assert [name for name in os.listdir(path.parent) if name.startswith(".")] == []


def test_carried_objectives_tell_that_there_are_hints_on_them(new: New) -> None:
    code, out, _ = new("okrs", "acme", "2027-Q1", "--from", "2026-Q4", "--all")
    assert code == 0
    assert "on what it carries over; `okrsite check` says which" in out.splitlines()[1]


def test_hints_on_other_teams_are_not_counted_as_on_what_is_carried_over(
    new: New, capsys: pytest.CaptureFixture[str]
) -> None:
    below = Path("content/teams/zest")
    (below / "2027-Q1").mkdir(parents=True)
    (below / "team.md").write_text("---\nname: Zest\nparent: acme\n---\n")
    text = OKRS.replace("    key_results:", "    why: Nets fail.\n    proposed_by: team\n    key_results:")
    (below / "2027-Q1/okrs.md").write_text(text)
    code, out, _ = new("okrs", "acme", "2027-Q1", "--from", "2026-Q4", "--all")
    assert code == 0
    said = out.splitlines()[1].split(" on what")[0]
    capsys.readouterr()
    assert main(["check", "content/teams/acme/2027-Q1/okrs.md", "--today", TODAY]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == said == "2 hints"


@pytest.mark.parametrize(
    ("title", "id_"),
    [
        ("Increase Bob's performance rating to get his bonus", "increase-bob-performance-rating"),
        ("Every rider gets home in the dark", "every-rider-gets-home"),
        ("To be", "to"),
        ("一个目标", "一个目标"),
    ],
)
def test_an_id_ends_with_a_word_that_means_something(new: New, title: str, id_: str) -> None:
    code, out, _ = new("objective", "acme", "--title", title, "--print")
    assert code == 0
    assert f"\n  {id_}:\n" in out
