"""What a content file is, told from its place alone."""

import re
from dataclasses import dataclass
from datetime import date

from okrsite.core.cycles import likely_cycle, likely_date, parse_date
from okrsite.core.diagnostics import Diagnostic, did_you_mean, problem
from okrsite.core.refs import is_id
from okrsite.core.source import SourceFile, Span
from okrsite.core.text import LANGUAGE

_LANGUAGE = re.compile(rf"(?P<stem>.+)\.(?P<language>{LANGUAGE})")
_LAYOUT = (
    "content files are index.md, cycles/<cycle>.md, pages/<slug>.md, teams/<team>/team.md and "
    "teams/<team>/<cycle>/: okrs.md, retro.md, checkins/<date>.md, questions/<slug>.md"
)
_NAMES = ("team.md", "okrs.md", "retro.md", "index.md")
_TOP_FOLDERS = ("cycles", "pages", "teams")
_TEAM_FOLDERS = ("checkins", "questions")


@dataclass(frozen=True, slots=True)
class Place:
    """A file's kind and owner, and what else its path says."""

    kind: str
    team: str = ""
    cycle: str = ""
    name: str = ""
    on: date | None = None
    language: str = ""


def find_place(source: SourceFile) -> tuple[Place | None, list[Diagnostic]]:
    """The place of a file, or None and why it is not read."""
    span = Span(source.path)
    folders, _, name = source.place.rpartition("/")
    stem = name.removesuffix(".md")
    found = _LANGUAGE.fullmatch(stem)
    language = found["language"] if found else ""
    stem = found["stem"] if found else stem
    parts = tuple(part for part in folders.split("/") if part)
    place = _place(parts, stem, language)
    if place is None:
        return None, [problem("stray-file", span, "no file is read at this place", _nearest(parts, name) or _LAYOUT)]
    for what, id_ in (("team", place.team), ("cycle", place.cycle), ("file", place.name)):
        if id_ and not is_id(id_):
            cycle = likely_cycle(id_) if what == "cycle" else ""
            rule = "rename it: names are letters and digits of any script, `-` and `_`"
            hint = f"rename it `{cycle}`" if cycle else rule
            return None, [problem("bad-id", span, f"`{id_}` cannot be the name of a {what}", hint)]
    if place.kind == "checkin" and place.on is None:
        day = likely_date(stem)
        hint = f"rename it `{day}.md`" if day else "a check-in is named 2026-10-31.md"
        return None, [problem("bad-date", span, f"`{stem}` is not a date", hint)]
    return place, []


def _place(parts: tuple[str, ...], stem: str, language: str) -> Place | None:
    match (*parts, stem):
        case ("index",):
            return Place("mission", language=language)
        case ("cycles", cycle):
            return Place("cycle", name=cycle, language=language)
        case ("pages", slug):
            return Place("page", name=slug, language=language)
        case ("teams", team, "team"):
            return Place("team", team=team, language=language)
        case ("teams", team, cycle, ("okrs" | "retro") as kind):
            return Place(kind, team=team, cycle=cycle, language=language)
        case ("teams", team, cycle, "checkins", day):
            return Place("checkin", team=team, cycle=cycle, on=parse_date(day), language=language)
        case ("teams", team, cycle, "questions", slug):
            return Place("question", team=team, cycle=cycle, name=slug, language=language)
    return None


def _nearest(parts: tuple[str, ...], name: str) -> str:
    """A guess at the name or folder that was meant."""
    for position, known in ((0, _TOP_FOLDERS), (3, _TEAM_FOLDERS)):
        if len(parts) > position and parts[position] not in known and (hint := did_you_mean(parts[position], known)):
            return hint
    return "" if name in _NAMES else did_you_mean(name, _NAMES)
