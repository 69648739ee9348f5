"""What people do who are new to all this, and whether they are told what to do instead."""

import re
from typing import Final

import pytest

from okrsite.core.diagnostics import NOTHING_READ, Diagnostic, Severity
from okrsite.core.settings import parse_settings

from .company import CONTENT, compiled, matter, parsed

OKRS: Final = """
objectives:
  calm:
    title: It is calm
    why: It was loud.
    status: draft
"""


MEASURED: Final = f"""{OKRS}
    key_results:
      noise: {{title: It is quiet, baseline: 90 dB, target: 60 dB}}
"""


def _hints(okrs: str = OKRS, checkin: str = "") -> list[str]:
    files = {"teams/acme/team.md": "---\nname: Acme\n---\n", "teams/acme/2026-Q4/okrs.md": matter(okrs)}
    if checkin:
        files["teams/acme/2026-Q4/checkins/2026-11-20.md"] = f"---\nprogress:\n  {checkin}\n---\n"
    return [problem.hint for problem in compiled(files).problems]


@pytest.mark.parametrize("space", ["\u3000\u3000", "\u00a0\u00a0\u00a0\u00a0", "  \u2003"])
def test_a_wide_space_in_front_of_a_key_is_named(space: str) -> None:
    assert _hints(OKRS.replace("    why:", f"{space}why:")) == [
        "a space in front of line 5 is not a plain one; type it anew with the space bar"
    ]


@pytest.mark.parametrize("sign", ["*"])
def test_a_list_with_other_signs_is_shown_the_right_one(sign: str) -> None:
    assert _hints(f"{OKRS}not_doing:\n  {sign} Noise\n  {sign} More noise\n") == ["an item of a list begins with `- `"]


def test_a_form_that_nobody_filled_in_is_spoken_of_as_one() -> None:
    assert _hints("objectives:\n  # calm:\n  #   title: It is calm\n") == [
        "write the first one, or take the `#` away before the lines of the form"
    ]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("calm#noise:3 dB", "write `calm#noise: 3 dB`: a plain colon and a space"),
        ("calm#noise：3 dB", "write `calm#noise: 3 dB`"),
        ("noise: 3 dB", "write `calm#noise: 3 dB`"),
        ("noise: {value: 3 dB, confidence: 7}", "write `calm#noise:` in place of `noise:`"),
        ("calm: 3 dB", "say of which key result it is the value, such as `calm#noise: 3 dB`"),
        ("calm: {value: 3 dB, note: So.}", "say of which key result it is the value, such as `calm#noise: 3 dB`"),
        ("calm: [a]", "say of which key result it is the value"),
        ("calm: All is well.", 'write `calm: {note: "All is well."}`'),
        ('calm: "@7"', "write `calm: {confidence: 7}`"),
        (
            "calm: 3 dB @7",
            "say of which key result it is the value, such as `calm#noise: {value: 3 dB, confidence: 7}`",
        ),
        ("calm: 1.200,5 @7", "say of which key result it is the value"),
        ("calm: yes", "say of which key result it is the value"),
        ("calm: {value: all is well, confidence: 7, note: see}", "write it as `note`"),
        ("calm: {value: all is well}", "write it as `note`"),
        ("calm: |\n    all is well\n    and quiet", "write it as `note`"),
        ("calm: all is well @7", "write the words as `note` and a confidence as `confidence`"),
        ('calm: {value: "@7", note: see}', "write it as `confidence`"),
        ("calm#noise: 3 dB @7", "write `{value: 3 dB, confidence: 7}`"),
        (
            'calm#noise: {value: "1,200 dB @7", note: x}',
            'say it with the fields `value: "1,200 dB"` and `confidence: 7`',
        ),
        ("calm#noise:\n    value: 3 dB @7\n    note: x", "say it with the fields `value: 3 dB` and `confidence: 7`"),
        ('calm#noise: {value: "@7", note: x}', "say it with the field `confidence: 7`"),
        ("calm#noise: 3 @7", "write `{value: 3, confidence: 7}`"),
        (
            "calm#noise: 70 dB\n    confidence: 6",
            "write `value: 70 dB` below `calm#noise:`, set in as the other fields are",
        ),
        ("- calm#noise: 70 dB", "they stand below each other without dashes: take each `- ` away"),
        (
            "calm#noise:\n    - value: 70 dB\n    - confidence: 6",
            "they stand below `calm#noise:` without dashes: take each `- ` away",
        ),
        (
            "calm#noise:\n  value: 70 dB",
            "`value` stands below its key result, set in by two spaces more than that",
        ),
        ("calm#noise: {value: 12000 DB, note: x}", "did you mean `12000 dB`?"),
        ("calm#noise: {value: 12000, note: x}", "write `12000 dB`"),
        ('noise: "a: b"', "write `calm#noise:` in place of `noise:`"),
        ("noise: 3 dB @7", "write `calm#noise:` in place of `noise:`"),
        ("noise: |\n    a\n    b", "write `calm#noise:` in place of `noise:`"),
        ("noise: {value: 3 dB}", "write `calm#noise:` in place of `noise:`"),
        ('noise: "@7"', "write `calm#noise: {confidence: 7}`"),
        ("calm#noise: 1,200 dB@10", 'write `{value: "1,200 dB", confidence: 10}`'),
        ('calm#noise: "@7"', "write `{confidence: 7}`"),
        (
            "calm#noise: {value：3 dB，confidence：7}",
            "write `calm#noise: {value: 3 dB, confidence: 7}`",
        ),
        (
            "calm: {confidence: 7, note: We asked, and they knew: fine}",
            "inside `{ }` a comma ends a text; put a text that holds one in quotes",
        ),
    ],
)
def test_a_line_of_a_check_in_is_shown_as_it_should_be(line: str, hint: str) -> None:
    assert hint in _hints(MEASURED, line)


