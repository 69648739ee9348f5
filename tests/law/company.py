"""A small but complete company, made from a random number: every kind of file, and every kind of tie between teams."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from json import dumps
from random import Random
from typing import Any, Final

ROOT_TEAM: Final = "acme"
TEAMS: Final = ("payments", "shops", "battery", "苏州")
QUARTERS: Final = {"2026-Q3": date(2026, 7, 1), "2026-Q4": date(2026, 10, 1), "2027-Q1": date(2027, 1, 1)}
WORDS: Final = ("calm", "quick", "bright", "steady", "plain", "fair", "sound", "warm", "clear", "near", "light", "open")
PICTURE: Final = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x02\x00\x00\x00"


@dataclass
class Document:
    """A content file: its fields and its body."""

    fields: dict[str, Any] = field(default_factory=dict)
    body: str = ""

    def text(self) -> str:
        """The file; its front matter is JSON, which is YAML too."""
        return f"---\n{dumps(self.fields, ensure_ascii=False, indent=1)}\n---\n{self.body}"


Documents = dict[str, Document]
"""Content files by place below the content folder."""


def words(rng: Random, count: int = 3) -> str:
    """A few words that mean nothing."""
    return " ".join(rng.choices(WORDS, k=count))


def text(rng: Random, *, speaks: bool) -> Any:
    """A text, now and then in two languages."""
    one = words(rng).capitalize()
    return {"en": one, "zh": f"{one} 的"} if speaks and rng.random() < 0.5 else one


def make_company(rng: Random, *, speaks: bool) -> Documents:
    """The files of a company of three to five teams in two or three cycles."""
    teams = [ROOT_TEAM, *rng.sample(TEAMS, rng.randint(2, 4))]
    cycles = list(QUARTERS)[: rng.randint(2, 3)]
    documents: Documents = {
        "index.md": Document({"mission": text(rng, speaks=speaks)}, f"A letter: {words(rng, 6)}.\n"),
        "cycles/2026-Q4.md": Document({"title": "Autumn", "theme": words(rng)}),
        "pages/guide.md": Document({"title": "How we do it"}, "## Why\n\n![a chart](chart.png)\n"),
    }
    for team in teams:
        parent = {} if team == ROOT_TEAM else {"parent": ROOT_TEAM}
        fields = {"name": team.capitalize(), "mission": text(rng, speaks=speaks), **parent}
        documents[f"teams/{team}/team.md"] = Document(fields, f"We are {words(rng)}.\n")
        for cycle in cycles:
            add_cycle(documents, rng, team, cycle, speaks=speaks)
    return documents


def add_cycle(documents: Documents, rng: Random, team: str, cycle: str, *, speaks: bool) -> None:
    """Everything a team writes in a cycle."""
    place = f"teams/{team}/{cycle}"
    okrs = Document({"objectives": {}, "not_doing": [words(rng)]}, f"Context: {words(rng)}.\n")
    documents[f"{place}/okrs.md"] = okrs
    for number in range(rng.randint(1, 2)):
        okrs.fields["objectives"][f"aim-{number}"] = make_objective(documents, rng, place, speaks=speaks)
    if rng.random() < 0.4:
        okrs.fields["guardrails"] = {"refunds": {"title": "Refunds in time", "keep_above": "95%"}}
    first = QUARTERS[cycle]
    for week in sorted(rng.sample(range(1, 8), rng.randint(1, 2))):
        day = first + timedelta(weeks=week)
        documents[f"{place}/checkins/{day}.md"] = make_checkin(rng, okrs)
    if cycle == "2026-Q3" or rng.random() < 0.2:
        documents[f"{place}/retro.md"] = make_retro(rng, okrs, first)
    if rng.random() < 0.4:
        documents[f"{place}/questions/why.md"] = make_question(rng, first)


def objectives_in(documents: Documents) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(place of its okrs.md, name, fields) of every objective."""
    for place in sorted(documents):
        if place.endswith("/okrs.md"):
            for name, fields in documents[place].fields.get("objectives", {}).items():
                yield place, name, fields


def references(documents: Documents) -> list[str]:
    """A reference to each objective that there is, in its longest form."""
    found = []
    for place, name, _ in objectives_in(documents):
        _, team, cycle, _ = place.split("/")
        found.append(f"{team}/{cycle}/{name}")
    return found


