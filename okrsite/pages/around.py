"""What surrounds objectives: who waits for whom, risks, assumptions, questions, lessons."""

from collections.abc import Iterable
from html import escape

from okrsite.core.company import Bet, Dependency, Question, Risk, TeamCycle
from okrsite.core.compile import Compiled
from okrsite.core.cycles import Cycle
from okrsite.core.model import RiskState, Status
from okrsite.core.refs import Ref, parse_ref, place_of, tail_of, team_of
from okrsite.core.source import Span
from okrsite.core.text import Html, Text
from okrsite.pages import urls
from okrsite.pages.parts import BetView, LessonView, MentionView, NeedView, QuestionView, RiskView
from okrsite.pages.words import Words, term
from okrsite.pages.writer import NOTHING, Writer

ANSWER_HEADINGS = ("answer", "回答", "答复", "答案")
"""How the heading of an answer begins."""


def present_need(dependency: Dependency, writer: Writer) -> NeedView:
    """Who waits for whom."""
    provider = dependency.provider
    asker_team, cycle = place_of(dependency.asker)
    company = writer.company
    return NeedView(
        asker=writer.link(dependency.asker),
        asker_team=writer.team(asker_team),
        provider=writer.link(provider),
        provider_team=writer.team(team_of(provider)),
        need=writer.block(dependency.need),
        agreed=dependency.agreed,
        by=dependency.by,
        late=dependency.by is not None and dependency.by < company.today,
        over=company.cycles[cycle].closed(company.today),
        asked_on=dependency.asked_on,
        cycle=cycle,
    )


def present_risk(risk: Risk, compiled: Compiled, writer: Writer, *, brief: bool = False) -> RiskView:
    """A risk from first mention to outcome; in brief without what was said of it each time."""
    team, cycle = place_of(risk.ref)
    within, today = compiled.company.cycles[cycle], compiled.company.today
    return RiskView(
        anchor=urls.anchor("risk", tail_of(risk.ref)),
        what=writer.block(risk.what),
        team=writer.team(team),
        about=writer.link(risk.about) if risk.about else None,
        raised_on=risk.raised_on,
        dated=risk.mentions[0][0] if risk.mentions[0][0] != risk.raised_on else None,
        early=within.is_early(risk.raised_on),
        needs=tuple(writer.team(t) for t in risk.needs),
        kind=risk.kind,
        state=term("risk", "left open") if risk.state is RiskState.OPEN and within.closed(today) else str(risk.state),
        helped_by=tuple(writer.team(t) for t in risk.helped_by),
        notice=_notice(risk, within, writer.say),
        mentions=() if brief else tuple(_present_mentions(risk, writer)),
    )


def _present_mentions(risk: Risk, writer: Writer) -> Iterable[MentionView]:
    """All that was said of a risk; its words, whom it asks and who helped only where they are new."""
    team, cycle = place_of(risk.ref)
    asked, helped = risk.needs, set[str]()
    told = {writer.plain(risk.what)} if risk.what else set[str]()
    for on, entry in risk.mentions:
        words = writer.plain(entry.what) if entry.what else ""
        needs = _teams(entry.needs, writer) or asked
        helpers = [name for name in _teams(entry.helped_by, writer) if name not in helped]
        yield MentionView(
            on=on,
            href=writer.href(urls.team_cycle(team, cycle), urls.anchor("on", on.isoformat())),
            state=str(entry.state),
            what=writer.plainly(entry.what) if entry.what and words not in told else NOTHING,
            needs=() if needs == asked else tuple(map(writer.team, needs)),
            helped_by=tuple(map(writer.team, helpers)),
        )
        asked = needs
        told.add(words)
        helped.update(helpers)


def _teams(refs: Iterable[Ref], writer: Writer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (writer.company.team_id(ref.team) for ref in refs))))


