"""How a team looks back, and whether the next cycle shows it."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from okrsite.core.checks.part import Finding, Part
from okrsite.core.checks.sentences import speaks_of
from okrsite.core.company import Retrospective, TeamCycle
from okrsite.core.looking_back import Theme, theme_of
from okrsite.core.model import Next, ScoreEntry, Status
from okrsite.core.numbers import ONE, ObjectiveType, round_half_up
from okrsite.core.refs import objective_of, part_of, tail_of
from okrsite.core.source import Span

_OTHERWISE: Final = re.compile(
    r"\b(?:would|could|might)(?:n['’]t|\s+not)?\s+have\b|\b(?:otherwise|anyway|counterfactual|without us)\b"
    r"|否则|反事实|即使|如果没有|要不是",
    re.IGNORECASE,
)
_LEARNED: Final = re.compile(r"\b(?:learn(?:ed|t|ing)|lessons?|next time)\b|学到|经验|教训|下次", re.IGNORECASE)


def missing_retro(part: Part) -> Iterator[Finding]:
    counting = [o for o in part.written.objectives if o.entry.status.counts and not o.moved_to]
    if part.cycle.closed(part.today) and counting and not part.written.retro:
        message = f"{part.cycle.id} closed on {part.cycle.closes}, and there is no retro.md"
        hint = (
            "an hour is enough: what was expected, what happened, what would have happened otherwise, what was learned"
        )
        yield part.find_in(part.written.okrs, "missing-retro", Span(part.written.okrs), message, hint)


def shallow_retro(part: Part) -> Iterator[Finding]:
    retro = part.written.retro
    if retro:
        missing = []
        if not _says(part, retro, Theme.OTHERWISE, _OTHERWISE):
            missing.append("what would have happened otherwise")
        if not retro.lessons and not _says(part, retro, Theme.LEARNED, _LEARNED):
            missing.append("what was learned")
        if missing:
            message = f"this look back does not say {' or '.join(missing)}"
            hint = "a sentence each is enough, under `## What would have happened otherwise` and `## What we learned`"
            yield part.find_in(retro.file.path, "shallow-retro", Span(retro.file.path), message, hint)


def _says(part: Part, retro: Retrospective, theme: Theme, words: re.Pattern[str]) -> bool:
    """Whether a retrospective has a section on a theme, or speaks of it anywhere."""
    for file in (retro.file, *part.company.translations.get(retro.file.path, ())):
        if any(theme_of(section.heading.plain) is theme for section in file.body.sections):
            return True
        if any(words.search(prose.plain) for prose in (file.body.lead, *(s.prose for s in file.body.sections))):
            return True
    reasons = (text for entry in retro.file.scores for text in (entry.because, *(view for _, view in entry.views)))
    return any(words.search(prose.plain) for text in reasons if text for _, prose in text.versions)


def score_without_sentence(part: Part) -> Iterator[Finding]:
    retro = part.written.retro
    for ref, entry in retro.scores.items() if retro else ():
        whole = objective_of(ref)
        reason = entry.because or (retro.scores[whole].because if retro and whole in retro.scores else None)
        if entry.score is not None and not reason and not _differs(part, ref, entry):
            message = f"the score of `{entry.about.text}` stands without a sentence"
            found = part.find(
                ref,
                "score-without-sentence",
                entry.about.span,
                message,
                "add `because:`, or a sentence on its objective",
            )
            yield found._replace(about=(*found.about, retro.file.path if retro else ""))


def _differs(part: Part, ref: str, entry: ScoreEntry) -> bool:
    """Whether a score differs from the computed one, for which a reason is asked anyway."""
    figures = part.figures.key_results.get(ref) or part.figures.objectives.get(ref)
    computed = figures.score.computed if figures else None
    stated = Fraction(entry.score or 0)
    return computed is not None and round_half_up(computed, 1) != round_half_up(stated, 1)


def all_ones(part: Part) -> Iterator[Finding]:
    aims = [
        part.figures.objectives[o.ref].score.shown
        for o in part.written.objectives
        if o.entry.type is ObjectiveType.ASPIRATIONAL and o.entry.status.counts
    ]
    scores = [round_half_up(score, 1) for score in aims if score is not None]
    path = part.written.retro.file.path if part.written.retro else part.written.okrs
    if len(scores) == len(aims) > 1 and all(score == ONE for score in scores):
        message = "every aspirational objective of this cycle ended at 1.0"
        hint = "what would have been bold? Or were these commitments, with `type: committed`?"
        yield part.find_in(path, "all-ones", Span(path), message, hint)


# --- what the next cycle shows of it ------------------------------------------------------------------------------


def decision_not_followed(part: Part) -> Iterator[Finding]:
    before = _before(part)
    retro = before.retro if before else None
    decided = [ref for ref, entry in retro.scores.items() if entry.next and not part_of(ref)] if retro else []
    if not before or not retro or not decided:
        return
    hint = "name it with `carried_from`, or a lesson with `learned_from`; or answer why things went another way"
    for ref in decided:
        if retro.scores[ref].next in (Next.DROP, Next.DONE) and _is_carried(part, ref):
            name = tail_of(ref)
            message = f"the retrospective of {before.cycle} was done with `{name}`, and an objective carries it on"
            yield part.find_in(part.written.okrs, "decision-not-followed", Span(part.written.okrs), message, hint)
    open_ones = [ref for ref in decided if retro.scores[ref].next in (Next.KEEP, Next.CHANGE)]
    if open_ones and not (_heeded(part, before, retro) or _set_aside(part, open_ones)):
        names = ", ".join(f"`{tail_of(ref)}`" for ref in open_ones[:3])
        message = f"the retrospective of {before.cycle} decided to go on with {names}, and nothing here takes that up"
        yield part.find_in(part.written.okrs, "decision-not-followed", Span(part.written.okrs), message, hint)


def unused_lessons(part: Part) -> Iterator[Finding]:
    before = _before(part)
    lessons = before.retro.lessons if before and before.retro else ()
    linked = {lesson.ref for lesson in lessons} & _mentioned(part, part.cycle.id)
    if before and lessons and not linked and not any(lesson.used_by for lesson in lessons):
        message = f"no objective uses a lesson of the retrospective of {before.cycle}"
        hint = f"one that changed something is named with `learned_from: {lessons[0].ref}`"
        yield part.find_in(part.written.okrs, "unused-lessons", Span(part.written.okrs), message, hint)


def _before(part: Part) -> TeamCycle | None:
    """A team's cycle of similar length just before, once the promises of this one should stand."""
    cycle, company = part.cycle, part.company
    if part.today < cycle.opened or not part.written.objectives:
        return None
    earlier = [
        other
        for other in company.cycles_of(part.team.id)
        for c in (company.cycles[other.cycle],)
        if c.end <= cycle.start and 2 * c.days >= cycle.days >= c.days / 2 and (cycle.start - c.end).days <= c.days
    ]
    return max(earlier, key=lambda other: company.cycles[other.cycle].end, default=None)


