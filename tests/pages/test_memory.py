"""What the site remembers: risks from first word to outcome, bets that failed, chains, lessons, and what was let go."""

import re
import unicodedata
from typing import TypeVar
from urllib.parse import quote

import pytest

from okrsite.pages import urls
from okrsite.pages.collections import MAX_LESSONS
from okrsite.pages.plan import plan_site
from okrsite.pages.views import AsksView, DroppedPageView, LessonsView, ObjectiveView, RetroView
from okrsite.render.page import Renderer
from okrsite.shell.project import find_project, read_theme
from tests.companies import ROOT, compile_files

V = TypeVar("V")
Q4 = "teams/acme/2026-Q4"
OKRS = "---\nobjectives:\n  calm: {title: It is calm}\n---\n"
TEAMS = {f"teams/{team}/team.md": f"---\nname: {team.capitalize()}\n---\n" for team in ("acme", "zest", "help")}


def _view(files: dict[str, str], path: str, kind: type[V], today: str = "2026-11-22") -> V:
    plan = plan_site(compile_files({**TEAMS, **files}, today=today))
    view = next(page.page().view for page in plan.pages if page.path == path)
    assert isinstance(view, kind)
    return view


def _html(files: dict[str, str], path: str, today: str = "2026-11-22") -> str:
    plan = plan_site(compile_files({**TEAMS, **files}, today=today))
    page = next(page.page() for page in plan.pages if page.path == path)
    return " ".join(Renderer(read_theme(find_project(str(ROOT)))).render(page).data.decode().split())


# --- early warnings -------------------------------------------------------------------------------------------------


def _risk(*said: tuple[str, str]) -> dict[str, str]:
    """A risk about an objective, with what its check-ins say by day."""
    first = "about: calm, what: A storm is coming., "
    return {
        f"{Q4}/okrs.md": OKRS,
        **{
            f"{Q4}/checkins/{on}.md": f"---\nrisks:\n  storm: {{{'' if n else first}{fields}}}\n---\n"
            for n, (on, fields) in enumerate(said)
        },
    }


@pytest.mark.parametrize(
    ("said", "notice"),
    [
        ([("2026-10-09", "state: open")], "said 83 days before the end of the cycle"),
        ([("2026-10-09", "state: open"), ("2026-10-30", "state: happened")], "said 21 days before it happened"),
        ([("2026-10-09", "state: happened")], "said on the day it happened"),
        (
            [("2026-10-09", "state: open"), ("2026-10-10", "state: resolved")],
            "resolved 1 day after it was first said",
        ),
        ([("2026-10-09", "state: resolved")], "resolved on the day it was said"),
        ([("2026-12-31", "state: open")], "said on the last day of the cycle"),
        ([("2027-01-08", "state: open")], "said after the end of the cycle"),
    ],
)
def test_how_long_before_its_outcome_a_risk_was_said(said: list[tuple[str, str]], notice: str) -> None:
    view = _view(_risk(*said), f"{Q4}/calm.html", ObjectiveView, today="2027-01-09")
    (risk,) = view.around.risks
    assert risk.notice == notice


THREAD = _risk(
    ("2026-10-09", 'needs: "@zest"'),
    ("2026-10-16", "state: helped, helped_by: '@zest', what: The storm has a name."),
    ("2026-10-23", "state: helped, helped_by: ['@zest', '@help'], needs: '@help'"),
    ("2026-10-30", "state: resolved"),
)


@pytest.mark.parametrize("path", [f"{Q4}/calm.html", urls.asks("2026-Q4")])
def test_a_risk_is_told_from_its_first_mention_to_its_outcome(path: str) -> None:
    if path.endswith("calm.html"):
        (risk,) = _view(THREAD, path, ObjectiveView).around.risks
    else:
        (risk,) = _view(THREAD, path, AsksView).other_risks
    told = [
        (
            one.on.day,
            one.state,
            one.what,
            [link.words for link in one.needs],
            [link.words for link in one.helped_by],
        )
        for one in risk.mentions
    ]
    assert told == [
        (9, "open", "A storm is coming.", ["Zest"], []),
        (16, "helped", "", [], ["Zest"]),
        (23, "helped", "", ["Help"], ["Help"]),
        (30, "resolved", "", [], []),
    ]
    html = _html(THREAD, path)
    assert "resolved 21 days after it was first said" in html
    assert (
        html.index("first said, asks") < html.index("</time></a> helped by") < html.index("30 October 2026</time></a>")
    )


