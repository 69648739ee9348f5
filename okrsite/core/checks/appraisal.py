"""What OKRs are not for: words of appraisal, and promises or teams in the shape of one person."""

from collections.abc import Iterable, Iterator

from okrsite.core.checks.part import Finding, Part
from okrsite.core.checks.words import APPRAISAL, APPRAISAL_STEMS, DENIED, LONGEST, POST, one_persons
from okrsite.core.company import Team
from okrsite.core.diagnostics import problem
from okrsite.core.model import CheckInFile, Commitment, KeyResultEntry, ObjectiveEntry, RetroFile
from okrsite.core.source import Span
from okrsite.core.text import Body, Prose, Text

_AROUND = 80
"""Characters around a word in which its sentence may rule it out."""
_NAMED = 5
"""Words of appraisal that one report names."""
_HINT = "what is at stake for people's pay or standing belongs elsewhere; here doubts must be safe to say"


def appraisal_in_promises(part: Part) -> Iterator[Finding]:
    entries = [*part.entries(), *((kr.ref, kr.entry) for kr in part.written.guardrails)]
    if _may_speak_of_it(text for _, entry in entries for text in _texts(entry)):
        for ref, entry in entries:
            words = _appraisal(_proses(_texts(entry)))
            if words:
                yield part.find(ref, "appraisal-words", entry.span, f"`{entry.id}` speaks of {words}", _HINT)
    yield from _in_body(part, part.written.okrs, part.written.body)


def appraisal_in_checkins(part: Part) -> Iterator[Finding]:
    for checkin in part.written.checkins:
        if _may_speak_of_it(entry.note for entry in checkin.readings):
            for entry in checkin.readings:
                words = _appraisal(_proses([entry.note]))
                if words:
                    message = f"the note on `{entry.about.text}` speaks of {words}"
                    ref = f"{part.team.id}/{part.cycle.id}/{entry.about.text}"
                    yield part.find(ref, "appraisal-words", entry.about.span, message, _HINT)
        yield from _in_body(part, checkin.path, checkin.body, _said_beside(checkin))


def appraisal_in_retros(part: Part) -> Iterator[Finding]:
    if part.written.retro:
        file = part.written.retro.file
        yield from _in_body(part, file.path, file.body, _said_back(file))


def _may_speak_of_it(texts: Iterable[Text | None]) -> bool:
    """A quick look at many texts, before a slow one at each of them."""
    return _is_near(_proses(texts))


def _is_near(proses: Iterable[Prose]) -> bool:
    small = "\n".join([prose.plain for prose in proses]).lower()
    return any(stem in small for stem in APPRAISAL_STEMS)


def _in_body(part: Part, path: str, body: Body, more: Iterable[Text | None] = ()) -> Iterator[Finding]:
    """A finding in the prose of a file, at the section that it is in."""
    places = [(Span(path), prose) for prose in (body.lead, *_proses(more))]
    for section in body.sections:
        places += [(Span(path, section.line), section.heading), (Span(path, section.line), section.prose)]
    for span, prose in places if _is_near(prose for _, prose in places) else ():
        words = _appraisal([prose])
        if words:
            found = part.find_in(path, "appraisal-words", span, f"this text speaks of {words}", _HINT)
            yield found._replace(about=(path, part.written.okrs))
            return


def _texts(entry: Commitment) -> Iterator[Text | None]:
    yield from (entry.title, entry.because, entry.note, entry.replaced_by, *entry.initiatives)
    if isinstance(entry, ObjectiveEntry):
        yield from (entry.why, *entry.serves, *(one.text for one in entry.assumes))
        yield from (text for one in entry.amendments for text in (one.what, one.because))
    elif isinstance(entry, KeyResultEntry):
        yield getattr(entry.measure, "target", None) if entry.measure.kind == "judged" else None


def _said_beside(checkin: CheckInFile) -> Iterator[Text | None]:
    yield from (risk.what for risk in checkin.risks)
    yield from (assumption.note for assumption in checkin.assumptions)


def _said_back(file: RetroFile) -> Iterator[Text | None]:
    for score in file.scores:
        yield from (score.because, *(view for _, view in score.views))
    yield from (lesson.text for lesson in file.lessons)


def _proses(texts: Iterable[Text | None]) -> Iterator[Prose]:
    return (prose for text in texts if text for _, prose in text.versions)


def _appraisal(proses: Iterable[Prose]) -> str:
    """The words of appraisal that no sentence rules out, each once and in backquotes, or ''."""
    found: dict[str, str] = {}
    for prose in proses:
        for word in APPRAISAL.finditer(prose.plain):
            if not DENIED.search(_sentence(prose.plain, word.start(), word.end())):
                found.setdefault(word[0].casefold(), f"`{word[0]}`")
    return ", ".join(list(found.values())[:_NAMED])


def _sentence(text: str, start: int, end: int) -> str:
    """What stands around a place, up to the ends of its sentence."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    for stop in (". ", "? ", "\n\n", "。", ";", "；"):
        before, after = before.rpartition(stop)[2], after.partition(stop)[0]
    return f"{before} {after}"


def person_shaped_objective(part: Part) -> Iterator[Finding]:
    for objective in part.promised():
        for _, prose in objective.entry.title.versions:
            words = one_persons(prose.plain[:LONGEST])
            if words:
                message = f"`{objective.id}` says `{words}` and reads like one person's own"
                hint = "say what the team makes better; what one person wants to learn belongs into a talk"
                yield part.find(objective.ref, "person-shaped-objective", objective.entry.span, message, hint)
                break


def person_shaped_team(team: Team) -> Iterator[Finding]:
    """Of a team, whatever the cycle."""
    for _, prose in team.name.versions:
        name = prose.plain.strip()
        if team.path and len(name) < LONGEST and POST.fullmatch(name):
            message = f"the team's name, `{name}`, is one person's post"
            hint = "name the group whose work it is; if there are several people behind it, answer so"
            yield Finding((team.path,), problem("person-shaped-team", Span(team.path), message, hint))
            return
