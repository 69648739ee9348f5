"""A key result as its pages show it: what it measures, where it stands, and how each figure came about."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from html import escape
from typing import Final

from okrsite.core.addresses import is_allowed
from okrsite.core.company import KeyResult, Objective, Retrospective
from okrsite.core.compile import Compiled
from okrsite.core.figures import KeyResultFigures, Reading, Score
from okrsite.core.model import FindBaseline, Guardrail, Milestones, ScoreEntry
from okrsite.core.numbers import AIM, Band, ObjectiveType, Pace, Periods, band, call, fixed, plain, round_half_up
from okrsite.core.refs import place_of, team_of
from okrsite.core.text import Html
from okrsite.pages import urls
from okrsite.pages.around import present_replacement, status_mark
from okrsite.pages.drawing import draw_bullet, draw_confidence, draw_history, draw_score
from okrsite.pages.parts import Fact, KeyResultView, Link, ReadingView, ScoreView, Step
from okrsite.pages.promises import brief_aim, brief_value, promises
from okrsite.pages.words import Words, term, wording
from okrsite.pages.writer import NOTHING, Writer

KINDS = {
    "metric": wording("Metric"),
    "guardrail": wording("Guardrail"),
    "milestones": wording("Milestones"),
    "judged": wording("Judged by hand"),
    "deliver_by": wording("Delivery"),
    "find_baseline": wording("Finding a baseline"),
}

AHEAD, SHORT = wording("%(gap)s ahead of it"), wording("%(gap)s short of it")
YES_NO = (term("value", "yes"), term("value", "no"))


def present_key_result(
    kr: KeyResult, objective: Objective | None, compiled: Compiled, writer: Writer, *, full: bool
) -> KeyResultView:
    """One key result; `full` adds history and explanations. A team that publishes words only shows no figure."""
    company, figures = compiled.company, compiled.figures.key_results[kr.ref]
    team, cycle = place_of(kr.ref)
    words_only = company.teams[team].words_only
    entry = kr.entry
    type_ = objective.entry.type if objective else None
    retro, risks = company.team_cycles[team, cycle].retro, company.team_cycles[team, cycle].risks
    # What rests has a past and no present: its readings stay, and nothing says how it is going.
    rests = entry.status.rests or (objective is not None and objective.entry.status.rests)
    silent = words_only or rests
    drawn = full and not silent
    closed = company.cycles[cycle].closed(company.today)
    # Of what nobody has written about at all its objective says so once.
    unheard = objective is not None and compiled.figures.objectives[objective.ref].heard_on is None
    say = writer.say
    promise = tuple(promises(kr, figures, writer, full=full))
    state = () if silent or unheard else state_facts(kr, figures, closed, writer)
    label, aim = ("", NOTHING) if full else brief_aim(kr, figures, writer, silent=silent)
    now = state[0] if state and not full else None
    facts = (*(Fact(say.gettext(name), words) for name, words in promise if name != label), *state)
    return KeyResultView(
        id=entry.id,
        anchor=urls.anchor("kr", entry.id),
        title=writer.inline(entry.title, links=full),
        href=writer.href_of(kr.ref),
        kind=say.gettext(KINDS[entry.measure.kind]),
        status=status_mark(entry.status),
        because=writer.block(entry.because),
        note=writer.block(entry.note),
        replaced_by=present_replacement(entry.replaced_by, team, cycle, writer),
        now=brief_value(kr, now, writer) if now else None,
        aim=aim,
        facts=tuple(fact for fact in facts if fact is not now),
        bullet=NOTHING if silent else draw_bullet(figures, type_, say.plain, even=not closed),
        history=draw_history(kr, figures, objective, company.cycles[cycle], risks, company.today, say.plain)
        if drawn
        else NOTHING,
        spark=draw_confidence(kr, figures, risks, company.cycles[cycle], say.plain) if drawn else NOTHING,
        steps=() if silent else _steps(kr, figures, writer),
        periods=() if silent or unheard or not figures.periods else tuple(map(str, figures.periods.states)),
        call=str(figures.call) if figures.confidence is not None and not (rests or closed) else "",
        differ=figures.differ and not (silent or closed),
        explain=tuple(_explain(kr, figures, None if closed else type_, writer)) if drawn else (),
        score=None if words_only else _scored(kr, figures, type_, retro, writer),
        source=_source(entry.source),
        supports=writer.links(kr.supports),
        supported_by=tuple(_supporter(ref, writer) for ref in company.supported_by.get(kr.ref, ())) if full else (),
        initiatives=writer.inlines(entry.initiatives),
        contacts=writer.inlines(entry.contacts),
        answers=writer.answers(entry.ignore),
        readings=tuple(present_readings(kr, figures, writer)) if full and not words_only else (),
    )


def _supporter(ref: str, writer: Writer) -> tuple[Link, Link]:
    return writer.link(ref), writer.team(team_of(ref))


def _source(address: str) -> Link | None:
    """Where the number comes from: a link when it is an address that may be followed, else words."""
    if not address:
        return None
    web = address.startswith(("https://", "http://")) and is_allowed(address) and " " not in address
    return Link(Html(escape(address)), address if web else "")


# --- facts --------------------------------------------------------------------------------------------------------


def state_facts(kr: KeyResult, figures: KeyResultFigures, closed: bool, writer: Writer) -> tuple[Fact, ...]:
    """Where it stands, or stood when its cycle closed: outcome figures, each marked as one."""
    latest, say = figures.latest, writer.say
    finding = isinstance(kr.entry.measure, FindBaseline)
    if latest is None:
        facts = [Fact(say.gettext("Now"), say.gettext("no number yet") if finding else say.gettext("no reading"))]
    else:
        on = say.day(latest.on)
        label = say.gettext("Found on %(day)s", day=on) if finding else say.gettext("On %(day)s", day=on)
        facts = [Fact(label, _shown_value(latest, writer), "value")]
    if figures.progress is not None:
        facts.append(Fact(say.gettext("Progress"), say.decimal(fixed(figures.progress, 1)), "progress"))
    if figures.raw is not None and figures.raw > 1:
        beyond = say.gettext("%(share)s, beyond the target", share=say.decimal(fixed(figures.raw, 1)))
        facts.append(Fact(say.gettext("Of the way"), beyond, "raw"))
    elif figures.raw is not None and figures.raw < 0:
        facts.append(Fact(say.gettext("Of the way"), say.gettext("below baseline"), "raw"))
    if figures.periods:
        facts += _period_facts(figures.periods, figures.inside, say)
    if figures.pace and figures.pace_word is not Pace.TOO_EARLY and not closed:
        facts.append(Fact(say.gettext("Even pace"), say.decimal(fixed(figures.pace.expected, 1)), "pace"))
    if figures.confidence is not None:
        facts.append(confidence_fact(figures.confidence, closed, say))
    return tuple(facts)


def confidence_fact(confidence: int, closed: bool, say: Words) -> Fact:
    """What a team believes, or last believed of a cycle that has closed."""
    label = say.gettext("Last confidence") if closed else say.gettext("Confidence")
    return Fact(label, f"{confidence}/10", "confidence")


def _period_facts(periods: Periods, inside: bool | None, say: Words) -> Iterable[Fact]:
    words = say.gettext(
        "kept %(kept)s, outside %(outside)s, not heard %(silent)s",
        kept=periods.kept,
        outside=periods.outside,
        silent=periods.not_heard,
    )
    yield Fact(say.gettext("Periods"), words, "kept")
    if periods.share is not None:
        yield Fact(say.gettext("Kept"), say.decimal(fixed(periods.share, 1)), "kept")
    if inside is not None:
        within = say.gettext("inside its limits") if inside else say.gettext("outside its limits")
        yield Fact(say.gettext("Last reading"), within)


def _shown_value(reading: Reading, writer: Writer) -> Html:
    if reading.typed in YES_NO:
        return writer.say.pgettext("value", reading.typed)
    return writer.words(reading.typed) if reading.typed else writer.say.gettext("none yet")


def present_readings(kr: KeyResult, figures: KeyResultFigures, writer: Writer) -> Iterable[ReadingView]:
    """The readings of a key result, newest first."""
    team = team_of(kr.ref)
    for reading in reversed(figures.readings):
        yield present_reading(reading, team, None, writer)


def present_reading(reading: Reading, team: str, about: Link | None, writer: Writer) -> ReadingView:
    """One reading; what a words-only team measured stays with it."""
    words_only = writer.company.teams[team].words_only
    return ReadingView(
        on=reading.on,
        href=writer.href(writer.path, urls.anchor("on", reading.on.isoformat())),
        about=about,
        value=NOTHING if words_only or not reading.has_value else _shown_value(reading, writer),
        confidence="" if words_only or reading.confidence is None else f"{reading.confidence}/10",
        call=str(call(reading.confidence)) if reading.confidence is not None else "",
        note=writer.block(reading.note),
        source=_source(reading.source),
    )


def _steps(kr: KeyResult, figures: KeyResultFigures, writer: Writer) -> tuple[Step, ...]:
    measure = kr.entry.measure
    if not isinstance(measure, Milestones):
        return ()
    reached = figures.latest.reached if figures.latest else ()
    return tuple(Step(writer.inline(step.title), step.id in reached) for step in measure.steps)


# --- explanations -------------------------------------------------------------------------------------------------


def _explain(kr: KeyResult, figures: KeyResultFigures, type_: ObjectiveType | None, writer: Writer) -> Iterable[Html]:
    """How each figure came about: inputs, formula, rounding, source; the pace by the type of a cycle that is open."""
    latest, measure, say = figures.latest, kr.entry.measure, writer.say
    source = Html(f"<code>{escape(latest.path)}</code>") if latest else NOTHING

    def exact(figure: Fraction, places: int = 6) -> str:
        return say.decimal(plain(figure, places))

    if latest and figures.raw is not None and figures.baseline and figures.target and latest.quantity:
        now, base, goal = (writer.words(q.text) for q in (latest.quantity, figures.baseline, figures.target))
        yield say.gettext(
            "Progress: (%(now)s − %(start)s) / (%(goal)s − %(start)s) = %(share)s, kept between 0 and 1, "
            "shown to one decimal; the value is from %(source)s.",
            now=now,
            start=base,
            goal=goal,
            share=exact(figures.raw),
            source=source,
        )
    elif latest and isinstance(measure, Milestones) and figures.progress is not None:
        total = sum(step.weight for step in measure.steps)
        done = sum(step.weight for step in measure.steps if step.id in latest.reached)
        yield say.gettext(
            "Progress: weight reached %(done)s of %(total)s = %(share)s; from %(source)s.",
            done=say.decimal(str(done)),
            total=say.decimal(str(total)),
            share=exact(figures.progress),
            source=source,
        )
    elif latest and figures.progress is not None:
        share = exact(figures.progress)
        yield say.gettext("Progress: as the team states it, %(share)s; from %(source)s.", share=share, source=source)
    if figures.periods and figures.periods.share is not None:
        yield say.gettext(
            "Kept: %(kept)s / (%(kept)s + %(outside)s) = %(share)s; periods nobody reported are not counted.",
            kept=figures.periods.kept,
            outside=figures.periods.outside,
            share=exact(figures.periods.share),
        )
    if figures.pace and type_ in AIM:
        yield say.gettext(
            "Even pace: %(elapsed)s of the time had passed at the last reading; times %(aim)s, where it is meant to "
            "land, %(even)s of the way would be even, and this is %(distance)s. A guide, not a judgement.",
            elapsed=exact(figures.pace.elapsed, 2),
            aim=exact(AIM[type_]),
            even=exact(figures.pace.expected, 2),
            distance=_distance(figures.pace.gap, say),
        )
    if figures.confidence is not None and figures.confidence_on:
        yield say.gettext("Confidence: the team’s own opinion, stated on %(day)s.", day=say.day(figures.confidence_on))


def _distance(gap: Fraction, say: Words) -> Html:
    """How far a reading is from an even pace, to two decimals, and on which side."""
    shown = plain(abs(gap), 2)
    if shown == "0":
        return say.gettext("even")
    return say.gettext(SHORT if gap > 0 else AHEAD, gap=say.decimal(shown))


# --- scores -------------------------------------------------------------------------------------------------------


def present_score(
    score: Score,
    entry: ScoreEntry | None,
    type_: ObjectiveType | None,
    writer: Writer,
    by_promise: Fraction | None = None,
    *,
    advice: bool = True,
) -> ScoreView | None:
    """A closing score with its type's reading and the team's sentence; other scores beside it where they differ.

    `advice` is what to do about a promise that was missed: for an objective once, not for each of its key results.
    """
    shown = score.shown
    if shown is None:
        return None
    differs = (
        score.stated is not None and score.computed is not None and fixed(score.stated, 1) != fixed(score.computed, 1)
    )
    counted = shown if score.computed is None else score.computed
    moved = by_promise is not None and fixed(by_promise, 1) != fixed(counted, 1)
    missed = type_ is ObjectiveType.COMMITTED and round_half_up(shown, 1) < 1
    read = (MISSED_ADVISED if advice else MISSED) if missed else READS.get((type_, fixed(shown, 1)))
    say = writer.say
    return ScoreView(
        score=say.decimal(fixed(shown, 1)),
        ruler=draw_score(shown, type_, say.plain),
        computed=say.decimal(fixed(score.computed, 1)) if differs and score.computed is not None else "",
        by_promise=say.decimal(fixed(by_promise, 1)) if by_promise is not None and moved else "",
        band="" if missed and band(shown) is Band.DELIVERED else str(band(shown)),
        reads=say.gettext(read) if read else NOTHING,
        because=writer.block(entry.because) if entry else NOTHING,
        next=str(entry.next) if entry and entry.next else "",
        views=tuple(_views(entry, writer)) if entry else (),
    )


def _scored(
    kr: KeyResult, figures: KeyResultFigures, type_: ObjectiveType | None, retro: Retrospective | None, writer: Writer
) -> ScoreView | None:
    """A key result's closing score. A guardrail is kept or not: it lands nowhere, and none was ever too timid."""
    reads_as = type_ if type_ is ObjectiveType.COMMITTED or not isinstance(kr.entry.measure, Guardrail) else None
    entry = retro.scores.get(kr.ref) if retro else None
    return present_score(figures.score, entry, reads_as, writer, figures.by_promise, advice=False)


def _views(entry: ScoreEntry, writer: Writer) -> Iterable[tuple[Link, Html]]:
    for ref, text in entry.views:
        team = writer.company.team_id(ref.team)
        if team:
            yield writer.team(team), writer.block(text)


READS: Final[Mapping[tuple[ObjectiveType | None, str], str]] = {
    (ObjectiveType.LEARNING, "1.0"): wording("answered, either way"),
    (ObjectiveType.LEARNING, "0.5"): wording("partly answered"),
    (ObjectiveType.LEARNING, "0.0"): wording("not answered"),
    (ObjectiveType.ASPIRATIONAL, "0.6"): wording("the place to land"),
    (ObjectiveType.ASPIRATIONAL, "0.7"): wording("the place to land"),
    (ObjectiveType.ASPIRATIONAL, "1.0"): wording("was it bold enough?"),
    (ObjectiveType.COMMITTED, "1.0"): wording("as promised"),
}
"""How a score reads for a type of objective."""
MISSED = wording("a promise missed")
MISSED_ADVISED = wording("a promise missed: a blameless look back helps")
"""How a committed objective's score below 1 reads, where "delivered" would be said of what was not."""
