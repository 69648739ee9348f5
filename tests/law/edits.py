"""What people do to content between two builds. Each edit says what it did, or nothing where it found nothing to do."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from os import utime
from random import Random
from typing import Final

from tests.law.company import (
    PICTURE,
    QUARTERS,
    ROOT_TEAM,
    Document,
    add_cycle,
    make_checkin,
    make_objective,
    make_question,
    make_reading,
    make_retro,
    objectives_in,
    references,
    text,
    words,
)
from tests.law.project import Project

Edit = Callable[[Project, Random], str]

BROKEN: Final = (
    b"---\nname: [unclosed\n---\n",
    b"---\ntitle: na\xefve\n---\n",
    b"---\nnothing: known\n---\nText.\n",
    b"no front matter",
    b"",
    b"---\n{}\n---\n" + b"word " * 14_000,
)


def _places(project: Project, ending: str) -> list[str]:
    return sorted(place for place in project.documents if place.endswith(ending))


def _among(project: Project, folder: str) -> list[str]:
    return sorted(place for place in project.documents if f"/{folder}/" in place)


def _teams(project: Project) -> list[str]:
    return sorted({place.split("/")[1] for place in project.documents if place.startswith("teams/")})


# --- check-ins, retrospectives, questions ---------------------------------------------------------------------------


def check_in(project: Project, rng: Random) -> str:
    """A team writes a check-in."""
    place = rng.choice(_places(project, "/okrs.md") or [""])
    if not place:
        return ""
    _, team, cycle, _ = place.split("/")
    day = QUARTERS[cycle] + timedelta(days=rng.randint(3, 85))
    path = f"teams/{team}/{cycle}/checkins/{day}.md"
    project.documents[path] = make_checkin(rng, project.documents[place])
    return f"wrote {path}"


def correct_check_in(project: Project, rng: Random) -> str:
    """A value in a check-in was wrong."""
    place = rng.choice(_among(project, "checkins") or [""])
    progress = project.documents[place].fields.get("progress") if place else None
    if not progress:
        return ""
    name = rng.choice(sorted(progress))
    if rng.random() < 0.5:
        progress[name] = make_reading(rng, {"baseline": "200 ms"} if "ms" in str(progress[name]) else {})
    else:
        project.documents[place].body = f"This week was {words(rng, 4)}.\n"
    return f"corrected {name} in {place}"


def move_check_in(project: Project, rng: Random) -> str:
    """A check-in gets another date."""
    place = rng.choice(_among(project, "checkins") or [""])
    if not place:
        return ""
    folder, _, name = place.rpartition("/")
    new = f"{folder}/{date.fromisoformat(name[:10]) + timedelta(days=rng.choice((-1, 1, 7)))}.md"
    project.documents[new] = project.documents.pop(place)
    return f"renamed {place} {new}"


def remove_file(project: Project, rng: Random) -> str:
    """Some file goes, whoever names what stands in it."""
    place = rng.choice(sorted(project.documents))
    del project.documents[place]
    return f"removed {place}"


def look_back(project: Project, rng: Random) -> str:
    """A team writes its retrospective, or writes it anew; now and then in Chinese beside it."""
    place = rng.choice(_places(project, "/okrs.md") or [""])
    if not place:
        return ""
    _, team, cycle, _ = place.split("/")
    path = f"teams/{team}/{cycle}/retro.md"
    if path in project.documents and rng.random() < 0.3:
        path = path.replace("retro.md", "retro.zh.md")
        project.documents[path] = Document({}, f"## 预期\n\n{words(rng)}\n")
    else:
        project.documents[path] = make_retro(rng, project.documents[place], QUARTERS[cycle])
    return f"wrote {path}"


def ask(project: Project, rng: Random) -> str:
    """Somebody asks, or a question is answered."""
    place = rng.choice(_places(project, "/okrs.md") or [""])
    if not place:
        return ""
    _, team, cycle, _ = place.split("/")
    path = f"teams/{team}/{cycle}/questions/{rng.choice(('why', 'how', '为什么'))}.md"
    project.documents[path] = make_question(rng, QUARTERS[cycle])
    return f"wrote {path}"


# --- promises -------------------------------------------------------------------------------------------------------


def promise(project: Project, rng: Random) -> str:
    """A team adds an objective."""
    place = rng.choice(_places(project, "/okrs.md") or [""])
    if not place:
        return ""
    name = f"aim-{rng.randint(2, 9)}"
    objective = make_objective(project.documents, rng, place.rpartition("/")[0], speaks=rng.random() < 0.2)
    project.documents[place].fields.setdefault("objectives", {})[name] = objective
    return f"added {name} to {place}"


def withdraw(project: Project, rng: Random) -> str:
    """An objective goes, or is dropped."""
    there = list(objectives_in(project.documents))
    if not there:
        return ""
    place, name, fields = rng.choice(there)
    if rng.random() < 0.4:
        fields |= {"status": "dropped", "because": words(rng)}
        return f"dropped {name} in {place}"
    del project.documents[place].fields["objectives"][name]
    return f"removed {name} from {place}"


def retitle(project: Project, rng: Random) -> str:
    """An objective is called otherwise."""
    there = list(objectives_in(project.documents))
    if not there:
        return ""
    place, name, fields = rng.choice(there)
    fields["title"] = text(rng, speaks=rng.random() < 0.3)
    return f"changed the title of {name} in {place}"


def rethink(project: Project, rng: Random) -> str:
    """A key result is added, aimed elsewhere, or removed."""
    there = [(place, name, fields) for place, name, fields in objectives_in(project.documents) if fields["key_results"]]
    if not there:
        return ""
    place, name, fields = rng.choice(there)
    key = rng.choice(sorted(fields["key_results"]))
    if rng.random() < 0.3:
        del fields["key_results"][key]
        return f"removed {name}#{key} from {place}"
    target = {"baseline": "200 ms", "target": f"{rng.randint(20, 120)} ms", "title": words(rng)}
    fields["key_results"][rng.choice((key, f"kr-{rng.randint(7, 9)}"))] = target
    return f"changed {name}#{key} in {place}"


def tie(project: Project, rng: Random) -> str:
    """An objective leans on another, needs one, provides to one, or links to one; now and then to none there is."""
    there = list(objectives_in(project.documents))
    if not there:
        return ""
    place, name, fields = rng.choice(there)
    ref = rng.choice([*references(project.documents), *references(project.documents), "acme/2026-Q4/nothing"])
    kind = rng.choice(("supports", "depends_on", "provides", "shared_with", "note", "carried_from"))
    fields[kind] = {
        "supports": [ref],
        "depends_on": [{"from": ref, "need": words(rng)}],
        "provides": [{"to": ref, "by": "2026-12-01"}],
        "shared_with": [f"@{ref.split('/')[0]}"],
        "note": f"See [[{ref}]].",
        "carried_from": ref,
    }[kind]
    return f"set {kind} of {name} in {place} to {ref}"


def untie(project: Project, rng: Random) -> str:
    """An objective leans on nothing any more."""
    there = [(place, name, fields) for place, name, fields in objectives_in(project.documents) if "supports" in fields]
    if not there:
        return ""
    place, name, fields = rng.choice(there)
    del fields["supports"]
    return f"untied {name} in {place}"


# --- teams, cycles, pages ------------------------------------------------------------------------------------------


def present(project: Project, rng: Random) -> str:
    """A team changes its mission, its name, its rhythm or what it publishes."""
    place = rng.choice(_places(project, "/team.md") or [""])
    if not place:
        return ""
    key, value = rng.choice(
        (
            ("mission", text(rng, speaks=rng.random() < 0.3)),
            ("name", words(rng, 1).capitalize()),
            ("cadence", rng.choice(("weekly", "fortnightly", "monthly"))),
            ("figures", "words"),
            ("until", "2026-Q3"),
            ("contact", f"#{words(rng, 1)}"),
        )
    )
    project.documents[place].fields[key] = value
    return f"set {key} in {place}"


def found_team(project: Project, rng: Random) -> str:
    """A team is founded."""
    team = f"team-{rng.randint(0, 99)}"
    place = f"teams/{team}/team.md"
    project.documents[place] = Document({"name": team, "parent": rng.choice(_teams(project) or [ROOT_TEAM])})
    add_cycle(project.documents, rng, team, "2026-Q4", speaks=False)
    return f"founded {team}"


def rename_team(project: Project, rng: Random) -> str:
    """A team's folder gets another name; the old one stays as an alias, or is forgotten."""
    team = rng.choice(_teams(project) or [""])
    if not team or team == ROOT_TEAM:
        return ""
    new = f"{team}-{rng.randint(0, 9)}"
    for place in [place for place in project.documents if place.startswith(f"teams/{team}/")]:
        project.documents[place.replace(team, new, 1)] = project.documents.pop(place)
    own = project.documents.get(f"teams/{new}/team.md")
    if own and rng.random() < 0.8:
        own.fields["aliases"] = [*own.fields.get("aliases", []), team]
    return f"renamed the team {team} {new}"