@pytest.mark.parametrize(
    "line",
    [
        "calm#noise: abc @7",
        'calm#noise: "30%: hmm @6"',
        "calm#noise: 3 km @7",
        "calm#noise: {value: 3 dB @7, confidence: 6}",
    ],
)
def test_a_sign_of_the_terminal_is_not_guessed_at(line: str) -> None:
    assert not any("confidence" in hint for hint in _hints(MEASURED, line))


def test_a_name_of_two_key_results_is_asked_about() -> None:
    twice = MEASURED + MEASURED.replace("\nobjectives:\n", "").replace("  calm:", "  wild:")
    assert "say which one: `calm#noise` or `wild#noise`" in _hints(twice, "noise: 3 dB")


def _milestones(typed: str) -> str:
    return f"{OKRS}    key_results:\n      noise:\n        title: It is quiet\n        milestones: {typed}"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("pilot, germany", "[pilot, germany]"),
        ("one, two,\n          three", "[one, two, three]"),
        ("Pilot [DE], Germany {x}, c", '["Pilot [DE]", "Germany {x}", c]'),
        ("Pilot (DE, FR), it's all:there, b", '["Pilot (DE, FR)", "it\'s all:there", b]'),
        ("1,200 users, 5,000 users", '["1,200 users", "5,000 users"]'),
        ("[pilot，rollout]", "[pilot, rollout]"),
        ("【pilot、rollout】", "[pilot, rollout]"),
        ("(pilot, rollout)", "[pilot, rollout]"),
        ("（试点，推广）", "[试点, 推广]"),
    ],
)
def test_milestones_without_brackets_are_shown_with_them(typed: str, hint: str) -> None:
    assert f"write `milestones: {hint}`, or quotes around a single one that holds a comma" in _hints(_milestones(typed))
    for mended in (hint, f'"{typed.split(chr(10))[0]}"', "pilot"):
        assert not any("milestones" in other for other in _hints(_milestones(mended)))


@pytest.mark.parametrize(
    "typed", ["Pilot in Germany, all\n          of it", "pilot,\n\n          germany, or so\n          b"]
)
def test_milestones_in_uneven_rows_are_asked_about(typed: str) -> None:
    hint = "put several in brackets, `milestones: [one, two]`, or quotes around a single one that holds a comma"
    assert hint in _hints(_milestones(typed))


