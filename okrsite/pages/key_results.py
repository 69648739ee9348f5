"""A key result as its pages show it: what it measures, where it stands, and how each figure came about."""

from collections.abc import Iterable
from fractions import Fraction
from html import escape

from okrsite.core.company import KeyResult, Objective
from okrsite.core.compile import Compiled
from okrsite.core.figures import KeyResultFigures, Reading, Score
from okrsite.core.markdown import is_allowed
from okrsite.core.model import DeliverBy, FindBaseline, Guardrail, Judged, Metric, Milestones, ScoreEntry
from okrsite.core.numbers import ObjectiveType, band, fixed, plain
from okrsite.core.quantity import Quantity
from okrsite.core.text import Html
from okrsite.pages import urls
from okrsite.pages.days import day
from okrsite.pages.drawing import draw_bullet, draw_confidence, draw_history, draw_score
from okrsite.pages.parts import Fact, KeyResultView, Link, ReadingView, ScoreView, Step
from okrsite.pages.writer import NOTHING, Writer

KINDS = {
    "metric": "Metric",
    "guardrail": "Guardrail",
    "milestones": "Milestones",
    "judged": "Judged by hand",
    "deliver_by": "Delivery",
    "find_baseline": "Finding a baseline",
}

AIMS = ("Aims for", "To be kept", "Due")
"""The labels of what a key result promises, the weightier first."""


def present_key_result(
    kr: KeyResult, objective: Objective | None, compiled: Compiled, writer: Writer, *, full: bool
) -> KeyResultView:
    """One key result; `full` adds history and explanations. A team that publishes words only shows no figure."""
    company, figures = compiled.company, compiled.figures.key_results[kr.ref]
    team, cycle, _ = kr.ref.split("/", 2)
    words_only = company.teams[team].words_only
    entry = kr.entry
    type_ = objective.entry.type if objective else None
    retro, risks = company.team_cycles[team, cycle].retro, company.team_cycles[team, cycle].risks
    drawn = full and not words_only
    score = None
    if not words_only:
        score = present_score(figures.score, retro.scores.get(kr.ref) if retro else None, type_, writer)
    promise = promise_facts(kr, figures, writer, full=full)
    state = () if words_only else state_facts(kr, figures, writer)
    aim = None if full else next((fact for fact in promise if fact.label in AIMS), None)
    now = state[0] if state and not full else None
    return KeyResultView(
        id=entry.id,
        anchor=urls.anchor("kr", entry.id),
        title=writer.inline(entry.title, links=full),
        href=writer.href_of(kr.ref),
        kind=KINDS[entry.measure.kind],
        status="" if entry.status == "active" else str(entry.status),
        because=writer.block(entry.because),
        note=writer.block(entry.note),
        replaced_by=writer.block(entry.replaced_by),
        now=now,
        aim=aim,
        facts=tuple(fact for fact in (*promise, *state) if fact not in (now, aim)),
        bullet=NOTHING if words_only else draw_bullet(figures, type_),
        history=draw_history(kr, figures, objective, company.cycles[cycle], risks, company.today) if drawn else NOTHING,
        spark=draw_confidence(kr, figures, risks, company.cycles[cycle]) if drawn else NOTHING,
        steps=() if words_only else _steps(kr, figures, writer),
        periods=() if words_only or not figures.periods else tuple(map(str, figures.periods.states)),
        call=str(figures.call) if figures.confidence is not None else "",
        differ=figures.differ and not words_only,
        explain=tuple(_explain(kr, figures, writer)) if drawn else (),
        score=score,
        source=_source(entry.source),
        supports=writer.links(kr.supports),
        supported_by=tuple(_supporter(ref, writer) for ref in company.supported_by.get(kr.ref, ())) if full else (),
        initiatives=writer.inlines(entry.initiatives),
        contacts=writer.inlines(entry.contacts),
        answers=writer.answers(entry.ignore),
        readings=tuple(present_readings(kr, figures, writer)) if drawn else (),
    )


def _supporter(ref: str, writer: Writer) -> tuple[Link, Link]:
    return writer.link(ref), writer.team(ref.split("/", 1)[0])


