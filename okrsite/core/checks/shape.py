"""How much is promised, and whether each promise has what it needs."""

from collections.abc import Iterator

from okrsite.core.checks.part import Finding, Part, meant
from okrsite.core.checks.words import stated_number, vague_words
from okrsite.core.model import Judged


def too_many_objectives(part: Part) -> Iterator[Finding]:
    objectives, limit = list(part.promised()), part.company.settings.limits.objectives
    if len(objectives) > limit:
        message = f"the team has {len(objectives)} objectives in this cycle; {limit} are advised at most"
        hint = "join or postpone some; what waits can be named under `not_doing`"
        yield part.find_in(part.written.okrs, "too-many-objectives", objectives[limit].entry.span, message, hint)


def too_many_key_results(part: Part) -> Iterator[Finding]:
    limit = part.company.settings.limits.key_results
    for objective in part.promised():
        count = len(list(meant(objective)))
        if count > limit:
            message = f"`{objective.id}` has {count} key results; {limit} are advised at most"
            hint = "keep those that say what success is; work can be listed under `initiatives`"
            yield part.find(objective.ref, "too-many-key-results", objective.entry.span, message, hint)


def too_few_key_results(part: Part) -> Iterator[Finding]:
    for objective in part.active():
        count = len(list(meant(objective)))
        if count == 1:
            hint = "what else would show it, or show that it was bought too dearly? A guardrail counts too"
            message = f"`{objective.id}` has one key result only"
            yield part.find(objective.ref, "single-key-result", objective.entry.span, message, hint)
        elif not count and not part.company.supported_by.get(objective.ref):
            message = f"`{objective.id}` has no key results"
            hint = "how would somebody who was away for the cycle see that it was reached?"
            yield part.find(objective.ref, "no-key-results", objective.entry.span, message, hint)


def no_measure(part: Part) -> Iterator[Finding]:
    for objective in part.promised():
        for kr in meant(objective):
            if kr.entry.measure == Judged(None) and not vague_words(kr.entry):
                message = f"`{kr.entry.id}` has no measure, so it is judged by hand"
                if any(stated_number(prose.plain) for _, prose in kr.entry.title.versions):
                    message = f"`{kr.entry.id}` has its number in the title only, so it is judged by hand"
                hint = "try `baseline` and `target`, `milestones` or `deliver_by`; or `find_baseline: true` at first"
                yield part.find(kr.ref, "no-measure", kr.entry.span, message, hint)


def missing_why(part: Part) -> Iterator[Finding]:
    for objective in part.promised():
        if not objective.entry.why and not objective.story:
            message = f"`{objective.id}` does not say why"
            hint = "add `why:`, a sentence on what is wrong today and for whom"
            yield part.find(objective.ref, "missing-why", objective.entry.span, message, hint)