@pytest.mark.parametrize(
    "typed",
    [
        "Launch the pilot in\n          all of Germany",
        "先试点，再推广到德国",
        "Sign the contract; it counts when paid",
        "Sign the contract；it counts when paid",
        "Reach 1,200 users",
        "Pilot (DE, FR)",
        "(DE, FR) pilot (all)",
        "[Pilot，in Germany, rollout]",
        "[完成]",
        '["先试点，再推广到德国"]',
        "【重要】试点、德国",
        "\n          - Pilot [x]",
        "\n          - -20% costs",
        "\n          - done: it is in use",
        "\n          - Pilot：done",
        "试点（德国、法国）",
        "试点、德国",
        'Say "yes, of course" to all',
        "Say `a, b`",
        "Pilot,",
        '"pilot, germany"',
        "|\n          pilot, germany",
    ],
)
def test_a_single_milestone_is_taken_at_its_word(typed: str) -> None:
    assert not any("milestones" in hint for hint in _hints(_milestones(typed)))


@pytest.mark.parametrize("sign", ["-", "• ", "–"])
def test_milestones_whose_lines_begin_otherwise_are_told_how(sign: str) -> None:
    shown = "an item of a list begins with `- `; or write `[pilot, rollout]` in place of all"
    assert shown in _hints(_milestones(f"\n          {sign}pilot\n          {sign}rollout"))


@pytest.mark.parametrize(
    "items", ["- [x] pilot\n@- [ ] rollout", "- pilot: done\n@- rollout", "- pilot: no\n@- x: yes"]
)
def test_milestones_that_say_what_is_reached_are_one_mistake(items: str) -> None:
    okrs = _milestones(f"\n          {items.replace('@', ' ' * 10)}").replace("noise", "k")
    found = _errors({**_files(checkin="calm#k: [pilot]"), OKRS_FILE: matter(okrs)})
    assert [p.hint for p in found] == ["write `- pilot`, and the others alike; what is reached goes into a check-in"]


@pytest.mark.parametrize("typed", ["[pilot，rollout]", "(pilot, rollout)", "pilot, rollout"])
def test_a_check_in_is_not_blamed_for_milestones_that_are_no_list(typed: str) -> None:
    found = _errors(_files(f"title: K\n        milestones: {typed}", checkin="calm#k: [pilot]"))
    assert [p.code for p in found] == ["wrong-kind"]