def _heeded(part: Part, before: TeamCycle, retro: Retrospective) -> bool:
    """Whether anything shows that a look back was heard: an objective that goes on or moves on, a lesson, a link."""
    company, refs = part.company, {objective.ref for objective in before.objectives}
    gone_on = any(
        _goes_on(part, ref) or company.carried_on.get(ref) or company.objectives[ref].moved_to for ref in refs
    )
    used = any(lesson.used_by for lesson in retro.lessons)
    back = _mentioned(part, part.cycle.id) & (refs | {lesson.ref for lesson in retro.lessons})
    onward = _mentioned(part, before.cycle) & {objective.ref for objective in part.written.objectives}
    return bool(gone_on or used or back or onward)


def _mentioned(part: Part, cycle: str) -> frozenset[str]:
    return part.company.mentioned.get((part.team.id, cycle), frozenset())


def _set_aside(part: Part, refs: Iterable[str]) -> bool:
    """Whether the new cycle says of an objective of the last one that it waits."""
    return any(speaks_of(part.written.not_doing, part.company.objectives[ref].entry) for ref in refs)


def _goes_on(part: Part, ref: str) -> bool:
    return any(o.id == tail_of(ref) and o.entry.status is not Status.DROPPED for o in part.written.objectives) or (
        _is_carried(part, ref)
    )


def _is_carried(part: Part, ref: str) -> bool:
    """Whether an objective says that it carries another one on, or has its id and its title."""
    before = part.company.objectives[ref]
    return any(
        (
            ref in o.carried_from
            or o.moved_from == ref
            or (o.id, o.entry.title.plain) == (before.id, before.entry.title.plain)
        )
        and o.entry.status is not Status.DROPPED
        for o in part.written.objectives
    )