def _source(address: str) -> Link | None:
    """Where the number comes from: a link when it is an address that may be followed, else words."""
    if not address:
        return None
    web = address.startswith(("https://", "http://")) and is_allowed(address) and " " not in address
    return Link(Html(escape(address)), address if web else "")


# --- facts --------------------------------------------------------------------------------------------------------


def promise_facts(kr: KeyResult, figures: KeyResultFigures, writer: Writer, *, full: bool) -> tuple[Fact, ...]:
    """What was promised: no outcome, so it may stand anywhere."""
    measure, facts = kr.entry.measure, []
    match measure:
        case Metric():
            if figures.baseline:
                facts.append(Fact("Started at", writer.words(figures.baseline.text)))
            target = writer.words(figures.target.text) if figures.target else NOTHING
            if measure.change:
                change = writer.words(measure.change.text)
                relative = f"{change}, which is {target}" if target else change
                facts.append(Fact("Aims for", Html(relative)))
            elif target:
                facts.append(Fact("Aims for", target))
        case Guardrail(low, high):
            facts.append(Fact("To be kept", writer.words(_limits(low, high))))
        case DeliverBy(by):
            facts.append(Fact("Due", day(by)))
        case Judged(target_text) if target_text:
            facts.append(Fact("Aims for", writer.inline(target_text)))
        case FindBaseline():
            facts.append(Fact("Aims for", "a first number"))
        case _:
            pass
    if kr.entry.due:
        facts.append(Fact("Due", day(kr.entry.due)))
    if full and kr.entry.weight != 1:
        facts.append(Fact("Weight", plain(Fraction(kr.entry.weight))))
    return tuple(facts)


def _limits(low: Quantity | None, high: Quantity | None) -> str:
    if low and high:
        return f"between {low.text} and {high.text}"
    return f"at or above {low.text}" if low else f"at or below {high.text}" if high else ""


def state_facts(kr: KeyResult, figures: KeyResultFigures, writer: Writer) -> tuple[Fact, ...]:
    """Where it stands: outcome figures, each marked as one."""
    facts = []
    latest, measure = figures.latest, kr.entry.measure
    if latest is None:
        facts.append(Fact("Now", "no number yet" if isinstance(measure, FindBaseline) else "no reading"))
    else:
        label = "Found on" if isinstance(measure, FindBaseline) else "On"
        facts.append(Fact(f"{label} {day(latest.on)}", writer.words(_shown_value(latest)), "value"))
    if figures.progress is not None:
        facts.append(Fact("Progress", fixed(figures.progress, 1), "progress"))
    if figures.raw is not None and figures.raw > 1:
        facts.append(Fact("Of the way", f"{fixed(figures.raw, 1)}, beyond the target", "raw"))
    elif figures.raw is not None and figures.raw < 0:
        facts.append(Fact("Of the way", "below baseline", "raw"))
    if figures.periods:
        periods = figures.periods
        words = f"kept {periods.kept}, outside {periods.outside}, not heard {periods.not_heard}"
        facts.append(Fact("Periods", words, "kept"))
        if periods.share is not None:
            facts.append(Fact("Kept", fixed(periods.share, 1), "kept"))
        if figures.inside is not None:
            facts.append(Fact("Last reading", "inside its limits" if figures.inside else "outside its limits"))
    if figures.pace:
        facts.append(Fact("Even pace", str(figures.pace.word), "pace"))
    if figures.confidence is not None:
        facts.append(Fact("Confidence", f"{figures.confidence}/10", "confidence"))
    return tuple(facts)


def _shown_value(reading: Reading) -> str:
    return reading.typed if reading.typed else "none yet"


def present_readings(kr: KeyResult, figures: KeyResultFigures, writer: Writer) -> Iterable[ReadingView]:
    """The readings of a key result, newest first."""
    team = kr.ref.split("/", 1)[0]
    for reading in reversed(figures.readings):
        yield present_reading(reading, team, None, writer)


