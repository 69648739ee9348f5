"""What feeds tell: everything that was said with a day, newest first, in words, under names that stay."""

import re
from typing import Final

import pytest

from okrsite.pages.feeds import MAX_ENTRIES
from okrsite.pages.plan import plan_site
from okrsite.pages.views import FeedView, ObjectiveView, TeamCycleView
from okrsite.pages.words import Vocabulary
from okrsite.shell.project import read_catalogues
from tests.companies import compile_files

TEAM: Final = "---\nname: Acme\n---\n"
OKRS: Final = """---
objectives:
  instant:
    title: Paying feels instant
    assumes: {line: The line holds}
    amendments:
      - {date: 2026-11-09, what: p95 target, because: The network needs it.}
      - {what: undated, because: Nobody knows when.}
    key_results:
      p95: {title: Checkout time, baseline: 200 ms, target: 100 ms}
  calm: {title: It is calm}
---
"""
CHECKIN: Final = """---
progress:
  instant#p95: {value: 151 ms, confidence: 8, note: Two markets live}
  calm: {confidence: 3}
risks:
  bank: {about: instant, what: The bank is slow, needs: "@zest"}
assumptions:
  line: {state: shaky, note: It hums}
---
A good week with **news**.
"""
FILES: Final = {
    "teams/acme/team.md": TEAM,
    "teams/acme/2026-Q4/okrs.md": OKRS,
    "teams/acme/2026-Q4/checkins/2026-10-16.md": CHECKIN,
    "teams/acme/2026-Q4/checkins/2026-11-20.md": "---\nrisks:\n  bank: {state: helped}\n---\n",
    "teams/acme/2026-Q4/questions/why.md": (
        "---\nabout: instant\nasked_on: 2026-11-02\nanswered_on: 2026-11-04\n---\nWhy so fast?\n\n## Answer\n\nTills.\n"
    ),
    "teams/acme/2026-Q3/okrs.md": "---\nobjectives:\n  old: {title: Old}\n---\n",
    "teams/acme/2026-Q3/retro.md": (
        "---\nscores:\n  old: {score: 0.4, because: Two slipped, next: keep}\nlessons:\n  ask: Ask first\n---\n"
        "We asked late.\n"
    ),
    "teams/zest/team.md": "---\nname: Zest\n---\n",
}


def _feed(path: str, files: dict[str, str] = FILES, *, settings: str = "", today: str = "2026-11-22") -> FeedView:
    plan = plan_site(compile_files(files, settings=settings, today=today), Vocabulary(read_catalogues()))
    (view,) = (page.present() for page in plan.pages if page.path == path)
    assert isinstance(view, FeedView)
    return view


def _told(view: FeedView) -> list[tuple[str, str, str]]:
    return [(str(entry.on), entry.kind, entry.title) for entry in view.entries]


def test_a_teams_feed_tells_all_that_was_said_with_a_day_newest_first() -> None:
    assert _told(_feed("teams/acme/feed.xml")) == [
        ("2026-11-20", "check-in", "Acme, 2026-Q4: check-in of 20 November 2026"),
        ("2026-11-09", "promise", "Acme moved a promise: Paying feels instant"),
        ("2026-11-04", "answer", "Acme answered: Why so fast?"),
        ("2026-11-02", "question", "A question to Acme: Why so fast?"),
        ("2026-10-16", "raised early", "Acme raised early: The bank is slow"),
        ("2026-10-16", "check-in", "Acme, 2026-Q4: check-in of 16 October 2026"),
        ("2026-09-30", "looking back", "Acme looks back at 2026-Q3"),
    ]


def test_a_check_in_is_told_in_words_and_without_a_figure() -> None:
    entry = next(e for e in _feed("teams/acme/feed.xml").entries if e.title.endswith("16 October 2026"))
    assert entry.text == "<p>A good week with <strong>news</strong>.</p>\n"
    assert [(said.about.words, said.word) for said in entry.said] == [
        ("Checkout time", "on track"),
        ("It is calm", "off track"),
        ("The line holds", "shaky"),
    ]
    assert "Two markets live" in entry.said[0].text
    assert not re.search(r"151|8/10|\b8\b", str(entry))


def test_what_became_of_a_risk_is_told_by_the_check_in_that_said_it() -> None:
    newest = _feed("teams/acme/feed.xml").entries[0]
    assert [(said.about.words, said.word) for said in newest.said] == [("Risk", "helped")]
    assert "The bank is slow" in newest.said[0].text


def test_a_risk_is_told_with_what_it_is_about_and_who_is_asked() -> None:
    (entry,) = (e for e in _feed("teams/acme/feed.xml").entries if e.kind == "raised early")
    assert entry.about
    assert entry.about.words == "Paying feels instant"
    assert [link.words for link in entry.asks] == ["Zest"]
    assert entry.href == "2026-Q4/index.html#risk-bank"


