"""What a key result promised, in words: as labelled values, and briefly beside where it stands."""

from collections.abc import Iterable
from fractions import Fraction

from okrsite.core.company import KeyResult
from okrsite.core.figures import KeyResultFigures
from okrsite.core.model import DeliverBy, FindBaseline, Guardrail, Judged, Metric
from okrsite.core.numbers import plain
from okrsite.core.quantity import Quantity
from okrsite.core.text import Html
from okrsite.pages.parts import Fact
from okrsite.pages.words import wording
from okrsite.pages.writer import NOTHING, Writer

STARTED, WEIGHT = wording("Started at"), wording("Weight")
AIM, KEPT, DUE = wording("Target"), wording("To be kept"), wording("Due")


def promises(
    kr: KeyResult, figures: KeyResultFigures, writer: Writer, *, full: bool
) -> Iterable[tuple[str, Html | str]]:
    """What was promised, as labels and values: no outcome, so it may stand anywhere."""
    measure, say = kr.entry.measure, writer.say
    match measure:
        case Metric():
            if figures.baseline:
                yield STARTED, writer.words(figures.baseline.text)
            target = writer.words(figures.target.text) if figures.target else NOTHING
            if measure.change:
                change = writer.words(measure.change.text)
                yield (
                    AIM,
                    say.gettext("%(change)s, which is %(target)s", change=change, target=target) if target else change,
                )
            elif target:
                yield AIM, target
        case Guardrail(low, high):
            yield KEPT, _limits(low, high, writer)
        case DeliverBy(by):
            yield DUE, say.day(by)
        case Judged(target_text) if target_text:
            yield AIM, writer.inline(target_text)
        case FindBaseline():
            yield AIM, say.gettext("a first number")
        case _:
            pass
    if kr.entry.due:
        yield DUE, say.day(kr.entry.due)
    if full and kr.entry.weight != 1:
        yield WEIGHT, say.decimal(plain(Fraction(kr.entry.weight)))


def brief_aim(kr: KeyResult, figures: KeyResultFigures, writer: Writer, *, silent: bool) -> tuple[str, Html]:
    """What was promised, as it stands after a value, and the label under which that need not stand again.

    With `silent` the value is not shown, so nothing may tell that there is one.
    """
    measure, say = kr.entry.measure, writer.say
    match measure:
        case Metric() if figures.target and measure.change:
            change, target = writer.words(measure.change.text), writer.words(figures.target.text)
            return AIM, say.gettext("target %(target)s (%(change)s)", target=target, change=change)
        case Metric() if (aim := figures.target or measure.change) is not None:
            return AIM, say.gettext("target %(target)s", target=writer.words(aim.text))
        case Guardrail(low, high) if low or high:
            return KEPT, say.gettext("to be kept %(limits)s", limits=_limits(low, high, writer))
        case DeliverBy(by):
            return DUE, say.gettext("due %(day)s", day=say.day(by))
        case Judged(target_text) if target_text:
            return AIM, say.gettext("target: %(target)s", target=writer.inline(target_text, links=False))
        case Judged() if figures.progress is not None and not silent:
            return "", say.gettext("in the team’s judgement")
        case FindBaseline() if figures.latest is not None and not silent:
            return AIM, say.gettext("first number found")
        case FindBaseline():
            return AIM, say.gettext("target: a first number")
    if kr.entry.due:
        return DUE, say.gettext("due %(day)s", day=say.day(kr.entry.due))
    return "", NOTHING


def brief_value(kr: KeyResult, value: Fact, writer: Writer) -> Fact:
    """Where a key result stands, as it can be read without its kind: a share says of what."""
    share = isinstance(kr.entry.measure, Judged) and str(value.words).endswith("%")
    return (
        Fact(value.label, writer.say.gettext("%(share)s of the way", share=value.words), value.figure)
        if share
        else value
    )


def _limits(low: Quantity | None, high: Quantity | None, writer: Writer) -> Html:
    least, most = (writer.words(limit.text) if limit else NOTHING for limit in (low, high))
    if low and high:
        return writer.say.gettext("between %(least)s and %(most)s", least=least, most=most)
    if low:
        return writer.say.gettext("at or above %(least)s", least=least)
    return writer.say.gettext("at or below %(most)s", most=most) if high else NOTHING