def present_reading(reading: Reading, team: str, about: Link | None, writer: Writer) -> ReadingView:
    """One reading; what a words-only team measured stays with it."""
    from okrsite.core.numbers import call

    words_only = writer.company.teams[team].words_only
    return ReadingView(
        on=reading.on,
        href=writer.href(writer.path, urls.anchor("on", reading.on.isoformat())),
        about=about,
        value=NOTHING if words_only or not reading.has_value else writer.words(_shown_value(reading)),
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


def _explain(kr: KeyResult, figures: KeyResultFigures, writer: Writer) -> Iterable[Html]:
    """How each figure came about: inputs, formula, rounding, source."""
    latest, measure = figures.latest, kr.entry.measure
    source = f"<code>{escape(latest.path)}</code>" if latest else ""
    if latest and figures.raw is not None and figures.baseline and figures.target and latest.quantity:
        now, base, goal = (writer.words(q.text) for q in (latest.quantity, figures.baseline, figures.target))
        yield Html(
            f"Progress: ({now} − {base}) / ({goal} − {base}) = {plain(figures.raw)}, kept between 0 and 1, "
            f"shown to one decimal; the value is from {source}."
        )
    elif latest and isinstance(measure, Milestones) and figures.progress is not None:
        total = sum(step.weight for step in measure.steps)
        done = sum(step.weight for step in measure.steps if step.id in latest.reached)
        yield Html(f"Progress: weight reached {done} of {total} = {plain(figures.progress)}; from {source}.")
    elif latest and figures.progress is not None:
        yield Html(f"Progress: as the team states it, {plain(figures.progress)}; from {source}.")
    if figures.periods and figures.periods.share is not None:
        p = figures.periods
        share = plain(p.share or Fraction(0))
        yield Html(f"Kept: {p.kept} / ({p.kept} + {p.outside}) = {share}; periods nobody reported are not counted.")
    if figures.pace:
        pace = figures.pace
        yield Html(
            f"Even pace: {plain(pace.elapsed, 2)} of the time had passed at the last reading, so "
            f"{plain(pace.expected, 2)} of the way would be even; the gap is {plain(pace.gap, 2)}. "
            "A guide, not a judgement."
        )
    if figures.confidence is not None and figures.confidence_on:
        yield Html(f"Confidence: the team’s own opinion, stated on {day(figures.confidence_on)}.")


# --- scores -------------------------------------------------------------------------------------------------------


def present_score(
    score: Score, entry: ScoreEntry | None, type_: ObjectiveType | None, writer: Writer
) -> ScoreView | None:
    """A closing score with its type's reading and the team's sentence; the computed one beside it where they differ."""
    shown = score.shown
    if shown is None:
        return None
    differs = (
        score.stated is not None and score.computed is not None and fixed(score.stated, 1) != fixed(score.computed, 1)
    )
    return ScoreView(
        score=fixed(shown, 1),
        ruler=draw_score(shown, type_),
        computed=fixed(score.computed, 1) if differs and score.computed is not None else "",
        band=str(band(shown)),
        reads=_reads(type_, fixed(shown, 1)),
        because=writer.block(entry.because) if entry else NOTHING,
        next=str(entry.next) if entry and entry.next else "",
        views=tuple(_views(entry, writer)) if entry else (),
    )


def _views(entry: ScoreEntry, writer: Writer) -> Iterable[tuple[Link, Html]]:
    for ref, text in entry.views:
        team = writer.company.team_id(ref.team)
        if team:
            yield writer.team(team), writer.block(text)


def _reads(type_: ObjectiveType | None, shown: str) -> str:
    """How a score reads for a type of objective."""
    if type_ is ObjectiveType.COMMITTED:
        return "as promised" if shown == "1.0" else "a promise missed: a blameless look back helps"
    if type_ is ObjectiveType.LEARNING:
        return {"1.0": "answered, either way", "0.5": "partly answered", "0.0": "not answered"}.get(shown, "")
    if type_ is ObjectiveType.ASPIRATIONAL:
        if shown in ("0.6", "0.7"):
            return "the place to land"
        return "was it bold enough?" if shown == "1.0" else ""
    return ""