ASKS = {
    **_risk(("2026-10-09", "state: open")),
    f"{Q4}/okrs.md": """---
objectives:
  calm:
    title: It is calm
    depends_on:
      - {from: zest/lit, need: Light}
      - {from: zest/warm, need: Warmth}
---
""",
    "teams/zest/2026-Q4/okrs.md": """---
objectives:
  lit: {title: It is lit, provides: [{to: acme/calm, by: 2026-11-20}]}
  warm: {title: It is warm}
---
""",
}


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (
            "2026-11-20",
            ["Open risks", ">open<", "not agreed yet", "waits for", "Agreed; due on", "Not acknowledged yet"],
        ),
        ("2026-11-21", ["Agreed; was due on"]),
        ("2027-02-01", ["left open", ">left open<", "and not agreed", "waited for", "was due", "Never acknowledged"]),
    ],
)
def test_asks_speak_of_a_day_that_has_passed_and_of_a_closed_cycle_in_the_past(today: str, said: list[str]) -> None:
    html = _html(ASKS, urls.asks("2026-Q4"), today)
    assert [words for words in said if words not in html] == []
    assert ("waits for" in html) == ("waited for" not in html)


def test_asks_say_whether_every_dependency_is_acknowledged_or_there_is_none() -> None:
    agreed = {**ASKS, f"{Q4}/okrs.md": ASKS[f"{Q4}/okrs.md"].replace("      - {from: zest/warm, need: Warmth}\n", "")}
    none = "No team has written down that it needs something of another."
    assert "Every dependency was acknowledged." in _html(agreed, urls.asks("2026-Q4"))
    assert none not in _html(agreed, urls.asks("2026-Q4"))
    assert none in _html(_risk(("2026-10-09", "state: open")), urls.asks("2026-Q4"))


# --- what the company stands on ---------------------------------------------------------------------------------------


BETS = {
    f"{Q4}/okrs.md": """---
objectives:
  calm:
    title: It is calm
    status: paused
    because: Nobody can sail in this.
    assumes: {wind: The wind holds., crew: The crew stays.}
    reaffirmed: 2026-10-01
    amendments:
      - {date: 2026-10-20, what: The *first* leg, because: Too far now.}
      - {date: 2026-10-05, what: Before it broke, because: Typing.}
      - {what: Undated, because: Typing.}
    key_results:
      leg: {title: The leg, status: dropped, because: No harbour.}
      log: {title: The log}
  dry:
    title: It is dry
    assumes: {roof: The roof is whole., rain: It rains elsewhere.}
---
""",
    f"{Q4}/checkins/2026-10-09.md": "---\nassumptions: {wind: holds, roof: holds}\n---\n",
    f"{Q4}/checkins/2026-10-16.md": "---\nassumptions: {wind: shaky, crew: shaky}\n---\n",
    f"{Q4}/checkins/2026-10-23.md": "---\nassumptions:\n  wind: {state: broken, note: It turned.}\n---\n",
    f"{Q4}/retro.md": "---\nscores: {calm: {score: 0.2, because: So.}}\n---\n",
}


def test_assumptions_stand_by_how_they_hold_with_what_was_changed_since() -> None:
    view = _view(BETS, urls.asks("2026-Q4"), AsksView)
    groups = [(state, fails, [stand.text.words for stand in stands]) for state, fails, stands in view.stands]
    assert groups == [
        ("Did not hold", True, ["The wind holds."]),
        ("Shaky", True, ["The crew stays."]),
        ("Holds so far", False, ["The roof is whole."]),
        ("Not mentioned since", False, ["It rains elsewhere."]),
    ]
    broken = view.stands[0][2][0]
    assert (str(broken.on), broken.note.strip()) == ("2026-10-23", "<p>It turned.</p>")
    assert [(link.words, status, because.strip()) for link, status, because in broken.ended] == [
        ("It is calm", "paused", "<p>Nobody can sail in this.</p>"),
        ("The leg", "dropped", "<p>No harbour.</p>"),
    ]
    assert [(str(change.on), change.told) for change in broken.changes] == [("2026-10-20", "The <em>first</em> leg")]
    assert broken.reaffirmed is None
    whole = view.stands[2][2][0]
    assert (whole.ended, whole.changes) == ((), ())


