"""Promises that moved, as pages show them: what, when and why, signed by the team; nothing is counted, nobody named."""

from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from typing import Final

from okrsite.core.company import Objective, TeamCycle
from okrsite.core.history import What
from okrsite.core.ledger import Goalpost
from okrsite.core.model import Amendment
from okrsite.core.text import Html, Text
from okrsite.pages import urls
from okrsite.pages.chrome import Framer
from okrsite.pages.parts import GoalpostView, Link
from okrsite.pages.views import GoalpostsView
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
    What.MOVED: wording("Handed over"),
    What.RENAMED: wording("Has another id"),
    What.READING: wording("A reading was rewritten: %(before)s → %(after)s"),
    What.CONFIDENCE: wording("A confidence was rewritten: %(before)s → %(after)s"),
    What.SCORE: wording("A score was rewritten: %(before)s → %(after)s"),
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
_REASONS: Final = frozenset(
    {What.TARGET, What.BASELINE, What.DIRECTION, What.LIMIT, What.MILESTONES, What.MEASURE, What.WORDING, What.WHY}
    | {What.TYPE, What.DUE, What.DROPPED, What.PAUSED, What.REMOVED}
)
"""Changes of something above that may leave what leans on it without its reason."""


def present_goalposts(framer: Framer) -> GoalpostsView:
    """Every promise that moved, the latest first; what teams say without a day comes last."""
    compiled, company = framer.compiled, framer.compiled.company
    writer = framer.writer(urls.GOALPOSTS)
    ledger = [*compiled.ledger.goalposts, *compiled.ledger.rewritten]
    found = [present_goalpost(g, framer, writer, figures=False) for g in sorted(ledger, key=lambda g: g.on)]
    for objective in company.objectives.values():
        found += [present_amendment(amendment, objective, writer) for amendment in unmatched(objective, framer)]
    found.sort(key=lambda view: view.on or date.min, reverse=True)
    history = company.history
    return GoalpostsView(
        chrome=framer.chrome(writer, writer.say.plain.gettext("Promises that moved")),
        goalposts=tuple(found),
        known=bool(history.head),
        since=None if history.complete else history.since,
    )


def present_changes_of(objective: Objective, framer: Framer, writer: Writer) -> tuple[GoalpostView, ...]:
    """What changed in an objective's promise, in the order of time."""
    views = [present_goalpost(g, framer, writer) for g in framer.compiled.ledger.of.get(objective.ref, ())]
    views += [present_amendment(amendment, objective, writer) for amendment in unmatched(objective, framer)]
    return tuple(sorted(views, key=lambda view: view.on or date.max))


def present_changes_since(objective: Objective, day: date, framer: Framer, writer: Writer) -> tuple[GoalpostView, ...]:
    """What changed in an objective's promise from a day on, other than that something was paused or dropped."""
    ledger = framer.compiled.ledger.of.get(objective.ref, ())
    views = [
        present_goalpost(goalpost, framer, writer, figures=False)
        for goalpost in ledger
        if goalpost.on >= day and not goalpost.minor and goalpost.what not in (What.PAUSED, What.DROPPED)
    ]
    amendments = (amendment for amendment in unmatched(objective, framer) if amendment.on and amendment.on >= day)
    views += [present_amendment(amendment, objective, writer) for amendment in amendments]
    return tuple(sorted(views, key=lambda view: view.on or date.max))


def present_changes_at(team_cycle: TeamCycle, framer: Framer, writer: Writer) -> tuple[GoalpostView, ...]:
    """What changed in all that a team promised, observed and judged for a cycle, in the order of time."""
    ledger, place = framer.compiled.ledger, (team_cycle.team, team_cycle.cycle)
    found = sorted((*ledger.moved_at.get(place, ()), *ledger.rewritten_at.get(place, ())), key=lambda g: g.on)
    figures = not framer.compiled.company.teams[team_cycle.team].words_only
    return tuple(present_goalpost(goalpost, framer, writer, figures=figures) for goalpost in found)


def present_moved_reasons(objective: Objective, framer: Framer, writer: Writer) -> tuple[GoalpostView, ...]:
    """What changed above an objective since its team last touched it or said that it still stands."""
    company = framer.compiled.company
    touched = company.history.touched.get(objective.ref)
    if touched is None:
        return ()
    settled = max(touched, objective.entry.reaffirmed or touched)
    supports = dict.fromkeys((*objective.supports, *(ref for kr in objective.key_results for ref in kr.supports)))
    return tuple(
        present_goalpost(goalpost, framer, writer)
        for above in dict.fromkeys(ref.split("#", 1)[0] for ref in supports)
        for goalpost in framer.compiled.ledger.of.get(above, ())
        if goalpost.on > settled and goalpost.what in _REASONS and not goalpost.minor
        if "#" not in goalpost.ref or above in supports or goalpost.ref in supports
    )


def present_goalpost(goalpost: Goalpost, framer: Framer, writer: Writer, *, figures: bool = True) -> GoalpostView:
    """One change in words; without the figures of what was observed where other teams are near."""
    company = framer.compiled.company
    team, cycle = goalpost.place
    return GoalpostView(
        on=goalpost.on,
        told=_told(goalpost, writer, figures=figures),
        minor=goalpost.minor,
        because=writer.block(goalpost.because),
        message=Html(escape(goalpost.message)),
        commit=framer.commit(goalpost.commit),
        about=_about(goalpost, writer),
        team=writer.team(team) if team in company.teams else Link(Html(escape(team)), ""),
        cycle=writer.cycle(cycle),
    )


def _about(goalpost: Goalpost, writer: Writer) -> Link:
    """What was changed; without an address when it is no longer there."""
    for ref in (goalpost.ref, goalpost.objective):
        if writer.knows(ref):
            return writer.link(ref)
    return Link(Html(escape(goalpost.ref.split("/", 2)[2])), "")


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
    if what in _TERMS:
        return say.pgettext("direction" if what is What.DIRECTION else "type", text)
    if what in (What.WORDING, What.WHY, What.ADDED, What.REMOVED):
        return Html(f"“{writer.words(text.strip())}”")
    return writer.words(text)


# --- what teams say of themselves ---------------------------------------------------------------------------------


def unmatched(objective: Objective, framer: Framer) -> Iterable[Amendment]:
    """The amendments that explain no change that is known: written without one, or where there is no history."""
    told = {_source(goalpost.because) for goalpost in framer.compiled.ledger.of.get(objective.ref, ())}
    return (a for a in objective.entry.amendments if not a.because or _source(a.because) not in told)


def _source(text: Text | None) -> str:
    return text.source if text else ""


def present_amendment(amendment: Amendment, objective: Objective, writer: Writer) -> GoalpostView:
    return GoalpostView(
        on=amendment.on,
        told=writer.inline(amendment.what),
        minor=False,
        because=writer.block(amendment.because),
        message=NOTHING,
        commit=None,
        about=writer.link(objective.ref),
        team=writer.team(objective.team),
        cycle=writer.cycle(objective.cycle),
    )