def test_a_risk_that_came_late_is_not_called_early() -> None:
    files = {**FILES, "teams/acme/2026-Q4/checkins/2026-12-18.md": "---\nrisks:\n  late: {what: So late}\n---\n"}
    newest = _feed("teams/acme/feed.xml", files, today="2026-12-20").entries[0]
    assert (newest.kind, newest.title) == ("risk", "Acme named a risk: So late")


def test_a_look_back_brings_the_sentences_beside_the_scores_and_the_lessons_but_no_score() -> None:
    entry = _feed("teams/acme/feed.xml").entries[-1]
    assert "We asked late." in entry.text
    assert [said.about.words for said in entry.said] == ["Old", "Lesson"]
    assert ("Two slipped" in entry.said[0].text, entry.said[0].word) == (True, "keep")
    assert "Ask first" in entry.said[1].text
    assert "0.4" not in str(entry)


@pytest.mark.parametrize(("today", "on"), [("2026-10-01", "2026-09-30"), ("2026-09-20", "2026-08-07")])
def test_a_look_back_bears_the_last_day_of_its_cycle_once_that_is_over(today: str, on: str) -> None:
    files = {**FILES, "teams/acme/2026-Q3/checkins/2026-08-07.md": "---\nprogress:\n  old: {confidence: 5}\n---\n"}
    (entry,) = (e for e in _feed("teams/acme/feed.xml", files, today=today).entries if e.kind == "looking back")
    assert str(entry.on) == on


def test_an_objectives_feed_holds_what_is_about_it_and_nothing_else() -> None:
    instant, calm = (_feed(f"teams/acme/2026-Q4/{name}.xml") for name in ("instant", "calm"))
    assert [entry.kind for entry in instant.entries] == [
        *("check-in", "promise", "answer", "question", "raised early", "check-in"),
    ]
    assert [said.about.words for said in instant.entries[-1].said] == ["Checkout time", "The line holds"]
    assert [entry.kind for entry in calm.entries] == ["check-in"]
    assert [said.about.words for said in calm.entries[0].said] == ["It is calm"]
    assert "A good week" not in str(instant) + str(calm)


def test_the_cycles_feed_holds_every_team_of_the_cycle() -> None:
    zest = {"teams/zest/2026-Q4/checkins/2026-11-21.md": "Rain.\n"}
    told = _told(_feed("2026-Q4/feed.xml", {**FILES, **zest}))
    assert told[0] == ("2026-11-21", "check-in", "Zest, 2026-Q4: check-in of 21 November 2026")
    assert not [title for _, _, title in told if "Q3" in title]


@pytest.mark.parametrize(("today", "cycles"), [("2026-11-22", {"2026-Q4"}), ("2026-10-18", {"2026-Q3", "2026-Q4"})])
def test_the_sites_feed_holds_the_cycles_that_are_still_written_for(today: str, cycles: set[str]) -> None:
    told = " ".join(title for _, _, title in _told(_feed("feed.xml", today=today)))
    assert {cycle for cycle in ("2026-Q3", "2026-Q4") if cycle in told} == cycles


# --- names and dates ------------------------------------------------------------------------------------------------


def test_names_stay_when_words_change_and_differ_between_things() -> None:
    before = _feed("teams/acme/feed.xml")
    reworded = {
        place: text.replace("The bank is slow", "Banks!").replace("Acme", "Apex") for place, text in FILES.items()
    }
    after = _feed("teams/acme/feed.xml", reworded)
    assert before.title != after.title
    assert [before.id, *(e.id for e in before.entries)] == [after.id, *(e.id for e in after.entries)]
    assert len({before.id, *(e.id for e in before.entries)}) == len(before.entries) + 1


def test_the_same_thing_has_one_name_in_every_feed_that_tells_it_in_full() -> None:
    team, cycle = ({e.title: e.id for e in _feed(path).entries} for path in ("teams/acme/feed.xml", "2026-Q4/feed.xml"))
    assert len(cycle) == 6
    assert {title: team[title] for title in cycle} == cycle
    objective = {entry.id for entry in _feed("teams/acme/2026-Q4/instant.xml").entries if entry.kind == "check-in"}
    assert objective.isdisjoint(cycle.values())


def test_names_are_uuids_made_of_where_the_site_is() -> None:
    pattern = r"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
    places = ("", 'title = "Other"\n', 'base_url = "https://okrs.example"\n', 'base_url = "https://okrs.example/"\n')
    names = [_feed("feed.xml", settings=settings).id for settings in places]
    assert all(re.fullmatch(pattern, name) for name in names)
    assert names[2] == names[3]
    assert len(set(names)) == 3