def test_an_objective_that_was_reaffirmed_after_a_bet_failed_says_so() -> None:
    okrs = BETS[f"{Q4}/okrs.md"].replace("reaffirmed: 2026-10-01", "reaffirmed: 2026-11-01")
    view = _view({**BETS, f"{Q4}/okrs.md": okrs}, urls.asks("2026-Q4"), AsksView)
    assert str(view.stands[0][2][0].reaffirmed) == "2026-11-01"


def test_a_look_back_shows_which_bet_failed_and_under_what() -> None:
    view = _view(BETS, f"{Q4}/retro.html", RetroView)
    assert [(bet.state, bet.about.words if bet.about else "") for bet in view.bets] == [
        ("broken", "It is calm"),
        ("shaky", "It is calm"),
        ("holds", "It is dry"),
        ("not mentioned yet", "It is dry"),
    ]
    html = _html(BETS, f"{Q4}/retro.html")
    assert "</time>: broken</p>" in html
    assert "nothing about those who made it" in html


# --- memory ---------------------------------------------------------------------------------------------------------


CHAIN = {
    "teams/acme/2026-Q2/okrs.md": "---\nobjectives:\n  calm: {title: First}\n---\n",
    "teams/acme/2026-Q3/okrs.md": (
        "---\nobjectives:\n  calm: {title: Second, carried_from: acme/2026-Q2/calm, moved_to: zest/2026-Q3/calm}\n---\n"
    ),
    "teams/zest/2026-Q3/okrs.md": "---\nobjectives:\n  calm: {title: Third, moved_from: acme/2026-Q3/calm}\n---\n",
    f"{Q4}/okrs.md": (
        "---\nobjectives:\n  calm:\n    title: Fourth\n    status: paused\n    because: So.\n"
        "    carried_from: [acme/2026-Q2/calm, zest/2026-Q3/calm]\n---\n"
    ),
}


@pytest.mark.parametrize(
    ("path", "here"), [("teams/acme/2026-Q2/calm.html", 0), ("teams/zest/2026-Q3/calm.html", 2), (f"{Q4}/calm.html", 3)]
)
def test_a_chain_is_shown_whole_wherever_one_stands_in_it(path: str, here: int) -> None:
    told = _view(CHAIN, path, ObjectiveView).lineage
    assert [(it.link.words, it.team.words, it.cycle, it.how, it.status) for it in told] == [
        ("First", "Acme", "2026-Q2", "", ""),
        ("Second", "Acme", "2026-Q3", "carried over", ""),
        ("Third", "Zest", "2026-Q3", "handed over", ""),
        ("Fourth", "Acme", "2026-Q4", "carried over", "paused"),
    ]
    assert [number for number, it in enumerate(told) if it.here] == [here]
    assert [[link.words for link in it.after] for it in told] == [[], [], [], ["First", "Third"]]


def test_what_is_part_of_no_chain_shows_none() -> None:
    assert _view({f"{Q4}/okrs.md": OKRS}, f"{Q4}/calm.html", ObjectiveView).lineage == ()


def test_lessons_say_who_used_them_and_which_were_not_used_yet() -> None:
    files = {
        "teams/zest/2026-Q3/okrs.md": OKRS,
        "teams/zest/2026-Q3/retro.md": "---\nlessons: {ask: Ask early., wait: Wait less.}\n---\n",
        f"{Q4}/okrs.md": "---\nobjectives:\n  calm: {title: It is calm, learned_from: zest/2026-Q3/ask}\n---\n",
    }
    ((_, lessons),) = _view(files, urls.LESSONS, LessonsView).cycles
    users = [[(o.words, team.words, cycle) for o, team, cycle in lesson.used_by] for lesson in lessons]
    assert users == [[("It is calm", "Acme", "2026-Q4")], []]
    html = _html(files, urls.LESSONS)
    assert html.count("Used by") == html.count("Not used yet.") == 1