def test_what_others_call_a_baseline_is_one() -> None:
    assert _hints(MEASURED.replace("baseline", "start"))[0] == "did you mean `baseline`?"


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("title = Acme", 'write `title = "Acme"`'),
        ("title = “Acme”", 'write `title = "Acme"`'),
        ('title: "OKR"', 'write `title = "OKR"`'),
        ("  title: OKR", 'write `title = "OKR"`'),
        ('title = "OKR', 'write `title = "OKR"`'),
        ('title = "C:\\sites"', "write `title = 'C:\\sites'`"),
        ("opening_days = 14,", "write `opening_days = 14`"),
        ("opening_days: 14", "write `opening_days = 14`"),
        ('opening_days = "14"', "write `opening_days = 14`"),
        ("opening_days = fourteen", "text goes in double quotes"),
        ("noindex: no", "write `noindex = false`"),
        ('noindex = "false"', "write `noindex = false`"),
        ('noindex = "perhaps"', ""),
        ('title = "a"\ntitle = "b"', "it is written twice: keep one of the two lines"),
        ("[limits]\n[brand]\n[limits]", "it begins twice: put the lines of both below the first"),
        ("languages = [en, zh]", "text goes in double quotes"),
        ('languages = "en"', 'write `languages = ["en"]`'),
        ('title = "a" "b"', ""),
        ('fiscal_year_start = "April"', "write `fiscal_year_start = 4`"),
        ('fiscal_year_start = "4"', "write `fiscal_year_start = 4`"),
        ('fiscal_year_start = "spring"', ""),
        ('language = "English"', 'write `"en"`'),
        ('forge = "GitHub"', 'write `"github"`'),
        ("[checks]\nstale-checkin = false", 'write `stale-checkin = "off"`'),
        ('[checks]\nstale = "off"', "did you mean `stale-checkin`?"),
        ('repo_url = "forge.example/acme/okrs"', 'write `"https://forge.example/acme/okrs"`'),
        ('repo_url = "somewhere else"', ""),
        *((f"history = {word}", "write `history = true`") for word in ("yes", "True", "on")),
        *((f"noindex = {word}", "write `noindex = false`") for word in ("no", "False", "off")),
        ('repo_url = "git@forge.example:acme/okrs.git"', 'write `"https://forge.example/acme/okrs"`'),
        ('repo_url = "ssh://git@forge.example:22/acme/okrs"', 'write `"https://forge.example/acme/okrs"`'),
        ('[checks]\nbase_url = "https://x.example"', "it belongs above the first `[section]` of this file"),
        ('[brand]\ntitle = "Acme"', "it belongs above the first `[section]` of this file"),
        ("title = yes", 'write `title = "yes"`'),
        (
            '<<<<<<< HEAD\ntitle = "A"',
            "two versions were merged: keep the lines that are right, and take out the others and the marks",
        ),
    ],
)
def test_a_line_of_the_settings_is_shown_as_it_should_be(line: str, hint: str) -> None:
    _, (problem,) = parse_settings(f"{line}\n")
    assert problem.hint == hint


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        ("provides: [{to: acme}]", 'a team is written with `@`, and in quotes: `"@acme"`'),
        ("depends_on: [acme]", 'a team is written with `@`, and in quotes: `"@acme"`'),
        ("supports: acme", ""),
    ],
)
def test_a_team_without_its_sign_is_shown_with_it_where_one_may_stand(field: str, hint: str) -> None:
    assert hint in _hints(f"{OKRS}    {field}\n")
    assert hint or not any("@acme" in other for other in _hints(f"{OKRS}    {field}\n"))


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        ("carried_from: acme/a, risk/b", "write `[acme/a, risk/b]`"),
        ("carried_from: [acme/a; risk/b]", ""),
        ("depends_on: [{from: acme/a；risk/b}]", ""),
        ("depends_on: [{from: [acme/a]}]", "write `acme/a`"),
        ("depends_on: [{from: [acme/a, risk/b]}]", ""),
        ("supports: [[acme/a]]", "write `acme/a`"),
    ],
)
def test_a_list_of_references_is_shown_only_where_one_may_stand(field: str, hint: str) -> None:
    shown = [other for other in _hints(f"{OKRS}    {field}\n") if other.startswith("write ")]
    rule = "write `objective`, `team/objective#key-result`, `team/cycle/objective` or `@team`"
    assert shown == [hint or rule]


def test_a_list_in_place_of_names_is_told_how_to_become_one() -> None:
    text = "---\nlessons:\n  - Ask early, then wait\n---\n"
    (problem,) = parsed("teams/a/2026-Q3/retro.md", text).problems
    assert problem.hint == "in place of each `-` write an id and a colon, such as `ask-early-then:`"
    text = "---\nrisks:\n  - what: It rains\n---\n"
    (problem,) = parsed("teams/a/2026-Q4/checkins/2026-11-20.md", text).problems
    assert problem.hint == "in place of each `-` write an id and a colon, such as `first:`"


def test_a_question_is_told_which_fields_it_needs() -> None:
    hints = [problem.hint for problem in parsed("teams/a/2026-Q4/questions/q.md", "Why?\n").problems]
    assert hints == [
        "add `about:` and what it asks about, such as `objective` or `objective#key-result`",
        "add `asked_on:` and the day, such as `2026-10-31`",
    ]


