"""A promise that moved, in words: the one way in which every page and every feed tells of it, signed by the team."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from html import escape
from typing import Final

from okrsite.core.company import Objective
from okrsite.core.history import What
from okrsite.core.ledger import Goalpost
from okrsite.core.model import Amendment
from okrsite.core.refs import tail_of, team_of
from okrsite.core.text import Html, Text
from okrsite.pages import urls
from okrsite.pages.chrome import Framer
from okrsite.pages.parts import GoalpostView, Link, PlaceView, Telling
from okrsite.pages.words import Words, term, wording
from okrsite.pages.writer import NOTHING, Writer

_TOLD: Final[Mapping[What, str]] = {
    What.TARGET: wording("Target: %(before)s → %(after)s"),
    What.BASELINE: wording("Baseline: %(before)s → %(after)s"),
    What.DIRECTION: wording("Direction: %(before)s → %(after)s"),
    What.LIMIT: wording("Limit: %(before)s → %(after)s"),
    What.MILESTONES: wording("Milestones: %(before)s → %(after)s"),
    What.MEASURE: wording("Measured otherwise: %(before)s → %(after)s"),
    What.WEIGHT: wording("Weight: %(before)s → %(after)s"),
    What.DUE: wording("Due: %(before)s → %(after)s"),
    What.TYPE: wording("Type: %(before)s → %(after)s"),
    What.WORDING: wording("Wording: %(before)s → %(after)s"),
    What.WHY: wording("Why it matters: %(before)s → %(after)s"),
    What.ADDED: wording("Promised only later: %(after)s"),
    What.DROPPED: wording("Dropped"),
    What.PAUSED: wording("Paused"),
    What.RESUMED: wording("Taken up again"),
    What.REMOVED: wording("Taken out: %(before)s"),
    What.MOVED: wording("Handed over: %(before)s → %(after)s"),
    What.RENAMED: wording("Id: %(before)s → %(after)s"),
    What.READING: wording("A reading was rewritten: %(before)s → %(after)s"),
    What.CONFIDENCE: wording("A confidence was rewritten: %(before)s → %(after)s"),
    What.SCORE: wording("A score was rewritten: %(before)s → %(after)s"),
    What.WORDS: wording("A check-in’s words were changed"),
    What.WITHDRAWN: wording("A check-in was taken away"),
}
_REWRITTEN: Final[Mapping[What, str]] = {
    What.READING: wording("A reading was rewritten"),
    What.CONFIDENCE: wording("A confidence was rewritten"),
    What.SCORE: wording("A score was rewritten"),
}
"""How the same is told among other teams, where no figure stands."""
_TERMS: Final = {
    What.DIRECTION: (term("direction", "rising"), term("direction", "falling")),
    What.TYPE: (term("type", "aspirational"), term("type", "committed"), term("type", "learning")),
}
"""Changes whose values are the field's own words, with the words that they can be."""


def present_goalpost(
    goalpost: Goalpost, framer: Framer, writer: Writer, *, figures: bool = True, placed: bool = False
) -> GoalpostView:
    """One change in words; without the figures of what was observed where other teams are near.

    It is `placed` where a page does not say by itself whose it is, and in which cycle.
    """
    key = goalpost, figures or goalpost.what not in _REWRITTEN
    tell = partial(_tell, goalpost, framer, writer, figures=figures)
    telling = framer.tracer.remembered(framer.tellings, key, tell)
    return GoalpostView(
        on=goalpost.on,
        told=telling.told,
        minor=goalpost.minor,
        reason=writer.block(goalpost.because) or telling.message,
        commit=telling.commit,
        about=_link(*telling.about, writer),
        place=PlaceView(_link(*telling.team, writer), telling.cycle) if placed else None,
    )


def present_amendment(
    amendment: Amendment, objective: Objective, writer: Writer, *, placed: bool = False
) -> GoalpostView:
    """What a team says of itself that no change explains."""
    return GoalpostView(
        on=amendment.on,
        told=writer.inline(amendment.what),
        minor=False,
        reason=writer.block(amendment.because),
        commit=None,
        about=writer.link(objective.ref),
        place=PlaceView(writer.team(objective.team), writer.cycle(objective.cycle)) if placed else None,
    )


def unmatched(objective: Objective, framer: Framer) -> Iterable[Amendment]:
    """The amendments that explain no change that is known: written without one, or where there is no history."""
    amendments = objective.entry.amendments
    if not amendments:
        return ()
    told = {_source(goalpost.because) for goalpost in framer.compiled.ledger.of.get(objective.ref, ())}
    return (a for a in amendments if not a.because or _source(a.because) not in told)


def _source(text: Text | None) -> str:
    return text.source if text else ""


def _tell(goalpost: Goalpost, framer: Framer, writer: Writer, *, figures: bool) -> Telling:
    say, company, (team, cycle) = writer.say, framer.compiled.company, goalpost.place
    said = say.gettext("No reason is given.")
    if goalpost.message:
        said = say.gettext("The commit says: %(message)s", message=goalpost.message)
    known = company.teams.get(team)
    return Telling(
        told=_told(goalpost, writer, figures=figures),
        message=NOTHING if goalpost.minor and not goalpost.message else Html(f'<p class="quiet">{said}</p>'),
        commit=framer.commit(goalpost.commit),
        about=_about(goalpost, writer),
        team=(writer.team(team).words, urls.team(team), "") if known else (Html(escape(team)), "", ""),
        cycle=writer.cycle(cycle),
    )


def _about(goalpost: Goalpost, writer: Writer) -> tuple[Html, str, str]:
    """What was changed, and where it is."""
    if goalpost.what in (What.WORDS, What.WITHDRAWN):
        day = tail_of(goalpost.ref)
        anchor = urls.anchor("on", day) if goalpost.what is What.WORDS else ""
        named = writer.say.gettext("Check-in of %(day)s", day=writer.say.day(date.fromisoformat(day)))
        return named, urls.team_cycle(*goalpost.place), anchor
    for ref in (goalpost.ref, goalpost.objective):
        if writer.knows(ref):
            return writer.title(ref), *urls.place(ref, writer.company.places[ref])
    return Html(escape(tail_of(goalpost.ref))), "", ""


def _link(words: Html, path: str, fragment: str, writer: Writer) -> Link:
    return Link(words, writer.href(path, fragment) if path else "")


def _told(goalpost: Goalpost, writer: Writer, *, figures: bool) -> Html:
    say, what = writer.say, goalpost.what
    if not figures and what in _REWRITTEN:
        return say.gettext(_REWRITTEN[what])
    before, after = (_value(text, what, writer) for text in (goalpost.before, goalpost.after))
    return say.gettext(_TOLD[what], before=before, after=after)


def _value(text: str, what: What, writer: Writer) -> Html:
    say: Words = writer.say
    if not text:
        return say.gettext("nothing")
    if what is What.MOVED:
        team = writer.company.team_id(team_of(text))
        return writer.team(team).words if team else writer.words(text)
    if what is What.RENAMED:
        return Html(f"<code>{escape(tail_of(text))}</code>")
    if what in _TERMS:
        return say.pgettext("direction" if what is What.DIRECTION else "type", text)
    if what in (What.WORDING, What.WHY, What.ADDED, What.REMOVED):
        return Html(f"“{writer.words(text.strip())}”")
    return writer.words(text)