def test_cycles_whose_lessons_would_be_too_many_keep_them_on_their_own_pages() -> None:
    many = ", ".join(f"l{n}: Ask early" for n in range(MAX_LESSONS))
    cycles = ("2026-Q3", "2026-Q2", "2026-Q1")
    files = {f"teams/acme/{cycle}/okrs.md": OKRS for cycle in cycles}
    files |= {f"teams/acme/{cycle}/retro.md": f"---\nlessons: {{{many}}}\n---\n" for cycle in cycles[1:]}
    files["teams/acme/2026-Q3/retro.md"] = "---\nlessons: {only: Ask late}\n---\n"
    page = _view(files, urls.LESSONS, LessonsView)
    assert [(cycle, len(lessons)) for cycle, lessons in page.cycles] == [("2026-Q3", 1), ("2026-Q2", MAX_LESSONS)]
    assert [link.href for link in page.pages] == [f"{cycle}/lessons.html" for cycle in cycles]
    ((cycle, lessons),) = _view(files, urls.lessons("2026-Q1"), LessonsView).cycles
    assert (cycle, len(lessons)) == ("2026-Q1", MAX_LESSONS)


def test_what_was_dropped_stands_by_cycle_with_its_reason_and_what_came_instead() -> None:
    files = {
        f"{Q4}/okrs.md": (
            "---\nobjectives:\n"
            "  calm: {title: Calm, status: dropped, because: Too *loud*., replaced_by: zest/quiet}\n"
            "  warm: {title: Warm, status: dropped, because: Too cold., replaced_by: A blanket}\n"
            "  wide: {title: Wide, status: paused, because: So.}\n---\n"
        ),
        "teams/zest/2026-Q4/okrs.md": OKRS.replace(
            "calm: {title: It is calm}", "quiet: {title: Quiet, carried_from: acme/2026-Q4/calm}"
        ),
        "teams/zest/2026-Q3/okrs.md": "---\nobjectives:\n  old: {title: Old, status: dropped, because: So.}\n---\n",
    }
    view = _view(files, urls.DROPPED, DroppedPageView)
    assert [(cycle, [it.link.words for it in items]) for cycle, items in view.cycles] == [
        ("2026-Q4", ["Calm", "Warm"]),
        ("2026-Q3", ["Old"]),
    ]
    calm, warm = view.cycles[0][1]
    assert calm.because.strip() == "<p>Too <em>loud</em>.</p>"
    assert calm.replaced_by == '<p><a href="teams/zest/2026-Q4/quiet.html">Quiet</a></p>'
    assert [link.words for link in calm.carried_on] == ["Quiet"]
    assert (warm.replaced_by.strip(), warm.carried_on) == ("<p>A blanket</p>", ())


@pytest.mark.parametrize(
    ("written", "leads"),
    [
        ("café", "teams/acme/2026-Q4/café.html"),
        (unicodedata.normalize("NFD", "café"), "teams/acme/2026-Q4/café.html"),
        ("zest/quiet", "teams/zest/2026-Q4/quiet.html"),
        ("zest/2026-Q3/old", "teams/zest/2026-Q3/old.html"),
        ("zest/2026-Q3/old#k", "teams/zest/2026-Q3/old.html#kr-k"),
        ("zest/old", ""),
        ("@zest", ""),
        ("zest/quiet or so", ""),
    ],
)
def test_a_reference_alone_leads_to_what_came_instead(written: str, leads: str) -> None:
    objectives = f'calm: {{title: C, status: dropped, because: B, replaced_by: "{written}"}}, café: {{title: É}}'
    files = {
        f"{Q4}/okrs.md": f"---\nobjectives: {{{objectives}}}\n---\n",
        "teams/zest/2026-Q4/okrs.md": "---\nobjectives: {quiet: {title: Quiet}}\n---\n",
        "teams/zest/2026-Q3/okrs.md": "---\nobjectives: {old: {title: Old, key_results: {k: {title: K}}}}\n---\n",
    }
    view = _view(files, urls.DROPPED, DroppedPageView)
    ((_, (dropped,)),) = view.cycles
    assert re.findall('href="([^"]+)"', dropped.replaced_by) == ([quote(leads, safe="/#")] if leads else [])


def test_a_company_that_let_nothing_go_says_so() -> None:
    assert "No objective has been dropped." in _html({f"{Q4}/okrs.md": OKRS}, urls.DROPPED)