@pytest.mark.parametrize(
    ("fields", "hint"),
    [
        ("\n    title It is calm", "write `title: It is calm`"),
        ("\n    title @calm", 'write `title: "@calm"`'),
        ("\n    title It is calm\n    why It was loud", "a colon is missing after `title`"),
        (" title It is calm", "a colon is missing after `title`"),
        ("\n    titles It is calm", ""),
    ],
)
def test_fields_whose_only_line_lacks_its_colon_are_told_so(fields: str, hint: str) -> None:
    assert hint in _hints(f"objectives:\n  calm:{fields}\n")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("{title：It is quiet, baseline: 20%}", "write `noise: {title: It is quiet, baseline: 20%}`"),
        ("{title：It is quiet，baseline：20%}", "write `noise: {title: It is quiet, baseline: 20%}`"),
        ("{title：It is quiet, note：So，and so}", "write `noise: {title: It is quiet, note: So，and so}`"),
        ("{title：It is quiet, titles：so}", "only a plain comma and a plain colon separate"),
    ],
)
def test_full_width_signs_in_braces_are_shown_as_plain_ones_with_all_that_stands_there(typed: str, hint: str) -> None:
    hints = _hints(f"{OKRS}    key_results:\n      noise: {typed}\n")
    assert hint in hints


@pytest.mark.parametrize(
    ("key_result", "hint"),
    [
        ("confidence: 7", "it belongs into a check-in"),
        ("progress: 7", "it belongs into a check-in"),
        ("value: 7", "it belongs into a check-in"),
        ("why: It was loud.", "it is a field of what stands below `objectives`"),
        ("not_doing: [a]", "it belongs at the beginning of a line, with no space in front"),
        ("cadence: biweekly", "did you mean `fortnightly`?"),
        ("contact: us", "did you mean `contacts`?"),
        ("end: 2026-12-10", "it belongs into the file of a cycle"),
        ("“weight”: 2", "write `weight:`"),
        ("colour: red", "a company's own fields go under `extra:`"),
    ],
)
def test_a_word_of_another_place_is_told_where_it_belongs(key_result: str, hint: str) -> None:
    assert [p.hint for p in _errors(_files(f"title: K\n        {key_result}"))] == [hint]


@pytest.mark.parametrize(
    ("okrs", "hint"),
    [
        (f"title: Q4\n{OKRS}", "it is a field of what stands below `objectives` or `key_results`"),
        (OKRS.replace("objectives:\n", ""), "it belongs below `objectives:`, indented"),
        (f"{OKRS}\n    krs: {{noise: {{title: It is quiet}}}}", "did you mean `key_results`?"),
        (f"{OKRS}\n    noise: {{title: It is quiet}}", "it belongs below `key_results:`, indented"),
        (OKRS.replace("title:", "“title”:"), "write `title:`"),
        (OKRS.replace("calm", "ca.lm"), "ids are letters, digits, `-` and `_`: `ca-lm`"),
    ],
)
def test_a_name_that_is_not_read_is_one_mistake_whatever_speaks_of_it(okrs: str, hint: str) -> None:
    retro = "---\nscores: {calm#noise: 0.5}\n---\n"
    files = {**_files(), OKRS_FILE: matter(okrs), "teams/acme/2026-Q4/retro.md": retro}
    if "noise" not in okrs:
        del files["teams/acme/2026-Q4/retro.md"]
    assert [p.hint for p in _errors(files)] == [hint]


@pytest.mark.parametrize(
    ("checkin", "hint"),
    [
        ("calm: {status: green}", "it belongs into okrs.md"),
        ("calm: {confidence: 7}\ncalm#noise: 80 dB", "it belongs below `progress:`, indented"),
        ("calm: {confidence: 7}\ncalm: {confidence: 7}", "it belongs below `progress:`, indented"),
    ],
)
def test_a_field_or_line_of_a_check_in_is_told_where_it_belongs(checkin: str, hint: str) -> None:
    assert [p.hint for p in _errors(_files(checkin=checkin))] == [hint]


def test_what_names_nothing_is_told_when_nothing_is_read() -> None:
    retro = "---\nscores: {calm: 0.5}\nlessons: {ask: Ask.}\n---\n"
    found = _errors({"teams/acme/2026-Q4/okrs.md": matter("objectives:"), "teams/acme/2026-Q4/retro.md": retro})
    assert [p.hint for p in found] == [NOTHING_READ]