def _notice(risk: Risk, cycle: Cycle, say: Words) -> Html:
    """How long before its outcome a risk was said, or before the end of its cycle where it has none."""
    state, until = risk.outcome or (None, cycle.end)
    days = (max(until, risk.raised_on) - risk.raised_on if state else until - risk.raised_on).days
    if state is RiskState.HAPPENED and days:
        return say.ngettext("said %(num)s day before it happened", "said %(num)s days before it happened", days)
    if state is RiskState.HAPPENED:
        return say.gettext("said on the day it happened")
    if state is RiskState.RESOLVED and days:
        return say.ngettext(
            "resolved %(num)s day after it was first said", "resolved %(num)s days after it was first said", days
        )
    if state is RiskState.RESOLVED:
        return say.gettext("resolved on the day it was said")
    if days > 0:
        return say.ngettext(
            "said %(num)s day before the end of the cycle", "said %(num)s days before the end of the cycle", days
        )
    return say.gettext("said after the end of the cycle") if days else say.gettext("said on the last day of the cycle")


def status_mark(status: Status) -> str:
    """A status where it is worth a word; what is active needs none."""
    return "" if status is Status.ACTIVE else str(status)


def present_plainly(text: Text | None, writer: Writer) -> Html:
    """A text that stands elsewhere on the page in full, here in its words alone."""
    return Html(f"<p>{writer.plainly(text)}</p>") if text else NOTHING


def present_bet(bet: Bet, writer: Writer, *, about: bool) -> BetView:
    """An assumption and how it stands; with the objective that stands on it where others stand beside it."""
    state = str(bet.state) if bet.state else term("assumption", "not mentioned yet")
    return BetView(
        anchor=urls.anchor("assumption", tail_of(bet.ref)),
        text=writer.block(bet.text),
        about=writer.link(bet.objective) if about else None,
        state=state,
        said=tuple((on, str(entry.state), writer.block(entry.note)) for on, entry in bet.states),
    )


def present_question(question: Question, team_cycle: TeamCycle, writer: Writer) -> QuestionView:
    """A question and its answer."""
    body = question.file.body
    asked = [writer.prose(body.lead, 3)]
    answer: list[Html] = []
    for section in body.sections:
        begins = section.heading.plain.strip().casefold().startswith(ANSWER_HEADINGS)
        part = answer if answer or begins else asked
        if not begins:
            part.append(Html(f"<h3>{writer.heading(section.heading)}</h3>"))
        part.append(writer.prose(section.prose, 4))
    asker = question.file.asked_by
    asking = writer.company.team_id(asker.team) if asker else ""
    return QuestionView(
        anchor=urls.anchor("question", question.file.slug),
        question=Html("".join(asked)),
        answer=Html("".join(answer)),
        about=writer.link(question.about) if question.about else None,
        team=writer.team(team_cycle.team),
        asked_by=writer.team(asking) if asking else None,
        asked_on=question.file.asked_on,
        answered_on=question.file.answered_on,
    )


def present_lesson(ref: str, compiled: Compiled, writer: Writer) -> LessonView:
    """A lesson and the objectives that used it."""
    lesson = compiled.company.lessons[ref]
    team, cycle = place_of(ref)
    users = (compiled.company.objectives[user] for user in lesson.used_by)
    return LessonView(
        anchor=urls.anchor("lesson", f"{team}.{cycle}.{tail_of(ref)}"),
        text=writer.block(lesson.entry.text),
        team=writer.team(team),
        cycle=writer.cycle(cycle),
        used_by=tuple((writer.link(o.ref), writer.team(o.team), writer.cycle(o.cycle)) for o in users),
    )


def present_replacement(text: Text | None, team: str, cycle: str, writer: Writer) -> Html:
    """What came in place of something: a text, or what it names where it is a reference and nothing more."""
    if text is None:
        return NOTHING
    named = parse_ref(writer.plain(text), Span(""))
    ref = f"{named.team or team}/{named.cycle or cycle}/{named.tail}" if named else ""
    if ref not in writer.company.objectives and ref not in writer.company.key_results:
        return writer.block(text)
    link = writer.link(ref)
    return Html(f'<p><a href="{escape(link.href)}">{link.words}</a></p>')