def test_a_feed_is_as_new_as_its_newest_entry_whatever_the_day() -> None:
    days = {str(_feed("feed.xml", today=today).updated) for today in ("2026-11-21", "2026-11-22", "2026-12-01")}
    assert days == {"2026-11-20"}


def test_a_feed_without_an_entry_dates_from_where_it_begins() -> None:
    view = _feed("teams/zest/feed.xml")
    assert (view.entries, str(view.updated)) == ((), "2026-10-01")
    assert str(_feed("feed.xml", {}).updated) == "2026-11-22"


def test_what_lies_after_today_is_not_told() -> None:
    files = {**FILES, "teams/acme/2026-Q4/checkins/2026-12-04.md": "Later.\n"}
    assert _feed("teams/acme/feed.xml", files).entries == _feed("teams/acme/feed.xml").entries


# --- size, addresses, languages -------------------------------------------------------------------------------------


def test_many_check_ins_do_not_crowd_out_the_rest() -> None:
    files = dict(FILES)
    for number in range(60):
        files[f"teams/t{number}/team.md"] = f"---\nname: T{number}\n---\n"
        files[f"teams/t{number}/2026-Q4/checkins/2026-11-21.md"] = "Words.\n"
    kinds = [entry.kind for entry in _feed("2026-Q4/feed.xml", files).entries]
    assert kinds.count("check-in") == MAX_ENTRIES
    assert {"promise", "answer", "question", "raised early"} <= set(kinds)


def test_links_are_relative_until_the_site_knows_its_address() -> None:
    near = _feed("teams/acme/feed.xml")
    far = _feed("teams/acme/feed.xml", settings='base_url = "https://okrs.example/all"\n')
    assert (near.own, near.page) == ("feed.xml", "index.html")
    assert (far.own, far.page) == (
        "https://okrs.example/all/teams/acme/feed.xml",
        "https://okrs.example/all/teams/acme/index.html",
    )
    assert near.entries[0].href == "2026-Q4/index.html#on-2026-11-20"
    assert far.entries[0].href == "https://okrs.example/all/teams/acme/2026-Q4/index.html#on-2026-11-20"
    assert "https://okrs.example/all/teams/acme/2026-Q4/instant.html" in str(far.entries[1].said)


def test_a_further_language_has_feeds_of_its_own_in_its_words() -> None:
    settings = 'base_url = "https://okrs.example"\nlanguages = ["en", "zh"]\n'
    files = {**FILES, "teams/acme/2026-Q4/checkins/2026-11-20.zh.md": "好的一周。\n"}
    english, chinese = (_feed(f"{tree}teams/acme/feed.xml", files, settings=settings) for tree in ("", "zh/"))
    assert (english.language, chinese.language) == ("en", "zh")
    assert chinese.page == "https://okrs.example/zh/teams/acme/index.html"
    assert "好的一周" in chinese.entries[0].text
    assert not {e.id for e in english.entries} & {e.id for e in chinese.entries}


def test_an_old_name_of_a_team_still_has_its_feeds_with_the_same_names() -> None:
    files = {**FILES, "teams/acme/team.md": "---\nname: Acme\naliases: [till]\n---\n"}
    for place in ("feed.xml", "2026-Q4/instant.xml"):
        old, new = _feed(f"teams/till/{place}", files), _feed(f"teams/acme/{place}", files)
        assert [entry.id for entry in old.entries] == [entry.id for entry in new.entries]
        assert old.page.startswith("../" if place == "feed.xml" else "../../")
        assert "acme/" in old.page


def test_an_objective_has_a_feed_until_nothing_can_be_added() -> None:
    compiled = compile_files(FILES)
    pages = {page.path: page.present for page in plan_site(compiled).pages}
    assert "teams/acme/2026-Q4/instant.xml" in pages
    assert "teams/acme/2026-Q3/old.xml" not in pages
    old = pages["teams/acme/2026-Q3/old.html"]()
    assert isinstance(old, ObjectiveView)
    assert [way.href for way in old.chrome.following] == ["../feed.xml", "../calendar.ics"]


def test_every_page_leads_to_the_feed_and_the_calendar_of_what_it_is_about() -> None:
    pages = {page.path: page.present for page in plan_site(compile_files(FILES)).pages}
    team, objective = pages["teams/acme/2026-Q4/index.html"](), pages["teams/acme/2026-Q4/instant.html"]()
    assert isinstance(team, TeamCycleView)
    assert isinstance(objective, ObjectiveView)
    assert [(way.href, way.media) for way in team.chrome.following] == [
        ("../feed.xml", "application/atom+xml"),
        ("../calendar.ics", "text/calendar"),
    ]
    assert [way.href for way in objective.chrome.following] == ["instant.xml", "../calendar.ics"]