@pytest.mark.parametrize("field", ["title: …", "why: …", "why: ...", "initiatives: [a, …]"])
def test_what_is_still_to_be_written_is_asked_for(field: str) -> None:
    okrs = OKRS.replace("title: It is calm", field) if "title" in field else f"{OKRS}    {field}\n"
    okrs = okrs.replace("why: It was loud.\n    ", "") if "why" in field else okrs
    assert [p.hint for p in _errors({OKRS_FILE: matter(okrs)})] == ["write it instead"]
    for meant in (okrs.replace("…", "So …").replace("...", "So ..."), okrs.replace("…", '"…"').replace("...", '"..."')):
        assert not _errors({OKRS_FILE: matter(meant)})


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("2026-12-10", "write `deliver_by: 2026-12-10` in place of `target: 2026-12-10`"),
        ("10 Dec 2026", "write `deliver_by: 2026-12-10` in place of `target: 10 Dec 2026`"),
        ("2100 ms -> 800 ms", "write two lines, `baseline: 2100 ms` and `target: 800 ms`"),
        ("~800 ms", "write `800 ms`"),
    ],
)
def test_a_target_that_is_more_or_less_than_a_number_is_told_so(target: str, hint: str) -> None:
    okrs = f"{OKRS}    key_results:\n      noise: {{title: It is quiet, target: {target}}}\n"
    assert hint in _hints(okrs.replace("draft", "active"))


@pytest.mark.parametrize("value", ["n/a", "'-'", "about 80", "see 10:30"])
def test_what_is_no_sentence_is_no_note(value: str) -> None:
    assert not any("note" in hint for hint in _hints(MEASURED, f"calm#noise: {value}"))


def test_what_is_due_before_its_cycle_is_asked_about() -> None:
    okrs = f"{OKRS}    key_results:\n      noise: {{title: It is quiet, deliver_by: 2025-12-10}}\n"
    assert "is the year of `deliver_by` right?" in _hints(okrs)
    assert not any("deliver_by" in hint for hint in _hints(okrs.replace("2025", "2026")))


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        ("parent: Acme Inc", "write `acme`"),
        ("parent: teams/acme", "write `acme`"),
        ("parent: Acme, the Shop", "`parent` is the name of a team's folder"),
        ("since: Q4 2026", "write `2026-Q4`"),
        ("since: Q4-2026", "write `2026-Q4`"),
    ],
)
def test_a_team_or_cycle_written_otherwise_is_shown_by_its_name(field: str, hint: str) -> None:
    files = {"teams/acme/team.md": "---\nname: Acme Inc\n---\n", "teams/pay/team.md": f"---\n{field}\n---\n"}
    assert [p.hint for p in _errors(files)] == [hint]


def test_a_team_that_asks_is_shown_with_its_sign() -> None:
    text = "---\nabout: calm\nasked_on: 2026-11-20\nasked_by: acme\n---\nWhy?\n"
    assert [p.hint for p in parsed("teams/acme/2026-Q4/questions/q.md", text).problems] == ['write `"@acme"`']


# --- what is shown is pasted --------------------------------------------------------------------------------------

OKRS_FILE: Final = "teams/acme/2026-Q4/okrs.md"
CHECKIN_FILE: Final = "teams/acme/2026-Q4/checkins/2026-11-20.md"
STEPS: Final = "title: Steps\n        milestones: [Pilot, Germany]"


def _files(key_result: str = "", objective: str = "", checkin: str = "") -> dict[str, str]:
    """A team with an objective `calm`, its key results `noise` and `k`, and a check-in; another team's objective."""
    okrs = MEASURED.replace("    key_results:", f"    {objective}\n    key_results:")
    return {
        "teams/acme/team.md": "---\nname: Acme\n---\n",
        "teams/risk/team.md": "---\nname: Risk\n---\n",
        "teams/risk/2026-Q4/okrs.md": matter("objectives: {rules: {title: Rules}, laws: {title: Laws}}"),
        OKRS_FILE: matter(f"{okrs}      k:\n        {key_result or STEPS}"),
        CHECKIN_FILE: f"---\nprogress:\n  {checkin or 'calm: {confidence: 5}'}\n---\n",
    }


