"""Where a key result stands, in the few words of a question or a comment."""

from okrsite.core.drafts.answers import Subject
from okrsite.core.model import DeliverBy, FindBaseline, Guardrail, Judged, Metric, Milestones


def way_words(subject: Subject) -> str:
    """What was promised."""
    measure = subject.key_result.entry.measure if subject.key_result else None
    if isinstance(measure, Metric):
        start = f"from {measure.baseline.text}" if measure.baseline else ""
        aim = measure.target.text if measure.target else measure.change.text if measure.change else ""
        return " ".join(filter(None, (start, "by" if measure.change else "to" if aim else "", aim)))
    if isinstance(measure, Guardrail):
        low, high = measure.low, measure.high
        if low and high:
            return f"kept between {low.text} and {high.text}"
        return f"kept above {low.text}" if low else f"kept below {high.text}" if high else ""
    if isinstance(measure, Milestones):
        return "milestones"
    if isinstance(measure, DeliverBy):
        return f"done by {measure.by}"
    if isinstance(measure, FindBaseline):
        return "a number nobody has yet"
    if isinstance(measure, Judged):
        return f"judged by hand{': ' if measure.target else ''}{measure.target.plain if measure.target else ''}"
    return ""


def last_words(subject: Subject) -> str:
    """What was last said of it."""
    sure = f", confidence {subject.confidence}" if subject.confidence is not None else ""
    if subject.last is None:
        return f"no value yet{sure}"
    return f"last {subject.last.typed or 'none'} on {subject.last.on}{sure}"


def steps_of(subject: Subject) -> tuple[str, ...]:
    """Its milestones by number, with a mark before those that were reached."""
    measure = subject.key_result.entry.measure if subject.key_result else None
    if not isinstance(measure, Milestones):
        return ()
    reached = subject.last.reached if subject.last else ()
    return tuple(
        f"[{'x' if step.id in reached else ' '}] {number} {step.title.plain}"
        for number, step in enumerate(measure.steps, 1)
    )