def make_objective(documents: Documents, rng: Random, place: str, *, speaks: bool) -> dict[str, Any]:
    """An objective with one to three key results, tied to what others have."""
    _, team, cycle = place.split("/")
    fields: dict[str, Any] = {"title": text(rng, speaks=speaks), "why": f"Because it is {words(rng)}."}
    near = [ref for ref in references(documents) if f"/{cycle}/" in ref and not ref.startswith(f"{team}/")]
    if near and rng.random() < 0.7:
        fields["supports"] = [rng.choice(near)]
    if near and rng.random() < 0.4:
        fields["depends_on"] = [{"from": rng.choice(near), "need": f"Something {words(rng)}"}]
    if near and rng.random() < 0.2:
        fields["shared_with"] = [f"@{rng.choice(near).split('/')[0]}"]
    if near and rng.random() < 0.3:
        fields["note"] = f"See [[{rng.choice(near)}]] and [it](../../{near[0].split('/')[0]}/team.md)."
    if rng.random() < 0.3:
        fields["assumes"] = {f"bet-{rng.randint(0, 999)}": words(rng)}
    measures = rng.sample(range(7), rng.randint(1, 3))
    fields["key_results"] = {f"kr-{n}": {"title": text(rng, speaks=speaks), **_measure(rng, n)} for n in measures}
    return fields


def _measure(rng: Random, number: int) -> dict[str, Any]:
    measures: tuple[dict[str, Any], ...] = (
        {"baseline": "200 ms", "target": f"{rng.randint(50, 150)} ms"},
        {"milestones": ["pilot", "launch", words(rng)]},
        {"deliver_by": f"2026-{rng.choice(('08', '11'))}-{rng.randint(10, 28)}"},
        {"keep_above": f"{rng.randint(80, 99)}%"},
        {"target": f"A {words(rng)} contract"},
        {"find_baseline": True},
        {"weight": rng.randint(1, 3)},
    )
    return measures[number]


def make_reading(rng: Random, key_result: dict[str, Any]) -> dict[str, Any]:
    """What a team saw of a key result."""
    value: Any = f"{rng.randint(0, 100)}%"
    if "baseline" in key_result:
        value = f"{rng.randint(60, 210)} ms"
    elif "milestones" in key_result:
        value = key_result["milestones"][: rng.randint(1, 3)]
    elif "deliver_by" in key_result:
        value = rng.choice(("yes", "no"))
    reading = {"value": value, "note": f"It is {words(rng)}."}
    return reading if rng.random() < 0.3 else {**reading, "confidence": rng.randint(0, 10)}


def make_checkin(rng: Random, okrs: Document) -> Document:
    """A check-in on some of the key results, with a risk now and then."""
    fields: dict[str, Any] = {"progress": {}}
    for name, objective in okrs.fields.get("objectives", {}).items():
        for key, key_result in objective["key_results"].items():
            if rng.random() < 0.8:
                fields["progress"][f"{name}#{key}"] = make_reading(rng, key_result)
        if rng.random() < 0.4:
            state = rng.choice(("open", "helped", "resolved", "happened"))
            fields["risks"] = {"late": {"about": name, "what": words(rng), "needs": f"@{ROOT_TEAM}", "state": state}}
        for bet in objective.get("assumes", {}):
            state = rng.choice(("holds", "shaky", "broken"))
            fields.setdefault("assumptions", {})[bet] = {"state": state, "note": words(rng)}
    return Document(fields, f"This week was {words(rng, 5)}.\n")


def make_retro(rng: Random, okrs: Document, first: date) -> Document:
    """A look back with a score of each objective, a lesson and sections."""
    scores = {
        name: {"score": f"0.{rng.randint(0, 9)}", "because": words(rng), "next": rng.choice(("keep", "change", "drop"))}
        for name in okrs.fields.get("objectives", ())
    }
    body = f"## What happened\n\nIt was {words(rng)} from {first} on.\n\n## What we learned\n\nTo be {words(rng)}.\n"
    return Document({"scores": scores, "lessons": {"early": f"Start {words(rng)}."}}, body)


def make_question(rng: Random, first: date) -> Document:
    """A question about the objective that every team has, answered or not."""
    fields: dict[str, Any] = {"about": "aim-0", "asked_on": f"{first + timedelta(days=rng.randint(5, 20))}"}
    if rng.random() < 0.5:
        return Document(fields, f"Why so {words(rng)}?\n")
    fields["answered_on"] = f"{first + timedelta(days=rng.randint(21, 40))}"
    return Document(fields, f"Why so {words(rng)}?\n\n## Answer\n\nBecause {words(rng)}.\n")