def move_team(project: Project, rng: Random) -> str:
    """A team comes under another one: at all times, from some cycle on, or in a circle."""
    place = rng.choice(_places(project, "/team.md") or [""])
    if not place or place == f"teams/{ROOT_TEAM}/team.md":
        return ""
    parent = rng.choice(_teams(project))
    project.documents[place].fields["parent"] = rng.choice((parent, {"2026-Q3": ROOT_TEAM, "2026-Q4": parent}))
    return f"moved {place} under {parent}"


def dissolve_team(project: Project, rng: Random) -> str:
    """A team's whole folder goes."""
    teams = [team for team in _teams(project) if team != ROOT_TEAM]
    if len(teams) < 2:
        return ""
    team = rng.choice(teams)
    for place in [place for place in project.documents if place.startswith(f"teams/{team}/")]:
        del project.documents[place]
    return f"dissolved {team}"


def plan_cycle(project: Project, rng: Random) -> str:
    """A team begins another cycle."""
    team, cycle = rng.choice(_teams(project) or [ROOT_TEAM]), rng.choice(sorted(QUARTERS))
    add_cycle(project.documents, rng, team, cycle, speaks=False)
    return f"planned {cycle} for {team}"


def name_cycle(project: Project, rng: Random) -> str:
    """A cycle gets a title and a theme, or loses them."""
    place = f"cycles/{rng.choice(sorted(QUARTERS))}.md"
    if project.documents.pop(place, None):
        return f"removed {place}"
    project.documents[place] = Document({"title": words(rng), "theme": words(rng)})
    return f"wrote {place}"