def _pasted(text: str, item: Diagnostic) -> str:
    """A file with a remedy in place of what it is for: a whole line with what is below it, a name, or a value."""
    rows, number = text.split("\n"), item.span.line - 1
    row, at = rows[number], item.span.column - 1
    shown = item.hint.split("`")[1::2]
    if " in place of " in item.hint:
        rows[number] = row.replace(shown[1], shown[0], 1)
    elif re.match(r"[\w#-]+: ", shown[0]):
        indent = len(row) - len(row.lstrip())
        rows[number] = row[:indent] + shown[0]
        while rows[number + 1].startswith(" " * (indent + 1)):
            del rows[number + 1]
    else:
        end = at + item.span.width
        if shown[0].startswith("{") and row[at - 1] + row[end : end + 1] == "{}":  # what is between them is marked
            at, end = at - 1, end + 1
        rows[number] = row[:at] + shown[0] + row[end:]
    return "\n".join(rows)


def _errors(files: dict[str, str]) -> list[Diagnostic]:
    """What must be mended, and what is said of a number's form."""
    said = ("missing-unit", "thousands-point")
    return [p for p in compiled(files).problems if p.severity is Severity.ERROR or p.code in said]


def _assert_mends(wrong: dict[str, str], right: dict[str, str]) -> None:
    """Pasting what is shown, one remedy after the other, makes the one company mean what the other does."""
    assert _errors(wrong)
    assert not _errors(right)
    for _ in range(3):
        for item in _errors(wrong)[:1]:
            path = item.span.path.removeprefix(CONTENT)
            wrong = {**wrong, path: _pasted(wrong[path], item)}
    assert not _errors(wrong), wrong
    assert _said(wrong) == _said(right)


