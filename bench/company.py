"""A made-up company of any size, the same bytes for the same size: teams in a tree, promises, check-ins, look backs.

Nothing in it is wrong, so that a build of it publishes; advice it gets as any company does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

TODAY: Final = date(2026, 11, 22)
"""The day as of which the company is to be built: the middle of its last cycle."""
SIZES: Final = {100: (25, 4), 1_000: (125, 8), 10_000: (1_250, 8)}
"""Team-cycles, as so many teams in so many quarters; a test may have others."""
OBJECTIVES, KEY_RESULTS, CHECKINS = 4, 3, 7
_BRANCHES: Final = 5
"""Teams below each team."""
_DAYS: Final = 91

_AREAS: Final = ("orders", "depots", "routes", "parcels", "returns", "fleet", "billing", "claims", "lockers", "customs")
_WHO: Final = ("drivers", "senders", "shop owners", "receivers", "our own planners", "night shifts", "new partners")
_BETTER: Final = (
    "{who} find what they need in {area} at the first try",
    "Nobody among {who} has to ask twice about {area}",
    "{area} work for {who} on the worst day of the year",
    "{who} can rely on what we say about {area}",
    "Mistakes in {area} are noticed by us before {who} do",
    "{who} tell others that {area} have become simple",
)
_REASONS: Final = (
    "Every {n}th call is about this, and most of them end without an answer.",
    "Last winter we lost {n} contracts over it, and never learned what would have kept them.",
    "It costs {who} about {n} minutes a day, which they would rather spend on the road.",
    "We have promised it for {n} months, and *trust* is what is being used up.",
)
_MEASURES: Final = (
    ("Waiting time at the {area} desk", "ms", (900, 4_000), (200, 800)),
    ("Share of {area} without a correction", "%", (30, 60), (65, 95)),
    ("Hours until {who} hear from us", "hours", (20, 70), (2, 16)),
    ("{area} handled by {who} on their own", "", (100, 900), (1_100, 6_000)),
)
_STEPS: Final = ("Asked {who}", "Drawn with two depots", "Tried for a week", "Open to everybody", "The old way is gone")
_SAID: Final = (
    "Two depots switched over and kept at it; {n} {who} have used it since Monday.",
    "We measured again after the repair and **the figure held**, which surprised us.",
    "Nothing moved. The supplier's part is late by {n} days, and we know no way round it.",
    "A talk with {n} {who} showed that the form, not the speed, keeps them away.",
    "The pilot ran through the night without a hand; see the [notes](https://notes.example/{n}).",
    "Less than we hoped: a rule from {n} weeks ago still sends half of them the old way.",
)
_LESSONS: Final = (
    "Ask {who} before drawing anything",
    "A figure that nobody reads for {n} weeks is no figure",
    "One depot that wants it teaches more than {n} that must",
)


@dataclass(frozen=True, slots=True)
class _Cycle:
    id: str
    start: date

    @property
    def closed(self) -> bool:
        return self.start + timedelta(days=_DAYS) < TODAY

    def days(self) -> list[date]:
        """The days of its check-ins."""
        between = 12 if self.closed else 7
        return [self.start + timedelta(days=8 + between * n - (n > 5)) for n in range(CHECKINS)]


@dataclass(frozen=True, slots=True)
class _Measure:
    """A key result, and what is reported of it as time goes by."""

    id: str
    lines: tuple[str, ...]
    values: tuple[str, ...]


def write_company(folder: Path, teams: int, quarters: int) -> int:
    """Write a company into a new folder; returns the number of its files."""
    files = dict(_files(teams, quarters))
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return len(files)


def _files(teams: int, quarters: int) -> Iterator[tuple[str, str]]:
    yield "okrsite.toml", 'title = "Parcels & Co"\nhistory = false\ncompany = "house"\n'
    yield (
        "content/index.md",
        "---\nmission: Whatever is sent arrives, and nobody has to wonder where it is\n---\nA year of *fewer words*.\n",
    )
    names = ["house", *(f"{_AREAS[n % len(_AREAS)]}-{n}" for n in range(1, teams))]
    cycles = [
        _Cycle(f"{2026 - back // 4}-Q{4 - back % 4}", date(2026 - back // 4, 10 - 3 * (back % 4), 1))
        for back in range(quarters)
    ]
    for number, name in enumerate(names):
        parent = names[(number - 1) // _BRANCHES] if number else None
        yield f"content/teams/{name}/team.md", _team(name, parent)
        for cycle in cycles:
            yield from _team_cycle(name, parent, cycle)


def _team(name: str, parent: str | None) -> str:
    above = f"parent: {parent}\n" if parent else ""
    title = name.replace("-", " ").capitalize()
    fields = f"name: {title}\n{above}mission: {title} without a detour\ncontact: '#{name}'\n"
    return f"---\n{fields}---\nWe sit on the second floor.\n"


def _team_cycle(team: str, parent: str | None, cycle: _Cycle) -> Iterator[tuple[str, str]]:
    dice = Random(f"{team} {cycle.id}")
    place = f"content/teams/{team}/{cycle.id}"
    objectives = {f"promise-{n + 1}": [_measure(m, dice) for m in range(KEY_RESULTS)] for n in range(OBJECTIVES)}
    yield f"{place}/okrs.md", _promises(parent, objectives, dice)
    for number, day in enumerate(cycle.days()):
        yield f"{place}/checkins/{day}.md", _checkin(number, objectives, dice)
    if cycle.closed:
        yield f"{place}/retro.md", _look_back(objectives, dice)


def _promises(parent: str | None, objectives: dict[str, list[_Measure]], dice: Random) -> str:
    lines, stories = ["---", "objectives:"], []
    for number, (id_, measures) in enumerate(objectives.items()):
        title = _filled(dice.choice(_BETTER), dice)
        lines += [
            f"  {id_}:",
            f"    title: {title[0].upper()}{title[1:]}",
            f"    why: {_filled(dice.choice(_REASONS), dice)}",
        ]
        if number == 1:
            lines.append("    type: committed")
        if parent and dice.random() < 0.8:
            lines.append(f"    supports: [{parent}/promise-{dice.randint(1, OBJECTIVES)}]")
        lines.append("    key_results:")
        for measure in measures:
            lines += measure.lines
        if number < 2:
            stories.append(
                f"## How it came about {{#{id_}}}\n\n{_text(3, dice)}\n\n- {_text(1, dice)}\n- {_text(1, dice)}\n"
            )
    return "\n".join([*lines, "---", f"{_text(2, dice)}\n", *stories])


def _measure(number: int, dice: Random) -> _Measure:
    id_ = f"result-{number + 1}"
    if dice.random() < 0.2:
        steps = [_filled(step, dice) for step in _STEPS[: dice.randint(3, 5)]]
        lines = [f"      {id_}:", f"        title: {_filled('Steps towards {who}', dice)}", "        milestones:"]
        lines += (f"          step-{n}: {{title: {step}}}" for n, step in enumerate(steps, 1))
        reached = (round(len(steps) * n / (CHECKINS + 1)) for n in range(1, CHECKINS + 1))
        values = tuple(f"[{', '.join(f'step-{n}' for n in range(1, count + 1))}]" for count in reached)
        return _Measure(id_, tuple(lines), values)
    title, unit, low, high = dice.choice(_MEASURES)
    start, aim = dice.randint(*low), dice.randint(*high)
    going = (start + (aim - start) * n / (CHECKINS + 2) * dice.uniform(0.6, 1.2) for n in range(1, CHECKINS + 1))
    lines = [
        f"      {id_}:",
        f"        title: {_filled(title, dice)}",
        f"        baseline: {_number(start, unit)}",
        f"        target: {_number(aim, unit)}",
    ]
    return _Measure(id_, tuple(lines), tuple(_number(round(value), unit) for value in going))


def _number(value: int, unit: str) -> str:
    return f"{value}%" if unit == "%" else f"{value:,} {unit}".strip()


def _checkin(number: int, objectives: dict[str, list[_Measure]], dice: Random) -> str:
    lines = ["---", "progress:"]
    for id_, measures in objectives.items():
        lines.append(f"  {id_}: {{confidence: {dice.randint(3, 8)}}}")
        for measure in measures:
            value = measure.values[number]
            value = value if value.startswith("[") else f'"{value}"'
            note = _filled(dice.choice(_SAID), dice) if dice.random() < 0.5 else ""
            more = f", confidence: {dice.randint(3, 8)}" if dice.random() < 0.5 else ""
            lines.append(f"  {id_}#{measure.id}: {{value: {value}{more}{f', note: {_quoted(note)}' if note else ''}}}")
    return "\n".join([*lines, "---", f"{_text(2, dice)}\n\n{_text(2, dice)}\n"])


def _look_back(objectives: dict[str, list[_Measure]], dice: Random) -> str:
    lines = ["---", "scores:"]
    for id_ in objectives:
        next_ = dice.choice(("keep", "change", "drop"))
        because = _quoted(_filled(dice.choice(_SAID), dice))
        lines.append(f"  {id_}: {{score: 0.{dice.randint(2, 9)}, because: {because}, next: {next_}}}")
    lines += ["lessons:", f"  first: {_filled(dice.choice(_LESSONS), dice)}", "---"]
    sections = (f"## {name}\n\n{_text(2, dice)}\n" for name in ("What we expected", "What happened", "What we learned"))
    return "\n".join([*lines, *sections])


def _text(sentences: int, dice: Random) -> str:
    return " ".join(_filled(sentence, dice) for sentence in dice.sample(_SAID, sentences))


def _filled(words: str, dice: Random) -> str:
    return words.format(who=dice.choice(_WHO), area=dice.choice(_AREAS), n=dice.randint(2, 400))


def _quoted(text: str) -> str:
    return f'"{text}"'
