"""What surrounds objectives: who waits for whom, risks, assumptions, questions, lessons."""

from okrsite.core.company import Bet, Dependency, Question, Risk, TeamCycle
from okrsite.core.compile import Compiled
from okrsite.core.cycles import Cycle
from okrsite.core.numbers import raised_early
from okrsite.core.text import Html, Text
from okrsite.pages import urls
from okrsite.pages.parts import BetView, LessonView, NeedView, QuestionView, RiskView
from okrsite.pages.words import term
from okrsite.pages.writer import NOTHING, Writer

ANSWER_HEADINGS = ("answer", "回答", "答复", "答案")
"""How the heading of an answer begins."""


def present_need(dependency: Dependency, writer: Writer) -> NeedView:
    """Who waits for whom."""
    provider = dependency.provider
    team = provider[1:] if provider.startswith("@") else provider.split("/", 1)[0]
    asker_team, cycle, _ = dependency.asker.split("/", 2)
    return NeedView(
        asker=writer.link(dependency.asker),
        asker_team=writer.team(asker_team),
        provider=writer.link(provider),
        provider_team=writer.team(team),
        need=writer.block(dependency.need),
        agreed=dependency.agreed,
        by=dependency.by,
        asked_on=dependency.asked_on,
        cycle=cycle,
    )


def is_early(risk: Risk, cycle: Cycle) -> bool:
    return raised_early(risk.raised_on, cycle.start, cycle.end)


def present_risk(risk: Risk, compiled: Compiled, writer: Writer) -> RiskView:
    """A risk from first mention to outcome."""
    team, cycle, name = risk.ref.split("/", 2)
    page = urls.team_cycle(team, cycle)
    return RiskView(
        anchor=urls.anchor("risk", name),
        what=writer.block(risk.what),
        team=writer.team(team),
        about=writer.link(risk.about) if risk.about else None,
        raised_on=risk.raised_on,
        early=is_early(risk, compiled.company.cycles[cycle]),
        needs=tuple(writer.team(t) for t in risk.needs),
        kind=risk.kind,
        state=str(risk.state),
        helped_by=tuple(writer.team(t) for t in risk.helped_by),
        mentions=tuple(
            (on, str(entry.state), writer.href(page, urls.anchor("on", on.isoformat()))) for on, entry in risk.mentions
        ),
    )


def present_plainly(text: Text | None, writer: Writer) -> Html:
    """A text that stands elsewhere on the page in full, here in its words alone."""
    return Html(f"<p>{writer.plainly(text)}</p>") if text else NOTHING


def present_bet(bet: Bet, writer: Writer) -> BetView:
    """An assumption and how it stands."""
    state = str(bet.states[-1][1].state) if bet.states else term("assumption", "not mentioned yet")
    return BetView(
        anchor=urls.anchor("assumption", bet.ref.rsplit("/", 1)[1]),
        text=writer.block(bet.text),
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
    team, cycle, name = ref.split("/", 2)
    return LessonView(
        anchor=urls.anchor("lesson", f"{team}.{cycle}.{name}"),
        text=writer.block(lesson.entry.text),
        team=writer.team(team),
        cycle=writer.cycle(cycle),
        used_by=writer.links(lesson.used_by),
    )