def _said(files: dict[str, str]) -> list[str]:
    """All that is read from the files, without the places where it stands."""
    return [re.sub(r"Span\([^)]*\)", "", repr(parsed(place, text).file)) for place, text in files.items()]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("calm#noise:80 dB", "calm#noise: 80 dB"),
        ("calm#noise：80 dB", "calm#noise: 80 dB"),
        ("calm #noise: 80 dB", "calm#noise: 80 dB"),
        ("calm: @7", "calm: {confidence: 7}"),
        ('calm: "@7"', "calm: {confidence: 7}"),
        ("calm: All is well.", "calm: {note: All is well.}"),
        ('calm: "We said \\"no\\": it\'s so"', "calm: {note: 'We said \"no\": it''s so'}"),
        ("calm: see [a], {b}", 'calm: {note: "see [a], {b}"}'),
        ("noise: 80 dB", "calm#noise: 80 dB"),
        ("noise: 80 dB @7", "calm#noise: {value: 80 dB, confidence: 7}"),
        ('noise: "@7"', "calm#noise: {confidence: 7}"),
        ("noise: {value: 80 dB, note: So.}", "calm#noise: {value: 80 dB, note: So.}"),
        ("k: [Pilot]", "calm#k: [Pilot]"),
        ("calm#noise: 80 dB @7", "calm#noise: {value: 80 dB, confidence: 7}"),
        ("calm#noise: 1,200 dB@10", 'calm#noise: {value: "1,200 dB", confidence: 10}'),
        ("calm#noise: 80 @ 0", "calm#noise: {value: 80 dB, confidence: 0}"),
        ("calm#k: pilot, germany @7", 'calm#k: {value: "pilot, germany", confidence: 7}'),
        ("calm#noise: 80 DB", "calm#noise: 80 dB"),
        ("calm#noise: no change", "calm#noise: {note: no change}"),
        ("calm: {confidence: 70%}", "calm: {confidence: 7}"),
        ("calm: {confidence: 0.7}", "calm: {confidence: 7}"),
        ("calm: {confidence: 7/10}", "calm: {confidence: 7}"),
        ("calm/noise: 80 dB", "calm#noise: 80 dB"),
        ("acme/calm: {confidence: 5}", "calm: {confidence: 5}"),
        ("calm＃noise: 80 dB", "calm#noise: 80 dB"),
        ("“calm#noise”: 80 dB", "calm#noise: 80 dB"),
        ("calm#noise: {value: 12000 DB, note: So.}", "calm#noise: {value: 12000 dB, note: So.}"),
        ("calm#noise: {value: 12000, note: So.}", "calm#noise: {value: 12000 dB, note: So.}"),
        ("calm#noise: 80。5 dB", "calm#noise: 80.5 dB"),
        ("calm#noise: {value：80 dB，confidence：7}", "calm#noise: {value: 80 dB, confidence: 7}"),
        ("calm#noise: {value: 80 dB, confidence: 7", "calm#noise: {value: 80 dB, confidence: 7}"),
    ],
)
def test_a_remedy_in_a_check_in_mends_it_and_keeps_its_meaning(wrong: str, right: str) -> None:
    _assert_mends(_files(checkin=wrong), _files(checkin=right))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("milestones: pilot, germany", "milestones: [pilot, germany]"),
        (
            "milestones: one, two,\n          three\n        weight: 2",
            "milestones: [one, two, three]\n        weight: 2",
        ),
        ("milestones: Pilot [DE], Germany {x}, c", 'milestones: ["Pilot [DE]", "Germany {x}", c]'),
        ("milestones: it's all:there, a#b, 1,200 users", 'milestones: ["it\'s all:there", "a#b", "1,200 users"]'),
        ("milestones: 【one、two】", "milestones: [one, two]"),
        ("milestones: a\\b, c (d, e)", "milestones: ['a\\b', 'c (d, e)']"),
        ("baseline: 2100 ms\n        target: 800 MS", "baseline: 2100 ms\n        target: 800 ms"),
        ("baseline: 20%\n        target: 22 percent", "baseline: 20%\n        target: 22%"),
        ("baseline: 2100 ms\n        target: 1.600 ms", "baseline: 2100 ms\n        target: 1600 ms"),
        ("baseline: 2,100 s\n        target: 0.800 s", "baseline: 2100 s\n        target: 0.800 s"),
        ("baseline: 2100\n        target: 800 ms", "baseline: 2100 ms\n        target: 800 ms"),
        ("baseline: 2100 ms\n        target: 800", "baseline: 2100 ms\n        target: 800 ms"),
        ("baseline: 2 100 ms\n        target: ~800 ms", "baseline: 2100 ms\n        target: 800 ms"),
        ("baseline: €1.200,50\n        target: €900", "baseline: €1200.50\n        target: €900"),
        ("baseline: 2100 ms\n        target: 2100 ms → 800 ms", "baseline: 2100 ms\n        target: 800 ms"),
        ("deliver_by: 23.12.2026", "deliver_by: 2026-12-23"),
        ("weight: 50%", "weight: 0.5"),
        ("baseline: 10 steps\n        target: -20%", "baseline: 10 steps\n        change: -20%"),
        ("baseline: 20。5%\n        target: 30%", "baseline: 20.5%\n        target: 30%"),
    ],
)
def test_a_remedy_of_a_measure_mends_it_and_keeps_its_meaning(wrong: str, right: str) -> None:
    _assert_mends(_files(f"title: K\n        {wrong}"), _files(f"title: K\n        {right}"))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("supports: 【risk/rules】", "supports: risk/rules"),
        ("supports: [Risk/rules]", "supports: [risk/rules]"),
        ("supports: -risk/rules", "supports: risk/rules"),
        ("supports: risk/rules, risk/laws", "supports: [risk/rules, risk/laws]"),
        ("supports: [risk ／ rules, risk/laws]", "supports: [risk/rules, risk/laws]"),
        ("supports: [[risk/rules]]", "supports: [risk/rules]"),
        ("depends_on: [{from: risk / rules, need: A}]", "depends_on: [{from: risk/rules, need: A}]"),
        ("depends_on: [{from: ＠risk, need: A}]", 'depends_on: [{from: "@risk", need: A}]'),
        ("depends_on: [{from: [risk/rules], need: A}]", "depends_on: [{from: risk/rules, need: A}]"),
        ("carried_from: risk/rules、risk/laws", "carried_from: [risk/rules, risk/laws]"),
    ],
)
def test_a_remedy_of_a_reference_mends_it_and_keeps_its_meaning(wrong: str, right: str) -> None:
    _assert_mends(_files(objective=wrong), _files(objective=right))