def write_page(project: Project, rng: Random) -> str:
    """A free page or the letter is written anew."""
    place = rng.choice(("pages/guide.md", "pages/terms.md", "index.md"))
    fields = {"mission": words(rng)} if place == "index.md" else {"title": words(rng)}
    body = f"## {words(rng)}\n\n![a chart](chart.png) {words(rng)}[^1]\n\n[^1]: {words(rng)}\n"
    project.documents[place] = Document(fields, body.replace("chart.png", "pages/chart.png") if len(fields) else body)
    return f"wrote {place}"


def change_picture(project: Project, rng: Random) -> str:
    """A picture is another one, is none, or goes."""
    path = "content/pages/chart.png"
    if path in project.others and rng.random() < 0.3:
        del project.others[path]
        return f"removed {path}"
    project.others[path] = rng.choice((PICTURE, b"no picture")) + bytes([rng.randint(0, 255)])
    return f"drew {path}"


# --- files ----------------------------------------------------------------------------------------------------------


def break_file(project: Project, rng: Random) -> str:
    """A file cannot be read any more as what it is."""
    place = rng.choice(sorted(project.documents))
    project.broken[place] = rng.choice(BROKEN)
    return f"broke {place} with {project.broken[place][:40]!r}"


def mend_files(project: Project, _rng: Random) -> str:
    """Everything that was broken is as before."""
    mended, project.broken = sorted(project.broken), {}
    return f"mended {', '.join(mended)}" if mended else ""


def swap_files(project: Project, rng: Random) -> str:
    """Two files of a kind change places, their times with them."""
    kind = rng.choice(("/team.md", "/okrs.md", "/retro.md", ".md"))
    places = _places(project, kind)
    if len(places) < 2:
        return ""
    one, two = rng.sample(places, 2)
    project.documents[one], project.documents[two] = project.documents[two], project.documents[one]
    return f"swapped {one} and {two}"


def copy_file(project: Project, rng: Random) -> str:
    """What one team wrote is copied to another."""
    kind = rng.choice(("/okrs.md", "/team.md"))
    places = _places(project, kind)
    if len(places) < 2:
        return ""
    one, two = rng.sample(places, 2)
    project.documents[two] = deepcopy(project.documents[one])
    return f"copied {one} to {two}"


def touch(project: Project, rng: Random) -> str:
    """A file is saved as it was."""
    path = rng.choice(sorted(project.written))
    utime(project.folder / path, (rng.randint(0, 2**31), rng.randint(0, 2**31)))
    return f"touched {path}"


def add_draft(project: Project, rng: Random) -> str:
    """A file comes or goes that is not read."""
    path = rng.choice(("content/_draft.md", "content/pages/.hidden.md", "content/okrs.txt", "notes.md"))
    if project.others.pop(path, None):
        return f"removed {path}"
    project.others[path] = words(rng).encode()
    return f"wrote {path}"


EDITS: Final[tuple[Edit, ...]] = (
    *(check_in, correct_check_in, correct_check_in, move_check_in, remove_file, look_back, ask),
    *(promise, withdraw, retitle, retitle, rethink, tie, tie, untie),
    *(present, found_team, rename_team, move_team, dissolve_team, plan_cycle, name_cycle, write_page, change_picture),
    *(break_file, mend_files, swap_files, copy_file, touch, add_draft),
)
